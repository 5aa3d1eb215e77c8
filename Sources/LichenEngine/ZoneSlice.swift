import LichenDomain

/// Some streams of a zone with everything that is said of them, in the terms of the catalogue.
struct ZoneSlice {
  let declaration: ParkDeclaration

  /// - Parameters:
  ///   - inputs: Places among the park's inputs.
  ///   - hasOutput: Whether outputs of a material belong to it.
  init(_ park: Park, inputs: some Sequence<Int>, hasOutput: (MaterialID) -> Bool) {
    let given = park.outputs.filter { hasOutput($0.material) }
    let taken = inputs.map { park.inputs[$0] }
    var materials: [String: String] = [:]
    for output in given { materials[output.id.rawValue] = output.material.rawValue }
    for input in taken { materials[input.id.rawValue] = input.material.rawValue }
    let owners = Set((given.map(\.enterprise) + taken.map(\.enterprise)).map(\.rawValue))
    let whole = park.declaration
    var slice = ParkDeclaration(settings: whole.settings)
    if materials.isEmpty {
      declaration = slice
      return
    }
    slice.enterprises = whole.enterprises.filter { owners.contains($0.id) }
    slice.outputs = whole.outputs.compactMap { row in
      guard let material = materials[row.id] else { return nil }
      var row = row
      row.material = material
      return row
    }
    slice.inputs = whole.inputs.compactMap { row in
      guard let material = materials[row.id] else { return nil }
      var row = row
      row.material = material
      return row
    }
    slice.properties = whole.properties.filter { materials[$0.stream] != nil }
    slice.distances = whole.distances.filter { owners.contains($0.from) && owners.contains($0.to) }
    slice.exchanges = whole.exchanges.filter { row in
      owners.contains(row.from) && owners.contains(row.to)
        && (row.output.isEmpty || materials[row.output] != nil)
        && (row.input.isEmpty || materials[row.input] != nil)
    }
    declaration = slice
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
