import CXMLReader

/// Walks through a part's XML from element to element, in constant memory.
///
/// A document type declaration is refused, so no entity is ever expanded or fetched.
final class XMLStream {
  private let part: ZipPart
  private let reader: xmlTextReaderPtr
  private var complaint: String?
  /// The parser met entities that multiply before the declaration itself was over.
  private var isEntityBomb = false

  /// - Throws: `WorkbookFault` if the parser cannot be made.
  init(_ part: ZipPart) throws(WorkbookFault) {
    self.part = part
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue
    let reader = xmlReaderForIO(
      { context, target, count in
        guard let context, let target else { return -1 }
        let part = Unmanaged<ZipPart>.fromOpaque(context).takeUnretainedValue()
        return Int32(part.read(into: target, count: Int(count)))
      }, nil, Unmanaged.passUnretained(part).toOpaque(), nil, nil, Int32(options))
    guard let reader else { throw part.fault ?? .damaged("the part \(part.name) is empty") }
    self.reader = reader
    xmlTextReaderSetStructuredErrorHandler(
      reader,
      { context, error in
        guard let context, let error else { return }
        let stream = Unmanaged<XMLStream>.fromOpaque(context).takeUnretainedValue()
        stream.note(error.pointee)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { xmlFreeTextReader(reader) }

  private func note(_ error: xmlError) {
    if error.code == Int32(XML_ERR_ENTITY_LOOP.rawValue) { isEntityBomb = true }
    guard complaint == nil, error.level == XML_ERR_ERROR || error.level == XML_ERR_FATAL else {
      return
    }
    let message = error.message.map { String(cString: $0).trimmingSpaces() } ?? "malformed"
    complaint = "line \(error.line): \(message)"
  }

  /// Goes to the next node.
  /// - Returns: `false` at the end.
  /// - Throws: `WorkbookFault` if the part is malformed, damaged or too large.
  func next() throws(WorkbookFault) -> Bool {
    let result = xmlTextReaderRead(reader)
    if let fault = part.fault { throw fault }
    let isDeclaration =
      xmlTextReaderNodeType(reader) == XML_READER_TYPE_DOCUMENT_TYPE.signed
      || isEntityBomb
    if isDeclaration {
      throw WorkbookFault(
        code: "forbidden-xml", found: "a document type declaration in \(part.name)",
        expected: "parts without one",
        hint: "no spreadsheet program writes one; do not trust this file")
    }
    guard result >= 0 else {
      throw .damaged("the part \(part.name) is malformed, \(complaint ?? "place unknown")")
    }
    return result == 1
  }

  /// Whether the node begins an element; an empty element has no end of its own.
  var isStart: Bool { xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT.signed }
  var isEnd: Bool { xmlTextReaderNodeType(reader) == XML_READER_TYPE_END_ELEMENT.signed }
  var isEmpty: Bool { xmlTextReaderIsEmptyElement(reader) == 1 }

  var isText: Bool {
    let type = xmlTextReaderNodeType(reader)
    return type == XML_READER_TYPE_TEXT.signed || type == XML_READER_TYPE_CDATA.signed
      || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE.signed
      || type == XML_READER_TYPE_WHITESPACE.signed
  }

  /// Name of the element without its prefix.
  var name: String { xmlTextReaderConstLocalName(reader).map(Self.string) ?? "" }

  /// Content of a text node.
  var text: String { xmlTextReaderConstValue(reader).map(Self.string) ?? "" }

  /// Value of an attribute of the element.
  func attribute(_ name: String) -> String? {
    guard xmlTextReaderMoveToAttribute(reader, name) == 1 else { return nil }
    defer { xmlTextReaderMoveToElement(reader) }
    return text
  }

  /// Value of an attribute whatever its prefix, such as `r:id`.
  func attribute(withLocalName name: String) -> String? {
    guard xmlTextReaderMoveToFirstAttribute(reader) == 1 else { return nil }
    defer { xmlTextReaderMoveToElement(reader) }
    repeat {
      let isPrefixed = xmlTextReaderConstPrefix(reader) != nil
      if isPrefixed, self.name == name { return text }
    } while xmlTextReaderMoveToNextAttribute(reader) == 1
    return nil
  }

  private static func string(_ bytes: UnsafePointer<xmlChar>) -> String { String(cString: bytes) }
}

extension xmlReaderTypes {
  fileprivate var signed: Int32 { Int32(rawValue) }
}
