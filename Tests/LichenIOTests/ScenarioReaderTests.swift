import LichenDomain
import Testing

@testable import LichenIO

@Suite struct ScenarioReaderTests {
  private static func read(_ text: String, name: String = "s") -> (Scenario?, [ValidationIssue]) {
    let log = IssueLog()
    let scenario = ScenarioReader.read(
      Array(text.utf8), name: name, file: "scenarios/\(name).yaml", log: log)
    return (scenario, log.issues)
  }

  @Test("Nested and dotted keys are the same changes, words stay words")
  func flattens() throws {
    let (scenario, issues) = Self.read(
      """
      title: Dearer carbon
      description: >
        Why it
        is asked.
      includes: [a, b]
      changes:
        carbon_price: 60
        price:
          clinker: 18 EUR/t
          natural_gypsum: x1.2
        rule.EU-1: off
        stream: {ash: {quantity: +20%, price: 3}}
        exchange.ash:rock: required
        enterprise.works.licences: [one, two]
      """)
    #expect(issues.isEmpty, "\(issues)")
    let read = try #require(scenario)
    #expect(read.title == "Dearer carbon" && read.summary == "Why it is asked.")
    #expect(read.includes.map(\.name) == ["a", "b"])
    #expect(
      read.changes.map { "\($0.key)=\($0.value)" } == [
        "carbon_price=60", "price.clinker=18 EUR/t", "price.natural_gypsum=x1.2", "rule.EU-1=off",
        "stream.ash.quantity=+20%", "stream.ash.price=3", "exchange.ash:rock=required",
        "enterprise.works.licences=[one, two]",
      ])
    #expect(read.changes.map(\.location.row) == [7, 9, 10, 11, 12, 12, 13, 14])
    #expect(read.changes.allSatisfy { $0.location.file == "scenarios/s.yaml" && $0.origin == "s" })
  }

  @Test("A scenario may be empty, and have no title")
  func empty() throws {
    let (scenario, issues) = Self.read("changes:\n")
    #expect(issues.isEmpty && scenario?.changes.isEmpty == true && scenario?.title == "s")
  }

  @Test(
    "Faults have a line and say what is accepted",
    arguments: [
      ("chanegs:\n  a: 1\n", "unknown-key", 1), ("", "empty-file", nil),
      ("- a\n", "wrong-type", 1), ("changes: [a]\n", "wrong-type", 1),
      ("changes:\n  a: 1\n  a: 2\n", "duplicate-key", 2),
      ("changes:\n  a.b: 1\n  a:\n    b: 2\n", "duplicate-key", 4),
      ("changes:\n  a: {}\n", "missing-value", 2), ("changes:\n  a: [[1]]\n", "wrong-type", 2),
      ("changes:\n  a: 'x\n", "invalid-yaml", 3), ("changes:\n\ta: 1\n", "invalid-yaml", 2),
      ("includes: {a: 1}\n", "wrong-type", 1), ("a: 1\n---\nb: 2\n", "invalid-yaml", 2),
    ] as [(String, String, Int?)])
  func faults(text: String, code: String, line: Int?) throws {
    let (_, issues) = Self.read(text)
    let issue = try #require(issues.first)
    #expect(issue.code == code, "\(issues)")
    #expect(issue.location.row == line, "\(issue)")
    #expect(issue.expected != nil)
  }

  @Test(
    "What would be deep, long or no text at all is refused and never crashes",
    arguments: [
      String(repeating: "[", count: 5000), String(repeating: "- ", count: 5000),
      String(repeating: "? ", count: 5000), "changes: " + String(repeating: "{a: ", count: 5000),
      (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), "\u{0}", "%YAML 9\n",
      "a: &x [*x]\n", "a: *b\n", "!!binary x", "&a",
      "changes:\n" + (0..<12_000).map { "  k\($0): 1\n" }.joined(),
      "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nchanges: {k: *c}\n",
    ])
  func nasty(text: String) {
    let (_, issues) = Self.read(text)
    #expect(issues.hasErrors)
  }

  @Test("Every prefix of a sound file is read or refused, never worse")
  func prefixes() {
    let text = "title: a\nincludes: [b]\nchanges:\n  a: {b: 'c', d: [e, f]}\n  g.h: \"i\"\n"
    for length in 0..<text.utf8.count {
      _ = Self.read(String(text.prefix(length)))
    }
  }

  @Test("Flags are keys and values")
  func flags() throws {
    let changes = try ScenarioFiles.flags(["carbon_price=60", "exchange.a:b = forbidden"])
    #expect(changes.map(\.key) == ["carbon_price", "exchange.a:b"])
    #expect(changes.map(\.value) == [.text("60"), .text("forbidden")])
    #expect(throws: ValidationError.self) { try ScenarioFiles.flags(["carbon_price"]) }
    #expect(throws: ValidationError.self) { try ScenarioFiles.flags(["=60"]) }
  }
}
