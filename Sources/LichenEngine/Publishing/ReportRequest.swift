import LichenDomain
import LichenMatching

/// Which reports to make of one match.
public struct ReportRequest: Sendable {
  public var formats: [ReportFormat]
  /// ISO 639-1 codes of shipped languages.
  public var languages: [String]
  public var audiences: [Audience]
  /// Name of a shipped template, or its folder; `nil` for the report as it is.
  public var template: String?

  public init(
    formats: [ReportFormat] = [.html, .xlsx, .json], languages: [String] = ["en"], audiences: [Audience] = [.full],
    template: String? = nil
  ) {
    self.formats = formats
    self.languages = languages
    self.audiences = audiences
    self.template = template
  }
}

/// A file of a report, made but not yet written.
public struct ReportFile: Sendable {
  /// Path within the result folder.
  public let name: String
  public let content: [UInt8]

  public init(_ name: String, _ content: [UInt8]) {
    self.name = name
    self.content = content
  }

  public init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
}
