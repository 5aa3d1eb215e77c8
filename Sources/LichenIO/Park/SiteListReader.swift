import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads a plain list of enterprises: name, sector, size and place at least.
public enum SiteListReader {
  static let schema = TableSchema(
    name: "list", title: "Enterprises of a sketch", primaryKey: [],
    columns: [
      .init("name", .text, required: true, "Name of the enterprise"),
      .init("sector", .text, "Sector id, sector name in English or Vietnamese, or ISIC class"),
      .init("size", .text, "Number, number and unit, or small, medium, large"),
      .init("place", .text, "lat, lon; a known place; or a zone of the list"),
      .init("id", .identifier, "Short name; made of the name when blank"),
      .init("isic", .text, "ISIC Rev. 4 class"),
      .init("blueprint", .identifier, "Sector id, where sector holds other words"),
      .init("size_low", .number(.notNegative), "Low end"),
      .init("size_high", .number(.notNegative), "High end"),
      .init("size_unit", .text, "t/yr and the like, employees, ha"),
      .init("lat", .number(.latitude), "Degrees north"),
      .init("lon", .number(.longitude), "Degrees east"),
      .init("zone", .text, "Part of the park"),
      .init("licences", .list, "Licences held, parted by ;"),
    ] + TableSchema.provenance + [.init("notes", .text, "Remarks")])

  /// - Returns: Rows in the order of the file, and what is worth knowing.
  /// - Throws: `ValidationError` with every issue, if one is an error.
  public static func read(file: URL) throws(ValidationError) -> (
    rows: [SiteListRow], warnings: [ValidationIssue]
  ) {
    let (rows, issues) = inspect(file: file)
    if issues.hasErrors { throw ValidationError(issues) }
    return (rows, issues)
  }

  /// Reads what can be read, so that later checks can add what they find.
  public static func inspect(file: URL) -> (rows: [SiteListRow], issues: [ValidationIssue]) {
    let log = IssueLog()
    let name = file.lastPathComponent
    guard let bytes = FileBytes.read(path: file.path, name: name, log: log),
      let table = CSVParser.parse(bytes, file: name, log: log)
    else { return ([], log.issues) }
    let reader = TableReader(table, schema: schema, log: log)
    var uniqueness = Uniqueness()
    let rows = reader.map { row in
      let read = Self.row(row)
      uniqueness.check(read.id, at: row.location, field: "id", log: log)
      return read
    }
    return (rows, log.issues)
  }

  private static func row(_ row: RowReader) -> SiteListRow {
    var site = SiteListRow(name: row.requiredText("name"), location: row.location)
    site.id = row.identifierText("id")
    site.sector = row.text("sector")
    site.isic = row.text("isic")
    site.blueprint = row.identifierText("blueprint")
    readSize(row, into: &site)
    readPlace(row, into: &site)
    site.zone = row.text("zone")
    site.licences = row.list("licences")
    site.notes = row.text("notes")
    site.provenance = row.provenance
    return site
  }

  private static func readSize(_ row: RowReader, into site: inout SiteListRow) {
    let text = row.text("size")
    site.size.low = row.number("size_low", in: .notNegative)
    site.size.high = row.number("size_high", in: .notNegative)
    site.size.unit = row.text("size_unit")
    if let word = SizeWord(parsing: text) {
      site.sizeWord = word
    } else if !text.isEmpty {
      let parts = numberAndUnit(text)
      if parts.number.isEmpty {
        row.error(
          "invalid-number", "size", found: text,
          expected: "a number with its unit, or small, medium, large")
      }
      site.size.typical = row.number(parts.number, of: "size", in: .notNegative)
      if !parts.unit.isEmpty {
        if site.size.unit.isEmpty {
          site.size.unit = parts.unit
        } else if site.size.unit != parts.unit {
          row.error(
            "two-units", "size", found: "\(parts.unit) and \(site.size.unit)",
            expected: "one unit, in size or in size_unit")
        }
      }
    }
    let given = [site.size.low, site.size.typical, site.size.high].compactMap(\.self)
    if given != given.sorted() {
      row.reportReversed(
        low: site.size.low, typical: site.size.typical, high: site.size.high, column: "size")
    }
  }

  /// Parts `30 000 t/yr` and `1e3 t/yr` behind the number.
  private static func numberAndUnit(_ text: String) -> (number: String, unit: String) {
    let pattern = /([\d\s.,+\-\u{2212}]*(?:[eE][+\-]?\d+)?)(.*)/
    guard let match = text.wholeMatch(of: pattern) else { return ("", text) }
    return (match.1.trimmingSpaces(), match.2.trimmingSpaces())
  }

  private static func readPlace(_ row: RowReader, into site: inout SiteListRow) {
    site.latitude = row.number("lat", in: .latitude)
    site.longitude = row.number("lon", in: .longitude)
    if (site.latitude == nil) != (site.longitude == nil) {
      row.error(
        "incomplete-coordinate", site.latitude == nil ? "lat" : "lon",
        expected: "both lat and lon, or neither")
    }
    let text = row.text("place")
    let parts = text.split(whereSeparator: { $0 == "," || $0 == ";" }).map { $0.trimmingSpaces() }
    guard parts.count == 2, let latitude = Double(parts[0]), let longitude = Double(parts[1])
    else {
      site.place = text
      return
    }
    guard Coordinate(latitude: latitude, longitude: longitude) != nil else {
      row.error(
        "out-of-range", "place", found: text,
        expected: "latitude -90 to 90, longitude -180 to 180")
      return
    }
    if site.latitude == nil { (site.latitude, site.longitude) = (latitude, longitude) }
  }
}
