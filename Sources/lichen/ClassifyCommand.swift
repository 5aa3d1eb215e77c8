import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenWords

struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Proposes materials and waste codes for words, and keeps what a person confirms.",
    discussion: """
      EXAMPLES
        lichen classify "bùn thải sơn" --isic 3100 --place VN
        lichen classify my-park                            every stream that nobody has explained
        lichen classify my-park --confirm S1=coal_bottom_ash,10 01 01
        lichen classify my-park --accept-above 0.9         confirm what is clear, and say it
        lichen classify evaluate                           how often the proposals are right

      A score is the estimated probability that a proposal is right. Nothing is ever assigned \
      without --confirm or --accept-above.
      """,
    subcommands: [ClassifyWords.self, ClassifyEvaluate.self, ClassifyFit.self],
    defaultSubcommand: ClassifyWords.self)
}

/// Proposals for one text or for the unmatched streams of a park.
struct ClassifyWords: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "words", abstract: "Proposes meanings of a text or of a park's streams.")

  @Argument(help: "A text, or the folder of a park.")
  var subject: String

  @Option(help: "The donor's industry in words.") var sector: String?
  @Option(help: "The donor's class of ISIC Rev. 4, as 2410.") var isic: String?
  @Option(help: "The donor's place, as VN or EU; Vietnamese codes are proposed in VN.")
  var place: String?
  @Option(help: "Most proposals of each list.") var limit = 5
  @Option(
    name: .customLong("confirm"), parsing: .singleValue,
    help: "Keep STREAM=MATERIAL or STREAM=MATERIAL,CODE with the park. May be repeated.")
  var confirmed: [String] = []
  @Option(
    help: "Keep proposals of at least this score (0.5 to 1) that are well ahead of the second.")
  var acceptAbove: Double?
  @Option(help: "Who confirms.") var by = ""
  @Option(help: "Day of the confirmation, as YYYY-MM-DD; default: today.") var date: String?
  @OptionGroup var data: DataOptions
  @Flag(help: "Print as JSON.") var json = false

  func validate() throws {
    if limit < 1 { throw UsageError("--limit must be at least 1.") }
    if let acceptAbove, !(0.5...1).contains(acceptAbove) {
      throw UsageError("--accept-above is \(acceptAbove); expected 0.5 to 1.")
    }
    if let date, CalendarDate(date) == nil {
      throw UsageError("--date is '\(date)'; expected a day as YYYY-MM-DD.")
    }
    for text in confirmed where Confirmation(text) == nil {
      throw UsageError(
        "'\(text)' confirms nothing; write STREAM=MATERIAL or STREAM=MATERIAL,CODE, the code with "
          + "its six digits of the European list.")
    }
    if confirms, isWorkbook {
      throw UsageError(
        "\(subject) is a workbook; confirmations are kept in the folder of a park. Add a row to its "
          + "sheet classifications, or name the folder.")
    }
    if confirms, !isFolder { throw UsageError("\(subject) is no folder of a park.") }
  }

  private var confirms: Bool { !confirmed.isEmpty || acceptAbove != nil }
  private var isWorkbook: Bool { subject.lowercased().hasSuffix(".xlsx") }

  private var isFolder: Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: subject, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  func run() throws {
    let engine = try data.engine()
    if isFolder || isWorkbook { return try classifyPark(engine) }
    let found = try engine.classifier().proposals(
      for: subject, sector: sector, isic: isic, jurisdiction: place ?? "", limit: limit)
    if json { return try Console.sayJSON(found) }
    Console.say(Self.shown(found))
  }

  private func classifyPark(_ engine: Engine) throws {
    let folder = URL(fileURLWithPath: subject)
    let park = try engine.park(at: folder)
    let suggestions = try engine.suggestions(
      for: park.unmatched, catalogue: park.catalogue, limit: limit)
    if !confirmed.isEmpty || acceptAbove != nil {
      return try confirm(engine, park, folder, suggestions)
    }
    if json { return try Console.sayJSON(suggestions.map { Unexplained($0) }) }
    if suggestions.isEmpty { return Console.say("Every stream's material is known.") }
    for suggestion in suggestions {
      let stream = suggestion.stream
      let kind = stream.isOutput ? "output" : "input"
      Console.say("\(kind) \(stream.id) of \(stream.enterprise): '\(stream.text)'")
      Console.say(Self.shown(suggestion.proposals) + "\n")
    }
    Console.say("Keep a meaning with --confirm STREAM=MATERIAL or STREAM=MATERIAL,CODE.")
  }

  private func confirm(
    _ engine: Engine, _ park: Park, _ folder: URL, _ suggestions: [StreamSuggestion]
  ) throws {
    let chosen = confirmed.compactMap { Confirmation($0) }
    let day = date ?? LawDate.today().description
    var added = try engine.confirm(
      chosen, of: park, in: folder, date: day, by: by, source: "confirmed by a person")
    if let acceptAbove {
      // What was just confirmed also settles other streams of the same words.
      let left = try added.isEmpty ? park : engine.park(at: folder)
      let open = Set(left.unmatched.map(\.id))
      let accepted = suggestions.filter { open.contains($0.stream.id) }
        .compactMap { Self.accepted($0, least: acceptAbove) }
      added += try engine.confirm(
        accepted, of: left, in: folder, date: day, by: by,
        source: "lichen classify --accept-above \(acceptAbove)")
    }
    for row in added {
      let code = row.wasteCode.isEmpty ? "" : ", waste code \(row.wasteCode)"
      Console.say("'\(row.text)' is \(row.material)\(code): \(row.source).")
    }
    let left = try engine.park(at: folder).unmatched.count
    Console.say("\(added.count) confirmed, \(left) streams still without a material.")
  }

  /// The clear material, with the code if that is clear too.
  private static func accepted(_ suggestion: StreamSuggestion, least: Double) -> Confirmation? {
    guard let material = Proposals.clear(suggestion.proposals.materials, least: least),
      let id = MaterialID(material.id)
    else { return nil }
    let code = Proposals.clear(suggestion.codes, least: least).flatMap {
      WasteCode.digits(of: $0.id)
    }
    return Confirmation(stream: suggestion.stream.id, material: id, wasteCode: code ?? "")
  }
}

extension ClassifyWords {
  private struct Unexplained: Encodable {
    let id: String
    let enterprise: String
    let output: Bool
    let proposals: Proposals

    init(_ suggestion: StreamSuggestion) {
      id = suggestion.stream.id.rawValue
      enterprise = suggestion.stream.enterprise.rawValue
      output = suggestion.stream.isOutput
      proposals = suggestion.proposals
    }
  }

  private static func shown(_ proposals: Proposals) -> String {
    let found = proposals.withEvidence
    let lists = [
      ("material", found.materials), ("EU code", found.europeanCodes),
      ("VN code", found.vietnameseCodes),
    ]
    let rows = lists.flatMap { name, list in
      list.enumerated().map { place, proposal in
        [
          place == 0 ? name : "", Console.number(proposal.score, decimals: 2), proposal.id,
          String(proposal.title.prefix(60)), proposal.reasons.joined(separator: "; "),
        ]
      }
    }
    let clear = [found.materials, found.europeanCodes].compactMap { Proposals.clear($0)?.id }
    let note =
      clear.isEmpty
      ? "Nothing is clear enough to take without a look."
      : "Clear: \(clear.joined(separator: ", ")). Proposed, not assigned."
    return Console.table(["", "score", "id", "title", "because"], rows, right: [1]) + "\n" + note
  }
}
