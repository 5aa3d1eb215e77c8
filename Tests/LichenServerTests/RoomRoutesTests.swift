import Foundation
import Hummingbird
import HummingbirdTesting
import LichenDomain
import LichenEngine
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenServer
@testable import LichenStore

@Suite("What-if room")
struct RoomRoutesTests {
  /// A server with one small park of which two firms asked not to be shown, and people of every role in it.
  private struct Room {
    let fixture: ServerFixture
    let expert: ServerFixture.Browser
    let board: ServerFixture.Browser
    /// A firm that planned exchanges join.
    let firm: String
    /// Names of firms that a board must not learn.
    let hidden: [String]
  }

  private func room() async throws -> Room {
    let fixture = try ServerFixture()
    var declaration = try Repository.engine.park(at: Repository.park("kalundborg")).declaration
    let hidden = ["Gyproc", "Novo Nordisk"].compactMap { name in
      declaration.enterprises.firstIndex { $0.name.contains(name) }
    }
    for index in hidden { declaration.enterprises[index].disclosure = .confidential }
    let names = hidden.map { declaration.enterprises[$0].name }
    try #require(names.count == 2)
    let firm = try #require(declaration.enterprises.first { $0.name.contains("refinery") }).id
    let archive = try ParkArchive(declaration)
    _ = try await Desk(fixture.store, for: ServerFixture.system).add(
      park: "bay", title: "The bay", content: archive.data(), note: "")
    return Room(
      fixture: fixture, expert: try await fixture.browser(.expert, park: "bay"),
      board: try await fixture.browser(.board, park: "bay"), firm: firm, hidden: names)
  }

  /// Answers of the script's question, whether at once or from the job.
  private func ask(
    _ question: String, _ fields: [String: String], _ browser: ServerFixture.Browser,
    _ client: any TestClientProtocol
  ) async throws -> TestResponse {
    let response = try await client.post(
      "/parks/bay/room/ask/\(question)", fields, browser, headers: [.accept: "application/json"])
    guard response.status == .accepted else { return response }
    struct Begun: Decodable {
      let answer: String
      let events: String
    }
    let begun = try JSONDecoder().decode(Begun.self, from: Data(response.text.utf8))
    // The stream of events ends with the job.
    let events = try await client.get(begun.events, browser)
    #expect(events.text.contains("event: done"))
    return try await client.get(begun.answer, browser)
  }

  @Test(
    "A link is a state: its levers stand, its plan is drawn, and the address says only what differs"
  )
  func page() async throws {
    let room = try await room()
    try await room.fixture.test { client in
      let address = "/parks/bay/room?carbon_price=60&enterprise.\(room.firm)=closed"
      // The first visit plans the park as declared; the page comes by itself once it is planned.
      var page = try await client.get(address, room.expert)
      while page.headers[.refresh] != nil || page.text.contains("data-job") {
        page = try await client.get(address, room.expert)
      }
      #expect(page.status == .ok)
      #expect(page.text.contains("id=\"l-carbon_price\" name=\"carbon_price\" min=\"0\""))
      #expect(page.text.contains("value=\"60\""))
      #expect(page.text.contains("<svg") && page.text.contains("ghost"))
      #expect(!page.text.contains("style=") && !page.text.contains("onclick"))
      let told = try await client.post(
        "/parks/bay/room",
        [
          "carbon_price": "60", "landfill_fee": "100", "enterprise.\(room.firm)": "closed",
          "capital_budget": "none",
        ], room.expert)
      #expect(told.status == .seeOther)
      #expect(told.headers[.location] == address)
      let refused = try await client.get("/parks/bay/room?carbon_price=minus", room.expert)
      #expect(refused.status == .badRequest)
    }
  }

  @Test("A question is answered with the fragment of its state; going back is remembered")
  func questions() async throws {
    let room = try await room()
    try await room.fixture.test { client in
      let fields = ["enterprise.\(room.firm)": "closed"]
      let first = try await ask("plan", fields, room.expert, client)
      #expect(first.status == .ok)
      #expect(first.headers[.roomState] == "?enterprise.\(room.firm)=closed")
      #expect(first.text.contains("id=\"figures\"") && !first.text.contains("<html"))
      let again = try await client.post("/parks/bay/room/ask/plan", fields, room.expert)
      #expect(again.status == .ok, "no job for what is known")
      #expect(again.text == first.text)
      let front = try await ask("front", [:], room.expert, client)
      #expect(front.text.contains("class=\"pt") && front.text.contains("co2_floor="))
      let choice = try await ask("choice", [:], room.expert, client)
      #expect(choice.text.contains("<table"))
      let wrong = try await client.post(
        "/parks/bay/room/ask/plan", ["change": "enterprise.nobody=closed"], room.expert,
        headers: [.accept: "application/json"])
      #expect([.unprocessableContent, .accepted].contains(wrong.status))
      // Where no plan keeps the limits there is nothing to choose from, and the page says so.
      let impossible = ["co2_floor": "1e9"]
      let none = try await ask("plan", impossible, room.expert, client)
      #expect(none.status == .ok && none.text.contains("No plan keeps all limits"))
      let choiceless = try await client.post(
        "/parks/bay/room/ask/choice", impossible, room.expert,
        headers: [.accept: "application/json"])
      #expect([.unprocessableContent, .accepted].contains(choiceless.status))
      let unknown = try await client.post("/parks/bay/room/ask/gossip", [:], room.expert)
      #expect(unknown.status == .notFound)
      let forged = try await client.post(
        "/parks/bay/room/ask/plan", [:], room.expert, csrf: "forged")
      #expect(forged.status == .forbidden)
    }
  }

  @Test(
    "A board plans the park without the firms that asked not to be shown, and learns how many they are"
  )
  func board() async throws {
    let room = try await room()
    try await room.fixture.test { client in
      let whole = try await ask("plan", [:], room.expert, client)
      let open = try await ask("plan", [:], room.board, client)
      let shown = try await ask("plan", ["sight": "open"], room.expert, client)
      #expect(open.text.contains("2 firms asked not to be shown"))
      #expect(!whole.text.contains("asked not to be shown"))
      for name in room.hidden { #expect(!open.text.contains(name), "\(name)") }
      // What an expert sees as the board does is what the board sees, but for the link to it.
      func drawn(_ text: String) -> Substring? {
        text.range(of: "id=\"pane-map\"").map { text[$0.lowerBound...].prefix(2_000) }
      }
      #expect(drawn(open.text) == drawn(shown.text))
      let page = try await client.get("/parks/bay/room", room.board)
      for name in room.hidden { #expect(!page.text.contains(name), "\(name)") }
      #expect(!page.text.contains("sight=open"), "a board has no other sight to choose")
      let file = try await client.get(
        "/parks/bay/room/report?format=html&carbon_price=5", room.board)
      #expect(file.status == .ok)
      for name in room.hidden { #expect(!file.text.contains(name), "\(name)") }
    }
  }

  @Test("Scenarios are kept, named, branched, shared by a link in their sight, and dropped")
  func scenarios() async throws {
    let room = try await room()
    let other = try await room.fixture.browser(.administrator)
    try await room.fixture.test { client in
      let kept = try await client.post(
        "/parks/bay/room/scenarios",
        ["title": "Refinery shut", "state": "?enterprise.\(room.firm)=closed"], room.expert)
      #expect(kept.status == .seeOther)
      let link = try #require(kept.headers[.location])
      #expect(link.hasPrefix("/parks/bay/room?enterprise.\(room.firm)=closed&from="))
      let id = try #require(link.split(separator: "=").last.map(String.init))
      let branch = try await client.post(
        "/parks/bay/room/scenarios",
        [
          "title": "And dear carbon",
          "state": "\(link)&carbon_price=60".replacing("/parks/bay/room", with: ""),
        ],
        room.expert)
      #expect(branch.status == .seeOther)
      let desk = Desk(room.fixture.store, for: room.expert.viewer)
      let saved = try await desk.scenarios(of: "bay")
      #expect(saved.map(\.title) == ["Refinery shut", "And dear carbon"])
      #expect(saved[1].parent == id && saved[1].changes.count == 2)
      // Nobody else opens it before it is shared, and a board never: it speaks of the whole park.
      let unshared = try await client.get("/parks/bay/room/s/\(id)", other)
      #expect(unshared.status == .notFound)
      _ = try await client.post("/parks/bay/room/scenarios/\(id)", ["shared": "yes"], room.expert)
      let opened = try await client.get("/parks/bay/room/s/\(id)", other)
      #expect(opened.headers[.location] == link)
      let ofBoard = try await client.get("/parks/bay/room/s/\(id)", room.board)
      #expect(ofBoard.status == .notFound)
      _ = try await client.post("/parks/bay/room/scenarios/\(id)", ["title": "Shut"], room.expert)
      let named = try await desk.scenario(id, of: "bay")
      #expect(named.title == "Shut")
      let theirs = try await client.post(
        "/parks/bay/room/scenarios/\(id)", ["title": "Mine"], other)
      #expect(theirs.status == .forbidden)
      let compared = try await client.get(
        "/parks/bay/room/compare?with=\(saved[0].id)&with=\(saved[1].id)", room.expert)
      #expect(compared.status == .ok)
      #expect(compared.text.contains("A: Shut") && compared.text.contains("B: And dear carbon"))
      _ = try await client.post("/parks/bay/room/scenarios/\(id)/delete", [:], room.expert)
      let left = try await desk.scenarios(of: "bay")
      #expect(left.map(\.title) == ["And dear carbon"])
    }
  }

  @Test("A board's scenario is of the open park, also for an expert who opens it")
  func boardScenario() async throws {
    let room = try await room()
    try await room.fixture.test { client in
      let kept = try await client.post(
        "/parks/bay/room/scenarios", ["title": "Ours", "state": "?carbon_price=60"], room.board)
      let id = try #require(kept.headers[.location]?.firstMatch(of: #/from=([^&]+)/#)?.output.1)
      _ = try await client.post("/parks/bay/room/scenarios/\(id)", ["shared": "yes"], room.board)
      let opened = try await client.get("/parks/bay/room/s/\(id)", room.expert)
      #expect(opened.headers[.location]?.contains("sight=open") == true)
    }
  }

  @Test("Who may not suppose, and who does not see the park, gets no room")
  func closed() async throws {
    let room = try await room()
    let firm = try await room.fixture.browser(.enterprise, park: "bay", enterprise: room.firm)
    let stranger = try await room.fixture.browser(.researcher)
    try await room.fixture.test { client in
      let forbidden = try await client.get("/parks/bay/room", firm)
      #expect(forbidden.status == .forbidden)
      let paths = [
        "/parks/bay/room", "/parks/bay/room/compare", "/parks/bay/room/report",
        "/parks/bay/room/s/x", "/parks/bay/room/jobs/x", "/parks/bay/room/jobs/x/events",
      ]
      for path in paths {
        let hidden = try await client.get(path, stranger)
        let absent = try await client.get(path.replacing("bay", with: "nowhere"), stranger)
        #expect(hidden.status == .notFound, "\(path)")
        #expect(hidden.text == absent.text.replacing("nowhere", with: "bay"), "\(path)")
        let unknown = try await client.get(path)
        #expect(unknown.status == .seeOther, "\(path)")
      }
    }
  }

  @Test("A job is known to nobody but who began it")
  func jobs() async throws {
    let room = try await room()
    let other = try await room.fixture.browser(.administrator)
    try await room.fixture.test { client in
      let job = try await room.fixture.server.rooms.begin(owner: room.expert.viewer.id) { _, _ in }
      for path in ["/parks/bay/room/jobs/\(job)", "/parks/bay/room/jobs/\(job)/events"] {
        let response = try await client.get(path, other)
        #expect(response.status == .notFound)
      }
      let stopped = try await client.post("/parks/bay/room/jobs/\(job)/cancel", [:], other)
      #expect(stopped.status == .notFound)
    }
  }

  @Test("A scenario leaves as a report in every format", arguments: ["html", "xlsx"])
  func report(format: String) async throws {
    let room = try await room()
    try await room.fixture.test { client in
      let file = try await client.get(
        "/parks/bay/room/report?format=\(format)&carbon_price=60", room.expert)
      #expect(file.status == .ok)
      #expect(
        file.headers[.contentDisposition] == "attachment; filename=\"bay-what-if.\(format)\"")
      #expect(file.body.readableBytes > 50_000)
      if format == "html" { #expect(file.text.contains("carbon_price")) }
    }
  }
}

extension RoomRoutesTests {
  @Test("Stopping a search lets it end with what it has, and its followers hear the end")
  func stopped() async throws {
    let room = try await room()
    try await room.fixture.test { client in
      // A search that never ends by itself.
      let fields = ["carbon_price": "60"]
      _ = try await ask("plan", fields, room.expert, client)
      let subject = try await Desk(room.fixture.store, for: room.expert.viewer).content(of: "bay")
      let task = RoomTask(
        park: "bay",
        subject: RoomPlanner.Subject(
          version: subject.version, content: subject.content, isOpen: false, hasChoice: true),
        question: .plan, fields: fields.map { ($0.key, $0.value) }, beside: [], title: "Now",
        language: "en")
      let routes = try RoomRoutes(
        store: room.fixture.store, pages: room.fixture.server.pages,
        jobs: room.fixture.server.rooms, parks: room.fixture.server.parks,
        patience: .seconds(20))
      let job = try await routes.jobs.begin(owner: room.expert.viewer.id) { control, tell in
        while !control.isCancelled { Thread.sleep(forTimeInterval: 0.001) }
        try task.run(routes.planner, control: control, tell: tell)
      }
      routes.tasks.keep(task, as: job)
      let hasEnded = try await routes.wait(job, room.expert.viewer.id, for: .milliseconds(1))
      #expect(!hasEnded)
      try await routes.jobs.cancel(job, owner: room.expert.viewer.id)
      let events = try await routes.jobs.events(job, owner: room.expert.viewer.id)
      var last: JobEvent?
      for await event in events { last = event }
      #expect(last?.isLast == true)
    }
  }

  @Test("What was stopped is shown but not remembered as the answer")
  func notRemembered() throws {
    let engine = Repository.engine
    let park = try engine.park(at: Repository.park("kwinana"))
    let planner = RoomPlanner(parks: Parks(engine: engine), patience: .seconds(60))
    let subject = RoomPlanner.Subject(
      version: ParkVersion(id: 1, park: "kwinana", number: 1, note: "", author: "", created: 0),
      content: try ParkArchive(park.declaration).data(), isOpen: false, hasChoice: true)
    let changes = [PlainChange("carbon_price", "60")]
    _ = try planner.base(of: subject)
    let control = SolveControl()
    control.cancel()
    _ = try planner.plan(changes, title: "", of: subject, control: control)
    let key = RoomMemory.Key(place: subject.place, changes: changes)
    #expect(planner.memory.plan(key) == nil)
    _ = try planner.plan(changes, title: "", of: subject)
    #expect(planner.memory.plan(key) != nil)
  }
}
