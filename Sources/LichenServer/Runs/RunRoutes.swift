import Foundation
import Hummingbird
import LichenDomain
import LichenEngine
import LichenMatching
import LichenReport
import LichenStore

/// A run: how far it is, what came of it, its reports.
struct RunRoutes: Sendable {
  let store: Store
  let pages: Pages
  let parks: Parks
  let runner: Runner
  let reports: Reports

  func add(to router: RouterGroup<Visit>) {
    router.get("parks/:park/runs/:run", use: show)
    router.get("parks/:park/runs/:run/events", use: events)
    router.post("parks/:park/runs/:run/cancel", use: cancel)
    router.post("parks/:park/runs/:run/repeat", use: again)
    router.get("parks/:park/runs/:run/report", use: report)
  }

  private func names(_ visit: Visit) throws -> (park: String, run: String) {
    (try visit.parameters.require("park"), try visit.parameters.require("run"))
  }

  struct View {
    struct Change {
      let change: String
    }

    struct Choice {
      let choice: String
      let choiceName: String
    }

    let park: String
    let parkTitle: String
    let run: String
    let runStatus: String
    let isOver: Bool
    let isDone: Bool
    let canRun: Bool
    let owner: String
    let asked: String
    let ended: [String]
    let version: String
    let engine: String
    let limit: String
    let changes: [String]
    let errors: [String]
    let figures: [RunFigures]
    let formats: [Choice]
    let languages: [Choice]
    let templates: [Choice]
    let enterprises: [Choice]
  }

  @Sendable private func show(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = Desk(store, for: try visit.signedIn())
    let (name, id) = try names(visit)
    let run = try await desk.run(id, of: name)
    let entry = try await desk.park(name)
    let language = pages.language(visit)
    let asked = RunFigures.request(run)
    let view = View(
      park: name, parkTitle: entry.title, run: id,
      runStatus: language.text("serve.run.\(run.status.rawValue)"), isOver: run.status.isOver,
      isDone: run.status == .done, canRun: entry.deeds.contains(.run), owner: run.owner,
      asked: language.moment(run.created), ended: run.ended.map { [language.moment($0)] } ?? [],
      version: language.number(Double(run.version)), engine: run.engine,
      limit: language.text(
        "serve.run.limit", ["seconds": language.plain(asked?.seconds ?? .nan)]),
      changes: asked?.changes.map { "\($0.key)=\($0.value)" } ?? [],
      errors: (run.error ?? "").split(separator: "\n").map(String.init),
      figures: RunFigures(run, language).map { [$0] } ?? [],
      formats: ReportFormat.allCases.map {
        .init(choice: $0.rawValue, choiceName: language.text("serve.format.\($0.rawValue)"))
      },
      languages: pages.languages.map {
        .init(choice: $0.code, choiceName: $0.text("language.name"))
      },
      templates: try templates().map { .init(choice: $0, choiceName: $0) },
      enterprises: run.status == .done
        ? try await enterprises(run, desk).map { .init(choice: $0.0, choiceName: $0.1) } : [])
    return pages.page(
      "run", view, title: language.text("serve.run.title", ["park": entry.title]), visit,
      styles: ["desk.css"], scripts: run.status.isOver ? [] : ["run.js"])
  }

  /// Ids and names of the park's enterprises under the run's changes.
  private func enterprises(_ run: Run, _ desk: Desk) async throws -> [(String, String)] {
    let (version, content) = try await desk.declarations(of: run.park, version: run.version)
    return try parks.park(version, content: content).enterprises.map {
      ($0.id.rawValue, $0.name)
    }
  }

  /// Names of shipped templates: nothing else is read from the disk.
  func templates() throws -> [String] {
    let folder = parks.engine.data.url.appendingPathComponent("templates")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      FileManager.default.fileExists(
        atPath: folder.appendingPathComponent($0).appendingPathComponent("template.json").path)
    }.sorted()
  }

  @Sendable private func events(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = Desk(store, for: try visit.signedIn())
    let (name, id) = try names(visit)
    let run = try await desk.run(id, of: name)
    if !run.status.isOver, let events = try await runner.events(id) { return .events(events) }
    // Over, or waiting for its turn: told once; a browser asks again after a while.
    let (stream, continuation) = AsyncStream.makeStream(of: JobEvent.self)
    let now = try await desk.run(id, of: name).status
    switch now {
    case .queued, .running: continuation.yield(.waiting(0))
    case .done: continuation.yield(.done)
    case .cancelled: continuation.yield(.cancelled)
    case .failed: continuation.yield(.failed)
    }
    continuation.finish()
    return .events(stream)
  }

  @Sendable private func cancel(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = Desk(store, for: try visit.signedIn())
    let (name, id) = try names(visit)
    _ = try await Form.read(request, visit)
    _ = try await desk.cancel(run: id, of: name)
    try await runner.stop(id)
    return pages.redirect("/parks/\(name)/runs/\(id)")
  }

  /// The same request on the same version.
  @Sendable private func again(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = Desk(store, for: try visit.signedIn())
    let (name, id) = try names(visit)
    _ = try await Form.read(request, visit)
    let earlier = try await desk.run(id, of: name)
    let run = try await desk.ask(
      earlier.request, of: name, version: earlier.version, engine: Engine.version)
    await runner.wake()
    return pages.redirect("/parks/\(name)/runs/\(run.id)")
  }
}
