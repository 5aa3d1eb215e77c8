import Foundation
import LichenDomain
import LichenReport
import LichenStore

/// What the page of a park shows to experts.
struct ParkView {
  struct Content: Sendable {
    let entry: ParkEntry
    let versions: [ParkVersion]
    let scenarios: [SavedScenario]
    let runs: [Run]
    let tables: [String]
  }

  struct Version {
    let number: String
    let versionNumber: String
    let author: String
    let note: String
    let created: String
  }

  struct Scenario {
    let scenario: String
    let scenarioTitle: String
    let isChosen: Bool
  }

  static let runsPerPage = 20

  let park: String
  let parkNote: String
  let canEdit: Bool
  let canCopy: Bool
  let canRun: Bool
  let canSuppose: Bool
  let figures: [RunFigures]
  let versions: [Version]
  let scenarios: [Scenario]
  let runs: [RunRow]
  let hasRuns: Bool
  let older: [String]
  let tables: [String]
  let seconds: String
  let mostSeconds: String
  let changes: String
  let issues: [DraftIssueView]
  /// A form sent twice makes one run.
  let key: String

  init(
    _ content: Content, form: ParkRoutes.RunForm, language: Language, mostSeconds: Double,
    mayDraft: Bool
  ) {
    let entry = content.entry
    park = entry.name
    parkNote = language.text(entry.isExample ? "serve.park.example" : "serve.park.own")
    canEdit = mayDraft && entry.deeds.contains(.edit)
    canCopy = mayDraft && !entry.deeds.contains(.edit)
    canRun = entry.deeds.contains(.run)
    canSuppose = entry.deeds.contains(.suppose)
    let latest = content.runs.first { run in
      run.status == .done && RunFigures.request(run)?.changes.isEmpty == true
    }
    figures = latest.flatMap { RunFigures($0, language) }.map { [$0] } ?? []
    versions = content.versions.map {
      Version(
        number: "\($0.number)", versionNumber: language.number(Double($0.number)),
        author: $0.author, note: $0.note, created: language.moment($0.created))
    }
    scenarios = content.scenarios.map {
      Scenario(scenario: $0.id, scenarioTitle: $0.title, isChosen: $0.id == form.scenario)
    }
    let shown = content.runs.prefix(Self.runsPerPage)
    runs = shown.map { RunRow($0, language) }
    hasRuns = !shown.isEmpty
    older = content.runs.count > shown.count ? shown.last.map { [$0.id] } ?? [] : []
    tables = content.tables
    seconds = form.seconds
    self.mostSeconds = "\(Int(mostSeconds))"
    changes = form.changes
    issues = form.issues.map { DraftIssueView($0, language) }
    key = Secret().text
  }
}

/// A run as a list shows it.
struct RunRow {
  let run: String
  let asked: String
  let runStatus: String
  let isOver: Bool
  let owner: String
  let version: String
  let inputs: String
  let money: [String]
  let carbon: [String]

  init(_ run: Run, _ language: Language) {
    self.run = run.id
    asked = language.moment(run.created)
    runStatus = language.text("serve.run.\(run.status.rawValue)")
    isOver = run.status.isOver
    owner = run.owner
    version = language.number(Double(run.version))
    inputs = RunFigures.inputs(run, language)
    let figures = RunFigures(run, language)
    money = figures.map { [$0.money] } ?? []
    carbon = figures.map { [$0.carbon] } ?? []
  }
}

/// Figures of a plan.
struct RunFigures {
  let figuresRun: String
  let money: String
  let carbon: String
  let exchanges: String
  let proof: String
  let planned: String

  init?(_ run: Run, _ language: Language) {
    guard let text = run.summary,
      let summary = try? JSONDecoder().decode(RunSummary.self, from: Data(text.utf8)),
      let currency = Currency(summary.currency)
    else { return nil }
    figuresRun = run.id
    money = language.money(summary.money, currency)
    carbon = language.mass(tonnes: summary.carbon / 1000)
    exchanges = language.number(Double(summary.exchanges))
    proof =
      summary.status == "optimal"
      ? language.text("serve.run.proven")
      : summary.gap.isFinite
        ? language.text("serve.run.gap", ["gap": language.percent(summary.gap, decimals: 1)])
        : language.text("serve.run.unproven")
    planned = run.ended.map { language.moment($0) } ?? ""
  }

  static func request(_ run: Run) -> RunRequest? {
    try? JSONDecoder().decode(RunRequest.self, from: Data(run.request.utf8))
  }

  /// What was asked, in a line.
  static func inputs(_ run: Run, _ language: Language) -> String {
    guard let request = request(run) else { return language.text("word.unknown") }
    let limit = language.text(
      "serve.run.limit", ["seconds": language.plain(request.seconds)])
    return ([limit] + request.changes.map { "\($0.key)=\($0.value)" }).joined(separator: "; ")
  }
}
