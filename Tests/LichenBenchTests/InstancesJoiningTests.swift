import LichenBench
import LichenPlanning
import LichenTestSupport
import Testing

/// Parts of an instance, joined again.
@Suite struct InstancesJoiningTests {
  /// The links of some outputs, with the streams and permits that they have.
  private func part(_ whole: Instance, outputs: (Int) -> Bool) -> Instance {
    let model = whole.model
    let links = model.links.indices.filter { model.links[$0].output.map(outputs) ?? false }
    return Instance(
      name: "part", source: "", licence: "",
      model: model.restricted(to: PlanningModel.Part(links: links, measures: [])),
      outputIDs: whole.outputIDs, inputIDs: whole.inputIDs)
  }

  private func lines(_ instance: Instance) -> [String: Set<String>] {
    Dictionary(
      uniqueKeysWithValues: InstanceWriter.files(instance).map {
        (
          $0.name,
          Set(String(decoding: $0.bytes, as: UTF8.self).split(separator: "\n").map(String.init))
        )
      })
  }

  @Test("however an instance is cut by output, its parts are one again", arguments: UInt64(1)...4)
  func parts(seed: UInt64) throws {
    let whole = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 80, seed: seed, variant: .permits))
    var random = SeededGenerator(seed: seed)
    let count = 2 + Int(seed)
    let unit = whole.outputIDs.map { _ in random.whole(in: 0...(count - 1)) }
    let parts = (0..<count).map { number in part(whole, outputs: { unit[$0] == number }) }
    func joined(_ parts: [Instance]) throws -> Instance {
      var joiner = InstanceJoiner()
      for part in parts { try joiner.add(part) }
      return try joiner.joined(name: whole.name, source: whole.source, licence: whole.licence)
    }
    let one = try joined(parts)
    #expect(
      InstanceWriter.files(one).map(\.bytes)
        == InstanceWriter.files(try joined(parts.reversed())).map(\.bytes))
    #expect(lines(one)["links.csv"] == lines(whole)["links.csv"])
    #expect(one.model.linkNames == one.model.linkNames.sorted())
    // Streams and permits that no link has are not there.
    let used = Set(whole.model.links.compactMap(\.input)).map { whole.inputIDs[$0] }
    #expect(one.inputIDs == used.sorted())
    #expect(Set(one.model.permits.map(\.name)).isSubset(of: whole.model.permits.map(\.name)))
  }

  @Test("a limit on a mixture counts what every part brings; one that nothing exceeds is dropped")
  func mixtures() throws {
    func part(_ output: String, _ excess: Double, _ other: Double) -> Instance {
      let link = PlanningModel.Link(
        candidate: 0, source: .output(0), target: .input(0), ratio: 1, money: 1, carbon: 0,
        fixedCost: 0, capital: 0, lower: 0, upper: 5)
      return Instance(
        name: output, source: "", licence: "",
        model: PlanningModel(
          name: output, links: [link], linkNames: ["\(output):in"], supplies: [5], needs: [10],
          permits: [],
          blends: [
            PlanningModel.Blend(name: "in:ash", links: [0], excess: [excess]),
            PlanningModel.Blend(name: "in:salt", links: [0], excess: [other]),
          ]), outputIDs: [output], inputIDs: ["in"])
    }
    var joiner = InstanceJoiner()
    try joiner.add(part("b", 2, -1))
    try joiner.add(part("a", -3, -2))
    let model = try joiner.joined(name: "n", source: "", licence: "").model
    #expect(model.blends.map(\.name) == ["in:ash"])
    #expect(model.blends[0].links == [0, 1] && model.blends[0].excess == [-3, 2])
  }

  @Test("parts that contradict each other are refused by name")
  func contradictions() throws {
    let whole = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 40, seed: 1))
    var twice = InstanceJoiner()
    try twice.add(whole)
    try twice.add(whole)
    #expect(throws: InstanceJoiner.Refusal.self) {
      try twice.joined(name: "n", source: "", licence: "")
    }
    var limited = InstanceJoiner()
    #expect(throws: InstanceJoiner.Refusal.self) {
      try limited.add(
        InstanceGenerator.instance(
          InstanceRequest(family: .clustered, enterprises: 40, seed: 1, variant: .partners)))
    }
  }
}
