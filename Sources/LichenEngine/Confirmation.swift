import Foundation
import LichenDomain
import LichenIO
import LichenWords

/// A person's word on what an unmatched stream is.
public struct Confirmation: Sendable, Hashable {
  public let stream: StreamID
  public let material: MaterialID
  /// Six digits of the list of the stream's place, or blank.
  public let wasteCode: String

  public init(stream: StreamID, material: MaterialID, wasteCode: String = "") {
    self.stream = stream
    self.material = material
    self.wasteCode = wasteCode
  }

  /// `STREAM=MATERIAL` or `STREAM=MATERIAL,CODE`; `nil` for anything else.
  public init?(_ text: String) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2 else { return nil }
    let parts = sides[1].split(separator: ",", maxSplits: 1).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard let first = parts.first, let material = MaterialID(first),
      let stream = StreamID(sides[0].trimmingCharacters(in: .whitespaces))
    else { return nil }
    if parts.count == 2 {
      guard let code = WasteCode.digits(of: parts[1]) else { return nil }
      self.init(stream: stream, material: material, wasteCode: code)
    } else {
      self.init(stream: stream, material: material)
    }
  }
}

extension Engine {
  /// Keeps confirmations with a park, for its streams of the same words.
  /// - Parameters:
  ///   - confirmations: For streams of `park.unmatched`.
  ///   - folder: The park's folder.
  ///   - date: Day of the confirmation.
  ///   - by: Who confirms; may be blank.
  ///   - source: What the confirmation rests on.
  /// - Returns: The rows that were added: one per text.
  /// - Throws: `ValidationError` for unknown streams, materials and codes, and for two meanings of
  ///   one text; then nothing is written. `FileWritingError`.
  @discardableResult
  public func confirm(
    _ confirmations: [Confirmation], of park: Park, in folder: URL, date: String, by: String,
    source: String
  ) throws -> [ClassificationRow] {
    var issues: [ValidationIssue] = []
    var rows: [ClassificationRow] = []
    var meanings: [String: ClassificationRow] = [:]
    let place = SourceLocation(file: "the confirmations")
    func refuse(_ code: String, _ found: String, _ expected: String, _ hint: String? = nil) {
      issues.append(
        ValidationIssue(code: code, at: place, found: found, expected: expected, hint: hint))
    }
    for confirmation in confirmations {
      guard let stream = park.unmatched.first(where: { $0.id == confirmation.stream }) else {
        let known = park.unmatched.map(\.id.rawValue)
        refuse(
          "unknown-stream", confirmation.stream.rawValue,
          "a stream whose material is not known: \(known.joined(separator: ", "))",
          Spelling.suggestion(for: confirmation.stream.rawValue, among: known))
        continue
      }
      if park.catalogue.materials[confirmation.material] == nil {
        let ids = park.catalogue.materials.keys.map(\.rawValue)
        refuse(
          "unknown-material", confirmation.material.rawValue, "an id of the catalogue's materials",
          Spelling.suggestion(for: confirmation.material.rawValue, among: ids))
      }
      if !confirmation.wasteCode.isEmpty,
        let list = park.catalogue.wasteList(of: stream.jurisdiction),
        !list.mayHold(confirmation.wasteCode)
      {
        refuse("unknown-waste-code", confirmation.wasteCode, "a code of the \(list.name)")
      }
      var row = ClassificationRow(text: stream.text, location: place)
      row.material = confirmation.material.rawValue
      row.wasteCode = confirmation.wasteCode
      (row.date, row.by, row.source) = (date, by, source)
      if let known = meanings[stream.foldedText] {
        if known.material != row.material || known.wasteCode != row.wasteCode {
          refuse("two-meanings", stream.text, "one material and one code for one text")
        }
      } else {
        meanings[stream.foldedText] = row
        rows.append(row)
      }
    }
    if !issues.isEmpty { throw ValidationError(issues) }
    try ClassificationStore.add(rows, to: folder)
    return rows
  }
}
