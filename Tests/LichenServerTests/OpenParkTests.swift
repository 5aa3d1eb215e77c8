import Foundation
import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenMatching
import LichenTestSupport
import Testing

/// What a board may ask as often as it likes rests on nothing that a hidden firm declared.
struct OpenParkTests {
  private static let park = Result { try Repository.engine.park(at: Repository.park("kalundborg")) }

  /// Firms that have streams on both sides, found in the park so that the test does not rest on names.
  private static func firms(_ declaration: ParkDeclaration) -> [String] {
    let givers = Set(declaration.outputs.map(\.enterprise))
    let takers = Set(declaration.inputs.map(\.enterprise))
    return Array(givers.intersection(takers).sorted().prefix(2))
  }

  private func confidential(_ declaration: ParkDeclaration) -> ParkDeclaration {
    var changed = declaration
    let firms = Self.firms(declaration)
    for index in changed.enterprises.indices where firms.contains(changed.enterprises[index].id) {
      changed.enterprises[index].disclosure = .confidential
    }
    return changed
  }

  /// The same park in which the hidden firms say something quite different.
  private func disguised(_ declaration: ParkDeclaration) -> ParkDeclaration {
    var changed = declaration
    let firms = Set(Self.firms(declaration))
    for index in changed.enterprises.indices where firms.contains(changed.enterprises[index].id) {
      changed.enterprises[index].latitude = 10
      changed.enterprises[index].longitude = 20
      changed.enterprises[index].licences = []
    }
    for index in changed.outputs.indices where firms.contains(changed.outputs[index].enterprise) {
      changed.outputs[index].quantity.typical = 77_777
      changed.outputs[index].quantity.low = nil
      changed.outputs[index].quantity.high = nil
      changed.outputs[index].fromYear = nil
      changed.outputs[index].toYear = nil
    }
    changed.inputs.removeAll { firms.contains($0.enterprise) }
    let inputs = Set(changed.inputs.map(\.id))
    changed.properties.removeAll { row in
      !inputs.contains(row.stream) && !changed.outputs.contains { $0.id == row.stream }
    }
    changed.exchanges.removeAll { firms.contains($0.from) || firms.contains($0.to) }
    changed.distances.removeAll { firms.contains($0.from) || firms.contains($0.to) }
    changed.totals = []
    changed.actuals = []
    changed.progress = []
    return changed
  }

  private func answer(_ declaration: ParkDeclaration, _ changes: [PlainChange]) throws -> (
    plan: Data, levers: [Lever]
  ) {
    let engine = Repository.engine
    let base = try engine.whatIfBase(
      of: engine.park(declaration), options: { PlanningOptions(settings: $0) })
    let planned = try engine.planned(
      engine.scenario(CombinedScenario(changes, name: "t", title: "t"), of: base.park))
    return (try PlanJSON.encode(PlanDocument(planned.plan)), base.levers.levers)
  }

  @Test("Plan and levers of an open park are the same whatever the hidden firms declare")
  func independent() throws {
    let one = confidential(try Self.park.get().declaration)
    let other = disguised(one)
    #expect(one.outputs != other.outputs && one.inputs.count > other.inputs.count)
    let changes = [PlainChange("carbon_price", "40")]
    // The two parks do differ as long as they are whole.
    let whole = (try answer(one, changes), try answer(other, changes))
    #expect(whole.0.plan != whole.1.plan)
    #expect(one.opened() == other.opened())
    let open = (try answer(one.opened(), changes), try answer(other.opened(), changes))
    #expect(open.0.plan == open.1.plan)
    #expect(open.0.levers == open.1.levers)
  }

  @Test("Nothing of a hidden firm is left: no row, no name, no stream, no total")
  func nothingLeft() throws {
    var declaration = confidential(try Self.park.get().declaration)
    for index in declaration.inputs.indices {
      declaration.inputs[index].notes = "as \(declaration.confidentialEnterprises[0]) delivers it"
    }
    let open = declaration.opened()
    let firms = Self.firms(declaration)
    #expect(declaration.confidentialEnterprises == firms && firms.count == 2)
    let streams =
      declaration.outputs.filter { firms.contains($0.enterprise) }.map(\.id)
      + declaration.inputs.filter { firms.contains($0.enterprise) }.map(\.id)
    #expect(streams.count > 4)
    var text = ""
    dump(open, to: &text)
    for name in firms + streams { #expect(!text.contains("\"\(name)\""), "\(name)") }
    #expect(!text.contains("delivers it"), "what others write of it goes too")
    #expect(open.totals.isEmpty)
    #expect(open.enterprises.count == declaration.enterprises.count - 2)
    #expect(try Repository.engine.park(open).enterprises.count == open.enterprises.count)
  }

  @Test("A park of which nobody asked to be hidden stays as it is")
  func unchanged() throws {
    let declaration = try Self.park.get().declaration
    #expect(declaration.opened() == declaration)
  }
}
