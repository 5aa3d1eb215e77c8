import Foundation
import LichenTestSupport
import Testing

@Suite("lichen bench")
struct BenchTests {
  private let folder: URL

  init() throws { folder = try Repository.temporaryFolder() }

  private func bench(_ arguments: [String]) throws -> CommandRun {
    try CommandRun(
      [
        "bench", "--set", folder.appendingPathComponent("tiny.txt").path, "--time", "20", "-o",
        folder.appendingPathComponent("out").path,
      ] + arguments)
  }

  private func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  private func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  @Test("runs, writes its files, resumes, and keeps known values")
  func whole() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("# two\ngenerate clustered 30 1 A\ngenerate transport 3x4 1 A\n", "tiny.txt")
    try write("before\n<!-- benchmark -->\n<!-- end of benchmark -->\nafter\n", "RESULTS.md")
    let known = folder.appendingPathComponent("tiny.known").path
    let arguments = [
      "--algorithms", "lichen,glpk,greedy-value,lp-rounding", "--seeds", "2", "--known", known,
      "--update-known", "--update-results", folder.appendingPathComponent("RESULTS.md").path,
    ]
    let first = try bench(arguments)
    #expect(first.status == 0, "\(first.error)")
    #expect(first.output.contains("lp-rounding"))
    let table = try read("out/results.csv").split(separator: "\n")
    #expect(table.count == 1 + 2 * (1 + 1 + 1 + 2))
    let page = try read("out/report.html")
    #expect(page.contains("<svg class=\"plot\"") && page.contains("No wrong answer."))
    #expect(!page.contains("http:") || !page.contains("src="))
    #expect(try read("RESULTS.md").contains("| clustered-30-1-A | lichen | optimal |"))
    let values = try read("tiny.known")
    #expect(values.contains("clustered-30-1-A ") && values.contains("transport-3x4-1-A -"))
    let journal = try read("out/journal.jsonl")
    let second = try bench(arguments)
    #expect(second.status == 0, "\(second.error)")
    #expect(try read("out/journal.jsonl") == journal)
    #expect(try read("tiny.known") == values)
  }

  @Test("a crash loses only its run; a wrong answer ends with exit code 1")
  func faults() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("generate clustered 30 1 A\n", "tiny.txt")
    // The command ends the process of its own run.
    try write("kill -9 $PPID\n", "crash.sh")
    let script = folder.appendingPathComponent("crash.sh").path
    let crash = try bench([
      "--algorithms", "greedy-value", "--command", "crash=sh \(script)", "--command", "fails=false",
    ])
    #expect(crash.status == 0, "\(crash.error)")
    #expect(crash.error.contains("crash: failed"))
    #expect(crash.error.contains("fails: failed"))
    #expect(try read("out/results.csv").contains("signal 9"))
    #expect(crash.error.contains("greedy-value: feasible"))
    try write("clustered-30-1-A - 1 a wrong proof\n", "wrong.known")
    let wrong = try bench([
      "--algorithms", "greedy-value", "--known", folder.appendingPathComponent("wrong.known").path,
    ])
    #expect(wrong.status == 1)
    #expect(wrong.error.contains("WRONG clustered-30-1-A, greedy-value, seed 1: value"))
  }

  @Test("what cannot be run is told before anything runs")
  func usage() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("generate nowhere 30 1 A\n", "tiny.txt")
    let family = try bench([])
    #expect(family.status == 64 && family.error.contains("a family: clustered"), "\(family.error)")
    try write("generate clustered 30 1 A\n", "tiny.txt")
    let algorithm = try bench(["--algorithms", "magic"])
    #expect(algorithm.status == 64 && algorithm.error.contains("There is no algorithm 'magic'"))
  }
}
