import LichenDomain
import Testing

@Suite struct ScenarioBookTests {
  private static let place = SourceLocation(file: "command line")

  private static func texts(_ combined: CombinedScenario) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: combined.changes.map { ($0.change.key, $0.change.value.description) })
  }

  @Test("Inclusions come first, then the file, then later names, then flags; the later holds")
  func order() throws {
    let book = ScenarioBook([
      ScenarioFixture.scenario([("a", "1"), ("b", "1"), ("c", "1")], name: "first"),
      ScenarioFixture.scenario([("b", "2"), ("d", "2")], name: "second"),
      ScenarioFixture.scenario(
        [("c", "3"), ("d", "3")], name: "third", includes: ["first", "second"]),
    ])
    let third = try book.combined(["third"], at: Self.place)
    #expect(Self.texts(third) == ["a": "1", "b": "2", "c": "3", "d": "3"])
    #expect(third.parts == ["first", "second", "third"])
    #expect(third.changes.map(\.change.key) == ["a", "b", "c", "d"])
    let change = try #require(third.changes.last)
    #expect(change.change.origin == "third")
    #expect(change.replaced.map(\.origin) == ["second"])
    let both = try book.combined(
      ["third", "first"], at: Self.place,
      flags: [ScenarioFixture.change("a", "9", origin: "--set")])
    #expect(Self.texts(both) == ["a": "9", "b": "1", "c": "1", "d": "3"])
    #expect(both.name == "third+first+set")
    #expect(both.changes[0].replaced.map(\.value) == [.text("1")])
  }

  @Test("The other order gives the other answer: combination is no union")
  func isOrdered() throws {
    let book = ScenarioBook([
      ScenarioFixture.scenario([("a", "1")], name: "one"),
      ScenarioFixture.scenario([("a", "2")], name: "two"),
    ])
    #expect(Self.texts(try book.combined(["one", "two"], at: Self.place)) == ["a": "2"])
    #expect(Self.texts(try book.combined(["two", "one"], at: Self.place)) == ["a": "1"])
  }

  @Test("Unknown names and circles are told all at once, with the nearest name")
  func faults() throws {
    let book = ScenarioBook([
      ScenarioFixture.scenario([], name: "gyproc-closed", includes: ["carbon-06"]),
      ScenarioFixture.scenario([], name: "carbon-60", includes: ["loop"]),
      ScenarioFixture.scenario([], name: "loop", includes: ["carbon-60"]),
    ])
    do {
      _ = try book.combined(["gyproc-close", "gyproc-closed", "loop"], at: Self.place)
      Issue.record("faults passed")
    } catch {
      #expect(
        error.issues.map(\.code) == ["circular-inclusion", "unknown-scenario", "unknown-scenario"])
      #expect(error.issues.contains { $0.hint == "did you mean gyproc-closed?" })
      #expect(
        error.issues.contains {
          $0.hint == "did you mean carbon-60?" && $0.location.file == "gyproc-closed.yaml"
        })
      #expect(error.issues.contains { $0.found == "loop > carbon-60 > loop" })
    }
  }
}
