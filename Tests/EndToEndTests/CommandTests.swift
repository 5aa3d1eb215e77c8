import Foundation
import LichenTestSupport
import Testing

/// The command as people and scripts use it: exit codes, messages, files.
struct CommandTests {
  /// Names of everything in a folder, hidden files included.
  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("Every command in the README runs")
  func readme() throws {
    let text = try String(
      contentsOf: Repository.root.appendingPathComponent("README.md"), encoding: .utf8)
    var isShell = false
    var commands: [[String]] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isShell = line == "```sh" }
      guard isShell, line.hasPrefix("lichen ") else { continue }
      let bare = line.split(separator: "#")[0]
      // Words in quotes are one argument.
      let words = bare.matches(of: /"([^"]*)"|[^ ]+/).map { String($0.output.1 ?? $0.output.0) }
      commands.append(Array(words.dropFirst()))
    }
    #expect(commands.count >= 5)
    try Repository.inFolder { folder in
      try FileManager.default.createSymbolicLink(
        at: folder.appendingPathComponent("data"), withDestinationURL: Repository.data)
      for arguments in commands {
        let run = try CommandRun(arguments, in: folder)
        #expect(run.status == 0, "\(arguments.joined(separator: " ")): \(run.error)")
      }
    }
  }

  @Test("match writes all results, verify confirms them, and a changed figure is refused")
  func matchAndVerify() throws {
    try Repository.inFolder { folder in
      let out = folder.appendingPathComponent("result")
      let match = try CommandRun(["match", "data/parks/kalundborg", "-o", out.path])
      #expect(match.status == 0, "\(match.error)")
      #expect(match.output.contains("Bound") && match.output.contains("Gap"))
      #expect(match.output.contains("documented exchanges with declared ends are candidates"))
      #expect(
        try Self.names(in: out)
          == [
            "candidates.csv", "exchanges.csv", "park", "plan.json", "report.html", "report.json",
            "report.xlsx",
          ])
      let plan = out.appendingPathComponent("plan.json")
      #expect(try CommandRun(["verify", plan.path]).status == 0)
      let text = try String(contentsOf: plan, encoding: .utf8)
      try text.replacingOccurrences(of: "\"quantity\" : 80000", with: "\"quantity\" : 80001")
        .write(to: plan, atomically: true, encoding: .utf8)
      let refused = try CommandRun(["verify", plan.path])
      #expect(refused.status == 65)
      #expect(refused.error.contains("supply of asnaes-gypsum-1995"))
    }
  }

  @Test("The report is one file that asks the network for nothing")
  func selfContained() throws {
    try Repository.inFolder { folder in
      _ = try CommandRun(["match", "data/parks/kalundborg", "-o", folder.path])
      let html = try String(
        contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
      for trace in ["src=", "<link", "url(", "@import", "<iframe", "fetch(", "XMLHttpRequest"] {
        #expect(!html.contains(trace), "\(trace)")
      }
    }
  }

  @Test(
    "plan.json satisfies its shipped schema",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func schema() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      for park in ["kalundborg", "kwinana", "map-ta-phut"] {
        let plan = folder.appendingPathComponent("\(park).json")
        let run = try CommandRun(["match", "data/parks/\(park)", "--json"])
        #expect(run.status == 0, "\(run.error)")
        try run.output.write(to: plan, atomically: true, encoding: .utf8)
        let judge = try Repository.run(
          python,
          [
            Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
            Repository.data.appendingPathComponent("schemas/plan.schema.json").path, plan.path,
          ])
        #expect(judge.status == 0, "\(judge.output)\(judge.error)")
      }
    }
  }

  @Test(
    "frictionless accepts every shipped package and a new one",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func frictionless() throws {
    let python = try #require(Repository.judgesPython)
    let frictionless = python.deletingLastPathComponent().appendingPathComponent("frictionless")
    try Repository.inFolder { folder in
      let new = folder.appendingPathComponent("my-park")
      #expect(try CommandRun(["new", new.path]).status == 0)
      let written = folder.appendingPathComponent("out")
      _ = try CommandRun(["match", "data/parks/kalundborg", "-o", written.path])
      let packages = [
        Repository.data.appendingPathComponent("catalogue/datapackage.json"),
        Repository.data.appendingPathComponent("programme/datapackage.json"),
        Repository.data.appendingPathComponent("nations/viet-nam/datapackage.json"),
        Repository.park("kalundborg"), Repository.park("kwinana"), Repository.park("map-ta-phut"),
        new, written.appendingPathComponent("park"),
      ]
      for package in packages {
        let judge = try Repository.run(frictionless, ["validate", package.path])
        #expect(judge.status == 0, "\(package.lastPathComponent): \(judge.output)")
      }
    }
  }

  @Test(
    "An independent program finds the same ledger from the tables alone",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"),
    arguments: ["kalundborg", "kwinana"])
  func ledger(park: String) throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      let plan = folder.appendingPathComponent("plan.json")
      let run = try CommandRun(["match", "data/parks/\(park)", "--json"])
      try run.output.write(to: plan, atomically: true, encoding: .utf8)
      let judge = try Repository.run(
        python,
        [
          Repository.root.appendingPathComponent("Tests/judges/ledger.py").path,
          Repository.data.path, Repository.park(park).path, plan.path,
        ])
      #expect(judge.status == 0, "\(judge.output)\(judge.error)")
    }
  }

  @Test(
    "Exit codes say what happened",
    arguments: [
      (["match"], 64), (["match", "no-such-park"], 65), (["check", "no-such-park"], 65),
      (["match", "data/parks/kalundborg", "--budget", "-1"], 64),
      (["match", "data/parks/kalundborg", "--time-limit", "1e18"], 64),
      (["match", "data/parks/kalundborg", "--memory-limit", "9000000000000000000"], 64),
      (["bench", "--time", "1e18"], 64), (["bench", "--time", "nan"], 64),
      (["match", "data/parks/kalundborg", "--require", "x"], 64),
      (["match", "data/parks/kalundborg", "--require", "no:such"], 64),
      (["match", "data/parks/kalundborg", "--forbid", "asnaes-fly-ash:cement-clinker"], 0),
      (["verify", "README.md"], 65), (["export", "data/parks/kalundborg", "--format", "mps"], 0),
      (["--help"], 0), (["match", "--help"], 0), (["--version"], 0), (["nonsense"], 64),
      (["catalogue", "rice", "husk"], 0), (["catalogue", "--kind", "option", "--json"], 0),
      (["catalogue", "show", "coal_fly_ash"], 0), (["catalogue", "show", "no_such"], 64),
      (["catalogue", "--kind", "nonsense"], 64), (["catalogue", "--limit", "-1"], 64),
      (["new", "data"], 64), (["new", "x", "--jurisdiction", "XX"], 65),
    ])
  func exitCodes(arguments: [String], code: Int) throws {
    let run = try CommandRun(arguments)
    #expect(Int(run.status) == code, "\(arguments): \(run.error)")
    #expect(code == 0 || !run.error.isEmpty)
  }

  @Test("Required exchanges that cannot all run give exit code 3, not a plan")
  func infeasible() throws {
    // Two required links share one supply of which each needs a whole lot.
    try Repository.inFolder { folder in
      let park = folder.appendingPathComponent("park")
      try FileManager.default.copyItem(at: Repository.park("kalundborg"), to: park)
      let inputs = park.appendingPathComponent("inputs.csv")
      let text = try String(contentsOf: inputs, encoding: .utf8)
      let header = try #require(text.split(separator: "\n").first).split(separator: ",")
      let column = try #require(header.firstIndex(of: "minimum_lot"))
      let lines = text.split(separator: "\n").map { line -> String in
        guard line.hasPrefix("novo-steam,") || line.hasPrefix("refinery-steam,") else {
          return String(line)
        }
        var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        cells[column] = "200000"
        return cells.joined(separator: ",")
      }
      try (lines.joined(separator: "\n") + "\n").write(
        to: inputs, atomically: true, encoding: .utf8)
      let run = try CommandRun([
        "match", park.path, "--require", "asnaes-steam-1995:novo-steam", "--require",
        "asnaes-steam-1995:refinery-steam",
      ])
      #expect(run.status == 3, "\(run.error)")
      #expect(run.error.contains("no plan satisfies"))
    }
  }

  @Test("The manual names every command and option")
  func manual() throws {
    let manual = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/lichen.1"), encoding: .utf8
    ).replacingOccurrences(of: "\\-", with: "-")
    var missing: [String] = []
    for command in [
      "new", "check", "candidates", "match", "whatif", "compare", "pareto", "alternatives",
      "stress", "share", "barriers", "shadow", "finance", "roadmap", "periods", "indicators",
      "monitor", "conflicts", "board", "verify", "export",
    ] {
      if !manual.contains(".B \(command)\n") { missing.append(command) }
      let help = try CommandRun([command, "--help"]).output
      for word in help.split(whereSeparator: { " .:,()[]\n<>/".contains($0) })
      where word.hasPrefix("--") && !["--help", "--version"].contains(word) {
        if !manual.contains(word) { missing.append("\(command) \(word)") }
      }
    }
    #expect(missing.isEmpty)
  }

  @Test("Ctrl-C leaves no partial file", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    try Repository.inFolder { folder in
      let out = folder.appendingPathComponent("result")
      let command = try #require(CommandRun.lichen)
      let process = Process()
      process.executableURL = command
      process.arguments = ["match", Repository.park("kalundborg").path, "-o", out.path]
      process.environment = ["LICHEN_DATA": Repository.data.path]
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      // Too early or too late are both possible; half a result is not.
      let left = (try? Self.names(in: out)) ?? []
      #expect(left.isEmpty || left.allSatisfy { !$0.hasPrefix(".") })
      if FileManager.default.fileExists(atPath: out.appendingPathComponent("plan.json").path) {
        #expect(
          try CommandRun(["verify", out.appendingPathComponent("plan.json").path]).status == 0)
      }
    }
  }
}
