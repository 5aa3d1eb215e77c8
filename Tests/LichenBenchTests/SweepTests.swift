import Foundation
import LichenBench
import LichenDomain
import LichenTestSupport
import Testing

/// Sweeps as they are written.
@Suite struct SweepTests {
  private func sweep(_ text: String) throws -> Sweep {
    try Repository.inFolder { folder in
      let file = folder.appendingPathComponent("s.json")
      try Data(text.utf8).write(to: file)
      #expect(Sweep.isSweep(file) && !Sweep.isSweep(folder))
      return try Sweep(file)
    }
  }

  @Test("Every scenario is there with every combination of values")
  func cases() throws {
    let read = try sweep(
      """
      {"format": "lichen-sweep", "version": 1, "name": "s",
       "parks": [{"park": "p", "scenarios": ["a", "b+c"], "vary": {"y": [1, 2.5], "x": ["-20%", "off", 3]}},
                 {"park": "q"}]}
      """)
    let cases = read.parks[0].cases
    #expect(cases.count == 2 * 3 * 2)
    #expect(
      cases.prefix(3).map(\.changes) == [
        ["x=-20%", "y=1"], ["x=-20%", "y=2.5"], ["x=off", "y=1"],
      ])
    #expect(Set(cases.map { [$0.scenario] + $0.changes }).count == cases.count)
    #expect(read.parks[1].cases.map(\.scenario) == ["declared"])
    #expect(read.parks[1].cases[0].changes.isEmpty)
    #expect((read.seeds, read.seconds, read.threads) == (5, 10, 1))
  }

  @Test(
    "What is wrong is told with its field",
    arguments: [
      (#"{"format": "lichen-sweep", "version": 1, "sets": ["short"]}"#, "name"),
      (#"{"format": "other", "version": 1, "name": "s", "sets": ["short"]}"#, "format"),
      (#"{"format": "lichen-sweep", "version": 2, "name": "s", "sets": ["short"]}"#, "version"),
      (#"{"format": "lichen-sweep", "version": 1, "name": "s"}"#, "sets"),
      (#"{"format": "lichen-sweep", "version": 1, "name": "s", "sets": "short"}"#, "sets"),
      (#"{"format": "lichen-sweep", "version": 1, "name": "s", "sets": [], "seeds": 0}"#, "sets"),
      (
        #"{"format": "lichen-sweep", "version": 1, "name": "s", "sets": ["a"], "seconds": -1}"#,
        "seconds"
      ),
      (#"{"format": "lichen-sweep", "version": 1, "name": "s", "sets": ["a"], "seed": 1}"#, "seed"),
      (
        #"{"format": "lichen-sweep", "version": 1, "name": "s", "parks": [{"park": "p", "vary": {"x": []}}]}"#,
        "parks.1.vary"
      ),
      (
        #"{"format": "lichen-sweep", "version": 1, "name": "s", "parks": [{"park": "p", "vari": {}}]}"#,
        "parks.1.vari"
      ),
    ])
  func faults(text: String, field: String) throws {
    let error = #expect(throws: ValidationError.self) { try sweep(text) }
    #expect(error?.issues.map(\.field) == [field])
    #expect(error?.issues[0].location.file == "s.json")
  }

  @Test("The sweep that ships is about parks that ship")
  func shipped() throws {
    let file = Repository.root.appendingPathComponent("Benchmarks/sets/carbon-prices.json")
    let sweep = try Sweep(file)
    #expect(sweep.parks.flatMap(\.cases).count == 18)
    for line in sweep.parks {
      let park = URL(fileURLWithPath: line.park, relativeTo: file)
      #expect(
        FileManager.default.fileExists(atPath: park.appendingPathComponent("datapackage.json").path)
      )
    }
  }

  @Test("What is no JSON is told too")
  func noJSON() {
    #expect(throws: ValidationError.self) { try sweep("{") }
  }
}
