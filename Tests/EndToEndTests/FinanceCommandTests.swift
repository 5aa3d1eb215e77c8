import Foundation
import LichenTestSupport
import Testing

@Suite("Commands: finance and roadmap")
struct FinanceCommandTests {
  private static func validate(_ file: URL, by schema: String) throws {
    guard let python = Repository.judgesPython else { return }
    let judge = try Repository.run(
      python,
      [
        Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
        Repository.data.appendingPathComponent("schemas/\(schema).schema.json").path, file.path,
      ])
    #expect(judge.status == 0, "\(judge.output)\(judge.error)")
  }

  @Test("each writes its section, its document and a text", arguments: ["kalundborg", "kwinana"])
  func written(park: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let calls = [
      "finance": [
        "--tax-rate", "0.2", "--loan-share", "0.5", "--loan-rate", "0.07", "--loan-years", "5",
      ],
      "roadmap": ["--years", "4", "--budget-per-year", "500000", "--carry-over"],
    ]
    for (name, options) in calls.sorted(by: { $0.key < $1.key }) {
      let out = folder.appendingPathComponent(name)
      let run = try CommandRun([name, "data/parks/\(park)", "-o", out.path] + options)
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output.count > 500)
      let html = try String(
        contentsOf: out.appendingPathComponent("report.html"), encoding: .utf8)
      #expect(html.contains("id=\"\(name)\""))
      try Self.validate(out.appendingPathComponent("\(name).json"), by: name)
    }
  }

  @Test(
    "wrong options are usage errors that name all that is wrong",
    arguments: [
      (["finance", "data/parks/kwinana", "--loan-share", "0.5"], ["--loan-rate", "--loan-years"]),
      (["finance", "data/parks/kwinana", "--horizon", "0", "--span", "2"], ["horizon", "span"]),
      (
        ["roadmap", "data/parks/kwinana", "--budget-per-year", "1,x", "--after", "y"],
        ["'x'", "'y'"]
      ),
      (["roadmap", "data/parks/kwinana", "--after", "nothing,never"], ["nothing", "never"]),
    ])
  func usage(arguments: [String], words: [String]) throws {
    let run = try CommandRun(arguments)
    #expect(run.status == 64, "\(run.error)")
    for word in words { #expect(run.error.contains(word), "\(run.error)") }
  }
}
