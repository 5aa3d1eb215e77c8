extension ParkChecker {
  /// Sites of facilities that have a place of their own, as enterprises without streams.
  mutating func facilitySites() -> [Enterprise] {
    declaration.facilities.compactMap { row in
      guard row.enterprise.isEmpty, let id = EnterpriseID(row.id),
        let latitude = row.latitude, let longitude = row.longitude
      else { return nil }
      if declaration.enterprises.contains(where: { $0.id == row.id }) {
        report(
          "duplicate-id", at: row.location, field: "id", found: row.id,
          expected: "an id that no enterprise has",
          hint: "a facility with a place of its own is a site; or name the enterprise that runs it")
        return nil
      }
      guard let place = Coordinate(latitude: latitude, longitude: longitude) else {
        report(
          "out-of-range", at: row.location, field: "lat", found: "\(latitude), \(longitude)",
          expected: "latitude -90 to 90, longitude -180 to 180")
        return nil
      }
      return Enterprise(
        id: id, name: row.name.isEmpty ? row.id : row.name, sector: "", isic: "",
        coordinate: place, zone: "", jurisdiction: declaration.settings.jurisdiction, licences: [],
        blueprint: "", size: DeclaredQuantity(), disclosure: .open, agreedWith: [],
        notes: row.notes, provenance: row.provenance,
        location: row.location)
    }
  }

  /// - Parameter enterprises: Ids of enterprises, sites of facilities included.
  mutating func facilities(enterprises: Set<EnterpriseID>) -> [Facility] {
    let routes = Dictionary(catalogue.routes.map { ($0.id.rawValue, $0) }) { first, _ in first }
    var seen = Set((declaration.outputs.map(\.id)) + declaration.inputs.map(\.id))
    return declaration.facilities.compactMap { row in
      let id: FacilityID? = identifier(row.id, "id", row.location)
      if !seen.insert(row.id).inserted {
        report(
          "duplicate-id", at: row.location, field: "id", found: row.id,
          expected: "an id used once, by no stream and no other facility")
      }
      let site = facilitySite(row, enterprises: enterprises)
      checkFigures(of: row)
      let processes = processes(of: row, routes: routes)
      guard let first = processes.first, let last = first.steps.last else { return nil }
      let capacity = intakeCapacity(row, first)
      guard let id, let site, let intake = catalogue.materials[first.intake] else { return nil }
      return Facility(
        id: id, name: row.name.isEmpty ? row.id : row.name, site: site, processes: processes,
        product: last.input, use: last.use, intakeUnit: intake.referenceUnit, capacity: capacity,
        capital: money(row.capital, row.currency, "capex", perUnit: 1, row.location),
        running: money(row.running, row.currency, "opex", perUnit: 1, row.location),
        lifetime: row.lifetime, notes: row.notes, provenance: row.provenance,
        location: row.location)
    }
  }

  private mutating func facilitySite(_ row: FacilityRow, enterprises: Set<EnterpriseID>)
    -> EnterpriseID?
  {
    let hasPlace = row.latitude != nil && row.longitude != nil
    switch (row.enterprise.isEmpty, hasPlace) {
    case (true, true): return EnterpriseID(row.id)
    case (false, false):
      return reference(row.enterprise, "enterprise", row.location, among: enterprises)
    case (false, true):
      report(
        "two-places", at: row.location, field: "lat", found: row.enterprise,
        expected: "an enterprise that hosts it, or lat and lon, not both")
    case (true, false):
      report(
        "missing-value", at: row.location, field: "enterprise",
        expected: "an id of enterprises.csv, or lat and lon")
    }
    return nil
  }

  private mutating func checkFigures(of row: FacilityRow) {
    for (field, value) in [
      ("capacity", row.capacity), ("capex", row.capital), ("opex", row.running),
    ] {
      if let value, !(value >= 0 && value.isFinite) {
        report(
          "out-of-range", at: row.location, field: field, found: "\(value)",
          expected: "0 or more; blank when unknown")
      }
    }
    if let years = row.lifetime, !(years > 0 && years.isFinite) {
      report(
        "out-of-range", at: row.location, field: "lifetime", found: "\(years)",
        expected: "years, above 0")
    }
  }

  /// Capacity in reference units of what comes in.
  private mutating func intakeCapacity(_ row: FacilityRow, _ process: Facility.Process) -> Double? {
    guard let capacity = row.capacity, capacity >= 0,
      let material = catalogue.materials[process.intake]
    else { return nil }
    let amount = DeclaredQuantity(typical: capacity, unit: row.unit)
    return flow(amount, of: material, properties: [:], at: row.location)?.quantity?.yearly.typical
  }

  /// What the plant can run: all processes make one product for one use out of what is counted in one
  /// unit, so that one capacity and one balance hold for it.
  private mutating func processes(of row: FacilityRow, routes: [String: Route])
    -> [Facility.Process]
  {
    var processes: [Facility.Process] = []
    for text in row.routes.sorted() {
      guard let process = process(text, of: row, routes: routes) else { continue }
      if let first = processes.first, !Self.fit(first, process, catalogue) {
        report(
          "mixed-routes", at: row.location, field: "routes", found: text,
          expected: "routes with the product, the use and the unit of intake of \(first.text)",
          hint: "one row for each product: a facility has one capacity and one product")
        continue
      }
      processes.append(process)
    }
    if row.routes.isEmpty {
      report(
        "missing-value", at: row.location, field: "routes",
        expected: "ids of routes, parted by a space")
    }
    return processes
  }

  private static func fit(
    _ first: Facility.Process, _ second: Facility.Process, _ catalogue: Catalogue
  ) -> Bool {
    func unit(_ process: Facility.Process) -> String? {
      catalogue.materials[process.intake]?.referenceUnit.id
    }
    return first.steps.last?.input == second.steps.last?.input
      && first.steps.last?.use == second.steps.last?.use && unit(first) == unit(second)
  }

  private mutating func process(
    _ text: String, of row: FacilityRow, routes: [String: Route]
  ) -> Facility.Process? {
    let names = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    guard names.count <= 2 else {
      report(
        "chain-too-long", at: row.location, field: "routes", found: text,
        expected: "one route, or two joined by +")
      return nil
    }
    var steps: [Route] = []
    for name in names {
      guard let route = routes[name] else {
        report(
          "unknown-route", at: row.location, field: "routes", found: name,
          expected: "an id of routes.csv", hint: Spelling.suggestion(for: name, among: routes.keys))
        return nil
      }
      guard isTreatable(route) else {
        report(
          "unfit-route", at: row.location, field: "routes", found: name,
          expected: "a route from one material to another that can be stored and carried",
          hint: "no family, rule, heat, steam, cold or power")
        return nil
      }
      steps.append(route)
    }
    if steps.count == 2, !catalogue.lineage(of: steps[0].input).contains(steps[1].output) {
      report(
        "broken-chain", at: row.location, field: "routes", found: text,
        expected: "a second route that begins with \(steps[0].input)")
      return nil
    }
    return Facility.Process(steps: steps)
  }

  /// Both ends are materials that a plant can take in and hand on.
  private func isTreatable(_ route: Route) -> Bool {
    guard route.ratioRule == nil, route.use != .heat, route.use != .electricity else {
      return false
    }
    return [route.output, route.input].allSatisfy { id in
      guard let phase = catalogue.materials[id]?.phase else { return false }
      return [.solid, .liquid, .slurry, .gas, .water].contains(phase)
    }
  }
}
