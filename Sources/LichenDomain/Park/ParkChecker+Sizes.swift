extension ParkChecker {
  /// A blueprint that is named must exist; a size that cannot be read leaves its streams
  /// unquantified, and is said.
  mutating func checkBlueprint(of row: EnterpriseRow) {
    let book = catalogue.sectorBook
    if row.blueprint.isEmpty || book.isEmpty { return }
    guard let sector = book.sector(row.blueprint) else {
      report(
        "unknown-blueprint", at: row.location, field: "blueprint", found: row.blueprint,
        expected: "an id of sectors.csv",
        hint: Spelling.suggestion(for: row.blueprint, among: book.sectors.map(\.id)))
      return
    }
    do {
      _ = try sector.scale(of: row.size, units: catalogue.units)
    } catch .missing {
      return
    } catch {
      report(
        "unread-size", .warning, at: row.location, field: "size_unit", found: row.size.unit,
        expected: sector.acceptedSizeUnits, hint: error.description)
    }
  }
}
