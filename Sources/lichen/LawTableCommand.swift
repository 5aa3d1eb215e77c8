import ArgumentParser
import LichenDomain
import LichenEngine
import LichenLaw
import LichenReport

struct LawTableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Lists what the law says about a material or a waste code, use by use.",
    discussion: """
      Both ends are in the same place and hold no licence. A waste code is a number of the list of \
      the place asked about, so name the place. Not legal advice.

      EXAMPLES
        lichen law table coal_fly_ash
        lichen law table steel_slag_eaf --jurisdiction VN --date 2026-06-01
        lichen law table "18 02 01" --jurisdiction VN
      """)

  @Argument(help: "Id or English name of a material, or a waste code of six digits.")
  var subject: String
  @Option(help: "Place; without it, every place that has rules of its own.")
  var jurisdiction: String?
  @Option(help: "Day on which the law is read, as YYYY-MM-DD; today by default.")
  var date: String?
  @OptionGroup var data: DataOptions
  @Flag(help: "Print as JSON.") var json = false

  func validate() throws { try LawDate.check(date) }

  func run() throws {
    let engine = try data.engine()
    let catalogue = engine.catalogue
    let day = date.flatMap { CalendarDate($0) } ?? LawDate.today()
    let tables = try self.tables(catalogue, on: day)
    let words = LawText(try engine.language("en"), catalogue: catalogue)
    if json { return try Console.sayJSON(tables.map { LawTableDocument($0, on: day, words) }) }
    Console.say(
      "Law as of \(day), both ends in one place, no licence held. This is not legal advice.\n")
    Console.say(
      tables.map { text($0, catalogue, words) }.joined(separator: "\n\n"))
  }

  private func tables(_ catalogue: Catalogue, on day: CalendarDate) throws -> [LegalTable] {
    let subject = try self.subject(in: catalogue)
    let places = try self.places(in: catalogue, for: subject)
    return places.map { LegalTable(subject, in: $0, on: day, catalogue: catalogue) }
  }

  private func subject(in catalogue: Catalogue) throws -> LegalTable.Subject {
    if let digits = WasteCode.digits(of: subject) { return .wasteCode(digits) }
    if let id = MaterialID(subject), catalogue.materials[id] != nil { return .material(id) }
    let named = catalogue.materials.values.filter {
      $0.names.english.lowercased() == subject.lowercased()
        || $0.names.vietnamese?.lowercased() == subject.lowercased()
    }.map(\.id).min()
    if let named { return .material(named) }
    let hint =
      Spelling.suggestion(for: subject, among: catalogue.materials.keys.map(\.rawValue))
      ?? "ids stand in data/catalogue/materials.csv"
    throw UsageError("'\(subject)' is neither a material nor a waste code of six digits; \(hint)")
  }

  /// The place asked for, or all that have rules; a code only where its list is used.
  private func places(in catalogue: Catalogue, for subject: LegalTable.Subject) throws -> [String] {
    if let jurisdiction {
      if catalogue.jurisdictions[jurisdiction] != nil { return [jurisdiction] }
      throw UsageError(
        "--jurisdiction is '\(jurisdiction)', which is no code of jurisdictions.csv; "
          + (Spelling.suggestion(for: jurisdiction, among: catalogue.jurisdictions.keys)
            ?? "codes: \(catalogue.jurisdictions.keys.sorted().joined(separator: ", "))"))
    }
    let conventions = Set(catalogue.conventions)
    let all = Set(catalogue.rules.map(\.jurisdiction)).subtracting(conventions).sorted()
    guard case .wasteCode(let code) = subject else { return all }
    let places = all.filter { catalogue.wasteList(of: $0)?.entries[code] != nil }
    if places.isEmpty {
      throw UsageError(
        "no shipped waste list has the code \(WasteCode.spaced(code)); name the place with "
          + "--jurisdiction to see the rules that bear on any waste there.")
    }
    return places
  }

  private func text(_ table: LegalTable, _ catalogue: Catalogue, _ words: LawText) -> String {
    let place = catalogue.jurisdictions[table.jurisdiction]?.name ?? table.jurisdiction
    let hazard = table.hazard
    var text = "\(place) (\(table.jurisdiction)): status \(table.status.rawValue), "
    text += words.hazard(hazard) + "\n"
    for reason in hazard.reasons + hazard.open { text += "  \(words.hazard(reason))\n" }
    let rows = table.lines.map { line in
      [
        line.use.rawValue, line.verdict.isUnregulated ? "no rule" : line.verdict.effect.rawValue,
        line.verdict.applying.map(\.id.rawValue).joined(separator: " "), words.days(line.verdict),
        words.costs(line.verdict), line.verdict.confidence?.rawValue ?? "",
        line.depending.map(\.id.rawValue).joined(separator: " "),
      ]
    }
    text += Console.table(
      ["use", "verdict", "rules", "days", "cost", "confidence", "by what is replaced"], rows)
    let rules = Set(table.lines.flatMap(\.verdict.applying)).sorted { $0.id < $1.id }
    for rule in rules {
      text += "\n  \(words.title(rule)): \(rule.subject) → \(rule.effect.rawValue), "
      text += words.confidence(rule.confidence)
    }
    return text
  }
}

/// A legal table, for programs.
struct LawTableDocument: Encodable {
  struct Line: Encodable {
    var use: RouteUse
    var effect: LegalEffect
    var noRuleDecides: Bool
    var rules: [RuleID]
    var dependingOnInput: [RuleID]
    var days: Estimate?
    var costs: [Money]
    var weakestConfidence: Confidence?
  }

  var notLegalAdvice = true
  var jurisdiction: String
  var date: String
  var status: LegalStatus
  var isHazardous: Bool
  var hazardReasons: [String]
  var lines: [Line]

  init(_ table: LegalTable, on date: CalendarDate, _ words: LawText) {
    jurisdiction = table.jurisdiction
    self.date = date.description
    status = table.status
    isHazardous = table.hazard.isHazardous
    hazardReasons = table.hazard.reasons.map { words.hazard($0) }
    lines = table.lines.map {
      Line(
        use: $0.use, effect: $0.verdict.effect, noRuleDecides: $0.verdict.isUnregulated,
        rules: $0.verdict.applying.map(\.id), dependingOnInput: $0.depending.map(\.id),
        days: $0.verdict.days, costs: $0.verdict.costs,
        weakestConfidence: $0.verdict.confidence)
    }
  }
}
