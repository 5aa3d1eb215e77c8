import Foundation
import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenReport
import LichenTestSupport

/// Reports of small parks, with the shipped words and templates.
enum ReportFixture {
  static let language = shipped("en")
  static let vietnamese = shipped("vi")

  private static func shipped(_ code: String) -> Language {
    let file = repository.appendingPathComponent("data/language/\(code).json")
    do { return try Language(json: Data(contentsOf: file)) } catch {
      preconditionFailure("\(error)")
    }
  }

  static var repository: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  static var languageFile: URL { repository.appendingPathComponent("data/language/en.json") }
  static var reportFolder: URL { repository.appendingPathComponent("data/report") }
  static var sources: URL { repository.appendingPathComponent("Sources/LichenReport") }

  static func templates() throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: reportFolder.path)
    where name.hasSuffix(".mustache") {
      texts[String(name.dropLast(".mustache".count))] = try String(
        contentsOf: reportFolder.appendingPathComponent(name), encoding: .utf8)
    }
    return texts
  }

  static func assets() throws -> ReportAssets {
    var partials = try templates()
    let template = partials.removeValue(forKey: "report") ?? ""
    let css = try String(
      contentsOf: reportFolder.appendingPathComponent("report.css"), encoding: .utf8)
    let script = try String(
      contentsOf: reportFolder.appendingPathComponent("report.js"), encoding: .utf8)
    return ReportAssets(template: template, partials: partials, css: css, script: script)
  }

  /// The shipped outlines, read once.
  static let outlines: OutlineAtlas? = {
    func layer(_ name: String) -> OutlineLayer? {
      let url = repository.appendingPathComponent("data/outlines/\(name)")
      return (try? Data(contentsOf: url)).flatMap { try? OutlineLayer([UInt8]($0), file: name) }
    }
    guard let fine = layer("coast-fine.bin"), let coarse = layer("coast-coarse.bin") else {
      return nil
    }
    return OutlineAtlas(fine: fine, coarse: coarse)
  }()

  /// Plans a park as the engine does.
  static func match(
    _ park: Park, configure: (inout PlanningOptions) -> Void = { _ in }
  ) throws -> MatchResult {
    let generator = CandidateGenerator(park: park)
    let graph = generator.graph()
    var options = PlanningOptions(settings: park.settings)
    configure(&options)
    let problem = try PlanningProblem(graph: graph, options: options)
    let result = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    let plan = Plan(graph: graph, problem: problem, options: options, result: result)
    return MatchResult(
      graph: graph, plan: plan, rediscovery: Rediscovery(plan: plan, generator: generator),
      whyNot: try WhyNotAnalysis(plan: plan, graph: graph, solver: GLPKSolver()))
  }

  static func html(
    _ result: MatchResult, in language: Language = Self.language,
    extras: ReportExtras = ReportExtras()
  ) throws -> String {
    try HTMLReport.render(
      Report(Edition(full: result), extras: extras, language: language), assets: assets())
  }

  /// The drawings of a page, in order.
  static func drawings(_ html: String) -> [String] {
    var drawings: [String] = []
    var rest = Substring(html)
    while let start = rest.range(of: "<svg"), let end = rest.range(of: "</svg>") {
      drawings.append(String(rest[start.lowerBound..<end.upperBound]))
      rest = rest[end.upperBound...]
    }
    return drawings
  }
}

extension ReportExtras {
  /// A section whose words are the same in every language.
  mutating func add(_ section: AnalysisSection) {
    sections.append(Section(section.id) { _ in section })
  }
}
