import Foundation
import LichenBench
import LichenDomain
import LichenGraph
import LichenIO
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenCluster
@testable import LichenEngine

/// Nations: folders of parks, made up, divided and planned.
@Suite struct NationTests {
  private let engine = Repository.engine

  private func nation(_ enterprises: Int, seed: UInt64 = 1, in folder: URL) throws -> NationFolder {
    let place = folder.appendingPathComponent("nation-\(enterprises)-\(seed)")
    try engine.writeNation(
      engine.nationMix("viet-nam"), named: "viet-nam", enterprises: enterprises, seed: seed,
      to: place)
    return try NationFolder(place)
  }

  /// All zones as one park.
  private func whole(_ nation: NationFolder) throws -> Park {
    let zones = try nation.zones.map { try engine.park(at: nation.park($0)).declaration }
    var whole = ParkDeclaration(settings: try #require(zones.first).settings)
    whole.enterprises = zones.flatMap(\.enterprises)
    whole.outputs = zones.flatMap(\.outputs)
    whole.inputs = zones.flatMap(\.inputs)
    whole.properties = zones.flatMap(\.properties)
    whole.distances = zones.flatMap(\.distances)
    whole.exchanges = zones.flatMap(\.exchanges)
    return try engine.park(whole)
  }

  private func sharded(
    _ nation: NationFolder, units: Int, mostStreams: Int = 100_000, nearest: Int,
    limits: PlanLimits = PlanLimits(effort: 50), to place: URL
  ) throws -> WorkFolder {
    try engine.shard(
      nation, options: Engine.NationOptions(), limits: limits,
      division: Engine.NationDivision(
        candidateUnits: units, nearest: nearest, planUnits: 3, rounds: 1, mostStreams: mostStreams),
      to: place)
  }

  private func work(_ folder: WorkFolder, through stage: Int) throws {
    for stage in folder.manifest.stages[...stage] {
      for index in stage.indices { _ = try engine.work().work(index, in: folder) }
    }
  }

  @Test("a made-up nation has what was asked for, in the same bytes, zone by zone")
  func madeUp() throws {
    let mix = try engine.nationMix("viet-nam")
    #expect(mix.provinces.count == 63)
    #expect((380...420).contains(mix.provinces.reduce(0) { $0 + $1.zones }))
    let book = engine.catalogue.sectorBook
    let sketch = NationSketch(mix, enterprises: 5000, seed: 3, book: book)
    #expect(sketch.zones.reduce(0) { $0 + $1.enterprises } == 5000)
    let towns = Dictionary(uniqueKeysWithValues: mix.provinces.map { ($0.id, $0) })
    var ids: Set<String> = []
    for zone in sketch.zones {
      let rows = sketch.enterprises(of: zone)
      #expect(rows.count == zone.enterprises)
      ids.formUnion(rows.map(\.id))
      let town = try #require(towns[zone.province])
      // Nearest towns are less than 250 km away, and a zone stands on the first half of the way.
      #expect(town.town.distanceKm(to: zone.middle) < 125, "\(zone.id)")
      for row in rows {
        let place = try #require(
          Coordinate(latitude: row.latitude ?? 99, longitude: row.longitude ?? 0))
        // Half the diagonal of its square.
        #expect(place.distanceKm(to: zone.middle) <= (zone.area / 200).squareRoot() + 0.01)
        let share = try #require(mix.shares.first { $0.sector == row.blueprint })
        #expect(share.regions.isEmpty || share.regions.contains(town.region))
      }
    }
    #expect(ids.count == 5000)
    let other = NationSketch(mix, enterprises: 5000, seed: 4, book: book)
    #expect(other.enterprises(of: other.zones[7]) != sketch.enterprises(of: sketch.zones[7]))
    try Repository.inFolder { folder in
      for name in ["one", "two"] {
        try engine.writeNation(
          mix, named: "n", enterprises: 40, seed: 9, threads: name == "one" ? 1 : 3,
          to: folder.appendingPathComponent(name))
      }
      let same = try Repository.run(
        URL(fileURLWithPath: "/usr/bin/diff"),
        [
          "-r", folder.appendingPathComponent("one").path,
          folder.appendingPathComponent("two").path,
        ])
      #expect(same.status == 0, "\(same.output.prefix(500))")
    }
  }

  @Test(
    "candidates of units are those of the whole, however many units there are")
  func joined() throws {
    let nearest = 3
    try Repository.inFolder { folder in
      let nation = try nation(160, in: folder)
      var tables: [[String: Data]] = []
      for (units, mostStreams) in [(1, 100_000), (6, 100_000), (2, 150)] {
        let made = try sharded(
          nation, units: units, mostStreams: mostStreams, nearest: nearest,
          to: folder.appendingPathComponent("work-\(units)"))
        // More than was asked for, where units would be too large.
        let count = made.manifest.stages[0].count
        #expect(mostStreams < 1_000 ? count > 3 : count == units)
        try work(made, through: 1)
        let place = made.source.appendingPathComponent("instance")
        tables.append(
          try Dictionary(
            uniqueKeysWithValues: FileManager.default.contentsOfDirectory(atPath: place.path).map {
              ($0, try Data(contentsOf: place.appendingPathComponent($0)))
            }))
      }
      #expect(tables[0] == tables[1] && tables[0] == tables[2])
      // The whole nation as one park, in one process.
      let park = try whole(nation)
      let graph = CandidateGenerator(park: park).graph(nearest: nearest)
      let problem = try PlanningProblem(
        graph: graph, options: PlanningOptions(settings: park.settings))
      let instance = try InstanceReader.read(
        folder: folder.appendingPathComponent("work-6/source/instance")
      ).instance
      let reduced = instance.reduced(for: PlanLimits()).model
      #expect(reduced.links.count > 100)
      #expect(Set(reduced.linkNames) == Set(problem.model.linkNames))
      let expected = Dictionary(
        uniqueKeysWithValues: zip(problem.model.linkNames, problem.model.links.indices))
      for (index, name) in reduced.linkNames.enumerated() {
        let (own, other) = (reduced.links[index], problem.model.links[try #require(expected[name])])
        #expect(own.money == other.money && own.fixedCost == other.fixedCost, "\(name)")
        #expect(own.lower == other.lower && own.ratio == other.ratio, "\(name)")
        #expect(
          Set(reduced.permits(of: index).map { reduced.permits[Int($0)].name })
            == Set(
              problem.model.permits(of: try #require(expected[name])).map {
                problem.model.permits[Int($0)].name.replacing(" ", with: "_")
              }), "\(name)")
      }
      // And so is the plan.
      let alone = try PlanSolver(
        solver: engine.solver, stages: [.benefit], limits: SearchLimits(nodeLimit: 20_000)
      ).solve(problem.model)
      let work = try sharded(
        nation, units: 4, nearest: nearest, limits: PlanLimits(effort: 20_000),
        to: folder.appendingPathComponent("plan"))
      try self.work(work, through: 2)
      let merged = try engine.work().merge(work).result
      #expect(alone.status == .optimal && merged.status == .optimal)
      #expect(abs(merged.objective - alone.objective) <= 1e-6 * abs(alone.objective))
    }
  }

  @Test("an output is offered to the nearest receivers of each material, and to all that rows name")
  func nearest() throws {
    try Repository.inFolder { folder in
      let park = try whole(try nation(150, seed: 2, in: folder))
      let all = CandidateGenerator(park: park).graph().candidates
      let some = CandidateGenerator(park: park).graph(nearest: 3).candidates
      struct Lane: Hashable {
        let output: StreamID
        let route: RouteID
        let material: MaterialID
      }
      func lanes(_ list: CandidateList) -> [Lane: [Candidate]] {
        Dictionary(grouping: list) {
          Lane(output: $0.output.id, route: $0.route.id, material: $0.input.material)
        }
      }
      let few = lanes(some)
      for (lane, candidates) in lanes(all) {
        func km(_ candidate: Candidate) -> Double {
          let from = park.enterprise(candidate.output.enterprise)?.coordinate
          let to = park.enterprise(candidate.input.enterprise)?.coordinate
          guard let from, let to else { return .infinity }
          return from.distanceKm(to: to)
        }
        let expected = candidates.sorted { (km($0), $0.input.id) < (km($1), $1.input.id) }.prefix(3)
        #expect(Set(expected.map(\.id)) == Set((few[lane] ?? []).map(\.id)), "\(lane)")
      }
      #expect(some.count < all.count)
    }
  }

  @Test("zones that do not fit each other are refused, with zone and file")
  func refused() throws {
    try Repository.inFolder { folder in
      let nation = try nation(60, in: folder)
      func refusal(_ change: (URL) throws -> Void) throws -> String {
        let copy = folder.appendingPathComponent(UUID().uuidString)
        try FileManager.default.copyItem(at: nation.url, to: copy)
        try change(copy)
        do {
          _ = try sharded(
            NationFolder(copy), units: 2, nearest: 3,
            to: folder.appendingPathComponent(UUID().uuidString))
          return "accepted"
        } catch let error as ValidationError {
          return error.issues.map(\.description).joined(separator: "\n")
        }
      }
      let (first, second) = (nation.zones[3], nation.zones[5])
      func file(_ copy: URL, _ zone: String, _ name: String) -> URL {
        NationFolder.park(zone, in: copy).appendingPathComponent(name)
      }
      #expect(
        try refusal { try FileManager.default.removeItem(at: NationFolder.park(first, in: $0)) }
          .contains("missing zone; found '\(first)'"))
      #expect(
        try refusal {
          let place = file($0, second, "datapackage.json")
          let text = try String(contentsOf: place, encoding: .utf8)
          try text.replacing("\"base_year\": 2023", with: "\"base_year\": 2020")
            .write(to: place, atomically: true, encoding: .utf8)
        }.contains("zones/\(second)/datapackage.json"))
      #expect(
        try refusal {
          try FileManager.default.removeItem(at: NationFolder.park(second, in: $0))
          try FileManager.default.copyItem(
            at: NationFolder.park(first, in: $0), to: NationFolder.park(second, in: $0))
        }.contains("an id that no other zone has"))
      #expect(
        try refusal {
          try "key,value,unit,source,confidence\nelectricity_price,1,VND/kWh,x,estimated\n".write(
            to: file($0, first, "overrides.csv"), atomically: true, encoding: .utf8)
        }.contains("zones/\(first)/overrides.csv"))
      #expect(
        try refusal {
          try "not a table".write(
            to: file($0, first, "inputs.csv"), atomically: true, encoding: .utf8)
        }.contains("zones/\(first)/inputs.csv"))
    }
  }

  @Test("candidates are never valued by another catalogue, and plans wait for them")
  func otherCatalogue() throws {
    try Repository.inFolder { folder in
      let made = try sharded(
        nation(60, in: folder), units: 2, nearest: 3, to: folder.appendingPathComponent("work"))
      #expect(throws: WorkError.notYet(index: 2, stage: 1, missing: [0, 1])) {
        try engine.work().work(2, in: made)
      }
      let data = folder.appendingPathComponent("data")
      try FileManager.default.copyItem(at: Repository.data, to: data)
      let table = data.appendingPathComponent("catalogue/defaults.csv")
      try (String(contentsOf: table, encoding: .utf8) + "\n").write(
        to: table, atomically: true, encoding: .utf8)
      let other = try Engine(data: DataFolder(url: data))
      #expect(throws: WorkError.otherCatalogue) { try other.work().work(0, in: made) }
      #expect(try engine.work().work(0, in: made) == .done)
      #expect(try engine.work().work(0, in: made) == .alreadyDone)
    }
  }

  @Test("from an empty folder to tables of exchanges, with the commands of the handbook")
  func commands() throws {
    try Repository.inFolder { folder in
      func at(_ place: String) -> String { folder.appendingPathComponent(place).path }
      func lichen(_ words: String...) throws -> String {
        let run = try CommandRun(words)
        try #require(run.status == 0, "\(words): \(run.error)")
        return run.output
      }
      #expect(
        try lichen("bench", "nation", "--enterprises", "200", "--seed", "5", "-o", at("nation"))
          .hasPrefix("200 enterprises in "))
      _ = try lichen(
        "shard", at("nation"), "-o", at("work"), "--units", "3", "--nearest", "4", "--effort",
        "100",
        "--block-links", "100", "--rounds", "2", "--partners", "2")
      // Units are the same, byte for byte, whoever divides.
      _ = try lichen(
        "shard", at("nation"), "-o", at("again"), "--units", "3", "--nearest", "4", "--effort",
        "100", "--block-links", "100", "--rounds", "2", "--partners", "2")
      for file in ["manifest.json", "stages/0.json"] {
        #expect(
          FileManager.default.contentsEqual(
            atPath: at("work/\(file)"), andPath: at("again/\(file)")), "\(file)")
      }
      #expect(try lichen("cluster", "submit", at("work")) == "11 of 11 units done\n")
      #expect(try lichen("merge", at("work"), "-o", at("plan")).contains("in exact arithmetic"))
      let exchanges = try String(contentsOfFile: at("plan/exchanges.csv"), encoding: .utf8)
        .split(separator: "\n")
      let flows = try String(contentsOfFile: at("plan/flows.csv"), encoding: .utf8)
        .split(separator: "\n")
      #expect(exchanges.count == flows.count && exchanges.count > 10)
      let zones = try String(contentsOfFile: at("plan/zones.csv"), encoding: .utf8)
        .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
      #expect(zones.reduce(0) { $0 + (Int($1[2]) ?? 0) } == exchanges.count - 1)
      let alone = try CommandRun(["match", at("nation")])
      #expect(
        alone.status != 0
          && alone.error.contains("this is a nation: each folder of zones/ is a park"))
      let refused = try CommandRun(["shard", at("nation"), "-o", at("other"), "--co2-floor", "5"])
      #expect(refused.status == 64 && refused.error.contains("--co2-floor is for single parks"))
    }
  }
}
