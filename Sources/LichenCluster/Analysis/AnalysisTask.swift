import Foundation

/// What stands in a unit's `unit.json`: pieces of an analysis; what is asked stands in the folder's `source`.
struct AnalysisTask: Codable, Sendable, Hashable {
  var kind = "answer"
  /// Of the pieces; see `AnalysisPieces`.
  let name: String
  /// Which of them, ascending.
  let pieces: [Int]
  /// SHA-256 of everything in `source`: a unit is about this question and no other.
  let source: String
}

/// Pieces of an analysis that are worked out together, and what they will need.
public struct AnalysisPieces: Sendable {
  let name: String
  let sizes: [Int]
  let candidates: Int
  let limits: PlanLimits

  /// - Parameters:
  ///   - name: Differs from that of all other pieces of the same analysis.
  ///   - sizes: By piece: links of what it plans.
  ///   - candidates: Of the whole, which every unit makes anew.
  ///   - limits: Of each plan; here they tell how long one may take.
  public init(_ name: String, sizes: [Int], candidates: Int, limits: PlanLimits) {
    self.name = name
    self.sizes = sizes
    self.candidates = candidates
    self.limits = limits
  }
}

/// Works out pieces of analyses; what asks questions of plans stands above this module.
public protocol Analyst: Sendable {
  /// What comes of pieces, as `PieceValues` writes it, in their order; nothing for a piece that has no answer.
  typealias Values = (_ pieces: [Int]) throws -> Data

  /// Asks anew, as far as the pieces of a name.
  /// - Parameters:
  ///   - source: Files that tell what is asked, by name.
  ///   - threads: To work on; values do not depend on it.
  ///   - body: Has pieces worked out, one chunk after the other.
  /// - Throws: If the question cannot be asked anew; what `body` throws.
  func ask(
    named name: String, source: [String: Data], threads: Int,
    _ body: @escaping @Sendable (Values) throws -> Void) throws
}

/// How the values of pieces are written: one line of JSON, every figure to the bit.
public enum PieceValues {
  /// - Throws: `EncodingError`.
  public static func data<Value: Encodable>(_ values: [Value?]) throws -> Data {
    let encoder = WorkFolder.encoder
    // A bound may be infinite.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(values)
  }

  /// - Throws: `DecodingError`.
  public static func values<Value: Decodable>(_ type: Value.Type, in data: Data) throws -> [Value?]
  {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode([Value?].self, from: data)
  }
}
