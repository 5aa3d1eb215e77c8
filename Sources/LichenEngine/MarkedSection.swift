/// A part of a document that a command writes anew, between two marks.
public struct MarkedSection: Sendable {
  public let begin: String
  public let end: String

  /// - Parameter name: The marks are `<!-- NAME -->` and `<!-- end of NAME -->`.
  public init(_ name: String) {
    begin = "<!-- \(name) -->"
    end = "<!-- end of \(name) -->"
  }

  /// What stands between the marks now; `nil` if a mark is missing.
  public func content(of document: String) -> Substring? {
    guard let first = document.firstRange(of: begin)?.upperBound,
      let last = document[first...].firstRange(of: end)?.lowerBound
    else { return nil }
    return document[first..<last]
  }

  /// The document with `text` between the marks; `nil` if a mark is missing.
  public func replacing(in document: String, with text: String) -> String? {
    guard let content = content(of: document) else { return nil }
    return document[..<content.startIndex] + "\n" + text + "\n" + document[content.endIndex...]
  }
}
