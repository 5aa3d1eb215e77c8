/// The parts of a workbook that a park needs: list of sheets, texts, formats.
struct Workbook {
  struct Sheet {
    let name: String
    let isHidden: Bool
    /// Name of the part; `nil` for charts and other sheets without cells.
    let part: String?
  }

  static let maximumSheets = 1000

  /// In the order of the tabs.
  let sheets: [Sheet]
  /// Whether days are counted from 1904.
  let uses1904: Bool
  let hasMacros: Bool
  let hasExternalLinks: Bool
  private let archive: ZipArchive
  private let texts: [String]
  private let formats: [NumberFormat]

  /// So much was unpacked that no sheet will be read any more.
  var isExhausted: Bool { archive.isExhausted }

  /// - Throws: `WorkbookFault` if the bytes are no workbook that can be read.
  init(_ bytes: [UInt8]) throws(WorkbookFault) {
    try Self.checkKind(bytes)
    let archive = try ZipArchive(bytes)
    try Self.checkKind(archive)
    let main = try Self.mainPart(archive)
    let folder = main.split(separator: "/").dropLast().joined(separator: "/")
    let related = try Self.relations(of: main, in: archive)
    (sheets, uses1904) = try Self.sheets(main, folder: folder, related: related, archive)
    func part(_ type: String) -> String? {
      related.values.filter { $0.type == type }.sorted { $0.target < $1.target }.first
        .map { Self.path($0.target, from: folder) }
    }
    if let name = part("sharedStrings") {
      texts = try SharedTexts.read(XMLStream(archive.part(name)))
    } else {
      texts = []
    }
    if let name = part("styles") {
      formats = try CellFormats.read(XMLStream(archive.part(name)))
    } else {
      formats = []
    }
    let names = archive.names.map { $0.lowercased() }
    hasMacros = names.contains { $0.hasSuffix("vbaproject.bin") || $0.contains("macrosheets/") }
    hasExternalLinks = names.contains { $0.contains("externallinks/") }
    self.archive = archive
  }

  /// Opens the cells of a sheet.
  /// - Throws: `WorkbookFault` if the part is missing or damaged.
  func scanner(of part: String) throws(WorkbookFault) -> SheetScanner {
    SheetScanner(
      stream: try XMLStream(archive.part(part)), texts: texts, formats: formats,
      uses1904: uses1904)
  }

  /// First bytes of an old Excel file and of a workbook with a password: a compound file.
  private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  private static func checkKind(_ bytes: [UInt8]) throws(WorkbookFault) {
    if bytes.isEmpty {
      throw WorkbookFault(code: "empty-file", expected: "a workbook (.xlsx)")
    }
    if bytes.starts(with: compoundFile) {
      let mark: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, 0] }
      if contains(bytes, mark) { throw .encrypted }
      throw WorkbookFault(
        code: "old-workbook", found: "an Excel 97-2003 workbook (.xls)",
        expected: "a workbook (.xlsx)", hint: "save it as .xlsx: File, Save As, Excel Workbook")
    }
    guard bytes.starts(with: [0x50, 0x4B]) else {
      throw WorkbookFault(
        code: "not-a-workbook", found: "a file of another kind", expected: "a workbook (.xlsx)",
        hint: "save it as .xlsx, or name the folder of a park")
    }
  }

  private static func contains(_ bytes: [UInt8], _ mark: [UInt8]) -> Bool {
    guard bytes.count >= mark.count, let first = mark.first else { return false }
    return (0...bytes.count - mark.count).contains { start in
      bytes[start] == first && bytes[start..<start + mark.count].elementsEqual(mark)
    }
  }

  private static func checkKind(_ archive: ZipArchive) throws(WorkbookFault) {
    if archive.has("content.xml"), archive.has("mimetype") {
      throw WorkbookFault(
        code: "not-a-workbook", found: "an OpenDocument file (.ods)",
        expected: "a workbook (.xlsx)", hint: "save it as .xlsx: File, Save As, Excel 2007-365")
    }
    if archive.has("xl/workbook.bin") {
      throw WorkbookFault(
        code: "not-a-workbook", found: "a binary workbook (.xlsb)",
        expected: "a workbook (.xlsx)", hint: "save it as .xlsx: File, Save As, Excel Workbook")
    }
    if archive.has("EncryptedPackage") { throw .encrypted }
  }
}

extension Workbook {
  private struct Relation {
    let type: String
    let target: String
  }

  /// Relations of a part by id, without those that point outside the file.
  private static func relations(of part: String, in archive: ZipArchive) throws(WorkbookFault)
    -> [String: Relation]
  {
    var pieces = part.split(separator: "/").map(String.init)
    let file = pieces.popLast() ?? ""
    let name = (pieces + ["_rels", "\(file).rels"]).joined(separator: "/")
    guard archive.has(name) else { return [:] }
    var relations: [String: Relation] = [:]
    let stream = try XMLStream(archive.part(name))
    while try stream.next() {
      guard stream.isStart, stream.name == "Relationship",
        stream.attribute("TargetMode") != "External",
        let id = stream.attribute("Id"), let target = stream.attribute("Target")
      else { continue }
      let type = stream.attribute("Type")?.split(separator: "/").last.map(String.init) ?? ""
      relations[id] = Relation(type: type, target: target)
    }
    return relations
  }

  private static func mainPart(_ archive: ZipArchive) throws(WorkbookFault) -> String {
    let root = try relations(of: "", in: archive).values.filter { $0.type == "officeDocument" }
    let named = root.map { path($0.target, from: "") }.sorted()
    guard let main = (named + ["xl/workbook.xml"]).first(where: archive.has) else {
      throw WorkbookFault(
        code: "not-a-workbook", found: "a zip file without a workbook",
        expected: "a workbook (.xlsx)")
    }
    return main
  }

  /// Resolves a target against the folder of the part that names it.
  private static func path(_ target: String, from folder: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var pieces = folder.split(separator: "/").map(String.init)
    for piece in target.split(separator: "/") where piece != "." {
      if piece == ".." { _ = pieces.popLast() } else { pieces.append(String(piece)) }
    }
    return pieces.joined(separator: "/")
  }

  private static func sheets(
    _ main: String, folder: String, related: [String: Relation], _ archive: ZipArchive
  ) throws(WorkbookFault) -> ([Sheet], Bool) {
    var sheets: [Sheet] = []
    var uses1904 = false
    let stream = try XMLStream(archive.part(main))
    while try stream.next() {
      guard stream.isStart else { continue }
      switch stream.name {
      case "workbookPr": uses1904 = ["1", "true"].contains(stream.attribute("date1904"))
      case "sheet":
        guard let name = stream.attribute("name") else { continue }
        let relation = stream.attribute(withLocalName: "id").flatMap { related[$0] }
        let part = relation.flatMap { $0.type == "worksheet" ? path($0.target, from: folder) : nil }
        let state = stream.attribute("state") ?? "visible"
        sheets.append(Sheet(name: name, isHidden: state != "visible", part: part))
      default: break
      }
    }
    guard sheets.count <= maximumSheets else { throw .tooLarge("\(sheets.count) sheets") }
    guard !sheets.isEmpty else { throw .damaged("a workbook without sheets") }
    return (sheets, uses1904)
  }
}
