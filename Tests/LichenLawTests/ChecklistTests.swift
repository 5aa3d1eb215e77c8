import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenLaw

@Suite("Checklists")
struct ChecklistTests {
  private static func point(_ rule: String, _ order: Int, _ settledBy: String...) -> ChecklistPoint
  {
    ChecklistPoint(
      rule: .of(rule), order: order, question: "\(rule) \(order)?",
      settledBy: settledBy.compactMap { ChecklistPoint.Settlement($0) }, source: "fixture",
      confidence: .verified)
  }

  private func catalogue(_ points: [ChecklistPoint]) -> Catalogue {
    var parts = CatalogueParts.standard
    parts.checklists = points
    return parts.catalogue
  }

  @Test("a point is settled by what is declared, else it is open")
  func settled() {
    let points = [
      Self.point("A", 1), Self.point("A", 2, "licence:x"), Self.point("A", 3, "donor-licence:x"),
      Self.point("A", 4, "property:ph"), Self.point("A", 5, "exchange"), Self.point("A", 6, "code"),
      Self.point("A", 7, "licence:y", "property:lead"),
    ]
    let rule = Fixtures.rule("A", "DK", .permit)
    func open(_ facts: LegalFacts, _ evidence: ChecklistEvidence) -> [Int] {
      verdict([rule], on: facts).checklist(evidence, in: catalogue(points.reversed()))
        .filter(\.isOpen).map(\.point.order)
    }
    #expect(open(facts(), ChecklistEvidence()) == [1, 2, 3, 4, 5, 6, 7])
    #expect(open(facts(licences: ["x"]), ChecklistEvidence()) == [1, 3, 4, 5, 6, 7])
    #expect(open(facts(donorLicences: ["x"]), ChecklistEvidence()) == [1, 2, 4, 5, 6, 7])
    #expect(open(facts(code: "100102"), ChecklistEvidence(isDocumented: true)) == [1, 2, 3, 4, 7])
    #expect(
      open(facts(), ChecklistEvidence(measured: [.of("lead"), .of("ph")])) == [1, 2, 3, 5, 6])
  }

  @Test("only rules that apply ask their questions, in order of rule and number")
  func applying() {
    let points = [
      Self.point("B", 2), Self.point("B", 1), Self.point("C", 1), Self.point("A", 1),
    ]
    let rules = [
      Fixtures.rule("A", "DK", .permit), Fixtures.rule("B", "DK", .permit),
      Fixtures.rule("C", "DK", .permit, decides: false),
    ]
    let states = verdict(rules, on: facts()).checklist(ChecklistEvidence(), in: catalogue(points))
    #expect(states.map(\.point.question) == ["A 1?", "B 1?", "B 2?"])
  }

  @Test(
    "settlements are read as written",
    arguments: ["", "licence", "licence:", "colour:red", "code:1"])
  func unreadable(text: String) {
    #expect(ChecklistPoint.Settlement(text) == nil)
  }

  @Test("every settlement is written as it is read")
  func roundTrip() {
    for text in ["licence:a", "donor-licence:a", "property:ph", "exchange", "code"] {
      #expect(ChecklistPoint.Settlement(text)?.description == text)
    }
  }
}
