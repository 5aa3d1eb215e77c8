import Hummingbird
import LichenAnalysis
import LichenDomain
import LichenStore

/// Kept scenarios: kept, named, branched, shared, dropped.
extension RoomRoutes {
  func addScenarios(to room: RouterGroup<Visit>) {
    room.get("s/:scenario", use: open)
    room.post("scenarios", use: keep)
    room.post("scenarios/:scenario", use: change)
    room.post("scenarios/:scenario/delete", use: remove)
  }

  /// A link that can be handed on: leads to the state that the scenario describes.
  @Sendable private func open(_ request: Request, _ visit: Visit) async throws -> Response {
    let plain = try await enter(visit, [])
    let scenario = try await plain.desk.scenario(
      visit.parameters.require("scenario"), of: plain.entry.name)
    return try await redirect(to: scenario, visit)
  }

  private func redirect(to scenario: SavedScenario, _ visit: Visit) async throws -> Response {
    let sight = scenario.isOpen ? [(RoomState.Field.sight, RoomState.Field.open)] : []
    let visitor = try await enter(visit, sight)
    // Changes of keys that have no lever travel as they are, those of a lever find it.
    let fields =
      scenario.changes.map { (name: LeverForm.other, value: "\($0.key)=\($0.value)") }
      + [(name: RoomState.Field.origin, value: scenario.id)] + sight
    let (_, query) = try await state(fields, visitor)
    return pages.redirect("/parks/\(visitor.entry.name)/room" + query)
  }

  /// The state that a form carries as the query of a link.
  private static func fields(_ form: Form) -> [(name: String, value: String)] {
    Form(encoded: form.text("state").replacing("?", with: "", maxReplacements: 1)).fields
  }

  @Sendable private func keep(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let fields = Self.fields(form)
    let visitor = try await enter(visit, fields)
    let (state, _) = try await state(fields, visitor)
    let changes = state.changes.map { SavedScenario.Change($0.key, $0.value) }
    let scenario = try await visitor.desk.keep(
      changes, of: visitor.entry.name, title: form.text("title"), parent: state.origin,
      isOpen: visitor.subject.isOpen)
    return try await redirect(to: scenario, visit)
  }

  /// Names a scenario anew, shares it or takes it back, or gives it the changes of the form.
  @Sendable private func change(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let fields = Self.fields(form)
    let visitor = try await enter(visit, fields)
    let id = try visit.parameters.require("scenario")
    var changes: [SavedScenario.Change]?
    if form["changes"] == "these" {
      changes = try await state(fields, visitor).state.changes.map {
        SavedScenario.Change($0.key, $0.value)
      }
    }
    let shared: Bool? =
      switch form["shared"] {
      case "yes": true
      case "no": false
      default: nil
      }
    let scenario = try await visitor.desk.change(
      scenario: id, of: visitor.entry.name, title: form["title"], changes: changes,
      isShared: shared)
    return try await redirect(to: scenario, visit)
  }

  @Sendable private func remove(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let visitor = try await enter(visit, form.fields)
    try await visitor.desk.remove(
      scenario: visit.parameters.require("scenario"), of: visitor.entry.name)
    return pages.redirect(
      "/parks/\(visitor.entry.name)/room"
        + (visitor.subject.isOpen && visitor.entry.sight == .whole
          ? "?\(RoomState.Field.sight)=\(RoomState.Field.open)" : ""))
  }
}
