import Foundation
import LichenPlanning

/// A file is not a plan that this version reads.
public enum PlanDocumentError: Error, Equatable, CustomStringConvertible {
  case notJSON(String)
  case notAPlan(found: String?)
  case otherVersion(found: Int, known: Int)
  case malformed(path: String, problem: String)

  public var description: String {
    switch self {
    case .notJSON(let problem): "The file is not JSON: \(problem)"
    case .notAPlan(let found):
      "The file is not a plan: \"format\" is \(found.map { "'\($0)'" } ?? "missing"), "
        + "expected '\(PlanDocument.format)'."
    case .otherVersion(let found, let known):
      "The plan has version \(found); this program reads version \(known). "
        + "Run 'lichen match' again to write it anew."
    case .malformed(let path, let problem): "The plan is malformed at \(path): \(problem)"
    }
  }
}

/// Reads and writes plans as JSON with sorted keys, so that equal plans are equal bytes.
public enum PlanJSON {
  public static func encode(_ document: PlanDocument) throws -> Data {
    var data = try encoder.encode(document)
    data.append(0x0A)
    return data
  }

  /// - Throws: `PlanDocumentError` that says what is wrong and where.
  public static func decode(_ data: Data) throws(PlanDocumentError) -> PlanDocument {
    struct Header: Decodable {
      var format: String?
      var version: Int?
    }
    let header: Header
    do {
      header = try decoder.decode(Header.self, from: data)
    } catch {
      throw .notJSON(Self.problem(of: error).problem)
    }
    guard header.format == PlanDocument.format else { throw .notAPlan(found: header.format) }
    guard let version = header.version else {
      throw .malformed(path: "version", problem: "missing")
    }
    guard version == PlanDocument.version else {
      throw .otherVersion(found: version, known: PlanDocument.version)
    }
    do {
      return try decoder.decode(PlanDocument.self, from: data)
    } catch {
      let (path, problem) = Self.problem(of: error)
      throw .malformed(path: path, problem: problem)
    }
  }

  /// FNV-1a, 64 bits, over the document's bytes without its digest, in hexadecimal.
  public static func digest(of document: PlanDocument) -> String {
    var bare = document
    bare.digest = ""
    guard let data = try? encoder.encode(bare) else { return "" }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in data { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return encoder
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  private static func problem(of error: any Error) -> (path: String, problem: String) {
    func path(_ context: DecodingError.Context) -> String {
      let text = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        .joined(separator: ".")
      return text.isEmpty ? "the top level" : text
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return (path(context), "'\(key.stringValue)' is missing")
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      return (path(context), context.debugDescription)
    default: return ("the top level", "\(error)")
    }
  }
}
