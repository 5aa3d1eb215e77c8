import Foundation
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Instances: the format's documents")
struct InstancesFormatTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("FORMAT.md has a section per table, and a row per column with what the reader takes")
  func tables() throws {
    let document = try Self.text("Benchmarks/FORMAT.md")
    for table in InstanceTable.all {
      let section = try #require(
        document.split(separator: "\n### \(table.name)\n").dropFirst().first)
      let rows = section.split(separator: "\n").prefix { !$0.hasPrefix("#") }
        .filter { $0.hasPrefix("| ") }.dropFirst()
      let cells = rows.map { row in
        row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
          $0.trimmingCharacters(in: .whitespaces)
        }
      }
      #expect(
        cells.map { [$0[0], $0[1], $0[2], $0[3], $0[5]] }
          == table.columns.map {
            [
              $0.isCore ? $0.name : "\($0.name) +", $0.kind.description, $0.unit,
              $0.fallback ?? "", $0.isRequired ? "yes" : "no",
            ]
          }, "\(table.name)")
      #expect(cells.allSatisfy { !$0[4].isEmpty })
    }
  }

  @Test("the schema of instance.json has the reader's keys")
  func schema() throws {
    let schema = try #require(
      try JSONSerialization.jsonObject(
        with: Data(Self.text("Benchmarks/schemas/instance.schema.json").utf8)) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: Any])
    #expect(properties.keys.sorted() == InstanceSettingsReader.keys.sorted())
    #expect(schema["required"] as? [String] == ["name", "version", "source", "licence"])
    let known = try #require(properties["best_known"] as? [String: Any])
    #expect(
      (known["properties"] as? [String: Any])?.keys.sorted()
        == InstanceSettingsReader.knownKeys.sorted())
  }

  @Test(
    "an independent validator accepts written settings, and refuses what the reader refuses",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func validated() throws {
    let python = try #require(Repository.judgesPython)
    func accepts(_ json: String) throws -> Bool {
      let folder = try InstancesFolder(["instance.json": json])
      let outcome = try Repository.run(
        python,
        [
          Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
          Repository.root.appendingPathComponent("Benchmarks/schemas/instance.schema.json").path,
          folder.url.appendingPathComponent("instance.json").path,
        ])
      return outcome.status == 0
    }
    let instance = InstanceGenerator.instance(
      InstanceRequest(family: .dense, enterprises: 10, seed: 1, variant: [.budget, .partners])
    ).with(bestKnown: BestKnown(objective: nil, bound: 12.5, provedBy: ""))
    let written = try #require(InstanceWriter.files(instance).first)
    #expect(try accepts(String(decoding: written.bytes, as: UTF8.self)))
    for fault in InstancesFaultsTests.faults {
      // Order of numbers and syntax are beyond a schema.
      guard let json = fault.files["instance.json"], fault.code != "malformed-json",
        fault.code != "bound-below-objective"
      else { continue }
      #expect(try !accepts(json), "\(json)")
    }
  }
}
