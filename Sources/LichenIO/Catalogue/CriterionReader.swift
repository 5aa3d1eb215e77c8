import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads `programme/eip_indicators.csv`: what makes a park an eco-industrial park.
public enum CriterionReader {
  private static let schema = TableSchema(
    "eip_indicators",
    header: "id,set,category,kind,topic,name,comparison,threshold,unit,measure,counted,needs,"
      + "source,confidence,notes")

  /// - Returns: In order of id.
  /// - Throws: `ValidationError` with everything that is wrong.
  public static func read(file: URL) throws(ValidationError) -> [EcoParkCriterion] {
    let log = IssueLog()
    let name = file.lastPathComponent
    var criteria: [EcoParkCriterion] = []
    if let bytes = FileBytes.read(path: file.path, name: name, log: log),
      let table = CSVParser.parse(bytes, file: name, log: log)
    {
      let rows = TableReader(table, schema: schema, log: log)
      var ids = Uniqueness()
      criteria = rows.compactMap { row in
        ids.check(row.text("id"), at: row.location, field: "id", log: log)
        return criterion(row)
      }
    }
    try log.throwIfErrors()
    return criteria.sorted { $0.id < $1.id }
  }

  private static func criterion(_ row: RowReader) -> EcoParkCriterion? {
    let id = row.requiredText("id")
    let comparison = row.choice("comparison", of: EcoParkCriterion.Comparison.self)
    let threshold = row.number("threshold")
    if comparison != nil, comparison != .yes, threshold == nil { row.reportMissing("threshold") }
    let counted: [MaterialID] = row.text("counted").split(separator: " ").compactMap {
      let id = MaterialID(String($0))
      if id == nil {
        row.error("invalid-identifier", "counted", found: String($0), expected: MaterialID.rule)
      }
      return id
    }
    let needs = row.text("needs")
    let measure = row.choice("measure", of: IndicatorMeasure.self)
    let name = row.requiredText("name")
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let origin = row.requiredChoice("set", of: EcoParkCriterion.Origin.self),
      let kind = row.requiredChoice("kind", of: EcoParkCriterion.Kind.self)
    else { return nil }
    if measure == nil, kind != .definition, needs.isEmpty { row.reportMissing("needs") }
    return EcoParkCriterion(
      id: id, origin: origin, category: row.text("category"), kind: kind, topic: row.text("topic"),
      name: name, comparison: comparison, threshold: threshold, unit: row.text("unit"),
      measure: measure, counted: counted, needs: needs, source: source, confidence: confidence,
      notes: row.text("notes"))
  }
}
