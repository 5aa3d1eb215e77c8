import Foundation
import HTTPTypes
import Hummingbird
import LichenAnalysis
import LichenEngine
import LichenMatching
import LichenReport
import LichenStore

/// What the script asks, and files.
extension RoomRoutes {
  /// Where to look for an answer that takes longer.
  private struct Begun: Encodable {
    let job: String
    let answer: String
    let events: String
    let cancel: String
  }

  @Sendable func ask(_ request: Request, _ visit: Visit) async throws -> Response {
    let fields = try await Form.read(request, visit).fields
    let visitor = try await enter(visit, fields)
    let questions: [String: RoomTask.Question] = [
      "plan": .plan, "front": .front, "choice": .choice,
    ]
    guard let question = questions[try visit.parameters.require("question")] else {
      throw StoreError.notFound
    }
    let all = try await kept(visitor)
    let task = task(question, visitor, visit, fields, among: all)
    let job = try await begin(task, visitor)
    if try await wait(job, visitor.viewer.id, for: Self.briefly) {
      return try await fragment(task, visit, among: all)
    }
    guard let job else { return try await fragment(task, visit, among: all) }
    let path = pages.site.path("/parks/\(visitor.entry.name)/room/jobs/\(job)")
    return try .json(
      Begun(job: job, answer: path, events: "\(path)/events", cancel: "\(path)/cancel"),
      status: .accepted)
  }

  /// The part of the page that an answer is.
  private func fragment(_ task: RoomTask, _ visit: Visit, among all: [RoomTask.Beside])
    async throws -> Response
  {
    let language = pages.language(visit)
    let html: String
    var query = ""
    switch task.outcome {
    case .plan(let plans):
      let writer = writer(language)
      let view = try await BlockingWork.shared.run {
        try writer.result(plans, task: task, all: all)
      }
      query = view.query
      html = pages.fragment("room-result", view, visit)
    case .front(let base, let now, let front):
      html = pages.fragment(
        "room-front",
        [
          "front": [
            writer(language).front(
              front, base: base, now: now, state: try task.state(base.levers), park: task.park)
          ]
        ], visit)
    case .choice(let now, let choice):
      let section = AnalysisSection.alternatives(
        choice, of: MatchResult(unexplained: now.plan, graph: now.graph), language: language)
      html = pages.fragment("room-choice", ["section": [section.view]], visit)
    case .compare, .report, nil: throw StoreError.notFound
    }
    return Response(
      status: .ok,
      headers: [.contentType: "text/html; charset=utf-8", .roomState: query],
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  /// The answer of a job that has ended.
  @Sendable func answer(_ request: Request, _ visit: Visit) async throws -> Response {
    let (visitor, job) = try await job(visit)
    let task = try tasks.task(job, of: visitor.entry.name)
    guard try await wait(job, visitor.viewer.id, for: Self.pageWait) else {
      throw Refusal.overloaded
    }
    return try await fragment(task, visit, among: try await kept(visitor))
  }

  @Sendable func events(_ request: Request, _ visit: Visit) async throws -> Response {
    let (visitor, job) = try await job(visit)
    return .events(try await jobs.events(job, owner: visitor.viewer.id))
  }

  /// Stops a search; the best plan so far stays to be looked at.
  @Sendable func cancel(_ request: Request, _ visit: Visit) async throws -> Response {
    _ = try await Form.read(request, visit)
    let (visitor, job) = try await job(visit)
    try await jobs.cancel(job, owner: visitor.viewer.id)
    return Response(status: .noContent)
  }

  /// - Throws: `StoreError.notFound` for a job of somebody else, of another park, or of another sight of it.
  private func job(_ visit: Visit) async throws -> (Visitor, String) {
    let job = try visit.parameters.require("job")
    let park = try visit.parameters.require("park")
    let isOpen = try? tasks.task(job, of: park).subject.isOpen
    let visitor = try await enter(
      visit, isOpen == true ? [(RoomState.Field.sight, RoomState.Field.open)] : [])
    let task = try tasks.task(job, of: visitor.entry.name)
    guard task.subject.isOpen == visitor.subject.isOpen else { throw StoreError.notFound }
    _ = try await jobs.events(job, owner: visitor.viewer.id)
    return (visitor, job)
  }

  // MARK: Side by side, and files

  struct CompareView {
    let park: String
    let query: String
    let section: [any Sendable]
    let refused: [String]
    let hasNone: Bool
  }

  @Sendable func compare(_ request: Request, _ visit: Visit) async throws -> Response {
    let fields = Form(encoded: request.uri.query ?? "").fields
    let visitor = try await enter(visit, fields)
    let task = task(.compare, visitor, visit, fields, among: try await kept(visitor))
    let job = try await begin(task, visitor)
    _ = try await wait(job, visitor.viewer.id, for: Self.fileWait)
    guard case .compare(let comparison, let refused) = task.outcome else {
      throw Refusal.overloaded
    }
    let language = pages.language(visit)
    let hasNone = comparison.scenarios.isEmpty
    let section = hasNone ? nil : AnalysisSection.compare(comparison, language: language)
    let view = CompareView(
      park: visitor.entry.name, query: request.uri.query.map { "?\($0)" } ?? "",
      section: section.map { [$0.view] } ?? [],
      refused: refused.map { language.text("serve.room.refused", ["title": $0]) },
      hasNone: hasNone)
    return pages.page(
      "room-compare", view, title: language.text("compare.title"), visit, styles: ["room.css"])
  }

  @Sendable func report(_ request: Request, _ visit: Visit) async throws -> Response {
    let fields = Form(encoded: request.uri.query ?? "").fields
    let visitor = try await enter(visit, fields)
    let types: [String: (ReportFormat, String)] = [
      "html": (.html, "text/html; charset=utf-8"), "pdf": (.pdf, "application/pdf"),
      "xlsx": (.xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ]
    let name = fields.last { $0.name == "format" }?.value ?? "html"
    guard let (format, type) = types[name] else { throw Refusal.bad("format=\(name)") }
    let task = task(.report(format), visitor, visit, fields, among: [])
    let job = try await begin(task, visitor)
    _ = try await wait(job, visitor.viewer.id, for: Self.fileWait)
    guard case .report(let file) = task.outcome else { throw Refusal.overloaded }
    return .download(
      file.content, name: "\(visitor.entry.name)-what-if.\(name)", type: type)
  }
}
