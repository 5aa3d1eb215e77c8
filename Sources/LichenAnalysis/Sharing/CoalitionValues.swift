import LichenDomain
import LichenMatching
import LichenPlanning
import Synchronization

/// What groups of firms could earn among themselves, by planning with only their links, measures and plants.
///
/// A model falls into parts that share nothing, so that the worth of a coalition is the sum over parts of the worth of
/// its members there. Every part keeps its own table, and equal parts are planned once.
final class CoalitionValues: Sendable {
  /// A part of the model with the firms that take part in it, in order of id.
  struct Part: Sendable {
    let firms: [EnterpriseID]
    let links: [Int]
    let measures: [Int]
    /// By link and measure of the part: places of its firms.
    let linkFirms: [(from: Int, to: Int)]
    let measureFirms: [Int]

    /// What these firms can use among themselves.
    func excerpt(_ coalition: Coalition) -> PlanningModel.Part {
      PlanningModel.Part(
        links: zip(links, linkFirms)
          .filter { coalition.contains($0.1.from) && coalition.contains($0.1.to) }.map(\.0),
        measures: zip(measures, measureFirms).filter { coalition.contains($0.1) }.map(\.0))
    }
  }

  let study: PlanStudy
  let parts: [Part]
  private let tables: Mutex<[[Coalition: Worth]]>

  /// What a coalition can earn in one part.
  struct Worth: Sendable {
    /// [park currency/a]
    let amount: Double
    /// As `VariantPlan.networks`.
    let networks: [UInt64]
  }

  /// - Parameter study: Planned for net benefit.
  init(_ study: PlanStudy) {
    self.study = study
    let made = study.model.components().map { part -> Part in
      var found = Set(part.measures.map { study.problem.measures[$0].option.enterprise })
      let ends = part.links.map(study.ends(ofLink:))
      for end in ends { found.formUnion([end.from, end.to]) }
      let firms = found.sorted()
      let places = Dictionary(uniqueKeysWithValues: firms.enumerated().map { ($1, $0) })
      return Part(
        firms: firms, links: part.links, measures: part.measures,
        linkFirms: ends.map { (places[$0.from] ?? 0, places[$0.to] ?? 0) },
        measureFirms: part.measures.map {
          places[study.problem.measures[$0].option.enterprise] ?? 0
        })
    }
    parts = made
    tables = Mutex(
      made.map { [Coalition(of: $0.firms.count): Worth(amount: 0, networks: [])] })
  }

  /// Worth of a coalition in one part.
  /// - Throws: `MIPSolverError`, or `AnalysisError` where its plan was not found.
  func worth(of coalition: Coalition, in index: Int) throws -> Worth {
    if let known = tables.withLock({ $0[index][coalition] }) { return known }
    let part = parts[index]
    let plan = try study.variants.solve(study.model.restricted(to: part.excerpt(coalition)))
    guard plan.hasPlan else {
      throw AnalysisError.noPlanOfFirms(
        part.firms.indices.filter(coalition.contains).map { part.firms[$0] })
    }
    let worth = Worth(amount: plan.objective, networks: plan.networks)
    tables.withLock { $0[index][coalition] = worth }
    return worth
  }
}
