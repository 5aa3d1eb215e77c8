import Foundation
import LichenTestSupport
import Testing

/// Work in units through the command line, by several kinds of engines.
@Suite struct ClusterCommandTests {
  private func files(_ folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      files[path] = try? Data(contentsOf: folder.appendingPathComponent(path))
    }
    return files
  }

  private func lichen(_ words: String..., status: Int32 = 0) throws -> CommandRun {
    let run = try CommandRun(words)
    try #require(run.status == status, "\(words): \(run.error)")
    return run
  }

  @Test(
    "A park in units gives the very files of lichen match",
    arguments: [
      ("kalundborg", ["--objective", "benefit-then-carbon"]),
      ("deep-c", ["--carbon-price", "60", "--partners", "2"]),
      ("kwinana", ["--budget", "9000000"]),
    ])
  func park(_ name: String, _ options: [String]) throws {
    try Repository.inFolder { folder in
      func at(_ place: String) -> String { folder.appendingPathComponent(place).path }
      let park = Repository.park(name).path
      let limits = ["--effort", "300"] + options
      let made = try CommandRun(["shard", park, "-o", at("work"), "--units", "3"] + limits)
      try #require(made.status == 0, "\(made.error)")
      _ = try lichen("cluster", "submit", at("work"), "--workers", "2")
      _ = try lichen("merge", at("work"), "-o", at("joined"))
      let alone = try CommandRun(["match", park, "-o", at("alone")] + limits)
      try #require(alone.status == 0, "\(alone.error)")
      let (joined, expected) = try (
        files(URL(fileURLWithPath: at("joined"))), files(URL(fileURLWithPath: at("alone")))
      )
      #expect(joined.keys.sorted() == expected.keys.sorted())
      for (file, bytes) in expected { #expect(joined[file] == bytes, "\(file)") }
      _ = try lichen("verify", at("joined/plan.json"))
    }
  }

  @Test("xargs, the local engine and one process after another leave the same bytes")
  func engines() throws {
    try Repository.inFolder { folder in
      func at(_ place: String) -> String { folder.appendingPathComponent(place).path }
      _ = try lichen(
        "bench", "generate", "--family", "clustered", "--enterprises", "150", "--seed", "4",
        "--variant", "BC", "-o", at("instance"))
      for name in ["one", "two", "three"] {
        _ = try lichen(
          "shard", at("instance"), "-o", at(name), "--units", "4", "--block-links", "300",
          "--effort", "50", "--rounds", "1")
      }
      let count = 4
      for index in 0..<count { _ = try lichen("work", at("one"), "\(index)") }
      let program = try #require(CommandRun.lichen).path
      let xargs = try Repository.run(
        URL(fileURLWithPath: "/bin/sh"),
        ["-c", "seq 0 \(count - 1) | xargs -P2 -I{} \(program) work \(at("two")) {}"])
      try #require(xargs.status == 0, "\(xargs.error)")
      let submitted = try lichen("cluster", "submit", at("three"))
      #expect(submitted.output == "4 of 4 units done\n")
      var plans: [[String: Data]] = []
      for name in ["one", "two", "three"] {
        let merged = try lichen("merge", at(name), "-o", at("\(name)-plan"))
        #expect(merged.output.contains("added up anew in exact arithmetic"))
        plans.append(try files(URL(fileURLWithPath: at("\(name)-plan"))))
      }
      #expect(plans[0] == plans[1] && plans[1] == plans[2])
      #expect(Set(plans[0].keys) == ["flows.csv", "plan.json"])
      let unknown = try lichen("work", at("one"), "4", status: 64)
      #expect(unknown.error.contains("There is no unit 4; units are 0 to 3."))
      let incomplete = try lichen("merge", at("instance"), status: 64)
      #expect(incomplete.error.contains("is no folder of work"))
    }
  }

  @Test("A sweep over scenarios, values and instances: in units, by a file, into one table")
  func sweep() throws {
    try Repository.inFolder { folder in
      func at(_ place: String) -> String { folder.appendingPathComponent(place).path }
      let park = Repository.root.appendingPathComponent("data/parks/kalundborg").path
      func write(_ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent("my.json"))
      }
      try Data("generate clustered 12 1 A\n".utf8).write(
        to: folder.appendingPathComponent("set.txt"))
      try write(
        """
        {"format": "lichen-sweep", "version": 1, "name": "prices", "sets": ["set.txt"],
         "parks": [{"park": "\(park)", "scenarios": ["declared", "carbon-60+gyproc-closed"],
                    "vary": {"capital_budget": ["none"], "carbon_price": [0, 60, 90.5]}}],
         "algorithms": ["lichen", "auction"], "seconds": 20, "seeds": 2}
        """)
      _ = try lichen("shard", at("my.json"), "-o", at("work"), "--units", "4")
      _ = try lichen("shard", at("my.json"), "-o", at("again"), "--units", "4")
      #expect(
        try files(folder.appendingPathComponent("work/stages"))
          == files(folder.appendingPathComponent("again/stages")))
      #expect(try lichen("merge", at("work"), status: 64).error.contains("no result"))
      #expect(try lichen("cluster", "submit", at("work")).output.contains("of 7 units done"))
      _ = try lichen("merge", at("work"), "-o", at("result"))
      let rows = try String(
        contentsOf: folder.appendingPathComponent("result/results.csv"), encoding: .utf8
      ).split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let prices = ["0", "60", "90.5"]
      let cases = ["declared", "carbon-60+gyproc-closed"].flatMap { scenario in
        prices.map { "kalundborg:\(scenario):capital_budget=none:carbon_price=\($0)" }
      }
      #expect(Set(rows.map { String($0[0]) }) == Set(cases + ["clustered-12-1-A"]))
      // What a sweep finds of a park is what the park with that price is worth.
      for price in prices {
        let instance = at("alone-\(price)")
        _ = try lichen(
          "bench", "convert", park, "-o", instance, "--carbon-price", price)
        let alone = try CommandRun([
          "bench", "--set", instance, "--algorithms", "lichen", "-o", at("bench-\(price)"),
          "--json",
        ])
        let value = try #require(
          rows.first {
            $0[0] == "kalundborg:declared:capital_budget=none:carbon_price=\(price)"
              && $0[2] == "lichen"
          }?[8])
        #expect(alone.output.contains("\"value\" : \(value)"), "\(price): \(value)")
      }
      try write(
        #"{"format": "lichen-sweep", "version": 1, "name": "x", "sets": ["set.txt"], "second": 3}"#)
      let misspelt = try lichen("shard", at("my.json"), "-o", at("other"), status: 65)
      #expect(misspelt.error.contains("my.json") && misspelt.error.contains("second"))
      try write(
        """
        {"format": "lichen-sweep", "version": 1, "name": "x",
         "parks": [{"park": "\(park)", "scenarios": ["no-such"]}]}
        """)
      let unknown = try lichen("shard", at("my.json"), "-o", at("other"), status: 65)
      #expect(unknown.error.contains("no-such"))
      #expect(!FileManager.default.fileExists(atPath: at("other")))
    }
  }

  @Test("Runs of a benchmark in units give the plans, bounds and statuses of runs one by one")
  func benchmark() throws {
    try Repository.inFolder { folder in
      func at(_ place: String) -> String { folder.appendingPathComponent(place).path }
      _ = try lichen(
        "bench", "generate", "--family", "clustered", "--enterprises", "15", "--seed", "3", "-o",
        at("own"))
      try Data("generate clustered 20 1 A\ngenerate dense 12 2 B\n\(at("own"))\n".utf8).write(
        to: folder.appendingPathComponent("set.txt"))
      let options = [
        "--set", at("set.txt"), "--algorithms", "greedy-value,stable,auction", "--time", "20",
      ]
      for more in [
        ["-o", at("units"), "--cluster", "local", "--units", "5"], ["-o", at("alone")],
      ] {
        let run = try CommandRun(["bench"] + options + more)
        try #require(run.status == 0, "\(run.error)")
      }
      /// Instance, links, algorithm, seed, threads, limit, status, rule, value, gap, bound.
      func told(_ place: String) throws -> [[Substring]] {
        try String(
          contentsOf: folder.appendingPathComponent("\(place)/results.csv"), encoding: .utf8
        )
        .split(separator: "\n")
        .map {
          Array($0.split(separator: ",", omittingEmptySubsequences: false).prefix(11))
        }
      }
      #expect(try told("units") == told("alone"))
      #expect(try told("units").count == 10)
      // The units are gone once their records are in the journal.
      #expect(!FileManager.default.fileExists(atPath: at("units/work")))
      let again = try CommandRun(
        ["bench"] + options + ["-o", at("units"), "--cluster", "local", "--units", "5"])
      #expect(again.status == 0 && !again.error.contains("units done"))
    }
  }

  @Test(
    "Workers killed at random moments change nothing",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func kills() throws {
    let run = try Repository.run(
      try #require(Repository.judgesPython),
      [
        Repository.root.appendingPathComponent("Benchmarks/cluster/kills.py").path,
        "--lichen", try #require(CommandRun.lichen).path, "--kills", "12", "--enterprises", "120",
      ], environment: ["LICHEN_DATA": Repository.data.path])
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(run.output.contains("to the byte"))
  }

  /// Whether this machine can have a Slurm of its own: its programs are there, and nodes can be hosts by name.
  private static let hasSlurm: Bool = {
    let programs = ["slurmctld", "slurmd", "munged", "sbatch"].allSatisfy {
      Repository.command($0) != nil
    }
    guard getuid() == 0, programs, let unshare = Repository.command("unshare") else { return false }
    let tried = try? Repository.run(unshare, ["--uts", "--mount", "hostname", "lichen-test"])
    return tried?.status == 0
  }()

  @Test(
    "A real Slurm, one node killed and its controller restarted on the way, gives the same plan",
    .enabled(
      if: hasSlurm, "Slurm (slurm-wlm, munge) is not installed, or this user may not make hosts"))
  func slurm() throws {
    try Repository.inFolder { folder in
      func at(_ place: String) -> String { folder.appendingPathComponent(place).path }
      let script = Repository.root.appendingPathComponent("Benchmarks/cluster/slurm.sh")
      func slurm(_ words: String...) throws -> ProcessOutcome {
        try Repository.run(script, words)
      }
      let started = try slurm("start", at("slurm"), "2")
      defer { _ = try? slurm("stop", at("slurm")) }
      try #require(started.status == 0, "\(started.error)")
      _ = try lichen(
        "bench", "generate", "--family", "clustered", "--enterprises", "150", "--seed", "4",
        "--variant", "BC", "-o", at("instance"))
      for name in ["alone", "cluster"] {
        _ = try lichen(
          "shard", at("instance"), "-o", at(name), "--units", "4", "--block-links", "300",
          "--effort", "50", "--rounds", "2")
      }
      _ = try lichen("cluster", "submit", at("alone"))
      _ = try lichen("merge", at("alone"), "-o", at("alone-plan"))
      let environment = [
        "SLURM_CONF": at("slurm/slurm.conf"), "LICHEN_DATA": Repository.data.path,
      ]
      let program = try #require(CommandRun.lichen)
      func cluster(_ words: String...) throws -> ProcessOutcome {
        try Repository.run(program, ["cluster"] + words, environment: environment)
      }
      let submitted = try cluster("submit", at("cluster"), "--engine", "slurm")
      try #require(submitted.status == 0, "\(submitted.error)")
      let twice = try cluster("submit", at("cluster"), "--engine", "slurm")
      #expect(twice.status == 64 && twice.error.contains("This work is under way"))
      _ = try slurm("kill", at("slurm"), "lichen2")
      _ = try slurm("restart", at("slurm"))
      let collected = try cluster("collect", at("cluster"), "-o", at("plan"), "--poll", "0.5")
      #expect(collected.status == 0, "\(collected.error)")
      #expect(
        try files(URL(fileURLWithPath: at("plan")))
          == files(URL(fileURLWithPath: at("alone-plan"))))
    }
  }
}
