import Foundation
import Hummingbird
import LichenDomain
import LichenEngine
import LichenIO
import LichenReport
import LichenStore

/// A park for experts: what was declared, what was planned, and the button that plans.
struct ParkRoutes: Sendable {
  let store: Store
  let pages: Pages
  let parks: Parks
  let runner: Runner
  let work: BlockingWork

  func add(to router: RouterGroup<Visit>) {
    router.get("parks/:park", use: show)
    router.post("parks/:park/runs", use: run)
    router.get("parks/:park/tables/:file", use: table)
  }

  @Sendable private func show(_ request: Request, _ visit: Visit) async throws -> Response {
    let before = request.uri.queryParameters["before"].map(String.init)
    return try await show(visit, RunForm(), before: before, .ok)
  }

  /// - Parameter form: What was asked for and refused, with the reasons.
  private func show(
    _ visit: Visit, _ form: RunForm, before: String? = nil, _ status: HTTPResponse.Status
  ) async throws -> Response {
    let desk = Desk(store, for: try visit.signedIn())
    let name = try visit.parameters.require("park")
    let versions = try await desk.versions(of: name)
    let content = try await desk.declarations(of: name).content
    let park = ParkView.Content(
      entry: try await desk.park(name), versions: versions,
      scenarios: try await desk.scenarios(of: name),
      runs: try await desk.runs(of: name, limit: ParkView.runsPerPage + 1, before: before),
      tables: try ParkArchive(data: content).files.keys.filter { $0.hasSuffix(".csv") }.sorted())
    let view = ParkView(
      park, form: form, language: pages.language(visit),
      mostSeconds: pages.site.configuration.mostSeconds,
      mayDraft: desk.viewer.role == .administrator || desk.viewer.role == .expert)
    return pages.page(
      "park", view, title: park.entry.title, visit, status: status, styles: ["desk.css"])
  }

  /// What the form of a new run says.
  struct RunForm: Sendable {
    var seconds = "60"
    var scenario = ""
    var changes = ""
    var issues: [ValidationIssue] = []
  }

  @Sendable private func run(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = Desk(store, for: try visit.signedIn())
    let name = try visit.parameters.require("park")
    let sent = try await Form.read(request, visit)
    var form = RunForm(
      seconds: sent.text("seconds"), scenario: sent.text("scenario"), changes: sent.text("changes"))
    do {
      let asked = try await self.request(form, of: name, desk)
      let run = try await desk.ask(
        asked.json(), of: name, engine: Engine.version,
        key: sent.text("key").isEmpty ? nil : sent.text("key"))
      await runner.wake()
      return pages.redirect("/parks/\(name)/runs/\(run.id)")
    } catch let error as ValidationError {
      form.issues = error.issues
      return try await show(visit, form, .unprocessableContent)
    }
  }

  /// What a form asks for, its changes checked on the park as declared.
  /// - Throws: `ValidationError` with everything wrong with it.
  private func request(_ form: RunForm, of name: String, _ desk: Desk) async throws -> RunRequest {
    let most = pages.site.configuration.mostSeconds
    let place = SourceLocation(file: pages.languages[0].text("serve.desk.run"))
    guard let seconds = Double(form.seconds), seconds.isFinite, (1...most).contains(seconds) else {
      throw ValidationError([
        ValidationIssue(
          code: "out-of-range", at: place, field: "seconds", found: form.seconds,
          expected: "1 to \(Int(most))")
      ])
    }
    var changes: [SavedScenario.Change] = []
    if !form.scenario.isEmpty {
      changes = try await desk.scenario(form.scenario, of: name).changes
    }
    for line in form.changes.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      func side(_ place: Int) -> String {
        parts.indices.contains(place) ? parts[place].trimmingCharacters(in: .whitespaces) : ""
      }
      changes.append(SavedScenario.Change(side(0), side(1)))
    }
    let (version, content) = try await desk.declarations(of: name)
    let asked = changes
    try await work.run { [parks] in
      _ = try parks.scenario(
        asked, of: parks.park(version, content: content), named: place.file)
    }
    return RunRequest(changes: changes, seconds: seconds)
  }

  /// A table as CSV, or all of them as a workbook.
  @Sendable private func table(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = Desk(store, for: try visit.signedIn())
    let name = try visit.parameters.require("park")
    let file = try visit.parameters.require("file")
    let number = request.uri.queryParameters["version"].flatMap { Int($0) }
    let (version, content) = try await desk.declarations(of: name, version: number)
    let archive = try ParkArchive(data: content)
    if file == "park.xlsx" {
      let language = pages.language(visit).code
      let bytes = try await work.run { [parks] in
        try parks.engine.workbook(
          of: parks.park(version, content: content).declaration,
          language: WorkbookVocabulary.Language(rawValue: language) ?? .english)
      }
      return .download(
        bytes, name: "\(name).xlsx",
        type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    }
    guard let text = archive.files[file] else { throw StoreError.notFound }
    return .download(
      Array(text.utf8), name: "\(name)-\(file)",
      type: file.hasSuffix(".csv") ? "text/csv; charset=utf-8" : "application/json")
  }
}

extension RunRequest {
  /// Equal requests give equal texts.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
