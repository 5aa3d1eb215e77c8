import LichenStore

/// Scenarios that are kept.
struct ScenarioOperations: Sendable {
  let parks: Parks

  var operations: [APIOperation] {
    [
      .get("/parks/{park}/scenarios", query: APICall.pageFields) { call in
        try call.page(
          try await call.desk.scenarios(of: call.parameter("park")), id: \.id, ScenarioView.init)
      },
      .write(.post, "/parks/{park}/scenarios", create),
      .get("/parks/{park}/scenarios/{scenario}") { call in
        try .json(ScenarioView(try await scenario(call)))
      },
      .write(.patch, "/parks/{park}/scenarios/{scenario}", change),
      .write(.delete, "/parks/{park}/scenarios/{scenario}", body: nil) { call in
        let before = try await scenario(call)
        try call.check(try APITag.tag(ScenarioView(before)))
        try await call.desk.remove(scenario: before.id, of: before.park)
        return .nothing
      },
    ]
  }

  struct ScenarioView: Encodable {
    struct Change: Encodable {
      let key: String
      let value: String
    }

    let id: String
    let park: String
    let title: String
    let parent: String?
    let changes: [Change]
    let isOpen: Bool
    let isShared: Bool
    let owner: String
    let isOwn: Bool
    let changed: String

    init(_ scenario: SavedScenario) {
      id = scenario.id
      park = scenario.park
      title = scenario.title
      parent = scenario.parent
      changes = scenario.changes.map { Change(key: $0.key, value: $0.value) }
      isOpen = scenario.isOpen
      isShared = scenario.isShared
      owner = scenario.owner
      isOwn = scenario.isOwn
      changed = scenario.changed.timestamp
    }
  }

  private func scenario(_ call: APICall) async throws -> SavedScenario {
    try await call.desk.scenario(
      try call.parameter("scenario"), of: try call.parameter("park"))
  }

  @Sendable private func create(_ call: APICall) async throws -> APIAnswer {
    let name = try call.parameter("park")
    let body = try call.body()
    let title = body.required("title")
    let changes = body.changes(required: true) ?? []
    let parent = body.text("parent", least: 1, most: 64)
    let isOpen = body.flag("is_open") ?? false
    let isShared = body.flag("is_shared") ?? false
    try body.finish()
    try await check(changes, of: name, isOpen: isOpen, call)
    var kept = try await call.desk.keep(
      changes, of: name, title: title, parent: parent, isOpen: isOpen)
    if isShared {
      kept = try await call.desk.change(scenario: kept.id, of: name, isShared: true)
    }
    return try .json(
      ScenarioView(kept), status: .created,
      location: call.location("/parks/\(name)/scenarios/\(kept.id)"))
  }

  @Sendable private func change(_ call: APICall) async throws -> APIAnswer {
    let body = try call.body()
    let title = body.text("title", least: 1)
    let changes = body.changes()
    let isShared = body.flag("is_shared")
    try body.finish()
    let before = try await scenario(call)
    try call.check(try APITag.tag(ScenarioView(before)))
    if !before.isOwn { throw StoreError.forbidden }
    if let changes { try await check(changes, of: before.park, isOpen: before.isOpen, call) }
    // Who says what they have seen is only heard if it is still so when the change is written.
    let expected = call.request.headers[.ifMatch] == nil ? nil : before
    do {
      let after = try await call.desk.change(
        scenario: before.id, of: before.park, title: title, changes: changes, isShared: isShared,
        expected: expected)
      return try .json(ScenarioView(after))
    } catch StoreError.conflict("scenario") {
      throw Refusal.stale
    }
  }

  /// Changes are kept only if they can be planned.
  private func check(
    _ changes: [SavedScenario.Change], of name: String, isOpen: Bool, _ call: APICall
  ) async throws {
    let subject = try await APISubject(call, park: name, version: nil, isOpen: isOpen)
    let parks = parks
    _ = try await BlockingWork.shared.run { try subject.scenario(changes, parks: parks) }
  }
}
