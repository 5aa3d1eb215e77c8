import Foundation
import LichenTestSupport
import Testing

@testable import LichenStore

/// Who sees and does what, in the one place that decides it.
@Suite struct DeskTests {
  private let fixture: StoreFixture
  private var store: Store { fixture.store }

  init() throws { fixture = try StoreFixture() }

  /// An example park, one of the first expert, one of nobody else.
  private func parks() async throws -> [Role: Viewer] {
    let boss = try await fixture.user(.administrator)
    try await fixture.park("example", by: boss, isExample: true)
    try await fixture.park("ours", by: boss)
    try await fixture.park("theirs", by: boss)
    var viewers: [Role: Viewer] = [.administrator: boss]
    for role in [Role.expert, .board, .researcher] {
      viewers[role] = try await fixture.user(role, grants: [.init(park: "ours")])
    }
    viewers[.enterprise] = try await fixture.user(
      .enterprise, grants: [.init(park: "ours", enterprise: "works")])
    return viewers
  }

  /// Written by hand, so that a change of the rules is a change of this table.
  private static let allowed: [Role: [String: Set<Deed>]] = [
    .administrator: [
      "example": [.see, .seeWhole, .suppose, .run, .edit],
      "ours": [.see, .seeWhole, .suppose, .run, .edit],
      "theirs": [.see, .seeWhole, .suppose, .run, .edit],
    ],
    .expert: [
      "example": [.see, .seeWhole, .suppose, .run],
      "ours": [.see, .seeWhole, .suppose, .run, .edit],
    ],
    .researcher: [
      "example": [.see, .seeWhole, .suppose, .run], "ours": [.see, .seeWhole, .suppose, .run],
    ],
    .board: ["ours": [.see, .suppose]],
    .enterprise: ["ours": [.see, .agree]],
  ]

  @Test func everyRoleSeesAndDoesWhatTheTableSays() async throws {
    for (role, viewer) in try await parks() {
      let desk = Desk(store, for: viewer)
      let rows = try #require(Self.allowed[role])
      #expect(Set(try await desk.parks().map(\.name)) == Set(rows.keys), "\(role)")
      for park in ["example", "ours", "theirs", "nowhere"] {
        for deed in Deed.allCases {
          let error: StoreError? =
            rows[park] == nil ? .notFound : rows[park]?.contains(deed) == true ? nil : .forbidden
          let found = await #expect(throws: (any Error).self) {
            try await store.read { db in
              _ = try desk.access(park, to: deed, db)
              throw Passed()
            }
          }
          #expect(found as? StoreError == error, "\(role), \(park), \(deed)")
        }
      }
    }
  }

  private struct Passed: Error {}

  @Test func editingMakesVersionsAndTellsWhoWasFaster() async throws {
    let viewers = try await parks()
    let desk = Desk(store, for: try #require(viewers[.expert]))
    let second = try await desk.declare(
      "ours", title: "Ours", content: Data("two".utf8), note: "more ash", on: 1)
    #expect(second.number == 2)
    await #expect(throws: StoreError.conflict("version")) {
      try await desk.declare("ours", title: "Ours", content: Data("three".utf8), note: "", on: 1)
    }
    #expect(try await desk.content(of: "ours").content == Data("two".utf8))
    #expect(try await desk.content(of: "ours", version: 1).content == Data("ours 1".utf8))
    #expect(try await desk.versions(of: "ours").map(\.number) == [2, 1])
    await #expect(throws: StoreError.conflict("name")) {
      try await desk.add(park: "theirs", title: "x", content: Data(), note: "")
    }
    await #expect(throws: StoreError.invalid("name")) {
      try await desk.add(park: "../x", title: "x", content: Data(), note: "")
    }
  }

  @Test func aScenarioIsOnesOwnUntilItIsShared() async throws {
    let viewers = try await parks()
    let expert = Desk(store, for: try #require(viewers[.expert]))
    let board = Desk(store, for: try #require(viewers[.board]))
    let change = SavedScenario.Change("carbon_price", "60")
    let whole = try await expert.keep([change], of: "ours", title: "Dear carbon")
    let open = try await expert.keep([change], of: "ours", title: "Open", isOpen: true)
    let boards = try await board.keep([change], of: "ours", title: "Ours", parent: nil)
    #expect(boards.isOpen, "a board supposes about the open park")
    #expect(try await board.scenarios(of: "ours").map(\.id) == [boards.id])
    for scenario in [whole, open] {
      _ = try await expert.change(scenario: scenario.id, of: "ours", isShared: true)
    }
    #expect(try await board.scenarios(of: "ours").map(\.id) == [open.id, boards.id])
    await #expect(throws: StoreError.notFound) {
      try await board.scenario(whole.id, of: "ours")
    }
    await #expect(throws: StoreError.forbidden) {
      try await board.change(scenario: open.id, of: "ours", title: "Mine")
    }
    await #expect(throws: StoreError.notFound) {
      try await board.keep([change], of: "ours", title: "Branch", parent: whole.id)
    }
    try await expert.remove(scenario: open.id, of: "ours")
    #expect(try await board.scenarios(of: "ours").map(\.id) == [boards.id])
  }

  @Test func oneKeyIsOneRunAndARunWaitsAgainAfterAStop() async throws {
    let viewers = try await parks()
    let desk = Desk(store, for: try #require(viewers[.expert]))
    let first = try await desk.ask("{}", of: "ours", engine: "1", key: "k")
    #expect(try await desk.ask("{}", of: "ours", engine: "1", key: "k").id == first.id)
    await #expect(throws: StoreError.conflict("key")) {
      try await desk.ask("{\"seconds\":1}", of: "ours", engine: "1", key: "k")
    }
    let taken = try #require(try await store.next())
    #expect(taken.run.id == first.id && taken.content == Data("ours 1".utf8))
    #expect(try await store.next() == nil)
    #expect(try await store.requeue() == 1)
    let again = try #require(try await store.next())
    try await store.end(again.run.id, plan: Data("plan".utf8), summary: "{}")
    #expect(try await desk.plan(of: "ours").plan == Data("plan".utf8))
    #expect(try await desk.run(first.id, of: "ours").status == .done)
    let second = try await desk.ask("{}", of: "ours", engine: "1")
    _ = try await desk.cancel(run: second.id, of: "ours")
    try await store.fail(second.id, error: "too late")
    #expect(try await desk.run(second.id, of: "ours").status == .cancelled)
    await #expect(throws: StoreError.conflict("over")) {
      try await desk.cancel(run: first.id, of: "ours")
    }
    let other = Desk(store, for: try #require(viewers[.board]))
    await #expect(throws: StoreError.forbidden) { try await other.run(first.id, of: "ours") }
    await #expect(throws: StoreError.notFound) { try await desk.run(first.id, of: "theirs") }
  }

  @Test func partnersAreNamedOnceBothHaveAgreed() async throws {
    let viewers = try await parks()
    let works = Desk(store, for: try #require(viewers[.enterprise]))
    let mill = Desk(
      store,
      for: try await fixture.user(
        .enterprise, grants: [.init(park: "ours", enterprise: "mill")], name: "mill"))
    let third = Desk(
      store,
      for: try await fixture.user(
        .enterprise, grants: [.init(park: "ours", enterprise: "third")], name: "third"))
    let asked = try await works.request("mill", from: "works", about: "ash", in: "ours")
    #expect(asked.asked == nil, "who is asked is the question")
    #expect(try await works.agreed(in: "ours").isEmpty)
    #expect(try await third.agreements(of: "ours").isEmpty)
    await #expect(throws: StoreError.forbidden) {
      try await works.answer(asked.id, true, in: "ours")
    }
    await #expect(throws: StoreError.notFound) {
      try await third.answer(asked.id, true, in: "ours")
    }
    await #expect(throws: StoreError.notFound) {
      try await third.request("mill", from: "works", in: "ours")
    }
    let toMill = try #require(try await mill.agreements(of: "ours").first)
    #expect(toMill.isToMe && toMill.asker == "works")
    #expect(try await mill.answer(asked.id, true, in: "ours").status == .accepted)
    #expect(try await works.agreements(of: "ours").first?.asked == "mill")
    #expect(try await works.agreed(in: "ours").map { $0.0 }.sorted() == ["mill", "works"])
    #expect(try await works.answer(asked.id, false, in: "ours").asked == nil, "taken back")
    #expect(try await works.agreed(in: "ours").isEmpty)
    // Asking back is an answer.
    _ = try await works.request("mill", from: "works", about: "ash", in: "ours")
    #expect(try await mill.request("works", from: "mill", in: "ours").status == .accepted)
  }

  @Test func draftsAreOnesOwn() async throws {
    let viewers = try await parks()
    let expert = Desk(store, for: try #require(viewers[.expert]))
    let boss = Desk(store, for: try #require(viewers[.administrator]))
    let draft = try await expert.keep(draft: Data("x".utf8), title: "Upload", park: "ours")
    let changed = try await expert.change(
      draft: draft.id, content: Data("y".utf8), on: draft.changed)
    #expect(changed.changed > draft.changed, "even within one tick of the clock")
    #expect(try await expert.draft(draft.id).content == Data("y".utf8))
    await #expect(throws: StoreError.conflict("draft")) {
      try await expert.change(draft: draft.id, content: Data("z".utf8), on: draft.changed)
    }
    await #expect(throws: StoreError.notFound) {
      try await boss.change(draft: draft.id, content: Data("z".utf8), on: changed.changed)
    }
    #expect(try await expert.draft(draft.id).content == Data("y".utf8))
    await #expect(throws: StoreError.notFound) { try await boss.draft(draft.id) }
    await #expect(throws: StoreError.notFound) { try await boss.remove(draft: draft.id) }
    await #expect(throws: StoreError.forbidden) {
      try await expert.keep(draft: Data(), title: "x", park: "example")
    }
    await #expect(throws: StoreError.forbidden) {
      try await Desk(store, for: try #require(viewers[.board])).keep(draft: Data(), title: "x")
    }
  }

  @Test func onlyAdministratorsKnowOfPeopleAndTheLogTellsEveryChange() async throws {
    let viewers = try await parks()
    let boss = Desk(store, for: try #require(viewers[.administrator]))
    for (role, viewer) in viewers where role != .administrator {
      let desk = Desk(store, for: viewer)
      await #expect(throws: StoreError.notFound) { try await desk.people() }
      await #expect(throws: StoreError.notFound) { try await desk.audit() }
      await #expect(throws: StoreError.notFound) {
        try await desk.invite(Invitation(role: .administrator))
      }
    }
    let link = try await boss.invite(
      Invitation(role: .enterprise, park: "ours", enterprise: "mill", note: "Mai"))
    let id = try await store.accept(
      link, name: "Mai", email: "mai@example.org", password: StoreFixture.password,
      language: "vi")
    let mai = try #require(try await store.session(try await store.startSession(of: id))?.viewer)
    #expect(mai.sight(of: "ours", isExample: false) == .enterprises(["mill"]))
    try await boss.set(.init(park: "ours", enterprise: "mill"), of: id, false)
    let log = try await boss.audit(limit: 4)
    #expect(log.map(\.action) == ["take", "join", "invite", "join"])
    #expect(log[0].who == "administrator" && log[0].park == "ours" && log[1].who == "Mai")
    await #expect(throws: StoreError.invalid("park")) {
      try await boss.invite(Invitation(role: .board))
    }
    await #expect(throws: StoreError.notFound) {
      try await boss.invite(Invitation(role: .board, park: "nowhere"))
    }
  }
}
