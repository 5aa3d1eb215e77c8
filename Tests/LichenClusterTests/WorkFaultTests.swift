import Foundation
import GLPKSolver
import LichenBench
import LichenIO
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenCluster

/// What happens to folders of work that are damaged, incomplete, foreign or worked on twice.
@Suite struct WorkFaultTests {
  private static let limits = PlanLimits(effort: 100, blockLinks: 60)

  /// A folder with two rounds: five units, prices, blocks again.
  private func prepared(_ body: (WorkFolder) throws -> Void) throws {
    let instance = try WorkFixture.instance(.clustered, 100, seed: 9, "B")
    try Repository.inFolder { folder in
      let made = try WorkFixture.shard(
        instance, Self.limits, units: 5, rounds: 2, to: folder.appendingPathComponent("work"))
      try #require(made.manifest.stages.count == 3)
      try body(made)
    }
  }

  private func content(_ folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      files[path] = try? Data(contentsOf: folder.appendingPathComponent(path))
    }
    return files
  }

  @Test("Any order of work, and work done twice, leaves the same bytes")
  func order() throws {
    try prepared { folder in
      try WorkFixture.workAll(folder)
      let once = try content(folder.url)
      let plan = try WorkFixture.work.merge(folder).result
      try FileManager.default.removeItem(at: folder.results)
      try WorkFixture.workAll(folder) { $0.reversed() + $0 }
      #expect(try content(folder.url) == once)
      #expect(try WorkFixture.work.merge(folder).result.flows == plan.flows)
    }
  }

  @Test("Workers side by side on the same units leave the same bytes")
  func sideBySide() async throws {
    let instance = try WorkFixture.instance(.clustered, 100, seed: 9, "B")
    let place = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let calm = try WorkFixture.shard(
      instance, Self.limits, units: 5, to: place.appendingPathComponent("calm"))
    let busy = try WorkFixture.shard(
      instance, Self.limits, units: 5, to: place.appendingPathComponent("busy"))
    try WorkFixture.workAll(calm)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        for index in busy.manifest.stages[0].indices {
          group.addTask { _ = try WorkFixture.work.work(index, in: busy) }
        }
      }
      try await group.waitForAll()
    }
    #expect(try content(busy.url) == content(calm.url))
  }

  @Test("A unit that was damaged on its way is refused by name; nothing is written")
  func damagedUnit() throws {
    try prepared { folder in
      let entry = try #require(try folder.entries(of: 0)?[1])
      let file = folder.units.appendingPathComponent("\(entry.hash)/links.csv")
      let sound = try Data(contentsOf: file)
      for damaged in [sound.dropLast(3), sound + Data("x".utf8), Data()] {
        try Data(damaged).write(to: file)
        #expect(
          throws: WorkError.damagedUnit(index: 1, path: file.deletingLastPathComponent().path)
        ) {
          try WorkFixture.work.work(1, in: folder)
        }
        #expect(!folder.isDone(1))
      }
      try sound.write(to: file)
      let stray = file.deletingLastPathComponent().appendingPathComponent("more.csv")
      try Data("a".utf8).write(to: stray)
      #expect(throws: WorkError.self) { try WorkFixture.work.work(1, in: folder) }
      try FileManager.default.removeItem(at: stray)
      _ = try WorkFixture.work.work(1, in: folder)
      #expect(folder.isDone(1))
    }
  }

  @Test("A result that was cut, changed, swapped or forged is refused by the merger; work mends it")
  func damagedResult() throws {
    try prepared { folder in
      try WorkFixture.workAll(folder)
      let sound = try WorkFixture.work.merge(folder).result
      let file = folder.resultFile(2)
      let bytes = try Data(contentsOf: file)
      let text = String(decoding: bytes, as: UTF8.self)
      let other = try Data(contentsOf: folder.resultFile(3))
      let wrong: [Data] = [
        Data(), bytes.dropLast(1), bytes.prefix(bytes.count / 2), other,
        Data(text.replacing("\"objective\":", with: "\"objective\":1").utf8),
        Data(text.replacing("1.2.3", with: "1.2.4").utf8),
      ]
      for damage in wrong {
        try Data(damage).write(to: file)
        #expect {
          try WorkFixture.work.merge(folder)
        } throws: { error in
          guard case WorkError.damagedResult(let index, let path, _) = error else { return false }
          return index == 2 && path == file.path
        }
        // Again, by a worker that comes by: a sound one is there.
        _ = try WorkFixture.work.work(2, in: folder)
        #expect(try Data(contentsOf: file) == bytes)
      }
      #expect(try WorkFixture.work.merge(folder).result.flows == sound.flows)
    }
  }

  @Test(
    "A result that claims what its plan is not worth, or breaks a limit, is refused by the judge")
  func forgedResult() throws {
    try prepared { folder in
      try WorkFixture.workAll(folder)
      let entry = try #require(try folder.entries(of: 0)?[0])
      let sound = try #require(try folder.result(PlanOutcome.self, of: entry))
      let body = try WorkFolder.encoder.encode(sound)
      func forged(_ change: (inout [String: Any]) -> Void) throws -> PlanOutcome {
        var object = try #require(
          try JSONSerialization.jsonObject(with: body) as? [String: Any])
        change(&object)
        return try JSONDecoder().decode(
          PlanOutcome.self, from: JSONSerialization.data(withJSONObject: object))
      }
      let lies: [PlanOutcome] = try [
        forged { $0["objective"] = sound.objective * 1.01 },
        forged { $0["bound"] = sound.objective * 0.9 },
        forged { object in
          object["flows"] = sound.flows.map { [Double($0.link), $0.amount * 1.5] }
        },
        forged { $0["flows"] = [[1_000_000, 1.0]] },
      ]
      for lie in lies {
        try folder.write(lie, of: entry)
        #expect {
          try WorkFixture.work.merge(folder)
        } throws: { error in
          guard case WorkError.refusedResult(let index, _) = error else { return false }
          return index == 0
        }
      }
    }
  }

  @Test("What is missing is named; a later stage waits for the one before")
  func missing() throws {
    try prepared { folder in
      let first = folder.manifest.stages[0].indices
      let divide = folder.manifest.stages[1].first
      #expect(throws: WorkError.notYet(index: divide, stage: 1, missing: Array(first))) {
        try WorkFixture.work.work(divide, in: folder)
      }
      for index in first where index != 1 { _ = try WorkFixture.work.work(index, in: folder) }
      #expect(throws: WorkError.missingResults([1])) { try WorkFixture.work.merge(folder) }
      #expect(throws: WorkError.noUnit(index: 77, count: folder.manifest.unitCount)) {
        try WorkFixture.work.work(77, in: folder)
      }
      #expect(WorkError.missingResults([0, 1, 2, 5, 9, 10]).description.contains("0-2, 5, 9-10"))
    }
  }

  @Test("A folder of another version, without a manifest, or with a damaged one is not worked on")
  func foreign() throws {
    try prepared { folder in
      #expect(throws: WorkError.otherVersion(path: folder.url.path, found: "1.2.3", own: "1.2.4")) {
        try WorkFolder(folder.url, engine: "1.2.4")
      }
      #expect(throws: WorkError.noWork(path: folder.units.path)) {
        try WorkFolder(folder.units, engine: "1.2.3")
      }
      let file = folder.url.appendingPathComponent("manifest.json")
      let sound = try Data(contentsOf: file)
      for damaged in [sound.prefix(40), Data("{}".utf8)] {
        try Data(damaged).write(to: file)
        #expect {
          try WorkFolder(folder.url, engine: "1.2.3")
        } throws: { error in
          if case WorkError.damagedManifest = error { true } else { false }
        }
      }
      try sound.write(to: file)
      #expect(try WorkFolder(folder.url, engine: "1.2.3").manifest == folder.manifest)
      // A folder that holds something is not sharded into.
      #expect(throws: FileWritingError.folderNotEmpty(path: folder.url.path)) {
        try WorkFixture.shard(
          WorkFixture.instance(.clustered, 10, seed: 1, "A"), Self.limits, to: folder.url)
      }
    }
  }
}
