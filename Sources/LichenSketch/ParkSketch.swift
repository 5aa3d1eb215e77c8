import LichenDomain

/// Makes a park of a list of names, sectors, sizes and places.
///
/// Only what the list says goes in: a sector that is not named without doubt is suggested, a place
/// that is not known is an error, and sites of which only the park is known stand at the park's
/// point, with a warning.
public struct ParkSketch {
  private let catalogue: Catalogue
  private let withinKm: Double?
  private var issues: [ValidationIssue] = []

  /// - Parameter withinKm: Length of the way between two sites that stand at the same point [km];
  ///   `nil` leaves it at nothing.
  public init(catalogue: Catalogue, withinKm: Double? = nil) {
    self.catalogue = catalogue
    self.withinKm = withinKm
  }

  public struct Result: Sendable {
    /// Enterprises and distances; streams come with `ParkFiller`.
    public let declaration: ParkDeclaration
    /// Errors and warnings, in order of place.
    public let issues: [ValidationIssue]
  }

  /// - Complexity: O(n), and O(k²) for k sites at one point if `withinKm` is given.
  public func park(of rows: [SiteListRow], settings: ParkSettings) -> Result {
    var sketch = self
    return sketch.make(rows, settings)
  }

  private mutating func make(_ rows: [SiteListRow], _ settings: ParkSettings) -> Result {
    if rows.isEmpty {
      report("no-enterprises", at: SourceLocation(file: "the list"), expected: "at least one row")
    }
    let zones = zonePoints(rows)
    var taken = Set(rows.map(\.id).filter { !$0.isEmpty })
    var pinned: [Coordinate: [EnterpriseRow]] = [:]
    var placeNames: [Coordinate: String] = [:]
    var enterprises: [EnterpriseRow] = []
    for row in rows {
      let wanted = StreamName.slug(row.name)
      let id =
        row.id.isEmpty
        ? StreamName.unused(wanted.isEmpty ? "site" : wanted, among: &taken) : row.id
      var enterprise = EnterpriseRow(id: id, name: row.name, location: row.location)
      enterprise.sector = row.sector
      enterprise.isic = row.isic
      enterprise.licences = row.licences
      enterprise.zone = row.zone
      enterprise.notes = row.notes
      enterprise.provenance = row.provenance
      settle(&enterprise, sectorOf: row)
      if let pin = locate(&enterprise, row, zones: zones) {
        pinned[pin.coordinate, default: []].append(enterprise)
        placeNames[pin.coordinate] = pin.name
      }
      enterprises.append(enterprise)
    }
    var declaration = ParkDeclaration(settings: settings, enterprises: enterprises)
    let points = pinned.keys.sorted { ($0.latitude, $0.longitude) < ($1.latitude, $1.longitude) }
    for point in points {
      let sites = pinned[point] ?? []
      declaration.distances += ways(between: sites)
      warn(about: sites, at: placeNames[point] ?? "")
    }
    return Result(declaration: declaration, issues: issues.sortedByPlace())
  }

  private mutating func report(
    _ code: String, _ severity: ValidationIssue.Severity = .error, at location: SourceLocation,
    field: String? = nil, found: String? = nil, expected: String? = nil, hint: String? = nil
  ) {
    issues.append(
      ValidationIssue(
        severity, code: code, at: location, field: field, found: found, expected: expected,
        hint: hint))
  }
}

/// Sector and size.
extension ParkSketch {
  private mutating func settle(_ enterprise: inout EnterpriseRow, sectorOf row: SiteListRow) {
    let book = catalogue.sectorBook
    enterprise.size = row.size
    var sector: Sector?
    if !row.blueprint.isEmpty {
      sector = book.sector(row.blueprint)
      if sector == nil {
        report(
          "unknown-blueprint", at: row.location, field: "blueprint", found: row.blueprint,
          expected: "an id of sectors.csv",
          hint: Spelling.suggestion(for: row.blueprint, among: book.sectors.map(\.id)))
        return
      }
    } else {
      sector = book.sector(named: row.sector)
      if sector == nil, row.sector.isEmpty { sector = book.sector(named: row.isic) }
    }
    guard let sector else {
      let near = book.suggestions(for: row.sector, isic: row.isic).map(\.id)
      report(
        "no-blueprint", .warning, at: row.location, field: "sector",
        found: [row.sector, row.isic].filter { !$0.isEmpty }.joined(separator: ", "),
        expected: "an id or name of sectors.csv, or an ISIC class that names one",
        hint: near.isEmpty
          ? "no streams are estimated for it; lichen sketch --list-sectors shows what is known"
          : "no streams are estimated for it; possible: \(near.joined(separator: ", "))")
      if row.sizeWord != nil {
        report(
          "size-word", .warning, at: row.location, field: "size", found: row.sizeWord?.rawValue,
          hint: "a size word needs a sector; the size is left out")
      }
      return
    }
    enterprise.blueprint = sector.id
    if enterprise.isic.isEmpty { enterprise.isic = sector.isic }
    if row.sector.isEmpty || row.sector == sector.id || row.sector == sector.isic {
      enterprise.sector = sector.names.english
    }
    settleSize(&enterprise, row, sector)
  }

  private mutating func settleSize(
    _ enterprise: inout EnterpriseRow, _ row: SiteListRow, _ sector: Sector
  ) {
    if let word = row.sizeWord, let amount = sector.amount(of: word) {
      enterprise.size = DeclaredQuantity(
        typical: amount.typical, low: amount.low, high: amount.high, unit: sector.unitPerYear)
      let confidence = min(row.provenance.confidence ?? sector.confidence, sector.confidence)
      enterprise.provenance.confidence = confidence
      enterprise.notes = joined(
        enterprise.notes, "size: \(word.rawValue) plant of its kind (sectors.csv: \(sector.id))")
      return
    }
    let sizes = [row.size.low, row.size.typical, row.size.high].compactMap(\.self)
    if row.size.unit.isEmpty, let first = sizes.first {
      // The list's own rule: a bare number counts in what the sector makes or takes in.
      enterprise.size.unit = sector.unitPerYear
      report(
        "bare-size", .warning, at: row.location, field: "size", found: "\(first)",
        expected: sector.acceptedSizeUnits,
        hint: "read as \(sector.unitPerYear) (\(sector.reference))")
    }
    do {
      _ = try sector.scale(of: enterprise.size, units: catalogue.units)
    } catch .missing {
      report(
        "no-size", .warning, at: row.location, field: "size",
        expected: "a number in \(sector.acceptedSizeUnits), or small, medium, large",
        hint: "its streams are listed without quantity and not planned")
    } catch {
      report(
        "unread-size", at: row.location, field: "size_unit", found: row.size.unit,
        expected: sector.acceptedSizeUnits, hint: error.description)
    }
  }

  private func joined(_ first: String, _ second: String) -> String {
    first.isEmpty ? second : "\(first); \(second)"
  }
}

/// Place.
extension ParkSketch {
  private struct Pin {
    let coordinate: Coordinate
    let name: String
  }

  /// Middle of the sites of each zone that have coordinates of their own, by folded name.
  private func zonePoints(_ rows: [SiteListRow]) -> [String: Coordinate] {
    var sums: [String: (latitude: Double, longitude: Double, count: Double)] = [:]
    let located = rows.filter { !$0.zone.isEmpty }.sorted {
      ($0.latitude ?? 0, $0.longitude ?? 0) < ($1.latitude ?? 0, $1.longitude ?? 0)
    }
    for row in located {
      guard let latitude = row.latitude, let longitude = row.longitude else { continue }
      let key = MaterialWords.folded(row.zone)
      let sum = sums[key] ?? (0, 0, 0)
      sums[key] = (sum.latitude + latitude, sum.longitude + longitude, sum.count + 1)
    }
    return sums.compactMapValues {
      Coordinate(latitude: $0.latitude / $0.count, longitude: $0.longitude / $0.count)
    }
  }

  /// - Returns: The point, if the site stands there only for want of its own.
  private mutating func locate(
    _ enterprise: inout EnterpriseRow, _ row: SiteListRow, zones: [String: Coordinate]
  ) -> Pin? {
    if let latitude = row.latitude, let longitude = row.longitude {
      enterprise.latitude = latitude
      enterprise.longitude = longitude
      if enterprise.zone.isEmpty { enterprise.zone = row.place }
      return nil
    }
    let name = row.place.isEmpty ? row.zone : row.place
    if name.isEmpty {
      report(
        "no-place", .warning, at: row.location, field: "place",
        expected: "lat, lon, or the name of a known place",
        hint: "distances to this site are unknown, so its exchanges are listed and not planned")
      return nil
    }
    let point: Coordinate
    if let place = catalogue.sectorBook.place(named: name) {
      point = place.coordinate
      if enterprise.zone.isEmpty, place.kind == .park { enterprise.zone = place.names.english }
      enterprise.notes = joined(
        enterprise.notes,
        "place of the \(place.kind.rawValue): \(place.names.english), within "
          + "\(Self.text(place.accuracyKm)) km (places.csv: \(place.id))")
    } else if let middle = zones[MaterialWords.folded(name)] {
      point = middle
      if enterprise.zone.isEmpty { enterprise.zone = name }
      enterprise.notes = joined(enterprise.notes, "place of the zone: middle of its known sites")
    } else {
      report(
        "unknown-place", at: row.location, field: "place", found: name,
        expected: "lat, lon; a place of places.csv; or a zone of the list with a site that has "
          + "lat and lon",
        hint: Spelling.suggestion(for: name, among: catalogue.sectorBook.placeNames))
      return nil
    }
    enterprise.latitude = point.latitude
    enterprise.longitude = point.longitude
    return Pin(coordinate: point, name: name)
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(value)
  }

  private func ways(between sites: [EnterpriseRow]) -> [DistanceRow] {
    guard let withinKm, sites.count > 1 else { return [] }
    let ids = sites.map(\.id).sorted()
    var rows: [DistanceRow] = []
    for from in ids {
      for to in ids where to != from {
        var row = DistanceRow(
          from: from, to: to, km: withinKm, location: SourceLocation(file: "distances.csv"))
        row.provenance = Provenance(
          source: "Typical way within the place, as given for the sketch", confidence: .estimated)
        rows.append(row)
      }
    }
    return rows
  }

  private mutating func warn(about sites: [EnterpriseRow], at name: String) {
    guard let first = sites.min(by: { $0.location < $1.location }) else { return }
    let stands =
      "\(sites.count) site\(sites.count == 1 ? " stands" : "s stand") at the point of the "
      + "place, for want of lat and lon"
    let length = withinKm.map { "\(Self.text($0)) km, as given" }
    let ways = length ?? "0 km; --within KM gives a typical length"
    report(
      "place-of-park", .warning, at: first.location, field: "place", found: name,
      hint: sites.count == 1 ? stands : "\(stands); ways between them count as \(ways)")
  }
}
