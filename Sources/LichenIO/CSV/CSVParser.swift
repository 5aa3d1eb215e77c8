import LichenDomain

/// Parses delimited text (RFC 4180) from bytes.
///
/// The separator - comma, semicolon or tab - is the one most frequent in the header, outside quotes.
/// Lines end with LF, CRLF or CR. Empty lines, and rows of separators only, are passed over.
public enum CSVParser {
  /// What a table may hold at most.
  public struct Limits: Sendable {
    public var columns = 500
    public var rows = 1_000_000
    public var cells = 20_000_000

    public init() {}
  }

  /// - Parameters:
  ///   - bytes: Content of a file, in UTF-8, UTF-16 with byte order mark, or a Windows code page.
  ///   - file: Name for messages.
  /// - Throws: `ValidationError` with every malformed row.
  public static func parse(_ bytes: [UInt8], file: String, limits: Limits = Limits())
    throws(ValidationError) -> (table: CSVTable, warnings: [ValidationIssue])
  {
    let log = IssueLog()
    let table = parse(bytes, file: file, log: log, limits: limits)
    try log.throwIfErrors()
    guard let table else { throw ValidationError(log.issues) }
    return (table, log.issues)
  }

  /// The well-formed rows; issues go to `log`. `nil` when there is no table at all.
  static func parse(
    _ bytes: [UInt8], file: String, log: IssueLog, limits: Limits = Limits()
  ) -> CSVTable? {
    guard let text = TextDecoding.utf8(from: bytes, file: file, log: log) else { return nil }
    return text.withUnsafeBufferPointer { buffer in
      var scanner = CSVScanner(buffer, file: file, log: log, limits: limits)
      return scanner.table()
    }
  }
}
