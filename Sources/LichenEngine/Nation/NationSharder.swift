import Foundation
import LichenCluster
import LichenDomain
import LichenGraph
import LichenIO
import LichenPlanning

/// Divides a nation into units of zones and materials, each with the nearby inputs that its outputs may serve.
///
/// Zones pass by twice, a few at a time; what is kept of them is where their streams stand.
struct NationSharder {
  private let engine: Engine
  private let nation: NationFolder
  private let nearest: Int
  private let news: Work.News

  /// Inputs and outputs of all zones, one zone after the other.
  private var inputs = Points()
  private var outputs = Points()
  /// Pairs that a distance row or a documented exchange names: places among all outputs and inputs.
  private var named: [(output: Int, input: Int)] = []
  private var middles: [Coordinate?] = []
  /// The first zone's park: zones agree in everything but their streams.
  private var sample: Park?
  private(set) var enterprises = 0
  /// What is worth knowing of single zones; `lichen check` tells it.
  private(set) var warnings = 0

  /// Of all zones; `nil` before any was read.
  var settings: ParkSettings? { sample.map(settings) }

  private func settings(_ park: Park) -> ParkSettings {
    park.settings.named(nation.name, title: nation.title)
  }

  var streams: Int { inputs.points.count + outputs.points.count }

  /// Streams of all zones, and where those of a zone begin.
  private struct Points {
    private(set) var points: [InputMap.Point] = []
    private var firsts: [Int] = []

    mutating func add(zone: [InputMap.Point]) {
      firsts.append(points.count)
      points += zone
    }

    func range(_ zone: Int) -> Range<Int> {
      firsts[zone]..<(zone + 1 < firsts.count ? firsts[zone + 1] : points.count)
    }
  }

  init(_ engine: Engine, _ nation: NationFolder, nearest: Int, news: @escaping Work.News) {
    self.engine = engine
    self.nation = nation
    self.nearest = nearest
    self.news = news
  }

  // MARK: First pass

  /// Reads every zone once.
  /// - Throws: `ValidationError` naming zone and place, for a zone that is unsound or does not fit the others.
  mutating func survey() throws {
    var known: Set<EnterpriseID> = []
    try forEachZone {
      $1
    } then: { zone, park in
      try checkSettings(park, zone)
      try checkTables(park.declaration, zone)
      for enterprise in park.enterprises where !known.insert(enterprise.id).inserted {
        throw ValidationError([
          ValidationIssue(
            code: "duplicate", at: located(enterprise.location, zone), field: "id",
            found: enterprise.id.rawValue, expected: "an id that no other zone has")
        ])
      }
      let first = (output: outputs.points.count, input: inputs.points.count)
      for pair in ZoneRows.named(park) {
        named.append((first.output + pair.output, first.input + pair.input))
      }
      outputs.add(zone: points(park.outputs, park))
      inputs.add(zone: points(park.inputs, park))
      middles.append(Self.middle(park.enterprises.compactMap(\.coordinate)))
      enterprises += park.enterprises.count
      warnings += park.warnings.count
      sample = sample ?? park
      news("\(zone + 1) of \(nation.zones.count) zones read")
    }
  }

  /// Reads zones a few at a time and makes something of each, side by side; hands that on in order.
  private func forEachZone<Value: Sendable>(
    _ make: @Sendable (Int, Park) throws -> Value, then body: (Int, Value) throws -> Void
  ) throws {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let batch = 2 * threads
    for first in stride(from: 0, to: nation.zones.count, by: batch) {
      let count = min(batch, nation.zones.count - first)
      let made = Threads.map(count, threads: threads) { place in
        Result { try make(first + place, park(first + place)) }
      }
      for (place, value) in made.enumerated() { try body(first + place, value.get()) }
    }
  }

  private func points(_ streams: [some LichenDomain.Stream], _ park: Park) -> [InputMap.Point] {
    streams.map { stream in
      let owner = park.index(ofEnterprise: stream.enterprise) ?? 0
      return InputMap.Point(
        material: stream.material, place: park.enterprises[owner].coordinate,
        enterprise: Int32(enterprises + owner))
    }
  }

  private func park(_ zone: Int) throws -> Park {
    do {
      return try engine.park(at: nation.park(nation.zones[zone]))
    } catch let error as ValidationError {
      throw ValidationError(
        error.issues.map {
          ValidationIssue(
            $0.severity, code: $0.code, at: located($0.location, zone), field: $0.field,
            found: $0.found, expected: $0.expected, hint: $0.hint)
        })
    }
  }

  private func located(_ location: SourceLocation, _ zone: Int) -> SourceLocation {
    SourceLocation(file: "zones/\(nation.zones[zone])/\(location.file)", row: location.row)
  }

  /// Equal prices, years and laws are what makes candidates of two zones comparable.
  private func checkSettings(_ park: Park, _ zone: Int) throws {
    let own = settings(park)
    if own.carbonFloor != nil {
      throw ValidationError([
        ValidationIssue(
          code: "carbon-floor",
          at: SourceLocation(file: "zones/\(nation.zones[zone])/datapackage.json"),
          expected: "no CO2e floor: one that holds for all zones cannot be divided")
      ])
    }
    if own == settings ?? own { return }
    throw ValidationError([
      ValidationIssue(
        code: "other-settings",
        at: SourceLocation(file: "zones/\(nation.zones[zone])/datapackage.json"), field: "lichen",
        expected: "the settings of \(nation.zones[0]): a nation has one currency, year and law")
    ])
  }

  /// Tables that say something about one park alone are not planned over all zones.
  private func checkTables(_ declaration: ParkDeclaration, _ zone: Int) throws {
    let local: [(String, Bool)] = [
      ("overrides.csv", declaration.overrides.isEmpty),
      ("options.csv", declaration.options.isEmpty),
      ("facilities.csv", declaration.facilities.isEmpty),
      ("storages.csv", declaration.storages.isEmpty),
      ("profiles.csv", declaration.profiles.isEmpty),
      ("materials.csv", declaration.materials.isEmpty),
      ("routes.csv", declaration.routes.isEmpty),
    ]
    let issues = local.filter { !$0.1 }.map {
      ValidationIssue(
        code: "local-table", at: SourceLocation(file: "zones/\(nation.zones[zone])/\($0.0)"),
        expected: "no such table: in a nation it would hold for one zone and not for its neighbours"
      )
    }
    if !issues.isEmpty { throw ValidationError(issues) }
  }

  private static func middle(_ places: [Coordinate]) -> Coordinate? {
    if places.isEmpty { return nil }
    let count = Double(places.count)
    return Coordinate(
      latitude: places.reduce(0) { $0 + $1.latitude } / count,
      longitude: places.reduce(0) { $0 + $1.longitude } / count)
  }

  /// Place on a curve that visits neighbours one after the other (Morton 1966).
  private static func curve(_ place: Coordinate?) -> UInt64 {
    guard let place else { return .max }
    let north = UInt64((place.latitude + 90) * 1000)
    let east = UInt64((place.longitude + 180) * 1000)
    var code: UInt64 = 0
    for bit in UInt64(0)..<20 {
      code |= (north >> bit & 1) << (2 * bit + 1)
      code |= (east >> bit & 1) << (2 * bit)
    }
    return code
  }

  // MARK: Units

  /// A zone's outputs of one material.
  private struct Cell: Hashable {
    let zone: Int
    let material: MaterialID
  }

  /// Deals cells of zone and material out to units of about equal work, neighbours together.
  /// - Returns: Units by cell, and by unit how many pairs of streams there are at most.
  private func division(into count: Int, _ map: InputMap) -> (unit: [Cell: Int], pairs: [Int]) {
    var sizes: [Cell: Int] = [:]
    for zone in nation.zones.indices {
      for index in outputs.range(zone) {
        sizes[Cell(zone: zone, material: outputs.points[index].material), default: 0] += 1
      }
    }
    let places = nation.zones.indices.map { Self.curve(middles[$0]) }
    let cells = sizes.keys.sorted {
      (places[$0.zone], $0.zone, $0.material) < (places[$1.zone], $1.zone, $1.material)
    }
    let weights = cells.map { (sizes[$0] ?? 0) * map.lanes(from: $0.material) * nearest }
    let total = max(1, weights.reduce(0, +))
    var unit: [Cell: Int] = [:]
    var pairs = [Int](repeating: 0, count: count)
    var before = 0
    for (cell, weight) in zip(cells, weights) where weight > 0 {
      let chosen = min(count - 1, (before + weight / 2) * count / total)
      unit[cell] = chosen
      pairs[chosen] += weight
      before += weight
    }
    return (unit, pairs)
  }

  // MARK: Second pass

  /// Reads every zone once more, and writes the tables of units.
  /// - Parameter count: How many units there are; those that get no streams are empty.
  /// - Returns: The writer, and by unit how many pairs of streams there are at most.
  /// - Throws: `FileWritingError`, `ValidationError`.
  func write(_ count: Int, to target: URL) throws -> (units: CandidateUnits, pairs: [Int]) {
    guard let sample else { return (try CandidateUnits(target, count: count), []) }
    let map = InputMap(
      park: sample, points: inputs.points,
      offered: Set(outputs.points.map(\.material)))
    let (unitOf, pairs) = division(into: count, map)
    var units = try CandidateUnits(target, count: count)
    let (wanted, inputs) = (wanted(unitOf, count, map), inputs)
    let slices = { @Sendable (zone: Int, park: Park) in
      var given: [Int: [MaterialID]] = [:]
      let rows = ZoneRows(park)
      for material in rows.offered {
        if let unit = unitOf[Cell(zone: zone, material: material)] {
          given[unit, default: []].append(material)
        }
      }
      let own = inputs.range(zone)
      return (0..<count).compactMap { unit -> (unit: Int, tables: [ParkWriter.Table])? in
        let near = wanted[unit].elements(in: own).map { $0 - own.lowerBound }
        if given[unit] == nil && near.isEmpty { return nil }
        let slice = rows.slice(outputsOf: given[unit] ?? [], inputs: near)
        return (unit, ParkWriter.tables(slice))
      }
    }
    try forEachZone(slices) { zone, slices in
      for slice in slices {
        for table in slice.tables { try units.append(table, to: slice.unit) }
      }
      news("\(zone + 1) of \(nation.zones.count) zones dealt out")
    }
    return (units, pairs)
  }

  /// By unit: inputs that its outputs may serve, ascending.
  private func wanted(_ unitOf: [Cell: Int], _ count: Int, _ map: InputMap) -> [[Int]] {
    var donors = [[Int]](repeating: [], count: count)
    var unitOfOutput = [Int32](repeating: -1, count: outputs.points.count)
    for zone in nation.zones.indices {
      for index in outputs.range(zone) {
        guard let unit = unitOf[Cell(zone: zone, material: outputs.points[index].material)] else {
          continue
        }
        donors[unit].append(index)
        unitOfOutput[index] = Int32(unit)
      }
    }
    var extra = [[Int]](repeating: [], count: count)
    for pair in named where unitOfOutput[pair.output] >= 0 {
      extra[Int(unitOfOutput[pair.output])].append(pair.input)
    }
    let (points, own, given, nearest) = (outputs.points, donors, extra, nearest)
    news("looking around \(points.count) outputs")
    return Threads.map(count, threads: ProcessInfo.processInfo.activeProcessorCount) { unit in
      var found: Set<Int> = Set(given[unit])
      var near: [Int] = []
      for index in own[unit] {
        let output = points[index]
        near.removeAll(keepingCapacity: true)
        map.nearest(
          nearest, to: output.material, at: output.place, enterprise: output.enterprise, into: &near
        )
        found.formUnion(near)
      }
      return found.sorted()
    }
  }
}
