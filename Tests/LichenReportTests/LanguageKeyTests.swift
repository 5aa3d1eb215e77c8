import Foundation
import LichenAnalysis
import LichenDomain
import LichenGraph
import LichenLaw
import LichenMatching
import LichenPlanning
import Testing

@testable import LichenReport

/// Every key that code or templates use has a text, and every text is used.
@Suite struct LanguageKeyTests {
  /// Keys built from a raw value at run time.
  private var families: Set<String> {
    var keys: Set<String> = []
    func add(_ prefix: String, _ names: some Sequence<String>, _ suffix: String = "") {
      for name in names { keys.insert("\(prefix).\(name)\(suffix)") }
    }
    add("blocker", Blocker.Kind.allCases.map(\.rawValue))
    add("blocker", Blocker.Kind.allCases.map(\.rawValue), ".lift")
    add("topic", BlockerTopic.allCases.map(\.rawValue))
    add("basis", Basis.allCases.map(\.rawValue))
    add("confidence", Confidence.allCases.map(\.rawValue))
    add("effect", LegalEffect.allCases.map(\.rawValue))
    add("effect", LegalEffect.allCases.map(\.rawValue), ".meaning")
    add("existing", ExistingExchanges.allCases.map(\.rawValue))
    add("holder", ["donor", "receiver", "both"])
    add("hazard", HazardReason.Kind.allCases.map(\.rawValue))
    add("hazard.basis", HazardFinding.Basis.allCases.map(\.rawValue))
    add("month", (1...12).map { String($0) })
    add("month-short", (1...12).map { String($0) })
    add("unit", ["t_dry", "kg_dry", "t_steam_eq", "unit", "yr", "month", "day", "hour"])
    add("objective", PlanObjective.allCases.map(\.rawValue))
    add("objective", PlanObjective.allCases.map(\.rawValue), ".aim")
    add("phase", Phase.allCases.map(\.rawValue))
    add("score", ScorePart.allCases.map(\.rawValue))
    add("status", MIPResult.Status.allCases.map(\.rawValue))
    add("stop", MIPResult.StopReason.allCases.map(\.rawValue))
    add("term", LedgerTerm.allCases.map(\.rawValue))
    add("use", RouteUse.allCases.map(\.rawValue))
    add("currency", ["EUR", "USD", "GBP", "VND", "JPY"])
    add("measure", PricedMeasure.Obstacle.allCases.map(\.rawValue))
    add("storage", PricedStorage.Obstacle.allCases.map(\.rawValue))
    add("facility", PricedFacility.Obstacle.allCases.map(\.rawValue))
    add("measurement", Measurement.Method.allCases.map(\.rawValue))
    add("criterion", ParetoCriterion.allCases.map(\.rawValue))
    add("freedom", Alternatives.Freedom.allCases.map(\.rawValue))
    add("split", FairSplit.Rule.allCases.map(\.rawValue))
    add("interplay", ["complements", "substitutes"])
    add("state", MeasureStatus.allCases.map(\.rawValue))
    add("finance.group", SensitivityGroup.allCases.map(\.rawValue))
    add("finance.ends", SensitivityBar.Basis.allCases.map(\.rawValue))
    add("finance.residual", ResidualRule.allCases.map(\.rawValue))
    add("roadmap.wait", PermitWait.allCases.map(\.rawValue))
    add("roadmap.scope", RoadmapScope.allCases.map(\.rawValue))
    add("serve.room.word", ["closed", "off", "on", "open", "possible"])
    add(
      "mode",
      [
        "truck", "rail", "barge", "ship", "pipe_gas", "pipe_heat", "pipe_steam", "pipe_water",
        "cable", "gas_trailer",
      ])
    add(
      "outcome",
      [
        "applies", "informs", "not-in-force", "switched-off", "other-status", "other-hazard",
        "other-use", "other-material", "other-input", "other-border", "other-place",
        "other-parties", "licence-held", "displaced",
      ])
    add(
      "found",
      ["planned", "not-chosen", "unquantified", "blocked", "no-route", "undeclared"])
    for name in IndicatorMeasure.allCases.map(\.rawValue) {
      keys.formUnion(["indicator.\(name)", "indicator.\(name).formula"])
    }
    let network = [
      "firms", "pairs", "density", "partners", "most-partners", "centralisation", "reciprocity",
      "cyclicity", "betweenness",
    ]
    let flow = [
      "exchanged", "bought", "exported", "lost", "closing", "throughput", "cycling", "path",
      "ascendency", "order", "left-out",
    ]
    for (head, names) in [("network", network), ("flow", flow)] {
      add(head, names)
      add(head, names, ".formula")
    }
    add("flow.medium", FlowMedium.allCases.map(\.rawValue))
    add("comparison", EcoParkCriterion.Comparison.allCases.map(\.rawValue))
    add("criterion.state", ["met", "not-met", "cannot-be-said"])
    add("form.set", EcoParkCriterion.Origin.allCases.map(\.rawValue))
    add("criterion.set", EcoParkCriterion.Origin.allCases.map(\.rawValue))
    add("stage", ProgressStatus.allCases.map(\.rawValue))
    add("stage.from", MonitoredSubject.StageBasis.allCases.map(\.rawValue))
    add("sheet.kind", LedgerItem.Kind.allCases.map(\.rawValue))
    add("alarm", MonitoredSubject.Alarm.allCases.map(\.rawValue))
    add("effect", ["money", "carbon", "waste", "water", "energy", "chemicals"])
    add("monitor.unused", UnusedActual.Reason.allCases.map(\.rawValue))
    for group in ["why.blocked", "why.unchosen", "why.unquantified"] {
      keys.formUnion(["\(group).title.other", "\(group).lead", "\(group).change"])
    }
    return keys
  }

  /// Every text in quotes that has the form of a key, in the sources that write keys.
  private func keysInSources() throws -> Set<String> {
    var keys: Set<String> = []
    let folders = ["LichenReport", "LichenGraph", "LichenServer"].map {
      ReportFixture.repository.appendingPathComponent("Sources/\($0)")
    }
    let files = [".csv", ".json", ".css", ".js", ".svg", ".mustache", ".xlsx"]
    for folder in folders {
      let names = try #require(FileManager.default.enumerator(atPath: folder.path))
      for case let name as String in names where name.hasSuffix(".swift") {
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        for match in text.matches(of: #/"([a-z]+(?:\.[a-z0-9_\-]+)+)"/#) {
          let key = String(match.1)
          if !files.contains(where: key.hasSuffix) { keys.insert(key) }
        }
        keys.formUnion(headedKeys(in: text))
      }
    }
    return keys
  }

  /// Keys of a section whose writer puts one head before all of them: every quoted word that makes a key of the
  /// language with that head, and every one that is asked for directly.
  private func headedKeys(in text: String) -> Set<String> {
    guard
      let head = text.firstMatch(of: #/head: "([a-z]+)"|language\.text\("([a-z]+)\.\\\(key\)"/#)
        .flatMap({ $0.1 ?? $0.2 })
    else { return [] }
    var keys: Set<String> = []
    for match in text.matches(of: #/"([a-z][a-z\-]*)"/#) {
      let key = "\(head).\(match.1)"
      if has(key) { keys.insert(key) }
    }
    for match in text.matches(of: #/(?:words\.|[ (])text\(\s*"([a-z][a-z\-]*)"/#) {
      keys.insert("\(head).\(match.1)")
    }
    return keys
  }

  private func keysInTemplates() throws -> Set<String> {
    var keys: Set<String> = []
    let pages = ReportFixture.repository.appendingPathComponent("data/serve")
    let served = try FileManager.default.contentsOfDirectory(atPath: pages.path)
      .filter { $0.hasSuffix(".mustache") }.map {
        try String(contentsOf: pages.appendingPathComponent($0), encoding: .utf8)
      }
    for text in try Array(ReportFixture.templates().values) + served {
      for match in text.matches(of: #/\{\{t\.([a-z0-9.\-]+)\}\}/#) { keys.insert(String(match.1)) }
    }
    return keys
  }

  /// What stands before the part that the server adds to a key: `serve.role` of `serve.role.\(role)`.
  private func headsInServer() throws -> Set<String> {
    let folder = ReportFixture.repository.appendingPathComponent("Sources/LichenServer")
    var heads: Set<String> = []
    let names = try #require(FileManager.default.enumerator(atPath: folder.path))
    for case let name as String in names where name.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      for match in text.matches(of: #/"(serve\.[a-z.\-]+)\.\\\(/#) { heads.insert(String(match.1)) }
    }
    return heads
  }

  private func has(_ key: String) -> Bool {
    ReportFixture.language.has(key) || ReportFixture.language.has("\(key).other")
  }

  @Test func everyKeyHasAText() throws {
    // Heads of keys whose tails are added by the code.
    let heads: Set = ["why.blocked", "why.unchosen", "why.unquantified"]
    let used = try keysInSources().union(keysInTemplates()).union(families).subtracting(heads)
    #expect(used.filter { !has($0) }.sorted() == [])
  }

  @Test func everyTextIsUsed() throws {
    let used = try keysInSources().union(keysInTemplates()).union(families)
    let heads = try headsInServer()
    let dead = ReportFixture.language.keys.filter { key in
      if used.contains(key) || heads.contains(where: { key.hasPrefix("\($0).") }) { return false }
      for form in [".one", ".other"] where key.hasSuffix(form) {
        let head = String(key.dropLast(form.count))
        if used.contains(head) || used.contains("\(head).other") || head == "days" { return false }
      }
      return true
    }
    #expect(dead == [])
  }

  @Test func everyPluralHasItsOtherForm() {
    let keys = ReportFixture.language.keys
    for key in keys where key.hasSuffix(".one") && key != "money.one" {
      #expect(keys.contains(key.dropLast(3) + "other"), "\(key)")
    }
  }

  @Test func everyTagOfTheTemplatesHasAValue() throws {
    var names: Set<String> = ["t"]
    let files = try #require(FileManager.default.enumerator(atPath: ReportFixture.sources.path))
    for case let name as String in files where name.hasSuffix(".swift") {
      let text = try String(
        contentsOf: ReportFixture.sources.appendingPathComponent(name), encoding: .utf8)
      for match in text.matches(of: #/(?:let|var) ([A-Za-z]+):/#) { names.insert(String(match.1)) }
    }
    let partials = try Set(ReportFixture.templates().keys)
    for (file, text) in try ReportFixture.templates() {
      for match in text.matches(of: #/\{\{\{?([#\/^>]?)([A-Za-z.]+)/#) {
        let tag = String(match.2)
        if match.1 == ">" {
          #expect(partials.contains(tag), "\(file): \(tag)")
        } else if tag != "." {
          for part in tag.hasPrefix("t.") ? ["t"] : tag.split(separator: ".").map(String.init) {
            #expect(names.contains(part), "\(file): \(tag)")
          }
        }
      }
    }
  }
}
