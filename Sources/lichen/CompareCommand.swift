import ArgumentParser
import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenIO

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Puts scenarios side by side, and says what a wrong guess costs.",
    discussion: """
      Plans the park as declared and under each scenario: figures, exchanges gained, lost and \
      resized, winners and losers, law; and judges every plan in every scenario. a+b is one \
      scenario made of two, b on top of a. Without names, all scenarios of the park's folder.

      EXAMPLES
        lichen compare data/parks/kalundborg
        lichen compare my-park carbon-60 gyproc-closed carbon-60+gyproc-closed -o result
        lichen compare my-park --json | jq .regret.cells
      """)

  @OptionGroup var scenario: ScenarioOptions

  @Argument(help: "Scenarios by name or path.")
  var scenarios: [String] = []

  func run() throws {
    let engine = try scenario.data.engine()
    let base = try scenario.base(engine)
    let groups = scenarios.map { argument in
      argument.split(separator: "+").map(String.init)
    }
    let (names, book) = try ScenarioFiles.read(groups.flatMap(\.self), park: scenario.park.url)
    var rest = names[...]
    var chosen = groups.map { group in
      defer { rest = rest.dropFirst(group.count) }
      return Array(rest.prefix(group.count))
    }
    if chosen.isEmpty { chosen = book.names.map { [$0] } }
    if chosen.isEmpty {
      throw UsageError("The park has no scenarios; name at least one file of scenarios.")
    }
    let combined = try Self.combined(chosen, of: book)
    let target = try scenario.target(engine, base)
    let comparison = try engine.compare(combined, of: base, options: scenario.planning)
    try scenario.tell(.compare(comparison), engine, to: target) {
      try engine.match(base, options: scenario.planning(base.settings))
    }
  }

  /// Each group as one scenario; everything wrong with the names at once.
  private static func combined(_ groups: [[String]], of book: ScenarioBook) throws
    -> [CombinedScenario]
  {
    var issues: [ValidationIssue] = []
    let combined = groups.compactMap { names -> CombinedScenario? in
      do throws(DataError) {
        return try book.combined(names, at: ScenarioOptions.place)
      } catch {
        issues += error.issues
        return nil
      }
    }
    if !issues.isEmpty { throw DataError(issues) }
    return combined
  }
}
