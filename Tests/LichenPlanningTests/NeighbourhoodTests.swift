import LichenDomain
import LichenGraph
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenMatching

@Suite("Neighbourhoods")
struct NeighbourhoodTests {
  /// The part of a model that holds a candidate, with permits by name, so that models made of
  /// different neighbourhoods can be compared.
  private func part(_ problem: PlanningProblem?, _ index: Int) -> [String] {
    guard let model = problem?.part(with: index)?.model else { return [] }
    return zip(model.links.indices, model.links).map { place, link in
      let permits = model.permits(of: place).map { model.permits[Int($0)].name }.sorted()
      return "\(link) \(permits)"
    }
  }

  @Test(
    "a problem made of a neighbourhood holds the same part as one made of everything",
    arguments: UInt64(0)..<60)
  func sameParts(seed: UInt64) throws {
    let graph = try CandidateGenerator(
      park: RandomParks.park(seed: seed, enterprises: 4...9, outputs: 6...14, inputs: 6...14)
        .park()
    ).graph()
    let neighbourhoods = Neighbourhoods(graph)
    var options = PlanningOptions(settings: graph.park.settings)
    options.partnerLimit = 2
    for index in graph.candidates.indices {
      let lifted = graph.lifting(index)
      let among = neighbourhoods.around(index)
      #expect(among.contains(index) && among == among.sorted())
      let whole = try? PlanningProblem(graph: lifted, options: options)
      let near = try? PlanningProblem(graph: lifted, options: options, among: among)
      #expect(
        part(whole, index) == part(near, index), "seed \(seed), \(graph.candidates.id(index))")
    }
  }

  @Test("neighbourhoods are smaller than the park where there is more than one")
  func smaller() throws {
    var smaller = 0
    for seed in UInt64(0)..<60 {
      let graph = try CandidateGenerator(
        park: RandomParks.park(seed: seed, enterprises: 4...9, outputs: 6...14, inputs: 6...14)
          .park()
      ).graph()
      let neighbourhoods = Neighbourhoods(graph)
      let plannable = graph.candidates.indices.count { graph.candidates.row($0).isPlannable }
      smaller += graph.candidates.indices.count { neighbourhoods.around($0).count < plannable }
    }
    #expect(smaller > 20)
  }
}
