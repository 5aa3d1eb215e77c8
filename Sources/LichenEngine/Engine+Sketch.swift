import Foundation
import LichenDomain
import LichenIO
import LichenSketch

extension Engine {
  /// The same park with undeclared streams estimated from sector blueprints.
  /// - Returns: The filled park, with the original warnings and those of the filling, and what was
  ///   added.
  /// - Throws: `ValidationError` if an estimated stream does not fit the park.
  public func filled(_ park: Park) throws -> (park: Park, fill: ParkFiller.Result) {
    let fill = ParkFiller(park: park).filled()
    // What the checker said of the park without its streams need not hold any more, and what the list
    // said of an enterprise is not said twice.
    let checker = Set(try self.park(park.declaration).warnings)
    let kept = park.warnings.filter { !checker.contains($0) }
    let said = Set(kept.map { Said(code: $0.code, location: $0.location) })
    let new = fill.issues.filter { !said.contains(Said(code: $0.code, location: $0.location)) }
    return (try self.park(fill.declaration, warnings: kept + new), fill)
  }

  private struct Said: Hashable {
    let code: String
    let location: SourceLocation
  }

  /// Settings of a sketch; `nil` is taken from the places that the list names.
  public struct SketchSettings: Sendable {
    public var name: String
    public var title: String?
    public var jurisdiction: String?
    public var currency: String?
    public var year: Int
    /// Way between sites that stand at one point [km].
    public var withinKm: Double?

    public init(name: String, year: Int) {
      self.name = name
      self.year = year
    }
  }

  /// Reads a list of enterprises and makes a park of it, without streams yet.
  /// - Throws: `ValidationError` with everything that is wrong with list and settings.
  public func sketch(list: URL, settings: SketchSettings) throws -> Park {
    let (rows, issues) = SiteListReader.inspect(file: list)
    let code = settings.jurisdiction ?? jurisdiction(of: rows)
    let currency = settings.currency ?? catalogue.jurisdictions[code]?.currency?.code ?? "EUR"
    let declaration = try emptyPark(
      name: settings.name, title: settings.title, jurisdiction: code, currency: currency,
      year: settings.year)
    let sketch = ParkSketch(catalogue: catalogue, withinKm: settings.withinKm)
      .park(of: rows, settings: declaration.settings)
    let found = issues + (rows.isEmpty && issues.hasErrors ? [] : sketch.issues)
    if found.hasErrors { throw ValidationError(found) }
    return try park(sketch.declaration, warnings: found)
  }

  /// The one jurisdiction of the places named; GLOBAL when they name none or several.
  private func jurisdiction(of rows: [SiteListRow]) -> String {
    let codes = Set(
      rows.compactMap { row in
        catalogue.sectorBook.place(named: row.place.isEmpty ? row.zone : row.place)?.jurisdiction
      })
    return codes.count == 1 ? codes.first ?? "GLOBAL" : "GLOBAL"
  }
}
