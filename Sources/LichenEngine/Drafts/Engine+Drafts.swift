import Foundation
import LichenDomain
import LichenIO

/// Drafts: where they begin, and what they become.
extension Engine {
  /// A draft of a park that is there.
  public func draft(of archive: ParkArchive) throws -> ParkDraft {
    let park = try park(archive)
    return try ParkDraft(
      park.declaration, scenarios: archive.files.filter { $0.key.hasPrefix("scenarios/") })
  }

  /// A draft of a list of enterprises, without streams yet.
  /// - Throws: `ValidationError` with everything wrong with list and settings.
  public func draft(ofList file: ParkDraft.File, settings: SketchSettings) throws -> ParkDraft {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lichen-list-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appendingPathComponent("list.csv")
    try Data(file.bytes).write(to: url)
    let park = try sketch(list: url, settings: settings)
    return try ParkDraft(park.declaration, notes: park.warnings.map(\.description))
  }

  /// A draft without rows.
  /// - Throws: `ValidationError` naming every setting that is not accepted.
  public func draft(
    named name: String, title: String, jurisdiction: String, currency: String, year: Int
  ) throws -> ParkDraft {
    try ParkDraft(
      emptyPark(
        name: name, title: title, jurisdiction: jurisdiction, currency: currency, year: year))
  }

  /// The same draft with undeclared streams estimated from sector blueprints.
  /// - Returns: Also how many streams were added.
  /// - Throws: `ValidationError` if the draft is not sound.
  public func filled(_ draft: ParkDraft) throws -> (draft: ParkDraft, added: Int) {
    let (park, fill) = try filled(park(draft.written().archive))
    var filled = try ParkDraft(
      park.declaration, scenarios: draft.scenarios, notes: fill.issues.map(\.description))
    filled.base = draft.base
    return (filled, fill.added.count)
  }

  /// Writes confirmed meanings into the draft's table, for all its streams of the same words.
  /// - Throws: `ValidationError` if the draft is not sound, or as `confirm(_:of:in:date:by:source:)`.
  public func confirm(
    _ confirmations: [Confirmation], in draft: ParkDraft, date: String, by: String, source: String
  ) throws -> ParkDraft {
    try draft.written().archive.withFolder { folder in
      let park = try park(at: folder)
      try confirm(confirmations, of: park, in: folder, date: date, by: by, source: source)
      let url = folder.appendingPathComponent("classifications.csv")
      let (table, _) = try CSVParser.parse(
        Array(Data(contentsOf: url)), file: url.lastPathComponent)
      var confirmed = draft
      confirmed.set(ParkDraft.Table(table), "classifications")
      return confirmed
    }
  }

  /// What a draft without errors declares.
  /// - Parameters:
  ///   - name: The park's, in place of the draft's own.
  ///   - title: The same.
  /// - Throws: `ValidationError` with everything still wrong.
  public func archive(of draft: ParkDraft, name: String, title: String) throws -> ParkArchive {
    var draft = draft
    draft.settings["name"] = name
    draft.settings["title"] = title
    let review = try review(draft)
    guard let park = review.park else { throw ValidationError(review.issues.map(\.issue)) }
    return try ParkArchive(park.declaration, scenarios: draft.scenarios)
  }
}
