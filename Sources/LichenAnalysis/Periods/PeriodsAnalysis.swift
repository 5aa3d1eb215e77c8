import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Runs a yearly plan month by month, and plans anew with months and stores.
public struct PeriodsAnalysis: Sendable {
  private let study: PlanStudy
  private let priced: [PricedStorage]

  public init(_ study: PlanStudy) {
    self.study = study
    priced = StorageBook(park: study.park).storages
  }

  private var park: Park { study.park }

  /// - Throws: `MIPSolverError` if the solver fails.
  public func run(control: SolveControl = SolveControl()) throws -> PeriodsResult {
    let offered = priced.filter { $0.obstacle == nil }
    let seasonal = SeasonalModel(
      model: study.model,
      supplyShares: park.outputs.map { $0.profile?.shares ?? .even },
      needShares: park.inputs.map { $0.profile?.shares ?? .even },
      stores: offered.compactMap(store))
    let certificate = study.plan.certificate
    var planner = SeasonalPlanner(
      seasonal,
      yearly: YearlyPlan(
        flows: study.flows, isOpen: study.isOpen, isTaken: study.isTaken,
        bounds: certificate.components.map(\.bound), isOptimal: certificate.status == .optimal),
      weights: study.weights, solver: study.solver, limits: study.plan.options.limits,
      control: control)
    return PeriodsSummary(study, seasonal, try planner.plan(), priced: priced).result
  }

  private func store(_ priced: PricedStorage) -> SeasonalModel.Store? {
    let storage = priced.storage
    let place: SeasonalModel.Store.Place? =
      storage.isOutput
      ? park.index(ofOutput: storage.stream).map { .output($0) }
      : park.index(ofInput: storage.stream).map { .input($0) }
    guard let place, let capacity = storage.capacity, let loss = storage.loss else { return nil }
    let lost = loss > 0 ? credit(at: place) : (money: 0, carbon: 0)
    return SeasonalModel.Store(
      name: storage.id.rawValue, place: place, capacity: capacity,
      annualCost: -priced.money.typical, capital: priced.capital.typical, loss: loss,
      months: storage.keeps, lostMoney: lost.money, lostCarbon: lost.carbon)
  }

  /// What a unit that spoils at a receiver had been credited with, the most of all links to it: it is
  /// neither spared from disposal nor spares a purchase.
  private func credit(at place: SeasonalModel.Store.Place) -> (money: Double, carbon: Double) {
    guard case .input(let input) = place else { return (0, 0) }
    var most = (money: 0.0, carbon: 0.0)
    for link in study.model.links where link.input == input {
      let count = study.graph.candidates.count
      let ledger =
        link.candidate < count
        ? study.graph.candidates[link.candidate].ledger
        : study.graph.legs[link.candidate - count].ledger
      let credits = ledger.perUnit.filter {
        [.avoidedDisposal, .avoidedPurchase, .avoidedCombustion].contains($0.term)
      }
      let money = credits.reduce(0) { $0 + max(0, $1.money.value?.typical ?? 0) }
      let carbon = credits.reduce(0) { $0 + max(0, $1.carbon.value?.typical ?? 0) }
      most.money = max(most.money, money / link.ratio)
      most.carbon = max(most.carbon, carbon / link.ratio)
    }
    return most
  }
}
