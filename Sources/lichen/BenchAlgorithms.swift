import ExternalSolvers
import Foundation
import GLPKSolver
import LichenBench
import LichenPlanning

/// The algorithms that `lichen bench` knows, and how a user names them.
enum BenchAlgorithms {
  /// In the order of tables. Parent and child processes must agree on it.
  static let shipped = AlgorithmList.shipped(
    solver: GLPKSolver(), others: installed.map { ($0.name.lowercased(), $0) })

  /// Other solvers found on this machine, each of which gets the whole model. The interpreter that has
  /// HiGHS may be named by `LICHEN_PYTHON`.
  private static let installed: [any MIPSolver] = {
    let python = ProcessInfo.processInfo.environment["LICHEN_PYTHON"]
    var found: [any MIPSolver] = []
    if case .success(let solver) = HiGHSSolver.find(python: python.map { URL(fileURLWithPath: $0) })
    {
      found.append(solver)
    }
    if case .success(let solver) = CBCSolver.find() { found.append(solver) }
    if case .success(let solver) = GLPSOLSolver.find() { found.append(solver) }
    return found
  }()

  /// One algorithm of a benchmark: one that ships, or a command.
  struct Choice {
    let name: String
    let summary: String
    let isRandom: Bool
    let command: [String]?
  }

  /// - Parameters:
  ///   - names: Wanted, in any order; all that ship if empty.
  ///   - commands: `NAME=PROGRAM ARGUMENTS…`.
  ///   - random: Names of commands whose plans depend on the seed.
  /// - Throws: `UsageError` for names that are unknown or taken.
  static func choices(names: [String], commands: [String], random: [String]) throws -> [Choice] {
    let known = shipped.map(\.name)
    for name in names where !known.contains(name) {
      throw UsageError(
        "There is no algorithm '\(name)'. Known: \(known.joined(separator: ", ")).")
    }
    var choices = shipped.filter { names.isEmpty || names.contains($0.name) }.map {
      Choice(name: $0.name, summary: $0.summary, isRandom: $0.isRandom, command: nil)
    }
    for text in commands {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw UsageError("--command is '\(text)'; expected NAME='PROGRAM ARGUMENTS'.")
      }
      if known.contains(parts[0]) || choices.contains(where: { $0.name == parts[0] }) {
        throw UsageError("The name '\(parts[0])' of --command is taken.")
      }
      let words = parts[1].split(separator: " ").map(String.init)
      if words.isEmpty { throw UsageError("--command '\(parts[0])' names no program.") }
      choices.append(
        Choice(
          name: parts[0], summary: "External command: \(parts[1])",
          isRandom: random.contains(parts[0]), command: words))
    }
    for name in random where !choices.contains(where: { $0.name == name && $0.command != nil }) {
      throw UsageError("--random is '\(name)', which is no --command.")
    }
    return choices
  }

  /// Versions of the programs behind the algorithms.
  static func versions(lichen: String) -> [String: String] {
    let glpk = GLPKSolver()
    return installed.reduce(into: ["lichen": lichen, glpk.name: glpk.version]) {
      $0[$1.name] = $1.version
    }
  }
}

extension [BenchAlgorithms.Choice] {
  /// Every algorithm on every instance; those that are random with as many seeds as given.
  func requests(
    _ instances: [InstanceReference], seeds: Int, limits: RunLimits, version: String
  ) -> [RunRequest] {
    instances.flatMap { instance in
      flatMap { choice in
        (1...(choice.isRandom ? seeds : 1)).map { seed in
          RunRequest(
            instance: instance, algorithm: choice.name, isRandom: choice.isRandom,
            command: choice.command,
            limits: RunLimits(
              seconds: limits.seconds, seed: UInt64(seed), threads: limits.threads),
            version: version)
        }
      }
    }
  }

  /// As results list them.
  var lines: [BenchmarkResult.AlgorithmLine] {
    map { .init(name: $0.name, summary: $0.summary, isRandom: $0.isRandom) }
  }
}
