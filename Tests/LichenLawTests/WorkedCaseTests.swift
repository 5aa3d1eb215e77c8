import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenLaw

/// Legal questions whose answers were taken from the legal texts and the reference before the engine
/// was asked; docs/law-cases.md shows them to lawyers.
@Suite("Worked cases")
struct WorkedCaseTests {
  @Test(
    "the verdict, its rules and the hazard are those of the legal text", arguments: WorkedCase.all)
  func verdict(_ example: WorkedCase) throws {
    let verdict = try example.verdict()
    #expect(verdict.effect.rawValue == example["verdict"])
    #expect(verdict.deciding.map(\.id.rawValue) == example.list("rules"))
    let hazard = verdict.facts.hazard
    #expect(
      "\(hazard.isHazardous ? "yes" : "no"): \(hazard.basis.rawValue)" == example["hazard"])
  }

  /// `RULE` bears on the case; `RULE=outcome` names another reason.
  @Test(
    "further rules bear, or do not, for the reason named",
    arguments: WorkedCase.all.filter { !$0["also"].isEmpty })
  func further(_ example: WorkedCase) throws {
    let outcomes = try example.verdict().outcomes
    for entry in example.list("also") {
      let parts = entry.split(separator: "=").map(String.init)
      #expect(outcomes[parts[0]] == (parts.count == 2 ? parts[1] : "applies"), "\(entry)")
    }
  }

  @Test("the authority named is that of the deciding rules", arguments: WorkedCase.all)
  func authority(_ example: WorkedCase) throws {
    let rules = Dictionary(
      uniqueKeysWithValues: Repository.engine.catalogue.rules.map { ($0.id.rawValue, $0) })
    let expected = try example.list("rules").map { id in
      let rule = try #require(rules[id])
      return "\(rule.instrument), \(rule.article)"
    }
    #expect(example["authority"] == expected.joined(separator: "; "))
  }

  @Test("cases have one id each and cover every place that has rules")
  func spread() {
    let ids = WorkedCase.all.map { $0["case"] }
    #expect(Set(ids).count == ids.count)
    #expect(ids.count >= 90)
    #expect(ids.count { $0.hasPrefix("VN-") } >= 25)
    let places = Set(WorkedCase.all.flatMap { [$0["donor"], $0["receiver"]] })
    for place in ["VN", "DK", "DE", "AU-WA", "TH"] { #expect(places.contains(place), "\(place)") }
  }

  @Test("every rule that decides is reached by a case")
  func everyDecider() throws {
    var reached: Set<RuleID> = []
    for example in WorkedCase.all {
      for entry in try example.verdict().trace {
        switch entry.outcome {
        case .applies, .licenceHeld, .displaced: reached.insert(entry.rule.id)
        default: break
        }
      }
    }
    let deciders = Repository.engine.catalogue.rules.filter(\.decides).map(\.id)
    #expect(deciders.filter { !reached.contains($0) } == [])
  }

  @Test("docs/law-cases.md shows the cases of the table")
  func document() throws {
    let url = Repository.root.appendingPathComponent("docs/law-cases.md")
    let wanted = WorkedCaseDocument.text(WorkedCase.all)
    if ProcessInfo.processInfo.environment["LICHEN_RECORD"] != nil {
      try Data(wanted.utf8).write(to: url)
      Issue.record("recorded docs/law-cases.md; run again without LICHEN_RECORD")
      return
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == wanted)
  }
}
