import LichenDomain
import LichenIO
import LichenPlanning

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads an instance's folder; see `Benchmarks/FORMAT.md`.
public enum InstanceReader {
  /// Reads every table and collects every issue before giving up.
  /// - Parameter folder: Folder that holds `instance.json` and the tables.
  /// - Returns: The instance, with tight bounds, and what is worth knowing.
  /// - Throws: `ValidationError` with all errors and warnings, if there is an error.
  /// - Complexity: O(bytes).
  public static func read(folder: URL) throws(ValidationError) -> (
    instance: Instance, warnings: [ValidationIssue]
  ) {
    let log = IssueLog()
    var reading = InstanceReading(folder: folder, log: log)
    let instance = reading.instance()
    try log.throwIfErrors()
    guard let instance else { throw ValidationError(log.issues) }
    return (instance, log.issues)
  }

  /// Whether a folder looks like an instance.
  public static func isInstance(_ folder: URL) -> Bool {
    FileManager.default.fileExists(
      atPath: folder.appendingPathComponent(InstanceSettings.fileName).path)
  }
}

/// One reading of a folder: what the tables said so far.
struct InstanceReading {
  /// Tables of millions of links are larger than anything else that is read [bytes].
  private static let maximumSize = 8_000_000_000

  let folder: String
  /// The folder's own name, for messages.
  private let folderName: String
  let log: IssueLog
  var outputs = NameTable("outputs.csv")
  var inputs = NameTable("inputs.csv")
  var permitIDs = NameTable("permits.csv")
  var facilityIDs = NameTable("facilities.csv")
  var linkIDs = NameTable("links.csv or facility_links.csv")
  var supplies: [Double] = []
  var needs: [Double] = []
  var leastNeeds: [Double] = []
  var permits: [PlanningModel.Permit] = []
  var facilities: [PlanningModel.Facility] = []
  var measures: [PlanningModel.Measure] = []
  /// With their own capacity as upper bound.
  var drafts: [PlanningModel.Link] = []
  var linkPermits = RaggedArray()
  /// Line of each draft in its file.
  var lines: [Int32] = []
  /// Drafts that stand in `links.csv`; the others stand in `facility_links.csv`.
  var directCount = 0
  var blends: [PlanningModel.Blend] = []

  init(folder: URL, log: IssueLog) {
    self.folder = folder.path
    folderName = folder.lastPathComponent
    self.log = log
  }

  /// `nil`, with the reasons in the log, if anything is wrong.
  mutating func instance() -> Instance? {
    guard let settings = settings() else { return nil }
    outputs.isComplete = read(.outputs) { $0.readOutputs(&$1) }
    inputs.isComplete = read(.inputs) { $0.readInputs(&$1) }
    permitIDs.isComplete = read(.permits) { $0.readPermits(&$1) }
    facilityIDs.isComplete = read(.facilities) { $0.readFacilities(&$1) }
    read(.measures) { $0.readMeasures(&$1) }
    linkIDs.isComplete = read(.links) { $0.readLinks(&$1) }
    directCount = drafts.count
    if !read(.facilityLinks, { $0.readFacilityLinks(&$1) }) { linkIDs.isComplete = false }
    read(.blends) { $0.readBlends(&$1) }
    if log.issues.hasErrors { return nil }
    return assembled(settings)
  }

  private func settings() -> InstanceSettings? {
    let place = SourceLocation(file: folderName)
    let entries: [String]
    do {
      entries = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      log.error("missing-folder", at: place, expected: "a folder with instance.json and its tables")
      return nil
    }
    let names = InstanceTable.all.map(\.fileName)
    for entry in entries where entry.hasSuffix(".csv") && !names.contains(entry) {
      log.warning(
        "unknown-file", at: SourceLocation(file: entry), expected: names.joined(separator: ", "),
        hint: Spelling.suggestion(for: entry, among: names))
    }
    guard
      let bytes = FileBytes.read(
        path: "\(folder)/\(InstanceSettings.fileName)", name: InstanceSettings.fileName, log: log),
      let text = TextDecoding.utf8(from: bytes, file: InstanceSettings.fileName, log: log)
    else { return InstanceSettings() }
    return InstanceSettingsReader(log: log).settings(text)
  }

  /// - Returns: Whether the table is known from end to end; an absent one that need not be there is.
  @discardableResult
  private mutating func read(
    _ table: InstanceTable, _ body: (inout InstanceReading, inout TableRows) -> Void
  ) -> Bool {
    let path = "\(folder)/\(table.fileName)"
    if !table.isRequired, !FileManager.default.fileExists(atPath: path) { return true }
    guard
      let bytes = FileBytes.read(
        path: path, name: table.fileName, log: log, maximumSize: Self.maximumSize),
      let text = TextDecoding.utf8(from: bytes, file: table.fileName, log: log)
    else { return false }
    return text.withUnsafeBufferPointer { buffer in
      guard var rows = TableRows(buffer, table: table, log: log) else { return false }
      body(&self, &rows)
      return true
    }
  }

  private func assembled(_ settings: InstanceSettings) -> Instance? {
    let bounds = FlowBounds(
      supplies: supplies, needs: needs, measures: measures, facilities: facilities,
      legs: drafts[directCount...])
    let sieve = LinkSieve(
      drafts: drafts, names: linkIDs.names, permits: linkPermits, bounds: bounds)
    for draft in sieve.dropped { report(dropped: draft) }
    for link in sieve.links where !(link.ratio * link.upper).isFinite { report(unbounded: link) }
    if log.issues.hasErrors { return nil }
    let model = PlanningModel(
      name: settings.name, links: sieve.links, linkNames: sieve.names, linkPermits: sieve.permits,
      supplies: supplies, needs: needs,
      leastNeeds: leastNeeds.contains { $0 > 0 } ? leastNeeds : [],
      permits: permits, facilities: facilities, blends: sieve.sifted(blends), measures: measures,
      capitalBudget: settings.budget, carbonFloor: settings.carbonFloor,
      partnerLimit: settings.partnerLimit)
    return Instance(
      name: settings.name, source: settings.source, licence: settings.licence, model: model,
      outputIDs: outputs.names, inputIDs: inputs.names, bestKnown: settings.bestKnown,
      droppedLinkIDs: sieve.dropped.map { linkIDs.names[$0] })
  }

  private func place(of draft: Int) -> SourceLocation {
    let table: InstanceTable = draft < directCount ? .links : .facilityLinks
    return SourceLocation(file: table.fileName, row: Int(lines[draft]))
  }

  /// Supply, demand and ratio are finite each, but not together.
  private func report(unbounded link: PlanningModel.Link) {
    log.error(
      "out-of-range", at: place(of: link.candidate), field: "ratio",
      found: NumberText.shortest(link.ratio),
      expected: "a ratio with which what flows is a number that a double can hold",
      hint: "give the link a capacity")
  }

  private func report(dropped draft: Int) {
    let place = place(of: draft)
    let link = drafts[draft]
    if link.isRequired {
      log.error(
        "required-link-cannot-open", at: place, field: "required", found: linkIDs.names[draft],
        expected: "supply and demand for its least quantity")
    } else {
      log.warning(
        "link-cannot-open", at: place, field: link.lower > 0 ? "minimum" : "capacity",
        found: link.lower > 0 ? NumberText.shortest(link.lower) : linkIDs.names[draft],
        expected: "no more than its ends allow", hint: "the link is left out: it can carry nothing")
    }
  }
}
