import LichenDomain

/// The tables of a park in the sheets of one workbook.
struct ParkWorkbook {
  private(set) var tables: [String: TableReader] = [:]
  private(set) var settings: SettingsSheet.Reading?
  private let file: String
  /// Sheet of each table that is there.
  private var sheets: [String: SourceLocation] = [:]
  private let log: IssueLog
  private let cells: CellReader

  /// - Parameters:
  ///   - file: Name for messages.
  ///   - keepsUnreadable: As of `CellReader`.
  init(
    file: String, vocabulary: WorkbookVocabulary, log: IssueLog, keepsUnreadable: Bool = false
  ) {
    self.file = file
    self.log = log
    cells = CellReader(vocabulary: vocabulary, log: log, keepsUnreadable: keepsUnreadable)
  }

  /// Where its statements stand.
  var places: ParkPlaces {
    ParkPlaces(workbook: file, settings: settings?.places ?? [:], tables: sheets)
  }

  /// Reads every sheet; what is wrong goes to the log.
  mutating func read(_ bytes: [UInt8]) {
    let place = SourceLocation(file: file)
    do throws(WorkbookFault) {
      let workbook = try Workbook(bytes)
      reportLeftOut(workbook, at: place)
      for sheet in workbook.sheets {
        read(sheet, of: workbook)
        // One sheet has told it; the others would only repeat it.
        if workbook.isExhausted { return }
      }
    } catch {
      report(error, at: place)
      return
    }
    for table in ["park", "enterprises"] where sheets[table] == nil {
      log.error(
        "missing-sheet", at: place, expected: "a sheet \(names(of: table))",
        hint: "lichen new --xlsx makes an empty workbook to copy it from")
    }
  }

  private func reportLeftOut(_ workbook: Workbook, at place: SourceLocation) {
    if workbook.hasMacros {
      log.warning(
        "macros-ignored", at: place, found: "macros", hint: "they are never run; cells are read")
    }
    if workbook.hasExternalLinks {
      log.warning(
        "external-links-ignored", at: place, found: "links to other workbooks",
        hint: "they are not followed; the values saved in the cells are read")
    }
  }

  private func report(_ fault: WorkbookFault, at place: SourceLocation) {
    log.error(
      fault.code, at: place, found: fault.found, expected: fault.expected, hint: fault.hint)
  }

  /// English and Vietnamese name of a sheet.
  private func names(of table: String) -> String {
    guard let words = cells.vocabulary.words[.init(table: table)] else { return table }
    return "\(words.english) (\(words.vietnamese))"
  }

  private mutating func read(_ sheet: Workbook.Sheet, of workbook: Workbook) {
    let place = SourceLocation(file: file, sheet: sheet.name)
    guard let name = cells.vocabulary.table(named: sheet.name) else {
      if sheet.part != nil, !sheet.isHidden { reportUnknown(sheet.name, at: place) }
      return
    }
    let schemas = ParkSchemas.all + [SettingsSheet.schema]
    guard let schema = schemas.first(where: { $0.name == name }), let part = sheet.part else {
      return
    }
    if sheet.isHidden {
      log.warning(
        "hidden-sheet", at: place, hint: "the sheet is ignored; unhide it if it shall be read")
      return
    }
    if let first = sheets[name] {
      log.error(
        "duplicate-sheet", at: place, found: sheet.name, expected: "each table once",
        hint: "sheet \(first.sheet ?? "") is the table \(name) already")
      return
    }
    sheets[name] = place
    var table = SheetTable(schema, file: file, sheet: sheet.name, reader: cells)
    do throws(WorkbookFault) {
      try workbook.scanner(of: part).forEachRow { row throws(WorkbookFault) in
        try table.take(row)
      }
    } catch {
      report(error, at: place)
      return
    }
    guard let source = table.finish() else {
      if name == "park", !table.hasFailed {
        log.error("empty-sheet", at: place, expected: "settings: jurisdiction, currency, base year")
      }
      return
    }
    let reader = TableReader(source, schema: schema, log: log)
    if name == "park" {
      let reading = SettingsSheet.read(reader, sheet: place, cells: cells)
      settings = reading
    } else {
      tables[name] = reader
    }
  }

  private func reportUnknown(_ name: String, at place: SourceLocation) {
    let accepted = ([SettingsSheet.schema] + ParkSchemas.all).flatMap {
      let words = cells.vocabulary.words[.init(table: $0.name)]
      return [words?.english, words?.vietnamese].compactMap(\.self)
    }
    log.warning(
      "unknown-sheet", at: place, found: name, expected: accepted.joined(separator: ", "),
      hint: "the sheet is ignored; rename it if it shall be read"
        + (Spelling.suggestion(for: name, among: accepted).map { "; \($0)" } ?? ""))
  }
}
