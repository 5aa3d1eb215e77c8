import Foundation
import LichenAnalysis
import LichenCluster
import LichenEngine
import LichenMatching
import LichenTestSupport
import Testing

/// Answers whose plans are worked on as units.
@Suite("Analyses in units")
struct ClusterAnswerTests {
  private static func files(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      files[path] = FileManager.default.contents(atPath: "\(folder)/\(path)")
    }
    return files
  }

  @Test(
    "Text, JSON and reports are the very bytes of the same command without --cluster",
    arguments: [
      ["stress", "kwinana", "--samples", "8", "--assume-range", "20%", "--effort", "200"],
      ["share", "deep-c", "--exact", "3", "--samples", "12", "--effort", "200"],
      ["roadmap", "kwinana", "--years", "6", "--budget-per-year", "300000", "--effort", "200"],
    ])
  func sameBytes(_ question: [String]) throws {
    try Repository.inFolder { folder in
      let (alone, units) = (folder.path + "/alone", folder.path + "/units")
      var words = question + ["--format", "html,json"]
      words[1] = Repository.park(question[1]).path
      let expected = try CommandRun(words + ["-o", alone])
      try #require(expected.status == 0, "\(expected.error)")
      let run = try CommandRun(words + ["-o", units, "--cluster", "local", "--units", "3"])
      try #require(run.status == 0, "\(run.error)")
      #expect(run.output.replacing(units, with: alone) == expected.output)
      let (found, wanted) = try (Self.files(units), Self.files(alone))
      // Units are gone once the answer is there.
      #expect(found.keys.sorted() == wanted.keys.sorted())
      for (file, bytes) in wanted { #expect(found[file] == bytes, "\(file)") }
    }
  }

  @Test("An answer that cannot be is refused in the same words; units need a folder")
  func refusals() throws {
    try Repository.inFolder { folder in
      let words = ["roadmap", Repository.park("kwinana").path, "--after", "nothing,other"]
      let expected = try CommandRun(words)
      let run = try CommandRun(words + ["-o", folder.path, "--cluster", "local"])
      #expect(run.status == 64 && expected.status == 64)
      #expect(run.error.hasSuffix(expected.error) && !expected.error.isEmpty)
      let homeless = try CommandRun(words + ["--cluster", "local"])
      #expect(homeless.status == 64)
      #expect(homeless.error.contains("--cluster needs --output"))
    }
  }

  // MARK: Faults

  /// A planned park, and questions that take little.
  private static let result: Result<MatchResult, any Error> = Result {
    let engine = Repository.engine
    let park = try engine.park(at: Repository.park("deep-c"))
    var options = PlanningOptions(settings: park.settings)
    options.nodeLimit = 200
    return try engine.match(park, options: options)
  }

  private static var questions: [SampledQuestion] {
    var (stress, share) = (StressOptions(), FairSplitOptions())
    stress.twoStage.samples = 4
    share.exactLimit = 3
    share.samples = 8
    var roadmap = RoadmapOptions(from: 2020, years: 4)
    roadmap.budgets = [300_000]
    roadmap.nodeLimit = 200
    return [.stress(stress), .share(share), .roadmap(roadmap)]
  }

  private struct Stopped: Error {}

  /// Asks in units of which a few are done before everything ends, as often as it takes.
  /// - Parameter disturb: What happens to a folder between two calls.
  /// - Returns: The answer, and how often units were worked on.
  private func answer(
    _ question: SampledQuestion, in place: URL, stopAfter most: Int,
    disturb: @escaping @Sendable (WorkFolder) throws -> Void
  ) throws -> (json: Data, calls: Int) {
    let (engine, result) = (Repository.engine, try Self.result.get())
    for calls in 1...100 {
      let workforce = try ClusterForce(question, of: result, engine: engine, in: place, units: 5) {
        folder in
        for index in folder.missing(in: 0).prefix(most) {
          _ = try engine.work().work(index, in: folder)
        }
        if !folder.missing(in: 0).isEmpty {
          try disturb(folder)
          throw Stopped()
        }
      }
      do {
        return (try engine.answer(to: question, of: result, by: workforce).json(), calls)
      } catch is Stopped {
        continue
      }
    }
    throw Stopped()
  }

  @Test(
    "Stopped after any two units, the same question goes on and gives the same answer",
    arguments: 0..<3)
  func goingOn(_ number: Int) throws {
    let question = Self.questions[number]
    let alone = try Repository.engine.answer(to: question, of: Self.result.get()).json()
    try Repository.inFolder { folder in
      let found = try answer(question, in: folder, stopAfter: 2) { _ in }
      #expect(found.json == alone)
      // Nothing is done twice: five units are done in three calls.
      #expect(found.calls <= 3)
    }
  }

  @Test("Damaged units, sources and results, and killed workers, change nothing")
  func damage() throws {
    let question = Self.questions[0]
    let alone = try Repository.engine.answer(to: question, of: Self.result.get()).json()
    let program = try #require(CommandRun.lichen)
    try Repository.inFolder { folder in
      let found = try answer(question, in: folder, stopAfter: 3) { work in
        func cut(_ file: URL) throws {
          let handle = try FileHandle(forWritingTo: file)
          try handle.truncate(atOffset: 40)
          try handle.close()
        }
        let all = Array(work.manifest.stages[0].indices)
        let done = all.filter(work.isDone)
        if done.count == 3 { try cut(work.url.appendingPathComponent("results/\(done[0])")) }
        for unit in try work.entries(of: 0) ?? [] {
          try cut(work.url.appendingPathComponent("units/\(unit.hash)/unit.json"))
        }
        try cut(work.source.appendingPathComponent("inquiry.json"))
        let refused = try CommandRun(["work", work.url.path, "\(work.missing(in: 0)[0])"])
        #expect(refused.status == 65)
        #expect(refused.error.contains("is damaged"))
        let process = Process()
        process.executableURL = program
        process.arguments = ["work", work.url.path, "\(work.missing(in: 0)[0])"]
        process.environment = ["LICHEN_DATA": Repository.data.path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
      #expect(found.json == alone)
      #expect(found.calls >= 2)
    }
  }

  @Test("Workers use the catalogue that the question was asked with, not their own")
  func catalogue() throws {
    try Repository.inFolder { folder in
      let data = folder.appendingPathComponent("data")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      for name in try FileManager.default.contentsOfDirectory(atPath: Repository.data.path)
      where name != "catalogue" {
        try FileManager.default.createSymbolicLink(
          at: data.appendingPathComponent(name),
          withDestinationURL: Repository.data.appendingPathComponent(name))
      }
      try FileManager.default.copyItem(
        at: Repository.data.appendingPathComponent("catalogue"),
        to: data.appendingPathComponent("catalogue"))
      // Longer ways than anybody else's.
      let table = data.appendingPathComponent("catalogue/transport.csv")
      let text = try String(contentsOf: table, encoding: .utf8)
      try text.replacing(",1.3,", with: ",1.9,").replacing(",1.2,", with: ",1.8,")
        .write(to: table, atomically: true, encoding: .utf8)
      let words = [
        "share", Repository.park("kwinana").path, "--json", "--effort", "100", "--exact", "3",
        "--samples", "6", "--data", data.path,
      ]
      let expected = try CommandRun(words)
      try #require(expected.status == 0, "\(expected.error)")
      let usual = try CommandRun(Array(words.dropLast(2)))
      #expect(usual.output != expected.output)
      let run = try CommandRun(
        words + ["-o", folder.path + "/out", "--cluster", "local", "--units", "2"])
      #expect(run.output == expected.output)
    }
  }
}
