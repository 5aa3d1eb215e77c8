import LichenDomain

/// An enterprise that a scenario may settle in a park: a sector, its size, and whose site it stands beside.
public struct Newcomer: Sendable {
  /// Sectors with a typical plant, in order of id.
  public let sectors: [Sector]
  /// Enterprises that have a place.
  public let neighbours: [Enterprise]
  /// Id that the newcomer gets; no enterprise has it.
  let id: String

  /// Names of its fields.
  public enum Field {
    public static let sector = "new.blueprint"
    public static let size = "new.size"
    public static let neighbour = "new.at"
  }

  init(_ park: Park) {
    let book = park.catalogue.sectorBook
    sectors = book.sectors.filter { !book.flows(of: $0.id).isEmpty }
    neighbours = park.enterprises.filter { $0.coordinate != nil }
    var id = "newcomer"
    while park.declaration.enterprises.contains(where: { $0.id == id }) { id += "-2" }
    self.id = id
  }

  /// How large it is unless the form says so [reference units of the sector/a].
  public func usualSize(of sector: Sector) -> Double? {
    sector.sizes[.medium] ?? sector.sizes.values.sorted().first
  }

  /// - Returns: No changes without a sector; `nil` for what is no sector, size or neighbour.
  func changes(sector name: String, size: String, neighbour: String) -> [PlainChange]? {
    if name.isEmpty { return [] }
    guard let sector = sectors.first(where: { $0.id == name }) else { return nil }
    var changes = [
      PlainChange(key("blueprint"), sector.id), PlainChange(key("name"), sector.names.english),
    ]
    if let amount = size.isEmpty ? usualSize(of: sector).map(Lever.text) : size {
      guard let number = Double(amount), number >= 0, number.isFinite else { return nil }
      changes.append(PlainChange(key("size"), "\(Lever.text(number)) \(sector.unit.id)"))
    }
    let beside =
      neighbour.isEmpty ? neighbours.first : neighbours.first { $0.id.rawValue == neighbour }
    if !neighbour.isEmpty, beside == nil { return nil }
    if let place = beside?.coordinate {
      changes.append(PlainChange(key("lat"), Lever.text(place.latitude)))
      changes.append(PlainChange(key("lon"), Lever.text(place.longitude)))
    }
    return changes
  }

  /// The fields that make these changes, with the keys that they account for.
  /// - Returns: `nil` where the changes speak of no newcomer, or of one that the form could not describe.
  func fields(of changes: [String: String]) -> (fields: [String: String], keys: Set<String>)? {
    guard let name = changes[key("blueprint")],
      let sector = sectors.first(where: { $0.id == name })
    else { return nil }
    let size = changes[key("size")].map { text in
      text.hasSuffix(" \(sector.unit.id)") ? String(text.dropLast(sector.unit.id.count + 1)) : text
    }
    let beside = neighbours.first {
      guard let place = $0.coordinate else { return false }
      return changes[key("lat")] == Lever.text(place.latitude)
        && changes[key("lon")] == Lever.text(place.longitude)
    }
    let fields = [
      Field.sector: name, Field.size: size ?? "", Field.neighbour: beside?.id.rawValue ?? "",
    ]
    guard
      let made = self.changes(
        sector: name, size: size ?? "", neighbour: beside?.id.rawValue ?? ""),
      made.allSatisfy({ changes[$0.key] == $0.value })
    else { return nil }
    return (fields, Set(made.map(\.key)))
  }

  private func key(_ field: String) -> String { "enterprise.\(id).\(field)" }
}
