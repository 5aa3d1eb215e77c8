import CZip
import Foundation
import LichenDomain
import LichenTestSupport

@testable import LichenIO

/// A workbook put together part by part, so that any of them can be wrong.
struct WorkbookParts {
  var parts: [(name: String, bytes: [UInt8])] = []

  private static let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#
  private static let space = "http://schemas.openxmlformats.org"

  /// A sound park; `sheets` replace or add whole sheets, given as the XML inside `sheetData`.
  init(_ sheets: [(name: String, data: String)] = [], attributes: [String: String] = [:]) {
    var all: [(name: String, data: String)] = [
      (
        "Park",
        Self.rows([
          ["Setting", "Value"], ["Jurisdiction", "DK"], ["Currency", "EUR"], ["Base year", 2020],
        ])
      ),
      ("Enterprises", Self.rows([["Id", "Name"], ["a", "A works"], ["b", "B works"]])),
      (
        "Outputs",
        Self.rows([
          ["Id", "Enterprise", "Material", "Quantity", "Unit"],
          ["o", "a", "fly_ash", 1000, "t/yr"],
        ])
      ),
    ]
    for sheet in sheets {
      if let index = all.firstIndex(where: { $0.name == sheet.name }) {
        all[index] = sheet
      } else {
        all.append(sheet)
      }
    }
    set("_rels/.rels", Self.relations([("rId1", "officeDocument", "xl/workbook.xml")]))
    let list = all.enumerated().map { index, sheet in
      #"<sheet name="\#(sheet.name)" sheetId="\#(index + 1)" \#(attributes[sheet.name] ?? "") "#
        + #"r:id="rId\#(index + 1)"/>"#
    }
    set(
      "xl/workbook.xml",
      Self.head
        + #"<workbook xmlns="\#(Self.space)/spreadsheetml/2006/main" "#
        + #"xmlns:r="\#(Self.space)/officeDocument/2006/relationships">"#
        + #"<workbookPr \#(attributes["workbookPr"] ?? "")/><sheets>"# + list.joined()
        + "</sheets></workbook>")
    set(
      "xl/_rels/workbook.xml.rels",
      Self.relations(
        all.indices.map { ("rId\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml") }
          + [("rId90", "styles", "styles.xml"), ("rId91", "sharedStrings", "sharedStrings.xml")]))
    set(
      "xl/styles.xml",
      Self.head
        + #"<styleSheet xmlns="\#(Self.space)/spreadsheetml/2006/main"><numFmts count="1">"#
        + #"<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs count="4">"#
        + #"<xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="20"/>"#
        + "</cellXfs></styleSheet>")
    set(
      "xl/sharedStrings.xml",
      Self.head + #"<sst xmlns="\#(Self.space)/spreadsheetml/2006/main">"#
        + "<si><t>first</t></si><si><r><t>sec</t></r><r><t>ond</t></r>"
        + "<rPh sb=\"0\" eb=\"1\"><t>guide</t></rPh></si></sst>")
    for (index, sheet) in all.enumerated() {
      set(
        "xl/worksheets/sheet\(index + 1).xml",
        Self.head + #"<worksheet xmlns="\#(Self.space)/spreadsheetml/2006/main"><sheetData>"#
          + sheet.data + "</sheetData></worksheet>")
    }
  }

  mutating func set(_ name: String, _ text: String) { set(name, bytes: Array(text.utf8)) }

  mutating func set(_ name: String, bytes: [UInt8]) {
    if let index = parts.firstIndex(where: { $0.name == name }) {
      parts[index].bytes = bytes
    } else {
      parts.append((name, bytes))
    }
  }

  func setting(_ name: String, _ text: String) -> WorkbookParts {
    var copy = self
    copy.set(name, text)
    return copy
  }

  func without(_ name: String) -> WorkbookParts {
    var copy = self
    copy.parts.removeAll { $0.name == name }
    return copy
  }

  static func relations(_ entries: [(id: String, type: String, target: String)]) -> String {
    let lines = entries.map {
      #"<Relationship Id="\#($0.id)" "#
        + #"Type="\#(space)/officeDocument/2006/relationships/\#($0.type)" Target="\#($0.target)"/>"#
    }
    return head + #"<Relationships xmlns="\#(space)/package/2006/relationships">"# + lines.joined()
      + "</Relationships>"
  }

  /// Rows of texts and numbers, from A1 on. A text that begins with `<` is the XML inside a cell,
  /// preceded by attributes up to `|`.
  static func rows(_ rows: [[Any]]) -> String {
    rows.enumerated().map { index, cells in
      let row = index + 1
      let xml = cells.enumerated().map { column, cell in
        let reference = "\(Alphabet.letters(column))\(row)"
        switch cell {
        case let text as String where text.contains("|<"):
          let pieces = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
          return #"<c r="\#(reference)" \#(pieces[0])>\#(pieces[1])</c>"#
        case let text as String:
          let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
          return #"<c r="\#(reference)" t="inlineStr"><is><t>\#(escaped)</t></is></c>"#
        default: return #"<c r="\#(reference)"><v>\#(cell)</v></c>"#
        }
      }
      return #"<row r="\#(row)">"# + xml.joined() + "</row>"
    }.joined()
  }

  /// The parts in a container, written by libzip.
  func bytes() throws -> [UInt8] {
    let folder = try ScratchFolder()
    let path = folder.url.appending(path: "book.zip").path
    var failure: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &failure) else {
      throw CocoaError(.fileWriteUnknown)
    }
    var buffers: [UnsafeMutableRawBufferPointer] = []
    defer { for buffer in buffers { buffer.deallocate() } }
    for part in parts {
      let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(part.bytes.count, 1), alignment: 1)
      buffer.copyBytes(from: part.bytes)
      buffers.append(buffer)
      let source = zip_source_buffer(
        archive, buffer.baseAddress, zip_uint64_t(part.bytes.count), 0)
      guard zip_file_add(archive, part.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    }
    guard zip_close(archive) == 0 else { throw CocoaError(.fileWriteUnknown) }
    return try folder.bytes(of: "book.zip")
  }
}

/// What reading a workbook gives.
struct WorkbookOutcome {
  let declaration: ParkDeclaration?
  let issues: [ValidationIssue]

  /// The shipped words and the catalogue's lists.
  static let vocabulary: Result<WorkbookVocabulary, ValidationError> = Result {
    () throws(ValidationError) in try Repository.engine.vocabulary()
  }

  init(_ bytes: [UInt8], name: String = "park.xlsx") throws {
    let folder = try ScratchFolder()
    try folder.write(bytes, as: name)
    (declaration, issues) = try ParkReader.inspect(at: folder.url.appending(path: name)) {
      () throws(ValidationError) in try Self.vocabulary.get()
    }
  }

  init(_ parts: WorkbookParts) throws { try self.init(parts.bytes()) }

  var errors: [ValidationIssue] { issues.filter { $0.severity == .error } }

  /// `code at place` of each error.
  var places: [String] { errors.map { "\($0.code) at \($0.location)" } }
}
