import Foundation
import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Months and stores of a park")
struct PeriodsTests {
  private static let harvest: [Double?] = [0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]

  private func periods(_ park: Park, configure: (inout PlanningOptions) -> Void = { _ in }) throws
    -> PeriodsResult
  {
    let (graph, plan) = try Planned.plan(park, configure: configure)
    return try PeriodsAnalysis(PlanStudy(graph: graph, plan: plan, solver: GLPKSolver())).run()
  }

  /// Ash for a cement works that needs just as much clinker as the ash replaces: 0.9 t per t.
  private func ash(_ configure: (inout ParkBuilder) -> Void = { _ in }) throws -> Park {
    var builder = Fixtures.ashPark
    builder.declaration.inputs[0].quantity.typical = 900
    builder.profile("harvest", Self.harvest)
    builder.declaration.outputs[0].profile = "harvest"
    configure(&builder)
    return try builder.park(Planned.onePrice)
  }

  private func isClose(_ left: Double?, _ right: Double?, _ tolerance: Double = 1e-7) -> Bool {
    guard let left, let right else { return false }
    return abs(left - right) <= tolerance * max(1, abs(right))
  }

  @Test("ash of three months for clinker of the whole year: flows by hand")
  func threeMonths() throws {
    let result = try periods(ash())
    let exchange = try #require(result.exchanges.first)
    #expect(result.exchanges.count == 1 && exchange.unit == "t")
    #expect(isClose(exchange.promised, 1000))
    // 31, 30 and 31 of 365 days of a need that the ash would cover whole.
    let expected = (0..<12).map { (2...4).contains($0) ? 1000 * MonthShares.even[$0] : 0 }
    for (found, month) in zip(exchange.operated ?? [], expected) { #expect(isClose(found, month)) }
    for (found, month) in zip(exchange.planned ?? [], expected) { #expect(isClose(found, month)) }
    #expect(isClose(exchange.shortfall, 1000 * (1 - 92.0 / 365)))
    let certificate = result.plan.certificate
    #expect(isClose(result.promised.objective, certificate.incumbent))
    let ledger = try #require(result.plan.exchanges.first).candidate.ledger
    let loss = 1000 * (1 - 92.0 / 365) * ledger.netMoneyPerUnit.typical
    #expect(isClose(result.overestimate, loss))
    #expect(isClose(result.valueOfSeasons, 0))
    #expect(result.status == .optimal && result.gap == 0)
    #expect(result.parts == 1 && result.seasonalParts == 1)
  }

  @Test("a store is priced by its annuity and built if it brings more")
  func store() throws {
    let result = try periods(
      ash {
        $0.storage(
          "shed", at: "ash-out", capacity: 800, capital: 1000, running: 50, lifetime: 10, loss: 0)
        $0.storage(
          "palace", at: "ash-out", capacity: 800, capital: 1e9, running: 50, lifetime: 10, loss: 0)
        $0.storage("vague", at: "ash-out", capacity: 800, capital: 1, running: 1, lifetime: 1)
      })
    #expect(result.stores.map(\.priced.storage.id.rawValue) == ["palace", "shed", "vague"])
    let (palace, shed, vague) = (result.stores[0], result.stores[1], result.stores[2])
    #expect(shed.isTaken && shed.idle == nil && shed.isProven)
    #expect(!palace.isTaken && palace.idle == nil)
    #expect((palace.worth ?? 0) < -1e7)
    #expect(vague.idle == .obstacle(.lossUnknown) && !vague.isTaken && vague.worth == nil)
    let exchange = try #require(result.exchanges.first)
    #expect(isClose(exchange.planned?.reduce(0, +), 1000))
    // All is moved again; what the store costs is what the promise is missed by.
    let cost = -shed.priced.money.typical
    #expect(cost > 50 + 100 && isClose(result.planned?.objective, result.promised.objective - cost))
    #expect(isClose(result.storeless?.objective, result.operated?.objective))
    #expect(
      isClose(shed.worth, (result.planned?.objective ?? 0) - (result.storeless?.objective ?? 0)))
    #expect(isClose(shed.stock.max(), 1000 - 1000 * 92.0 / 365))
  }

  @Test("a store that is there already is used by the yearly network")
  func freeStore() throws {
    let result = try periods(
      ash {
        $0.storage("shed", at: "clinker-in", capacity: 800, "t", capital: 0, running: 0, loss: 0)
      })
    #expect(result.stores[0].isTaken)
    #expect(isClose(result.operated?.objective, result.promised.objective))
    #expect(isClose(result.storeless?.objective, result.promised.objective))
  }

  @Test("what spoils at a receiver earns neither of its credits")
  func spoilt() throws {
    let result = try periods(
      ash {
        $0.storage("shed", at: "clinker-in", capacity: 1, "t", capital: 0, running: 0, loss: 1)
      })
    // Nothing outlasts the month: the store is worth nothing, though ash could rot in it unpaid.
    #expect(isClose(result.stores[0].worth, 0))
  }

  @Test("streams in step keep the yearly plan, and stores at them are not offered")
  func inStep() throws {
    let result = try periods(
      ash {
        $0.declaration.inputs[0].profile = "harvest"
        $0.storage(
          "shed", at: "ash-out", capacity: 800, capital: 1, running: 5, lifetime: 10, loss: 0)
      })
    #expect(result.seasonalParts == 0)
    #expect(isClose(result.planned?.objective, result.promised.objective))
    #expect(result.stores[0].idle == .inStep)
    #expect(result.exchanges[0].planned.map { isClose($0[2], 1000.0 / 3) } == true)
  }

  @Test("a required exchange whose least lot the seasons deny: told, not hidden")
  func infeasible() throws {
    let selector = try #require(LinkSelector("ash-out:clinker-in"))
    let result = try periods(
      ash { $0.declaration.outputs[0].minimumLot = 600 }
    ) { $0.required = [selector] }
    #expect(result.status == .infeasible && result.planned == nil && result.gap == nil)
    #expect(result.missesObligations)
    // Run as it stands, below its least lot, nothing moves and the link is paid for.
    #expect((result.operated?.objective ?? 1) <= 0)
  }

  @Test(
    "random parks: seasons never bring more, an even year brings the same, profiles change no plan",
    arguments: 1...12 as ClosedRange<UInt64>)
  func random(_ seed: UInt64) throws {
    var declaration = RandomParks.park(seed: seed).declaration
    let plain = try Park(declaration, catalogue: Fixtures.catalogue)
    let even = try periods(plain)
    #expect(even.seasonalParts == 0)
    #expect(isClose(even.planned?.objective, even.promised.objective))
    #expect(isClose(even.operated?.objective, even.promised.objective))
    var random = SeededGenerator(seed: seed)
    for index in 0..<3 {
      declaration.profiles.append(
        ProfileRow(
          id: "p\(index)",
          months: (0..<12).map { _ in random.chance(0.4) ? 0 : random.number(in: 0.1...1) },
          location: SourceLocation(file: "profiles.csv", row: index + 2)))
      declaration.profiles[index].months[index] = 1
    }
    for index in declaration.outputs.indices {
      declaration.outputs[index].profile = "p\(random.whole(in: 0...2))"
    }
    let park = try Park(declaration, catalogue: Fixtures.catalogue)
    let result = try periods(park)
    #expect(isClose(result.promised.objective, even.promised.objective))
    let slack = 1e-6 * max(1, abs(result.promised.objective))
    let planned = try #require(result.planned?.objective)
    #expect(planned <= result.promised.objective + slack)
    #expect(result.missesObligations || (result.operated?.objective ?? .nan) <= planned + slack)
    #expect(result.bound >= planned)
    for stream in result.streams where stream.isOutput {
      for (moved, amount) in zip(stream.moved ?? [], stream.amounts) {
        #expect(moved <= amount + 1e-6 * max(1, amount))
      }
    }
    let once = try JSONEncoder().encode(PeriodsDocument(result))
    let again = try JSONEncoder().encode(PeriodsDocument(try periods(park)))
    #expect(once.count == again.count)
  }
}
