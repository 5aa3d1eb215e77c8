import Foundation
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Processes, journal and external commands")
struct RunsProcessTests {
  @Test("a child's end is told: code, signal, time limit")
  func ends() throws {
    let shell = URL(fileURLWithPath: "/bin/sh")
    func run(_ script: String, limit: Double) throws -> ChildProcess.Outcome {
      try ChildProcess(executable: shell, arguments: ["-c", script], hasOwnGroup: true)
        .run(timeLimit: limit)
    }
    #expect(try run("exit 7", limit: 20).exitCode == 7)
    #expect(try run("kill -9 $$", limit: 20).signal == 9)
    let late = try run("while :; do :; done", limit: 0.4)
    #expect(late.timedOut && late.signal == 9)
    // It did nothing but compute until it was killed; most of that is on its account.
    #expect(late.cpuSeconds > 0.01)
    #expect(try run("sleep 0", limit: 20).peakMegabytes > 0.1)
    #expect(throws: ChildProcessError.self) {
      try ChildProcess(executable: URL(fileURLWithPath: "/no/such"), arguments: [])
        .run(timeLimit: 1)
    }
  }

  @Test("a journal gives back what was written and passes over a line that was cut short")
  func journal() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appendingPathComponent("journal.jsonl")
    let journal = RunJournal(url: url)
    func record(_ seed: UInt64) -> RunRecord {
      var record = RunRecord(
        key: RunRecord.Key(
          instance: "a", algorithm: "b", seconds: 1.5, seed: seed, threads: 2, version: "v"))
      record.value = 0.1 + Double(seed)
      record.curve = [ProgressPoint(seconds: 1, incumbent: 2, bound: nil)]
      return record
    }
    try journal.append(record(1))
    try journal.append(record(2))
    let whole = try Data(contentsOf: url)
    try whole.prefix(whole.count - 20).write(to: url)
    #expect(journal.records() == [record(1).key: record(1)])
    try journal.append(record(3))
    #expect(Set(journal.records().values) == [record(1), record(3)])
  }

  private static let example = Repository.root.appendingPathComponent(
    "Benchmarks/examples/greedy.py"
  ).path

  private static func external(_ command: [String], _ instance: Instance) -> ExternalCommand {
    ExternalCommand(name: "mine", command: command, isRandom: false) { _, place in
      try InstanceWriter.write(instance, to: place)
      return place
    }
  }

  @Test(
    "the example in Python plans generated instances, and the judge accepts it",
    .enabled(if: Repository.command("python3") != nil), arguments: ["A", "B", "C", "D", "K"])
  func example(variant: String) throws {
    let request = InstanceRequest(
      family: .clustered, enterprises: 40, seed: 3,
      variant: try #require(InstanceRequest.Variant(variant)))
    let instance = InstanceGenerator.instance(request)
    let result = try Self.external(["python3", Self.example], instance).plan(
      instance.model, limits: RunLimits(seconds: 30), progress: RunProgress())
    let plan = try #require(result.plan)
    let verdict = PlanJudge(instance.model).judge(plan)
    #expect(verdict.isAccepted, "\(verdict.violations)")
    #expect(verdict.objective > 0)
    // The value that the program itself reports is the judge's.
    let told = try #require(result.curve?.last?.incumbent)
    #expect(abs(told - verdict.objective) <= 1e-9 * verdict.objective)
  }

  @Test("what an external command does wrong is told, with file and line")
  func wrongAnswers() throws {
    let instance = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 10, seed: 1))
    func message(_ script: String) -> String {
      do {
        _ = try Self.external(["sh", "-c", script, "sh"], instance).plan(
          instance.model, limits: RunLimits(seconds: 20), progress: RunProgress())
        return "accepted"
      } catch {
        return "\(error)"
      }
    }
    #expect(message("echo broken; exit 3").contains("exit code 3: broken"))
    #expect(message("true") == "No plan: the command wrote no plan.csv.")
    #expect(
      message("printf 'id,quantity\\nnowhere,1\\n' > $2/plan.csv")
        == "plan.csv, line 2: found 'nowhere'; expected the id of a link.")
    #expect(message("printf 'id,amount\\n' > $2/plan.csv").contains("expected id,quantity"))
    #expect(
      message("printf 'id,quantity\\n' > $2/plan.csv; echo x > $2/bound.txt").contains("bound.txt"))
    #expect(message("printf 'id,quantity\\n' > $2/plan.csv") == "accepted")
  }
}
