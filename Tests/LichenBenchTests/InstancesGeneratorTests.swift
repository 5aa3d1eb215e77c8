import Foundation
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Instances: generator")
struct InstancesGeneratorTests {
  private static func instance(
    _ family: InstanceRequest.Family, _ enterprises: Int, seed: UInt64 = 1, _ variant: String = "A"
  ) throws -> Instance {
    InstanceGenerator.instance(
      InstanceRequest(
        family: family, enterprises: enterprises, seed: seed,
        variant: try #require(InstanceRequest.Variant(variant))))
  }

  /// FNV-1a, 64 bits, over all files of an instance.
  private static func checksum(_ instance: Instance) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for (name, bytes) in InstanceWriter.files(instance) {
      for byte in Array(name.utf8) + bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return String(hash, radix: 16)
  }

  // A change of these is a change of the benchmark: raise `InstanceGenerator.version` with it.
  @Test(
    "a request gives the same bytes on every machine and with every build",
    arguments: [
      (InstanceRequest.Family.clustered, "BCDKF", "48ed84d5f7aa5bae"),
      (.dense, "A", "694422be8847d71a"),
      (.nation, "A", "bb4c087ada43b4a9"), (.corridor, "A", "1c217c870d61bb34"),
      (.scarce, "A", "3fe1b3a13f4fbd60"),
      (.transport, "A", "e1a8b1903625e765"),
    ])
  func pinned(_ family: InstanceRequest.Family, _ variant: String, _ expected: String) throws {
    #expect(Self.checksum(try Self.instance(family, 60, seed: 7, variant)) == expected)
  }

  @Test(
    "bounds are tight, figures finite and in range, ids unique",
    arguments: [
      InstanceRequest.Family.clustered, .dense, .nation, .corridor, .scarce, .transport,
    ])
  func invariants(_ family: InstanceRequest.Family) throws {
    for seed in [1, 2, 3] as [UInt64] {
      let instance = try Self.instance(
        family, 120, seed: seed, family == .transport ? "A" : "BCDKF")
      let model = instance.model
      let bounds = FlowBounds(model)
      #expect(instance.droppedLinkIDs.isEmpty)
      for (index, link) in model.links.enumerated() {
        #expect(link.candidate == index)
        #expect(link.upper == bounds.most(of: link) && link.upper > 0)
        #expect(link.lower >= 0 && link.lower <= link.upper && link.ratio > 0)
        #expect(link.fixedCost >= 0 && link.capital >= 0)
        #expect([link.money, link.carbon, link.upper].allSatisfy { $0.isFinite })
      }
      let streams = Set(instance.outputIDs).union(model.facilities.map(\.name))
      #expect(streams.count == instance.outputIDs.count + model.facilities.count)
      #expect(Set(model.linkNames).count == model.links.count)
      #expect(Set(instance.inputIDs).count == model.needs.count)
      #expect((model.supplies + model.needs).allSatisfy { $0 > 0 && $0.isFinite })
      let pairs = Set(model.links.map { [$0.source.hashValue, $0.target.hashValue] })
      #expect(pairs.count == model.links.count)
    }
  }

  @Test("a variant adds its rules and leaves the links as they are")
  func variants() throws {
    let plain = try Self.instance(.clustered, 200)
    for letters in ["B", "C", "D", "K", "F", "BCDKF"] {
      let instance = try Self.instance(.clustered, 200, letters)
      let model = instance.model
      let direct = model.links.filter { $0.output != nil && $0.input != nil }
      #expect(direct == plain.model.links, "\(letters)")
      #expect(model.permits.isEmpty != letters.contains("B"))
      #expect(model.facilities.isEmpty != letters.contains("C"))
      #expect((model.capitalBudget != nil) == letters.contains("D"))
      #expect((model.partnerLimit == 3) == letters.contains("K"))
      #expect((model.carbonFloor != nil) == letters.contains("F"))
    }
    #expect(plain.model.permits.isEmpty && plain.model.capitalBudget == nil)
    #expect(try Self.instance(.clustered, 200, seed: 2).model.links != plain.model.links)
  }

  @Test(
    "sizes are as the generator's document says",
    arguments: [
      ("clustered", 50, 192), ("clustered", 200, 1_818), ("nation", 200, 1_050),
      ("scarce", 200, 10_396),
    ])
  func sizes(_ family: String, _ enterprises: Int, _ links: Int) throws {
    let kind = try #require(InstanceRequest.Family(rawValue: family))
    #expect(try Self.instance(kind, enterprises).model.links.count == links)
    let document = try String(
      contentsOf: Repository.root.appendingPathComponent("Benchmarks/GENERATOR.md"),
      encoding: .utf8)
    let row = document.split(separator: "\n").first {
      $0.hasPrefix("| \(family) | \(enterprises) |")
    }
    let cells = try #require(row).split(separator: "|").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    #expect(cells[3].filter { $0 != "," } == "\(links)")
  }

  @Test("letters are read in any order and case; others are refused")
  func letters() {
    #expect(InstanceRequest.Variant("kb") == [.permits, .partners])
    #expect(InstanceRequest.Variant("A") == [])
    #expect(InstanceRequest.Variant("FDB")?.text == "BDF")
    for text in ["", "AB", "E", "B D"] { #expect(InstanceRequest.Variant(text) == nil) }
  }

  @Test("a transport instance is balanced, complete and must be covered")
  func transport() throws {
    let instance = InstanceGenerator.instance(
      InstanceRequest(family: .transport, enterprises: 33, seed: 4, suppliers: 12))
    let model = instance.model
    #expect(model.supplies.count == 12 && model.needs.count == 21 && model.links.count == 252)
    #expect(model.supplies.reduce(0, +) == model.needs.reduce(0, +))
    #expect(model.leastNeeds == model.needs)
    #expect(instance.name == "transport-12x21-4-A")
  }

  @Test("supply and demand stand to each other as the family says")
  func balance() throws {
    for (family, share) in [(InstanceRequest.Family.corridor, 1.0), (.scarce, 0.2)] {
      let model = try Self.instance(family, 300).model
      let found = model.needs.reduce(0, +) / model.supplies.reduce(0, +)
      #expect(abs(found / share - 1) < 0.01)
    }
  }

  @Test("the grid finds what a look at every stream finds")
  func grid() {
    var random = RandomStream(seed: 11, .sites)
    for (width, height) in [(100.0, 80.0), (300, 0), (0, 0)] {
      let x = (0..<400).map { _ in random.number(-20, width) }
      let y = (0..<400).map { _ in random.number(0, height) }
      let materials = (0..<400).map { _ in Int32(random.index(5)) }
      let grid = StreamGrid(x: x, y: y, materials: materials, materialCount: 5, reach: 30)
      for probe in 0..<60 {
        let (radius, material) = (random.number(0, 60), random.index(5))
        var found: [Int] = []
        grid.visit(material, aroundX: x[probe] + 5, y: y[probe] - 5, radius: radius) { stream, _ in
          found.append(Int(stream))
        }
        let expected = (0..<400).filter {
          let (east, north) = (x[$0] - x[probe] - 5, y[$0] - y[probe] + 5)
          return materials[$0] == Int32(material) && east * east + north * north <= radius * radius
        }
        #expect(found.sorted() == expected)
      }
    }
  }

  @Test("exponential and logarithm agree with the system's")
  func mathematics() {
    for step in -400...400 {
      let x = Double(step) * 0.37
      #expect(abs(PortableMath.exp(x) / exp(x) - 1) < 4e-15)
      let y = exp(x * 0.9)
      #expect(abs(PortableMath.log(y) - log(y)) <= 4e-15 * max(1, abs(log(y))))
    }
  }

  @Test("draws have the moments of their distributions")
  func random() {
    var random = RandomStream(seed: 3, .links)
    let normals = (0..<40_000).map { _ in random.normal() }
    let mean = normals.reduce(0, +) / 40_000
    let variance = normals.reduce(0) { $0 + $1 * $1 } / 40_000
    // Four standard errors.
    #expect(abs(mean) < 0.02 && abs(variance - 1) < 0.03)
    let counts = (0..<40_000).map { _ in Double(random.poissonHalf()) }
    #expect(abs(counts.reduce(0, +) / 40_000 - 0.5) < 0.015)
    let choice = WeightedChoice([1, 0, 3])
    var drawn = [0.0, 0, 0]
    for _ in 0..<40_000 { drawn[choice.draw(&random)] += 1 }
    #expect(abs(drawn[0] / 40_000 - 0.25) < 0.01 && drawn[1] == 0)
  }
}
