import LichenDomain

/// A zone's rows by stream and enterprise, so that some of them are found without looking at all.
struct ZoneRows {
  private let park: Park
  private let outputs: [String: OutputRow]
  private let inputs: [String: InputRow]
  private let enterprises: [String: EnterpriseRow]
  private let properties: [String: [PropertyRow]]
  private let outputsByMaterial: [MaterialID: [Int]]

  init(_ park: Park) {
    self.park = park
    let whole = park.declaration
    outputs = Dictionary(whole.outputs.map { ($0.id, $0) }) { first, _ in first }
    inputs = Dictionary(whole.inputs.map { ($0.id, $0) }) { first, _ in first }
    enterprises = Dictionary(whole.enterprises.map { ($0.id, $0) }) { first, _ in first }
    properties = Dictionary(grouping: whole.properties, by: \.stream)
    outputsByMaterial = Dictionary(grouping: park.outputs.indices) { park.outputs[$0].material }
  }

  /// Materials of the zone's outputs, in order.
  var offered: [MaterialID] { outputsByMaterial.keys.sorted() }

  /// Some streams with everything that is said of them, in the terms of the catalogue.
  /// - Parameters:
  ///   - materials: Materials whose outputs belong to it.
  ///   - chosen: Places among the park's inputs.
  func slice(outputsOf materials: [MaterialID], inputs chosen: [Int]) -> ParkDeclaration {
    let given = materials.flatMap { outputsByMaterial[$0] ?? [] }.map { park.outputs[$0] }
    let taken = chosen.map { park.inputs[$0] }
    let streams = Set((given.map(\.id) + taken.map(\.id)).map(\.rawValue))
    let owners = Set((given.map(\.enterprise) + taken.map(\.enterprise)).map(\.rawValue))
    let whole = park.declaration
    var slice = ParkDeclaration(settings: whole.settings)
    slice.enterprises = owners.sorted().compactMap { enterprises[$0] }
    slice.outputs = given.compactMap { output in
      guard var row = outputs[output.id.rawValue] else { return nil }
      row.material = output.material.rawValue
      return row
    }
    slice.inputs = taken.compactMap { input in
      guard var row = inputs[input.id.rawValue] else { return nil }
      row.material = input.material.rawValue
      return row
    }
    slice.properties = streams.sorted().flatMap { properties[$0] ?? [] }
    slice.distances = whole.distances.filter { owners.contains($0.from) && owners.contains($0.to) }
    slice.exchanges = whole.exchanges.filter { row in
      owners.contains(row.from) && owners.contains(row.to)
        && (row.output.isEmpty || streams.contains(row.output))
        && (row.input.isEmpty || streams.contains(row.input))
    }
    return slice
  }

  /// Pairs of streams whose enterprises a distance row or a documented exchange names together: places among the park's
  /// outputs and inputs.
  static func named(_ park: Park) -> [(output: Int, input: Int)] {
    var receivers: [EnterpriseID: Set<EnterpriseID>] = [:]
    for pair in park.distances.keys { receivers[pair.from, default: []].insert(pair.to) }
    for exchange in park.exchanges {
      receivers[exchange.from, default: []].insert(exchange.to)
      if let output = exchange.output.flatMap(park.output),
        let input = exchange.input.flatMap(park.input)
      {
        receivers[output.enterprise, default: []].insert(input.enterprise)
      }
    }
    if receivers.isEmpty { return [] }
    return park.outputs.enumerated().flatMap { place, output -> [(output: Int, input: Int)] in
      guard let named = receivers[output.enterprise] else { return [] }
      return park.inputs.indices.filter { named.contains(park.inputs[$0].enterprise) }
        .map { (place, $0) }
    }
  }
}
