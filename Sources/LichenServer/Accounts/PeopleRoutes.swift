import Foundation
import Hummingbird
import LichenDomain
import LichenEngine
import LichenReport
import LichenStore

/// Users, invitations and the log of changes, for administrators.
struct PeopleRoutes: Sendable {
  let store: Store
  let pages: Pages
  let parks: Parks

  func add(to router: RouterGroup<Visit>) {
    router.get("people", use: people)
    router.post("people/invite", use: invite)
    router.post("people/invitations/:id/revoke", use: revoke)
    router.post("people/:id/parks", use: grant)
    router.post("people/:id/lock", use: lock)
    router.get("log", use: log)
  }

  struct PeopleView {
    struct Choice {
      let value: String
      let valueName: String
    }

    struct Grant {
      let grantPark: String
      let grantEnterprise: String
      let grantName: String
    }

    struct Person {
      let id: String
      let personName: String
      let email: String
      let personRole: String
      let grants: [Grant]
      let canLock: Bool
      let isDisabled: Bool
    }

    struct Open {
      let id: String
      let openRole: String
      let openPark: String
      let openNote: String
      let expires: String
    }

    let link: [String]
    let people: [Person]
    let invitations: [Open]
    let hasInvitations: Bool
    let roles: [Choice]
    let parks: [Choice]
  }

  @Sendable private func people(_ request: Request, _ visit: Visit) async throws -> Response {
    try await people(visit, link: nil)
  }

  /// - Parameter link: Of an invitation that was just made; told once.
  private func people(_ visit: Visit, link: String?) async throws -> Response {
    let viewer = try visit.signedIn()
    let desk = Desk(store, for: viewer)
    let language = pages.language(visit)
    func role(_ role: Role) -> String { language.text("serve.role.\(role.rawValue)") }
    func park(_ name: String?, _ enterprise: String?) -> String {
      [name, enterprise].compactMap(\.self).joined(separator: ": ")
    }
    let view = PeopleView(
      link: link.map { [$0] } ?? [],
      people: try await desk.people().map { person in
        PeopleView.Person(
          id: "\(person.id)", personName: person.name, email: person.email,
          personRole: role(person.role),
          grants: person.grants.sorted {
            ($0.park, $0.enterprise ?? "") < ($1.park, $1.enterprise ?? "")
          }
          .map {
            PeopleView.Grant(
              grantPark: $0.park, grantEnterprise: $0.enterprise ?? "",
              grantName: park($0.park, $0.enterprise))
          }, canLock: person.id != viewer.id, isDisabled: person.isDisabled)
      },
      invitations: try await desk.invitations().map {
        PeopleView.Open(
          id: "\($0.id)", openRole: role($0.invitation.role),
          openPark: park($0.invitation.park, $0.invitation.enterprise),
          openNote: $0.invitation.note, expires: language.moment($0.expires))
      }, hasInvitations: try await !desk.invitations().isEmpty,
      // The first is chosen where nobody chooses: not the one that may do everything.
      roles: [Role.expert, .board, .enterprise, .researcher, .administrator].map {
        PeopleView.Choice(value: $0.rawValue, valueName: role($0))
      },
      parks: try await desk.parks().map { PeopleView.Choice(value: $0.name, valueName: $0.title) })
    return pages.page("people", view, title: language.text("serve.people"), visit)
  }

  @Sendable private func invite(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let desk = Desk(store, for: try visit.signedIn())
    // Before the form is looked at: what is wrong with it would tell that there is such a page.
    try desk.asAdministrator()
    func filled(_ name: String) -> String? {
      let text = form.text(name)
      return text.isEmpty ? nil : text
    }
    guard let role = Role(rawValue: form.text("role")) else { throw Refusal.bad("role") }
    if let park = filled("park"), let enterprise = filled("enterprise") {
      let (_, content) = try await desk.content(of: park)
      let known = try ParkArchive(data: content)
      let ids = try parks.engine.park(known).enterprises.map(\.id.rawValue)
      if !ids.contains(enterprise) { throw StoreError.invalid("enterprise-id") }
    }
    let secret = try await desk.invite(
      Invitation(
        role: role, park: filled("park"), enterprise: filled("enterprise"),
        note: String(form.text("note").prefix(200))))
    let origin =
      pages.site.configuration.origin ?? "http://\(request.head.authority ?? "127.0.0.1")"
    return try await people(visit, link: origin + pages.site.path("/join/\(secret.text)"))
  }

  @Sendable private func revoke(_ request: Request, _ visit: Visit) async throws -> Response {
    _ = try await Form.read(request, visit)
    try await Desk(store, for: try visit.signedIn()).revoke(invitation: try visit.number("id"))
    return pages.redirect("/people")
  }

  @Sendable private func grant(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let enterprise = form.text("enterprise")
    try await Desk(store, for: try visit.signedIn()).set(
      Viewer.Grant(park: form.text("park"), enterprise: enterprise.isEmpty ? nil : enterprise),
      of: try visit.number("id"), form.text("give") == "yes")
    return pages.redirect("/people")
  }

  @Sendable private func lock(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    try await Desk(store, for: try visit.signedIn()).set(
      disabled: form.text("lock") == "yes", user: try visit.number("id"))
    return pages.redirect("/people")
  }

  struct LogView {
    struct Entry {
      let at: String
      let who: String
      let action: String
      let subject: String
      let entryPark: String
      let before: String
      let after: String
    }

    let entries: [Entry]
    let older: [String]
  }

  private static let logged = 100

  @Sendable private func log(_ request: Request, _ visit: Visit) async throws -> Response {
    let language = pages.language(visit)
    let before = request.uri.queryParameters["before"].flatMap { Int64($0) }
    let entries = try await Desk(store, for: try visit.signedIn()).audit(
      limit: Self.logged, before: before)
    let view = LogView(
      entries: entries.map {
        LogView.Entry(
          at: language.moment($0.at), who: $0.who,
          action: language.text("serve.action.\($0.action)"), subject: $0.subject,
          entryPark: $0.park ?? "", before: $0.before ?? "", after: $0.after ?? "")
      },
      older: entries.count == Self.logged ? entries.last.map { ["\($0.id)"] } ?? [] : [])
    return pages.page("log", view, title: language.text("serve.log"), visit)
  }
}

extension Visit {
  /// A number in the path.
  /// - Throws: `StoreError.notFound` for anything else.
  func number(_ name: String) throws -> Int64 {
    guard let number = parameters.get(name).flatMap({ Int64($0) }) else {
      throw StoreError.notFound
    }
    return number
  }
}

extension Language {
  /// A moment [ms since 1970] in Coordinated Universal Time: `23 November 2026, 08:05 UTC`.
  func moment(_ milliseconds: Int64) -> String {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    guard let year = parts.year, let month = parts.month, let day = parts.day,
      let hour = parts.hour, let minute = parts.minute,
      let on = CalendarDate(year: year, month: month, day: day)
    else { return text("word.unknown") }
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(self.date(on)), \(two(hour)):\(two(minute)) UTC"
  }
}
