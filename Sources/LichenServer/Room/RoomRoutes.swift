import Foundation
import HTTPTypes
import Hummingbird
import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenReport
import LichenStore

/// The what-if room of a park: a page whose address is its state, and the questions that its script asks.
struct RoomRoutes: Sendable {
  let store: Store
  let pages: Pages
  let jobs: Jobs
  let planner: RoomPlanner
  let outlines: OutlineAtlas?
  let tasks = RoomTasks()

  /// An answer that is there by then needs no second request.
  static let briefly = Duration.milliseconds(400)
  /// So long a page waits for its plan before it comes without.
  static let pageWait = Duration.seconds(4)
  /// A file is waited for to its end, which the time limits of its searches bring.
  static let fileWait = Duration.seconds(180)

  /// - Throws: `EngineError.unreadable` if the outlines of the maps cannot be read.
  /// - Parameter patience: Time after which a search of the room tells the best plan so far.
  init(store: Store, pages: Pages, jobs: Jobs, parks: Parks, patience: Duration) throws {
    self.store = store
    self.pages = pages
    self.jobs = jobs
    planner = RoomPlanner(parks: parks, patience: patience)
    outlines = try parks.engine.reportAssets().outlines
  }

  func add(to router: RouterGroup<Visit>) {
    let room = router.group("parks/:park/room")
    room.get("", use: page)
    room.post("", use: settle)
    room.post("ask/:question", use: ask)
    room.get("preparation", use: preparation)
    room.get("jobs/:job", use: answer)
    room.get("jobs/:job/events", use: events)
    room.post("jobs/:job/cancel", use: cancel)
    room.get("compare", use: compare)
    room.get("report", use: report)
    addScenarios(to: room)
  }

  /// A room as one viewer has it.
  struct Visitor {
    let viewer: Viewer
    let desk: Desk
    let entry: ParkEntry
    let subject: RoomPlanner.Subject
  }

  func enter(_ visit: Visit, _ fields: [(name: String, value: String)]) async throws -> Visitor {
    let viewer = try visit.signedIn()
    let desk = Desk(store, for: viewer)
    let entry = try await desk.park(visit.parameters.require("park"))
    guard entry.deeds.contains(.suppose) else { throw StoreError.forbidden }
    let (version, content) = try await desk.content(of: entry.name)
    let asked = fields.last { $0.name == RoomState.Field.sight }?.value
    return Visitor(
      viewer: viewer, desk: desk, entry: entry,
      subject: RoomPlanner.Subject(
        version: version, content: content,
        isOpen: entry.sight == .board || asked == RoomState.Field.open,
        hasChoice: entry.sight == .whole))
  }

  /// Kept scenarios of this sight under their letters, oldest first.
  func kept(_ visitor: Visitor) async throws -> [RoomTask.Beside] {
    try await visitor.desk.scenarios(of: visitor.entry.name)
      .filter { $0.isOpen == visitor.subject.isOpen }.enumerated()
      .map { RoomTask.Beside(letter: Alphabet.letters($0.offset), scenario: $0.element) }
  }

  static let mostBeside = 6

  /// Those that fields name, or one's own latest.
  private func beside(_ all: [RoomTask.Beside], _ fields: [(name: String, value: String)])
    -> [RoomTask.Beside]
  {
    let named = fields.filter { $0.name == RoomState.Field.beside }.map(\.value)
    if named.isEmpty { return Array(all.filter(\.scenario.isOwn).suffix(3)) }
    return Array(all.filter { named.contains($0.scenario.id) }.prefix(Self.mostBeside))
  }

  func task(
    _ question: RoomTask.Question, _ visitor: Visitor, _ visit: Visit,
    _ fields: [(name: String, value: String)], among all: [RoomTask.Beside]
  ) -> RoomTask {
    let language = pages.language(visit)
    return RoomTask(
      park: visitor.entry.name, subject: visitor.subject, question: question, fields: fields,
      beside: beside(all, fields), title: language.text("serve.room.now"), language: language.code)
  }

  /// Answers a task now if it is remembered, else begins a job.
  /// - Returns: The job, unless the task is answered.
  func begin(_ task: RoomTask, _ visitor: Visitor) async throws -> String? {
    let planner = planner
    if task.isRemembered(by: planner) {
      try await BlockingWork.shared.run { try task.run(planner) }
      return nil
    }
    let job = try await jobs.begin(owner: visitor.viewer.id) { control, tell in
      try task.run(planner, control: control, tell: tell)
    }
    tasks.keep(task, as: job)
    return job
  }

  /// Waits for a job.
  /// - Returns: Whether it has ended; `nil` jobs have.
  /// - Throws: What the job failed with.
  func wait(_ job: String?, _ owner: Int64, for time: Duration) async throws -> Bool {
    guard let job else { return true }
    let events = try await jobs.events(job, owner: owner)
    let hasEnded = await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        for await event in events where event.isLast { return true }
        return false
      }
      group.addTask {
        try? await Task.sleep(for: time)
        return false
      }
      let first = await group.next() ?? false
      group.cancelAll()
      return first
    }
    if hasEnded, let error = try await jobs.error(of: job, owner: owner) { throw error }
    return hasEnded
  }

  var writer: (Language) -> RoomViewWriter {
    { language in
      RoomViewWriter(
        language: language, outlines: outlines, planner: planner,
        root: pages.site.configuration.prefix)
    }
  }

  // MARK: The page

  @Sendable private func page(_ request: Request, _ visit: Visit) async throws -> Response {
    let fields = Form(encoded: request.uri.query ?? "").fields
    let visitor = try await enter(visit, fields)
    let all = try await kept(visitor)
    let task = task(.plan, visitor, visit, fields, among: all)
    let language = pages.language(visit)
    let title = language.text("serve.room.title", ["park": visitor.entry.title])
    guard let base = try await base(visitor, within: Self.pageWait) else {
      var response = pages.page(
        "room-wait", WaitView(park: visitor.entry.name, isOpen: task.isOpenByChoice), title: title,
        visit, scripts: ["run.js"])
      response.headers[.refresh] = "10"
      return response
    }
    let job = try await begin(task, visitor)
    _ = try await wait(job, visitor.viewer.id, for: Self.pageWait)
    let state = try task.state(base.levers)
    var result: [RoomResultView] = []
    if case .plan(let plans) = task.outcome {
      let writer = writer(language)
      result = [
        try await BlockingWork.shared.run { try writer.result(plans, task: task, all: all) }
      ]
    }
    let view = RoomPageView(
      park: visitor.entry.name,
      levers: LeverView(
        base.levers, base.levers.form(of: state.changes), park: base.park, language: language),
      result: result, job: result.isEmpty ? [job].compactMap(\.self) : [],
      hiddenFields: state.rest, canOpen: visitor.entry.sight == .whole,
      isOpen: visitor.subject.isOpen, query: state.query(base.levers))
    return pages.page(
      "room", view, title: title, visit, styles: ["room.css"], scripts: ["room.js"])
  }

  /// A form without a script: leads to the state that it describes.
  @Sendable private func settle(_ request: Request, _ visit: Visit) async throws -> Response {
    let fields = try await Form.read(request, visit).fields
    let visitor = try await enter(visit, fields)
    let state = try await state(fields, visitor)
    return pages.redirect("/parks/\(visitor.entry.name)/room" + state.query)
  }

  /// The state that fields describe; the park's levers are worked out for it if they are not known.
  func state(_ fields: [(name: String, value: String)], _ visitor: Visitor) async throws -> (
    state: RoomState, query: String
  ) {
    guard let base = try await base(visitor, within: Self.fileWait) else {
      throw Refusal.overloaded
    }
    let state = try RoomState(fields, levers: base.levers, subject: visitor.subject)
    return (state, state.query(base.levers))
  }
}

extension RoomState {
  /// Fields that are no levers, for a form to carry along.
  var rest: [RoomPageView.HiddenField] {
    var fields = (beside.map { $0.isEmpty ? [""] : $0 } ?? []).map {
      RoomPageView.HiddenField(field: Field.beside, text: $0)
    }
    if let origin { fields.append(RoomPageView.HiddenField(field: Field.origin, text: origin)) }
    return fields
  }
}

extension HTTPField.Name {
  static let refresh = HTTPField.Name("Refresh").unsafelyUnwrapped
  /// Query of the state that an answer shows.
  static let roomState = HTTPField.Name("X-Room-State").unsafelyUnwrapped
}
