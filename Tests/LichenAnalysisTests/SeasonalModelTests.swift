import GLPKSolver
import LichenDomain
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Months and stores, on the model")
struct SeasonalModelTests {
  private let solver = GLPKSolver()
  private static let harvest = MonthShares(weights: [0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
  private static let equal = MonthShares(weights: [Double](repeating: 1, count: 12))

  /// 1,200 t come in March to May, 400 t each; 100 t are needed in each month of equal weight; a tonne is
  /// worth 10, the link costs 1,000 a year.
  private func husks(
    stores: [SeasonalModel.Store] = [], isEven: Bool = false, fixedCost: Double = 1000
  ) throws -> SeasonalModel {
    let model = PlanningModel(
      name: "husks",
      links: [
        PlanningModel.Link(
          candidate: 0, source: .output(0), target: .input(0), ratio: 1, money: 10, carbon: 0,
          fixedCost: fixedCost, capital: 0, lower: 0, upper: 1200)
      ], linkNames: ["husk"], supplies: [1200], needs: [1200])
    let equal = try #require(Self.equal)
    let harvest = try #require(Self.harvest)
    return SeasonalModel(
      model: model, supplyShares: [isEven ? equal : harvest], needShares: [equal], stores: stores)
  }

  private func whole(_ seasonal: SeasonalModel) throws -> SeasonalPart {
    let parts = try RandomSeasons.planned(seasonal, solver: solver).parts
    try #require(parts.count == 1)
    return parts[0]
  }

  private func isClose(_ left: Double?, _ right: Double, _ tolerance: Double = 1e-6) -> Bool {
    guard let left else { return false }
    return abs(left - right) <= tolerance * max(1, abs(right))
  }

  @Test("a harvest by-product for a constant need, without a store: by hand")
  func withoutStore() throws {
    let part = try whole(husks())
    // Promised: 1,200 t · 10 − 1,000. In three months 100 t each can be used: 3,000 − 1,000.
    #expect(isClose(part.promised, 11_000))
    #expect(isClose(part.operated, 2000))
    #expect(isClose(part.best?.value, 2000))
    #expect(part.best?.status == .optimal)
    let flows = try #require(part.best).solution.flows[0]
    for month in 0..<12 { #expect(isClose(flows[month], (2...4).contains(month) ? 100 : 0)) }
  }

  @Test("a network that the seasons do not pay for is not built: by hand")
  func notBuilt() throws {
    let part = try whole(husks(fixedCost: 4000))
    #expect(isClose(part.promised, 8000))
    #expect(isClose(part.operated, -1000))
    #expect(isClose(part.best?.value, 0))
  }

  @Test("a store of 900 t carries the harvest over the year: by hand")
  func withStore() throws {
    let store = SeasonalModel.Store(
      name: "shed", place: .output(0), capacity: 900, annualCost: 1500, capital: 9000)
    let part = try whole(husks(stores: [store]))
    // At the end of May 1,200 − 300 = 900 t lie there: all is used. 12,000 − 1,000 − 1,500.
    #expect(isClose(part.best?.value, 9500))
    #expect(isClose(part.storeless?.value, 2000))
    let solution = try #require(part.best?.solution)
    #expect(solution.isBuilt == [true])
    let later = [800.0, 700, 600, 500, 400, 300, 200]
    // March and April depend on when stock is laid in: 300 and 600 fit, and nothing else does.
    #expect(isClose(solution.stocks[0][2], 300))
    #expect(isClose(solution.stocks[0][3], 600))
    #expect(isClose(solution.stocks[0][4], 900))
    #expect(isClose(solution.stocks[0][0], 100) && isClose(solution.stocks[0][1], 0))
    for (month, stock) in zip(5..<12, later) {
      #expect(isClose(solution.stocks[0][month], stock))
    }
    let worth = try #require(part.worths.first)
    #expect(worth.isTaken && worth.isProven)
    #expect(isClose(worth.with, 9500) && isClose(worth.without, 2000))
  }

  @Test("at the receiver the same store does the same")
  func storeAtReceiver() throws {
    let store = SeasonalModel.Store(
      name: "yard", place: .input(0), capacity: 900, annualCost: 1500, capital: 9000)
    let part = try whole(husks(stores: [store]))
    #expect(isClose(part.best?.value, 9500))
    let flows = try #require(part.best).solution.flows[0]
    // All arrives when it is harvested.
    for month in 0..<12 { #expect(isClose(flows[month], (2...4).contains(month) ? 400 : 0)) }
  }

  @Test("a store that costs more than it brings is left out, and said what it would cost")
  func dearStore() throws {
    let store = SeasonalModel.Store(
      name: "silo", place: .output(0), capacity: 50, annualCost: 600, capital: 1)
    let part = try whole(husks(stores: [store]))
    // 50 t stored in May serve June: 500 a year. Turned over once only, because March to May are full.
    let worth = try #require(part.worths.first)
    #expect(!worth.isTaken && isClose(part.best?.value, 2000))
    #expect(isClose(worth.with, 2000 + 500 - 600) && isClose(worth.without, 2000))
  }

  @Test("a shelf life of two month ends: by hand")
  func shelfLife() throws {
    let store = SeasonalModel.Store(
      name: "shed", place: .output(0), capacity: 900, annualCost: 0, capital: 0, months: 2)
    let part = try whole(husks(stores: [store]))
    // What May lays in serves June and July only: 500 t in all.
    #expect(isClose(part.best?.value, 5000 - 1000))
    // A store that is there already is used by whoever runs the network.
    #expect(isClose(part.operated, 4000))
  }

  @Test("losses: 10 % of the stock by the next month end, by hand")
  func losses() throws {
    let store = SeasonalModel.Store(
      name: "shed", place: .output(0), capacity: 900, annualCost: 0, capital: 0, loss: 0.1)
    let part = try whole(husks(stores: [store]))
    // Stocks: March 300, April 0.9·300 + 300 = 570, May 0.9·570 + 300 = 813; then 0.9·s − 100 while it lasts.
    var stock = 0.9 * (0.9 * 300 + 300) + 300
    var used = 300.0
    while stock > 0 {
      stock *= 0.9
      used += min(stock, 100)
      stock -= min(stock, 100)
    }
    #expect(isClose(part.best?.value, 10 * used - 1000))
  }

  @Test("what spoils at the receiver was credited, and is taken back")
  func spoiltAtReceiver() throws {
    // Of 10 a tonne 12 are for what is not bought and not dumped, the way costs 2.
    func value(_ lostMoney: Double) throws -> Double? {
      let store = SeasonalModel.Store(
        name: "yard", place: .input(0), capacity: 100, loss: 0.5, lostMoney: lostMoney)
      return try whole(husks(stores: [store])).best?.value
    }
    // Of 100 t laid in by the end of May 50 serve June: 1,000 less 50 times 12.
    #expect(isClose(try value(12), 2000 + 1000 - 600))
    // At 25 a spoilt tonne no stock pays.
    #expect(isClose(try value(25), 2000))
  }

  @Test("streams of one shape keep their yearly plan")
  func oneShape() throws {
    let part = try whole(husks(isEven: true))
    #expect(!part.isSeasonal)
    #expect(isClose(part.best?.value, 11_000) && isClose(part.operated, 11_000))
    let harvest = try #require(Self.harvest)
    let model = try husks().model
    let both = SeasonalModel(model: model, supplyShares: [harvest], needShares: [harvest])
    #expect(both.isMonthly == [false])
  }

  @Test(
    "equals trying everything",
    arguments: RandomNetworks.Variant.allCases, [1, 2, 3] as [UInt64])
  func exhaustive(_ variant: RandomNetworks.Variant, _ seed: UInt64) throws {
    let model = RandomNetworks.model(
      variant, seed: seed, size: .init(outputs: 2, inputs: 2, direct: 5))
    let seasonal = RandomSeasons.seasonal(model, seed: seed)
    let expected = try ExhaustiveSeasons(seasonal, solver: solver).value()
    let found = try RandomSeasons.planned(seasonal, solver: solver)
    guard found.yearly.status == .optimal else { return #expect(expected == nil) }
    guard let expected else {
      return #expect(found.parts.contains { $0.status == .infeasible })
    }
    #expect(found.parts.allSatisfy { $0.status == .optimal })
    let value = found.parts.reduce(0) { $0 + ($1.best?.value ?? .nan) }
    #expect(isClose(value, expected), "\(value) for \(expected)")
    let worse = found.parts.contains {
      guard let best = $0.best, let storeless = $0.storeless else { return false }
      let slack = 1e-6 * max(1, abs($0.promised))
      let isBelow = $0.missesObligations || ($0.operated ?? .nan) <= storeless.value + slack
      return !isBelow || storeless.value > best.value + slack || best.value > $0.promised + slack
    }
    #expect(!worse)
  }

  @Test(
    "months, balances and stocks of what is found add up", arguments: 1...12 as ClosedRange<UInt64>)
  func balances(_ seed: UInt64) throws {
    let size = RandomNetworks.Size(outputs: 4, inputs: 4, direct: 12)
    let model = RandomNetworks.model(.everything, seed: seed, size: size)
    let seasonal = RandomSeasons.seasonal(model, seed: seed, stores: 4)
    let found = try RandomSeasons.planned(seasonal, solver: solver)
    for part in found.parts {
      guard let solution = part.best?.solution else { continue }
      let slack = 1e-5
      for month in 0..<12 {
        var supplies = [Double](repeating: 0, count: model.supplies.count)
        var needs = [Double](repeating: 0, count: model.needs.count)
        for (place, index) in part.part.links.enumerated() {
          let flow = solution.flows[place][month]
          #expect(flow >= 0)
          if let output = model.links[index].output { supplies[output] += flow }
          if let input = model.links[index].input {
            needs[input] += model.links[index].ratio * flow
          }
        }
        for (place, index) in part.part.stores.enumerated() {
          let store = seasonal.stores[index]
          let stocks = solution.stocks[place]
          #expect(stocks[month] >= 0 && stocks[month] <= store.capacity + slack)
          let before = stocks[(month + 11) % 12]
          let growth = stocks[month] - (1 - store.loss) * before
          switch store.place {
          case .output(let output): supplies[output] += growth
          case .input(let input): needs[input] -= growth
          }
        }
        let taken = zip(part.part.measures, solution.isTaken).filter(\.1).map {
          model.measures[$0.0]
        }
        for output in model.supplies.indices {
          let shift = taken.reduce(0) { $0 + ($1.output == output ? $1.shift : 0) }
          let most = (model.supplies[output] + shift) * seasonal.supplyShares[output][month]
          #expect(supplies[output] <= most + slack)
        }
        for input in model.needs.indices {
          let shift = taken.reduce(0) { $0 + ($1.input == input ? $1.shift : 0) }
          let most = (model.needs[input] + shift) * seasonal.needShares[input][month]
          #expect(needs[input] <= most + slack && needs[input] >= -slack)
        }
      }
    }
  }

  @Test("room never hurts, and losses never help", arguments: 1...8 as ClosedRange<UInt64>)
  func monotone(_ seed: UInt64) throws {
    let model = RandomNetworks.model(.lots, seed: seed)
    let seasonal = RandomSeasons.seasonal(model, seed: seed)
    func value(_ capacity: Double, _ loss: Double) throws -> Double {
      let stores = seasonal.stores.map {
        SeasonalModel.Store(
          name: $0.name, place: $0.place, capacity: $0.capacity * capacity,
          annualCost: $0.annualCost, capital: $0.capital, loss: $0.loss * loss, months: $0.months,
          lostMoney: $0.lostMoney, lostCarbon: $0.lostCarbon)
      }
      return try RandomSeasons.planned(
        seasonal.with(model: model, stores: stores), solver: solver
      ).parts.reduce(0) { $0 + ($1.best?.value ?? .nan) }
    }
    let usual = try value(1, 1)
    #expect(try value(1.5, 1) >= usual - 1e-6 * max(1, abs(usual)))
    #expect(try value(1, 1.5) <= usual + 1e-6 * max(1, abs(usual)))
    #expect(try value(0, 1) <= usual + 1e-6 * max(1, abs(usual)))
  }

  @Test(
    "a part that is too large keeps the yearly network and the yearly bound",
    arguments: 1...6 as ClosedRange<UInt64>)
  func tooLarge(_ seed: UInt64) throws {
    let model = RandomNetworks.model(.permits, seed: seed)
    let seasonal = RandomSeasons.seasonal(model, seed: seed)
    let whole = try RandomSeasons.planned(seasonal, solver: solver)
    let narrow = try RandomSeasons.planned(seasonal, solver: solver) { $0.largestProgram = 10 }
    for (part, all) in zip(narrow.parts, whole.parts) where part.isSeasonal {
      let (best, known) = (try #require(part.best), try #require(all.best))
      let slack = 1e-6 * max(1, abs(known.value))
      #expect(best.status == .feasible && best.stopReason == .partialSearch)
      #expect(best.value <= known.value + slack && best.bound >= known.value - slack)
      #expect(best.value >= (part.operated ?? .nan) - slack)
      #expect(part.part.links.count == best.solution.flows.count)
    }
  }

  @Test("a search that may not begin says so, and proves the yearly bound")
  func cutShort() throws {
    let model = RandomNetworks.model(
      .permits, seed: 5, size: .init(outputs: 6, inputs: 6, direct: 30))
    let seasonal = RandomSeasons.seasonal(model, seed: 5)
    let control = SolveControl()
    control.cancel()
    var planner = SeasonalPlanner(
      seasonal,
      yearly: YearlyPlan(
        flows: model.links.map { _ in 0 }, isOpen: model.links.map { _ in false },
        isTaken: [], bounds: model.components().map { _ in 1e9 }, isOptimal: false),
      weights: .benefit, solver: solver, limits: SearchLimits(threads: 1), control: control)
    for part in try planner.plan() where part.isSeasonal {
      #expect(part.status != .optimal && part.status != .infeasible)
      #expect(part.best.map { $0.bound >= 1e9 } ?? true)
    }
  }
}
