import LichenDomain
import LichenEngine
import LichenTestSupport
import Testing

@testable import LichenGraph

/// The figures in flat arrays are worked out by shortcuts, the candidates themselves line by line:
/// both must say the same, to the last bit.
@Suite("CandidateRow")
struct CandidateRowTests {
  /// All figures, so that two rows can be compared; unknown ones as the bits of NaN.
  private func figures(_ row: CandidateRow) -> [UInt64] {
    [
      row.ratio, row.money, row.carbon, row.fixedCost, row.capital, row.minimumFlow,
      row.maximumFlow ?? .nan, row.km ?? .nan, row.score,
    ].map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
      + [
        UInt64(row.blockers.rawValue), row.hasMixtures ? 1 : 0,
        UInt64(bitPattern: Int64(row.output)), UInt64(bitPattern: Int64(row.input)),
      ]
  }

  private static let names = [
    "ratio", "money", "CO2e", "fixed cost", "capital", "least", "most", "km", "score", "blockers",
    "mixtures", "output", "input",
  ]

  /// Compares every row of a park with its candidate, and with another number of threads.
  private func check(_ park: Park, _ name: String) throws -> [Candidate] {
    let generator = CandidateGenerator(park: park)
    let list = generator.graph(threads: 1).candidates
    let other = generator.graph(threads: 3).candidates
    try #require(list.count == other.count, "\(name)")
    var all: [Candidate] = []
    for index in list.indices {
      let candidate = list[index]
      let row = list.row(index)
      let expected = figures(CandidateRow(candidate, route: row.route, in: park))
      for (field, pair) in zip(Self.names, zip(figures(row), expected))
      where pair.0 != pair.1 {
        Issue.record("\(name), \(candidate.id): \(field)")
      }
      #expect(row.effect == candidate.verdict.effect, "\(name), \(candidate.id)")
      #expect(
        list.permits(of: row).map { list.need($0).key } == candidate.permits.map(\.key),
        "\(name), \(candidate.id)")
      for (need, made) in zip(candidate.permits, list.permits(of: row).map { list.need($0) }) {
        #expect(need.annual == made.annual && need.oneOff == made.oneOff, "\(name)")
      }
      #expect(list.id(index) == candidate.id)
      #expect(list.index(of: candidate) == index, "\(name), \(candidate.id)")
      #expect(figures(other.row(index)) == figures(row), "\(name), \(candidate.id)")
      all.append(candidate)
    }
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.id < $1.id }, "\(name)")
    return all
  }

  @Test("rows agree with candidates on every shipped park", arguments: Repository.parkNames)
  func shipped(name: String) throws {
    let all = try check(Repository.engine.park(at: Repository.park(name)), name)
    #expect(!all.isEmpty)
  }

  @Test("rows agree with candidates on random parks", arguments: UInt64(0)..<200)
  func random(seed: UInt64) throws {
    _ = try check(RandomParks.park(seed: seed).park(), "seed \(seed)")
  }

  @Test(
    "rows agree with candidates over the shipped catalogue, with measured qualities",
    arguments: UInt64(0)..<40)
  func measured(seed: UInt64) throws {
    var random = RandomPark(seed: seed)
    var declaration = random.declaration(enterprises: 12, streams: 8...24)
    random.addMixtures(to: &declaration)
    addHeat(to: &declaration, &random)
    for index in declaration.outputs.indices where random.integer(in: 0...3) == 0 {
      declaration.outputs[index].currentRoute =
        ["sold", "flare", "none", "incineration"][
          random.integer(in: 0...3)]
      declaration.outputs[index].disposalCost = nil
    }
    for index in declaration.inputs.indices where random.integer(in: 0...2) == 0 {
      declaration.inputs[index].price = nil
      declaration.inputs[index].minimumLot = random.number(in: 0...5000)
    }
    _ = try check(Repository.engine.park(declaration), "seed \(seed)")
  }

  /// Heating values at either end, shares that are no fuel, levels of heat and power for delivery.
  private func addHeat(to declaration: inout ParkDeclaration, _ random: inout RandomPark) {
    func add(_ stream: String, _ property: String, _ value: Double, _ unit: String) {
      var row = PropertyRow(
        stream: stream, property: property, location: SourceLocation(file: "random"))
      row.value = value
      row.unit = unit
      declaration.properties.append(row)
    }
    for output in declaration.outputs {
      if ["rice_husk", "sawdust"].contains(output.material), random.integer(in: 0...1) == 0 {
        add(output.id, "lhv", random.number(in: 8...20), "GJ/t")
      }
      if ["hot_water", "steam_mp"].contains(output.material) {
        add(output.id, "temperature", random.number(in: 60...200), "C")
      }
    }
    for input in declaration.inputs where random.integer(in: 0...2) == 0 {
      if input.material == "coal" { add(input.id, "lhv", random.number(in: 15...30), "GJ/t") }
      if input.material == "natural_gas" { add(input.id, "feedstock_share", 20, "%") }
      if input.material == "steam_mp" { add(input.id, "temperature", 150, "C") }
    }
  }

  @Test("random parks reach every shortcut and every way around it")
  func coverage() throws {
    var blocked: Set<Blocker.Kind> = []
    var terms: Set<LedgerTerm> = []
    var hasMixture = false
    var hasRefined = false
    for seed in UInt64(0)..<40 {
      var random = RandomPark(seed: seed)
      var declaration = random.declaration(enterprises: 12, streams: 8...24)
      random.addMixtures(to: &declaration)
      addHeat(to: &declaration, &random)
      for candidate in CandidateGenerator(park: try Repository.engine.park(declaration)).graph()
        .candidates
      {
        blocked.formUnion(candidate.kinds)
        terms.formUnion((candidate.ledger.perUnit + candidate.ledger.fixed).map(\.term))
        hasMixture = hasMixture || !candidate.mixtures.isEmpty
        hasRefined =
          hasRefined || candidate.route.ratioReferences.contains { $0.contains("properties.csv") }
      }
    }
    #expect(blocked.isSuperset(of: [.qualityTooHigh, .notHotEnough, .feedstock, .lotTooLarge]))
    #expect(
      terms.isSuperset(of: [
        .avoidedDisposal, .avoidedPurchase, .avoidedCombustion, .transport, .handling, .treatment,
        .combustion, .pumping, .capital, .maintenance, .transaction,
      ]))
    #expect(hasMixture && hasRefined)
  }

  @Test("ids that begin alike stand in the order of whole ids")
  func prefixes() throws {
    var park = ParkBuilder()
    for site in ["a", "b"] { park.enterprise(site, at: (55, 11)) }
    for id in ["x", "x-1", "x.1", "x1", "x_1", "xa"] {
      park.output(id, of: "a", "fly_ash", 100)
      park.input("in-\(id)", of: "b", "clinker", 100)
    }
    let all = try check(park.park(), "prefixes")
    #expect(all.count == 36)
  }

  @Test("a selector finds what its text matches", arguments: UInt64(0)..<10)
  func lookUp(seed: UInt64) throws {
    let park = try RandomParks.park(seed: seed).park()
    let list = CandidateGenerator(park: park).graph().candidates
    for output in park.outputs {
      for input in park.inputs {
        #expect(
          list.indices(from: output.id, to: input.id)
            == list.indices.filter { list.id($0).hasPrefix("\(output.id):\(input.id):") })
      }
    }
    #expect(list.indices(from: .of("nowhere"), to: .of("nothing")).isEmpty)
  }

  @Test("a lifted candidate loses its blockers in both views, and no other does")
  func lifted() throws {
    var lifted = 0
    for seed in UInt64(0)..<20 {
      let graph = CandidateGenerator(park: try RandomParks.park(seed: seed).park()).graph()
      let list = graph.candidates
      guard let index = list.indices.first(where: { !list.row($0).isPlannable }) else { continue }
      lifted += 1
      let changed = graph.lifting(index).candidates
      for other in list.indices {
        let isPlannable = other == index || list.row(other).isPlannable
        #expect(changed.row(other).isPlannable == isPlannable)
        #expect(changed[other].isPlannable == isPlannable)
      }
    }
    #expect(lifted > 5)
  }
}
