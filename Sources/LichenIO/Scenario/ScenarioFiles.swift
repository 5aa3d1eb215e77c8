import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Finds the scenario files of a park: `scenarios/NAME.yaml` in its folder, or files named by path.
public enum ScenarioFiles {
  static let folderName = "scenarios"
  static let endings = ["yaml", "yml"]

  /// Every scenario of a park's folder, whether sound or not; none for a workbook.
  /// - Returns: What could be read, and every issue.
  public static func inspect(park: URL) -> (book: ScenarioBook, issues: [ValidationIssue]) {
    let log = IssueLog()
    let scenarios = scenarios(in: park.appendingPathComponent(folderName), shownAs: folderName, log)
    return (ScenarioBook(scenarios), log.issues)
  }

  /// The scenarios that some names need: those of the park, and those of the folder of each file that
  /// is named by its path, for what it includes.
  /// - Parameter arguments: Names, or paths that end in `.yaml` or `.yml`.
  /// - Returns: Names in the order of the arguments, each known or not.
  /// - Throws: `ValidationError` if a file that is there is no scenario, or two of one name differ.
  public static func read(_ arguments: [String], park: URL) throws(ValidationError) -> (
    names: [String], book: ScenarioBook
  ) {
    let log = IssueLog()
    var found: [String: Scenario] = [:]
    func add(_ scenarios: [Scenario]) {
      for scenario in scenarios {
        if let known = found[scenario.name],
          known.changes.map(\.value) != scenario.changes.map(\.value)
        {
          log.error(
            "duplicate-id", at: scenario.location, found: scenario.name,
            expected: "one scenario of a name", hint: "the other is \(known.location)")
        }
        found[scenario.name] = scenario
      }
    }
    add(scenarios(in: park.appendingPathComponent(folderName), shownAs: folderName, log))
    var names: [String] = []
    for argument in arguments {
      guard endings.contains(where: { argument.hasSuffix(".\($0)") }) else {
        names.append(argument)
        continue
      }
      let url = URL(fileURLWithPath: argument)
      let folder = url.deletingLastPathComponent()
      names.append(url.deletingPathExtension().lastPathComponent)
      let isOfPark =
        folder.standardizedFileURL.path
        == park.appendingPathComponent(folderName).standardizedFileURL.path
      if isOfPark { continue }
      let shown = argument.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/")
      add(scenarios(in: folder, shownAs: shown, log))
      if found[names[names.count - 1]] == nil {
        _ = FileBytes.read(path: url.path, name: argument, log: log)
      }
    }
    try log.throwIfErrors()
    return (names, ScenarioBook(Array(found.values)))
  }

  /// Scenarios of a folder, in order of file; none if there is no such folder.
  private static func scenarios(in folder: URL, shownAs shown: String, _ log: IssueLog)
    -> [Scenario]
  {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var stems: [String: String] = [:]
    return names.sorted().compactMap { file -> Scenario? in
      guard !file.hasPrefix("."), let ending = endings.first(where: { file.hasSuffix(".\($0)") })
      else { return nil }
      let stem = String(file.dropLast(ending.count + 1))
      let place = shown.isEmpty ? file : "\(shown)/\(file)"
      if let first = stems[stem] {
        log.error(
          "duplicate-id", at: SourceLocation(file: place), found: stem,
          expected: "one scenario of a name", hint: "the other is \(first)")
        return nil
      }
      stems[stem] = place
      guard
        let bytes = FileBytes.read(
          path: folder.appendingPathComponent(file).path, name: place, log: log,
          maximumSize: ScenarioReader.maximumSize)
      else { return nil }
      return ScenarioReader.read(bytes, name: stem, file: place, log: log)
    }
  }

  /// Changes of flags `KEY=VALUE`, in their order.
  /// - Throws: `ValidationError` naming every flag that is none.
  public static func flags(_ texts: [String]) throws(ValidationError) -> [ScenarioChange] {
    var issues: [ValidationIssue] = []
    let changes = texts.enumerated().compactMap { index, text -> ScenarioChange? in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let place = SourceLocation(file: ScenarioChange.flag, row: index + 1)
      guard parts.count == 2, !parts[0].trimmingSpaces().isEmpty else {
        issues.append(
          ValidationIssue(
            code: "bad-flag", at: place, found: text, expected: "KEY=VALUE, as in carbon_price=60"))
        return nil
      }
      return ScenarioChange(
        key: parts[0].trimmingSpaces(), value: .text(parts[1].trimmingSpaces()),
        origin: ScenarioChange.flag, location: place)
    }
    if !issues.isEmpty { throw ValidationError(issues) }
    return changes
  }
}
