import Hummingbird
import LichenReport
import LichenStore

/// The first page: one's parks.
struct HomeRoutes: Sendable {
  let store: Store
  let pages: Pages

  func add(to router: RouterGroup<Visit>) {
    router.get("", use: home)
  }

  struct HomeView {
    struct Park {
      let name: String
      let parkTitle: String
      let parkNote: String
      let canSuppose: Bool
      let isWhole: Bool
      let isEnterprise: Bool
    }

    let hello: String
    let parks: [Park]
    let hasNone: Bool
    let canAdd: Bool
    let comparesAlgorithms: Bool
  }

  @Sendable private func home(_ request: Request, _ visit: Visit) async throws -> Response {
    let viewer = try visit.signedIn()
    let language = pages.language(visit)
    let parks = try await Desk(store, for: viewer).parks()
    let view = HomeView(
      hello: language.text("serve.hello", ["name": viewer.name]),
      parks: parks.map { park in
        HomeView.Park(
          name: park.name, parkTitle: park.title,
          parkNote: language.text(park.isExample ? "serve.park.example" : "serve.park.own"),
          canSuppose: park.deeds.contains(.suppose), isWhole: park.sight == .whole,
          isEnterprise: park.deeds.contains(.agree))
      }, hasNone: parks.isEmpty,
      canAdd: viewer.role == .administrator || viewer.role == .expert,
      comparesAlgorithms: viewer.role == .administrator || viewer.role == .researcher)
    return pages.page("home", view, title: language.text("serve.home"), visit)
  }
}
