import Foundation
import LichenDomain
import LichenEngine
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

/// The checker believes nothing that it cannot recompute.
struct CheckerTests {
  private static let kalundborg: (park: Park, plan: Data) = {
    do {
      let park = try Repository.engine.park(at: Repository.park("kalundborg"))
      let result = try Repository.engine.match(
        park, options: PlanningOptions(settings: park.settings))
      return (park, try PlanJSON.encode(PlanDocument(result.plan)))
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// Paths of all numbers in a JSON value.
  private static func numbers(in value: Any, at path: [String] = []) -> [[String]] {
    switch value {
    case let object as [String: Any]:
      object.keys.sorted().flatMap { numbers(in: object[$0] ?? "", at: path + [$0]) }
    case let array as [Any]:
      array.indices.flatMap { numbers(in: array[$0], at: path + ["\($0)"]) }
    case is Bool where "\(type(of: value))".contains("Bool"): []
    case is NSNumber: [path]
    default: []
    }
  }

  private static func altered(_ value: Any, at path: ArraySlice<String>, by change: Double) -> Any {
    guard let key = path.first else {
      let number = (value as? NSNumber)?.doubleValue ?? 0
      return number + change
    }
    if var object = value as? [String: Any] {
      object[key] = altered(object[key] ?? 0, at: path.dropFirst(), by: change)
      return object
    }
    if var array = value as? [Any], let index = Int(key) {
      array[index] = altered(array[index], at: path.dropFirst(), by: change)
      return array
    }
    return value
  }

  private static func data(_ value: Any) throws -> Data {
    try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
  }

  @Test("A sound plan has no differences")
  func sound() throws {
    #expect(try PlanChecker(park: Self.kalundborg.park).check(Self.kalundborg.plan).isEmpty)
  }

  @Test("A plan altered by one unit in any number is refused", arguments: 0..<4)
  func altered(quarter: Int) throws {
    let whole = try JSONSerialization.jsonObject(with: Self.kalundborg.plan)
    let paths = Self.numbers(in: whole)
    #expect(paths.count > 500)
    let checker = PlanChecker(park: Self.kalundborg.park)
    // Up and down in turn; the quarters run side by side and together cover every number.
    for index in stride(from: quarter, to: paths.count, by: 4) {
      let path = paths[index]
      let change = (index / 4).isMultiple(of: 2) ? 1.0 : -1
      let forged = try Self.data(Self.altered(whole, at: path[...], by: change))
      let place = path.joined(separator: ".")
      do {
        #expect(try !checker.check(forged).isEmpty, "\(place)")
      } catch {
        // Refused even earlier: an integer out of range, or another version.
        #expect(!error.description.isEmpty, "\(place)")
      }
    }
  }

  @Test("Quantities, money and CO2e are refused even when the digest was made to fit")
  func forgedDigest() throws {
    let document = try PlanJSON.decode(Self.kalundborg.plan)
    let checker = PlanChecker(park: Self.kalundborg.park)
    func refused(_ change: (inout PlanDocument) -> Void) throws -> Bool {
      var forged = document
      change(&forged)
      forged.digest = PlanJSON.digest(of: forged)
      return try !checker.check(PlanJSON.encode(forged)).isEmpty
    }
    func plusOne(_ value: Estimate) -> Estimate { value + Estimate(1) }
    for index in document.exchanges.indices {
      #expect(try refused { $0.exchanges[index].quantity += 1 })
      #expect(try refused { $0.exchanges[index].quantity -= 1 })
      #expect(try refused { $0.exchanges[index].money = plusOne($0.exchanges[index].money) })
      #expect(try refused { $0.exchanges[index].carbonKg = plusOne($0.exchanges[index].carbonKg) })
      #expect(try refused { $0.exchanges[index].capital = plusOne($0.exchanges[index].capital) })
      #expect(try refused { $0.exchanges.remove(at: index) })
      for line in document.exchanges[index].lines.indices
      where document.exchanges[index].lines[line].money != nil {
        #expect(
          try refused {
            $0.exchanges[index].lines[line].money = $0.exchanges[index].lines[line].money.map(
              plusOne)
          })
      }
    }
    for index in document.enterprises.indices {
      #expect(try refused { $0.enterprises[index].money = plusOne($0.enterprises[index].money) })
    }
    #expect(try refused { $0.totals.money = plusOne($0.totals.money) })
    #expect(try refused { $0.certificate.incumbent += 1 })
    #expect(try refused { $0.certificate.bound += 1 })
    #expect(try refused { $0.certificate.links += 1 })
    #expect(try refused { $0.certificate.candidates -= 1 })
    #expect(try refused { $0.permits.removeAll() })
    #expect(try refused { $0.options.partnerLimit = 1 })
    #expect(try refused { $0.options.capitalBudget = 1 })
    #expect(try refused { $0.options.forbidden = [$0.exchanges[0].id] })
  }

  @Test("A plan for other declarations is refused")
  func otherPark() throws {
    var declaration = Self.kalundborg.park.declaration
    let index = try #require(declaration.outputs.firstIndex { $0.id == "asnaes-fly-ash" })
    declaration.outputs[index].quantity.typical = 169_000
    let differences = try Repository.engine.verify(
      plan: Self.kalundborg.plan, declaration: declaration)
    #expect(differences.contains { $0.path == "supply of asnaes-fly-ash" })
  }

  @Test("Other versions, other files and truncated plans are told apart")
  func otherFiles() throws {
    let checker = PlanChecker(park: Self.kalundborg.park)
    #expect(throws: PlanDocumentError.otherVersion(found: 1, known: 3)) {
      try checker.check(Data(#"{"format":"lichen-plan","version":1}"#.utf8))
    }
    #expect(throws: PlanDocumentError.notAPlan(found: nil)) { try checker.check(Data("{}".utf8)) }
    #expect(throws: PlanDocumentError.self) {
      try checker.check(Self.kalundborg.plan.prefix(Self.kalundborg.plan.count / 2))
    }
    #expect(throws: PlanDocumentError.self) { try checker.check(Data([0, 1, 2, 0xFF])) }
    #expect(throws: PlanDocumentError.malformed(path: "version", problem: "missing")) {
      try checker.check(Data(#"{"format":"lichen-plan"}"#.utf8))
    }
  }

  @Test("The ledger lines add up to the objective within 1e-9")
  func sums() throws {
    let document = try PlanJSON.decode(Self.kalundborg.plan)
    let lines = document.exchanges.flatMap(\.lines).reduce(0) { $0 + ($1.money?.typical ?? 0) }
    let permits = document.permits.reduce(0) { $0 + ($1.annual?.typical ?? 0) }
    let objective = document.certificate.incumbent
    #expect(abs(lines - permits - objective) <= 1e-9 * abs(objective))
    let solver = document.certificate.components.reduce(0) { $0 + $1.objective }
    #expect(abs(solver - objective) <= 1e-9 * abs(objective))
  }
}
