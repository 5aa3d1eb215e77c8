import LichenDomain

/// Reads the waste lists that waste_lists.csv names, each from a file of its own.
struct WasteListReader {
  private let tables: CatalogueTables
  private let log: IssueLog

  init(_ tables: CatalogueTables, log: IssueLog) {
    self.tables = tables
    self.log = log
  }

  private typealias Readings = [String: WasteReading]

  func lists() -> [WasteList] {
    let readings = classes()
    var uniqueness = Uniqueness()
    return tables.rows("waste_lists") { row in
      let id = row.requiredText("id")
      uniqueness.check(id, at: row.location, field: "id", log: log)
      _ = row.requiredText("source")
      _ = row.requiredConfidence()
      return WasteList(
        id: id, name: row.requiredText("name"), isWhole: row.requiredBoolean("whole"),
        entries: entries(
          of: id, classColumn: row.requiredText("class_column"),
          titleColumn: row.requiredText("title_column"), readings: readings[id] ?? [:]))
    }
  }

  private func classes() -> [String: Readings] {
    let lists = Set(tables.rows("waste_lists") { $0.text("id") })
    var uniqueness = Uniqueness()
    var readings: [String: Readings] = [:]
    for row in tables.rows("waste_classes", \.self) {
      let list = row.requiredText("list")
      if !lists.contains(list) {
        row.reportUnknownReference(
          "unknown-waste-list", "list", list, in: lists.sorted(),
          expected: "an id in waste_lists.csv")
      }
      let name = row.requiredText("class")
      uniqueness.check("\(list), \(name)", at: row.location, field: "class", log: log)
      guard let reading = row.requiredChoice("reading", of: WasteReading.self) else { continue }
      readings[list, default: [:]][name] = reading
    }
    return readings
  }

  /// Headings, and lines to which the list gives no number, are no entries.
  private func entries(
    of list: String, classColumn: String, titleColumn: String, readings: Readings
  ) -> [WasteCode] {
    var uniqueness = Uniqueness()
    return tables.rows("waste_codes_\(list)") { row in
      let text = row.text("code")
      let listClass = row.requiredText(classColumn)
      guard let reading = readings[listClass] else {
        if !listClass.isEmpty {
          row.reportUnknownReference(
            "unknown-waste-class", classColumn, listClass, in: readings.keys.sorted(),
            expected: "a class of \(list) in waste_classes.csv")
        }
        return nil
      }
      let title = row.requiredText(titleColumn)
      let confidence = row.requiredConfidence()
      if reading == .silent || text.isEmpty { return nil }
      guard let digits = WasteCode.digits(of: text) else {
        row.error("invalid-waste-code", "code", found: text, expected: "six digits, as in 10 01 02")
        return nil
      }
      uniqueness.check(digits, at: row.location, field: "code", log: log)
      return WasteCode(
        code: digits, description: title, listClass: listClass, reading: reading,
        confidence: confidence)
    }
  }
}
