import Foundation
import LichenTestSupport
import Testing

@Suite("Questions to a plan, as a user asks them")
struct AnswerCommandTests {
  private static let verbs = [
    "pareto", "alternatives", "stress", "share", "barriers", "shadow", "conflicts",
  ]
  /// Those with a schema; uncertainty writes no folder.
  private static let documented = verbs + ["uncertainty"]
  private static let parks = ["kalundborg", "kwinana", "deep-c"]

  /// Options that fill the parts of a document which are empty without them.
  private static func variants(of verb: String) -> [[String]] {
    switch verb {
    case "pareto":
      [[], ["--against", "capital", "--points", "6"], ["--objective", "carbon", "--points", "4"]]
    case "alternatives": [["--networks", "5"], ["--within", "10%", "--networks", "2"]]
    case "stress": [[], ["--pairs", "--assume-range", "20%", "--samples", "8"]]
    case "share": [[], ["--exact", "2", "--samples", "8"]]
    case "barriers": [["--pairs", "5"]]
    case "uncertainty": [["--samples", "64"]]
    case "shadow": [["--step", "5%"], ["--budget", "1e6", "--co2-floor", "1"]]
    default: [[], ["--budget", "1", "--co2-floor", "1e9"]]
    }
  }

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private static func rows(_ document: [String: Any], _ key: String) throws -> [[String: Any]] {
    try #require(document[key] as? [[String: Any]], "\(key)")
  }

  private static func figure(_ row: [String: Any], _ key: String) throws -> Double {
    try #require(row[key] as? Double, "\(key)")
  }

  /// - Returns: What the judge has against the document; empty if nothing.
  private static func errors(_ text: String, by verb: String, in folder: URL) throws -> String {
    let python = try #require(Repository.judgesPython)
    let file = folder.appendingPathComponent("\(verb).json")
    try text.write(to: file, atomically: true, encoding: .utf8)
    let judge = try Repository.run(
      python,
      [
        Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
        Repository.data.appendingPathComponent("schemas/\(verb).schema.json").path, file.path,
      ])
    return judge.status == 0 ? "" : judge.output + judge.error
  }

  @Test(
    "each document satisfies its shipped schema on three parks",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"),
    arguments: documented)
  func schemas(verb: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for park in Self.parks {
      for options in Self.variants(of: verb) {
        let run = try CommandRun(
          [verb, "data/parks/\(park)", "--json", "--time-limit", "20"] + options)
        // Some of these parks cannot keep the limits of a variant.
        if run.status == 3 { continue }
        #expect(run.status == 0, "\(verb) \(park) \(options): \(run.error)")
        let errors = try Self.errors(run.output, by: verb, in: folder)
        #expect(errors.isEmpty, "\(verb) \(park) \(options): \(errors)")
      }
    }
  }

  @Test(
    "a schema refuses a key that it does not know, and misses one that must be there",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"),
    arguments: documented)
  func strictness(verb: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun([verb, "data/parks/kwinana", "--json"])
    #expect(run.status == 0, "\(run.error)")
    let foreign = run.output.replacingOccurrences(of: "\"park\"", with: "\"prak\"")
    let errors = try Self.errors(foreign, by: verb, in: folder)
    #expect(errors.contains("'prak' was unexpected"), "\(errors)")
    #expect(errors.contains("'park' is a required property"), "\(errors)")
  }

  @Test("every object of a schema is closed, and every property described", arguments: documented)
  func described(verb: String) throws {
    let file = Repository.data.appendingPathComponent("schemas/\(verb).schema.json")
    var undescribed: [String] = []
    func visit(_ node: Any, _ path: String) {
      if let list = node as? [Any] {
        for item in list { visit(item, path) }
      }
      guard let node = node as? [String: Any] else { return }
      if let properties = node["properties"] as? [String: [String: Any]] {
        #expect(node["additionalProperties"] as? Bool == false, "\(path)")
        for (key, property) in properties where property["description"] == nil {
          undescribed.append("\(path).\(key)")
        }
      }
      for (key, value) in node { visit(value, "\(path).\(key)") }
    }
    visit(try Self.object(String(contentsOf: file, encoding: .utf8)), verb)
    #expect(undescribed.sorted() == [])
  }

  @Test(
    "text, --json and -o give one answer; the report holds its section",
    arguments: verbs.filter { $0 != "conflicts" })
  func written(verb: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let question = [verb, "data/parks/kalundborg"]
    let text = try CommandRun(question + ["-o", folder.path])
    let json = try CommandRun(question + ["--json"])
    #expect(text.status == 0 && json.status == 0, "\(text.error)\(json.error)")
    let file = folder.appendingPathComponent("\(verb).json")
    #expect(try String(contentsOf: file, encoding: .utf8) == json.output)
    #expect(try Self.object(json.output)["format"] as? String == "lichen/\(verb)/1")
    let html = try String(
      contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
    let section = try #require(html.range(of: "<section id=\"\(verb)\""), "\(verb)")
    let lines = text.output.split(separator: "\n")
    let title = try #require(lines.first)
    #expect(title == title.uppercased() && title.count > 5)
    // The same words stand in both; the terminal breaks its lines elsewhere.
    let opening = lines[1].split(separator: " ").prefix(6).joined(separator: " ")
    #expect(html[section.lowerBound...].contains(opening), "\(opening)")
    #expect(lines.last == "Report: \(folder.path)/report.html")
    let plan = folder.appendingPathComponent("plan.json")
    #expect(try CommandRun(["verify", plan.path]).status == 0)
  }

  @Test("the documents keep what the analyses promise", arguments: parks)
  func promises(park: String) throws {
    func ask(_ verb: String, _ options: [String] = []) throws -> [String: Any] {
      let run = try CommandRun([verb, "data/parks/\(park)", "--json"] + options)
      #expect(run.status == 0, "\(run.error)")
      return try Self.object(run.output)
    }
    let points = try Self.rows(ask("pareto", ["--points", "5"]), "points")
    for (one, next) in zip(points, points.dropFirst()) {
      #expect(try Self.figure(one, "objective") > Self.figure(next, "objective"))
      #expect(try Self.figure(one, "criterion") < Self.figure(next, "criterion"))
    }
    let best = try Self.figure(points[0], "objective")
    let slack = 1e-6 * abs(best)
    for network in try Self.rows(ask("alternatives", ["--networks", "5"]), "networks") {
      let value = try Self.figure(network, "objective")
      #expect(value <= best + slack && value >= best * 0.98 - slack)
    }
    for loss in try Self.rows(ask("stress", ["--samples", "4"]), "losses") {
      let again = try Self.figure(loss, "kept_replanned")
      #expect(again <= best + slack)
      #expect(try Self.figure(loss, "kept_without_replanning") <= again + slack)
    }
    for group in try Self.rows(ask("share"), "groups") {
      let total = try Self.figure(group, "total_per_year")
      for rule in ["untouched", "proportional", "shapley", "nucleolus"] {
        let shares = try Self.rows(group, "firms").compactMap { $0["\(rule)_per_year"] as? Double }
        #expect(shares.isEmpty || abs(shares.reduce(0, +) - total) <= slack, "\(rule)")
      }
    }
    for barrier in try Self.rows(ask("barriers", ["--pairs", "0"]), "singles") {
      let value = try Self.figure(barrier, "objective")
      #expect(value <= (try Self.figure(barrier, "objective_bound")) + slack)
      // Only a rule may relieve of a stricter one; a licence granted or a permit waived never hurts.
      let name = try #require((barrier["barriers"] as? [String])?.first)
      #expect(value >= -slack || name.hasPrefix("rule "), "\(name)")
    }
  }

  @Test("requirements that contradict each other are named, with what would have to give")
  func conflict() throws {
    let asked = [
      "conflicts", "data/parks/kalundborg", "--budget", "1000000", "--co2-floor", "250000",
    ]
    let found = try Self.object(CommandRun(asked + ["--json"]).output)
    #expect(found["requirements"] as? [String] == ["budget 1000000.0", "co2-floor 250000.0"])
    let relaxations = try Self.rows(found, "relaxations")
    #expect(relaxations.allSatisfy { $0["helps"] as? Bool == true })
    // What is said to suffice suffices, and a little less does not.
    let mildest = try relaxations.map { row in
      let words = try #require(row["mildest"] as? String).split(separator: " ")
      return (name: String(words[0]), value: try #require(Double(words[1])))
    }
    for (index, step) in [(0, -1.0), (1, 1.0)] {
      for (factor, status) in [(1.0, Int32(0)), (1 + step * 0.001, 3)] {
        var options = ["--budget", "1000000", "--co2-floor", "250000"]
        options[index * 2 + 1] = "\(mildest[index].value * factor)"
        let run = try CommandRun(["match", "data/parks/kalundborg", "--json"] + options)
        #expect(run.status == status, "\(mildest[index].name) x \(factor): \(run.error)")
      }
    }
    let text = try CommandRun(asked)
    #expect(text.status == 0 && text.output.contains("cannot be kept together"))
    let none = try CommandRun(["conflicts", "data/parks/kalundborg"])
    #expect(none.status == 0 && none.output.contains("Nothing conflicts"))
  }

  @Test(
    "figures out of range are usage errors that name the option",
    arguments: [
      ["pareto", "--points", "1"], ["pareto", "--against", "beauty"],
      ["alternatives", "--networks", "0"], ["alternatives", "--within", "150%"],
      ["stress", "--samples", "1"], ["stress", "--risk", "1"],
      ["stress", "--assume-range", "-0.1"], ["share", "--exact", "21"],
      ["share", "--samples", "3"], ["barriers", "--pairs", "-1"], ["shadow", "--step", "0"],
    ])
  func usage(words: [String]) throws {
    let run = try CommandRun([words[0], "data/parks/kwinana"] + [words[1] + "=" + words[2]])
    #expect(run.status == 64, "\(run.error)")
    #expect(run.error.contains(words[1]), "\(run.error)")
  }
}
