import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads the shipped catalogue and checks every reference in it.
public enum CatalogueReader {
  /// - Parameter folder: Folder with the catalogue's tables.
  /// - Throws: `ValidationError` with everything that is wrong in any table.
  public static func read(folder: URL) throws(ValidationError) -> Catalogue {
    try readWithWarnings(folder: folder).catalogue
  }

  /// As `read(folder:)`, with what is worth knowing and was no error.
  /// - Throws: `ValidationError` with everything that is wrong in any table.
  public static func readWithWarnings(folder: URL) throws(ValidationError)
    -> (catalogue: Catalogue, warnings: [ValidationIssue])
  {
    let log = IssueLog()
    if ParkFolder.entries(of: folder.path, expected: "the folder of the catalogue", log: log) == nil
    {
      throw ValidationError(log.issues)
    }
    let tables = CatalogueTables(folder: folder.path, log: log)
    let catalogue = CatalogueBuilder(tables, log: log).catalogue()
    try log.throwIfErrors()
    return (catalogue, log.issues)
  }

  /// A park's own materials and routes, resolved against `base` and each other.
  ///
  /// Blank confidences are `estimated`; a blank source is the park itself.
  /// - Throws: `ValidationError` with everything that is wrong, in the places of the park's tables.
  public static func localRows(materials: [MaterialRow], routes: [RouteRow], base: Catalogue)
    throws(ValidationError) -> (materials: [Material], routes: [Route])
  {
    let log = IssueLog()
    var scope = CatalogueScope(base)
    let materialReader = MaterialReader(isLocal: true)
    let materialRows = materials.map { RowReader($0, log: log) }
    let ids = materialRows.compactMap { $0.requiredIdentifier("id", as: MaterialID.self) }
    scope.materials.formUnion(ids)
    let localMaterials = materialRows.compactMap { materialReader.material($0, scope: scope) }
    checkCycles(localMaterials, rows: materials, base: base, log: log)
    let routeReader = RouteReader(isLocal: true, limits: [:])
    let localRoutes = routes.compactMap { row in
      routeReader.route(RowReader(row, log: log), scope: scope)
    }
    try log.throwIfErrors()
    return (localMaterials, localRoutes)
  }

  private static func checkCycles(
    _ materials: [Material], rows: [MaterialRow], base: Catalogue, log: IssueLog
  ) {
    var parents = base.categories.values.reduce(into: [String: String]()) {
      $0[$1.id.rawValue] = $1.parent?.rawValue
    }
    for material in base.materials.values {
      parents[material.id.rawValue] = material.parent?.rawValue
    }
    for material in materials { parents[material.id.rawValue] = material.parent?.rawValue }
    let places = Dictionary(rows.map { ($0.cells["id"] ?? "", $0.location) }) { first, _ in first }
    Taxonomy.reportCycles(parents: parents, places: places, log: log)
  }
}
