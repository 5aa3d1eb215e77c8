import Foundation
import LichenMatching
import LichenPlanning
import LichenReport

/// The answer to one question about a plan, for programs and for people.
public struct Answer: Sendable {
  /// Name of the question: its command, and its file without the ending.
  public let name: String
  public let document: any Encodable & Sendable
  /// The same for people, in a language.
  public let section: @Sendable (Language) -> AnalysisSection

  public init(
    _ name: String, document: any Encodable & Sendable,
    section: @escaping @Sendable (Language) -> AnalysisSection
  ) {
    self.name = name
    self.document = document
    self.section = section
  }

  var reportSection: ReportExtras.Section { ReportExtras.Section(name, write: section) }

  /// - Throws: `EncodingError` for a figure that is no number.
  public func json() throws -> Data { try ResultJSON.encode(document) }
}

/// How results are written for programs.
public enum ResultJSON {
  /// Keys in snake case and in order, so that equal values are equal bytes.
  /// - Throws: `EncodingError` for a figure that is no number.
  public static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return try encoder.encode(value) + Data("\n".utf8)
  }
}
