import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads what a made-up nation is drawn from: `provinces.csv`, `zone_sizes.csv` and `sectors.csv` of a folder of `data/nations`.
public enum NationReader {
  private static let provinces = TableSchema(
    "provinces", header: "place,area_km2,zones,region,source,confidence,notes")
  private static let sizes = TableSchema(
    "zone_sizes", header: "zone,area_ha,source,confidence,notes")
  private static let sectors = TableSchema(
    "sectors", header: "sector,weight,regions,source,confidence,notes")

  /// - Parameter book: Knows the places and sectors that the tables name.
  /// - Throws: `ValidationError` with everything that is wrong.
  public static func read(folder: URL, book: SectorBook) throws(ValidationError) -> NationMix {
    let log = IssueLog()
    func rows<Value>(_ schema: TableSchema, _ value: (RowReader) -> Value?) -> [Value] {
      let file = folder.appendingPathComponent(schema.fileName)
      guard let bytes = FileBytes.read(path: file.path, name: schema.fileName, log: log),
        let table = CSVParser.parse(bytes, file: schema.fileName, log: log)
      else { return [] }
      let values = TableReader(table, schema: schema, log: log).compactMap(value)
      if values.isEmpty {
        log.error(
          "no-rows", at: SourceLocation(file: schema.fileName), expected: "at least one row")
      }
      return values
    }
    var jurisdictions: Set<String> = []
    let provinces = rows(Self.provinces) { row -> NationMix.Province? in
      let id = row.requiredText("place")
      let zones = row.integer("zones", in: .positive)
      let region = row.requiredText("region")
      guard let place = book.places.first(where: { $0.id == id }) else {
        row.reportUnknownReference(
          "unknown-place", "place", id, in: book.places.map(\.id), expected: "an id in places.csv")
        return nil
      }
      jurisdictions.insert(place.jurisdiction)
      guard let zones else { return nil }
      return NationMix.Province(
        id: id, name: place.names.english, town: place.coordinate, zones: zones, region: region)
    }
    let regions = Set(provinces.map(\.region)).sorted()
    let areas = rows(sizes) { $0.requiredNumber("area_ha", in: .positive) }
    let shares = rows(sectors) { row -> NationMix.Share? in
      let id = row.requiredText("sector")
      let weight = row.requiredNumber("weight", in: .positive)
      if book.sector(id) == nil {
        row.reportUnknownReference(
          "unknown-sector", "sector", id, in: book.sectors.map(\.id),
          expected: "an id in sectors.csv of the catalogue")
      }
      let found = row.list("regions")
      for region in found where !regions.contains(region) {
        row.reportUnknownReference(
          "unknown-region", "regions", region, in: regions, expected: "a region of provinces.csv")
      }
      guard let weight else { return nil }
      return NationMix.Share(sector: id, weight: weight, regions: Set(found))
    }
    if jurisdictions.count > 1 {
      log.error(
        "two-jurisdictions", at: SourceLocation(file: "provinces.csv"),
        found: jurisdictions.sorted().joined(separator: ", "), expected: "places of one state")
    }
    try log.throwIfErrors()
    return NationMix(
      jurisdiction: jurisdictions.first ?? "", provinces: provinces, zoneAreas: areas,
      shares: shares)
  }
}
