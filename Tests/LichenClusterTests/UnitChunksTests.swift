import Foundation
import LichenBench
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenCluster

/// Units worked on in chunks: by workers that are killed, and by several at a time.
@Suite struct UnitChunksTests {
  private struct Killed: Error {}

  /// A folder with one unit of 4 chunks, whatever they are.
  private func inFolder(_ body: (UnitChunks) throws -> Void) throws {
    try Repository.inFolder { folder in
      let place = folder.appendingPathComponent("work")
      let manifest = WorkManifest(
        engine: "1.2.3", purpose: .sweep, name: "chunks", limits: PlanLimits(),
        stages: [.init(kind: .run, first: 0, count: 1)])
      let work = WorkFolder(place, manifest: manifest)
      let written = try work.write(unit: [(WorkFolder.taskFile, Array("{}".utf8))])
      let entry = UnitEntry(
        index: 0, hash: written.hash, links: 0, bytes: 0, seconds: 1, megabytes: 1, chunks: 4)
      try work.write([entry], stage: 0)
      try body(UnitChunks(folder: work, entry: entry))
    }
  }

  private func line(_ chunk: Int) -> Data { Data("[\(chunk),\"\(chunk)\"]".utf8) }
  private let whole = Data(#"[0,"0",1,"1",2,"2",3,"3"]"#.utf8)

  private func left(_ unit: UnitChunks) -> [String] {
    let chunks = unit.folder.url.appendingPathComponent("chunks")
    return (try? FileManager.default.contentsOfDirectory(atPath: chunks.path)) ?? []
  }

  @Test("A worker that is killed loses the chunk it was at; what it had done is not done again")
  func killed() throws {
    try inFolder { unit in
      var made: [Int] = []
      #expect(throws: Killed.self) {
        try unit.work { chunk in
          if made.count == 3 { throw Killed() }
          made.append(chunk)
          return line(chunk)
        } joined: {
          UnitChunks.spliced($0)
        }
      }
      #expect(!unit.folder.isDone(0) && unit.folder.openChunks(0) == 1)
      // A worker that is told to stop loses as little.
      #expect(try !unit.work({ _ in nil }, joined: { UnitChunks.spliced($0) }))
      let isDone = try unit.work { chunk in
        made.append(chunk)
        return line(chunk)
      } joined: {
        UnitChunks.spliced($0)
      }
      #expect(isDone && made.sorted() == [0, 1, 2, 3])
      #expect(try unit.folder.body(of: unit.entry) == whole)
      #expect(left(unit).isEmpty && unit.folder.openChunks(0) == 0)
    }
  }

  @Test("Two that meet on a unit divide it: no chunk is made twice but the one that both are at")
  func meeting() throws {
    try inFolder { unit in
      var made: [Int] = []
      var hasMet = false
      let isDone = try unit.work { chunk in
        made.append(chunk)
        if made.count == 2, !hasMet {
          hasMet = true
          // The second comes while the first is at its second chunk, and is faster.
          _ = try unit.work { chunk in
            made.append(chunk)
            return line(chunk)
          } joined: {
            UnitChunks.spliced($0)
          }
        }
        return line(chunk)
      } joined: {
        UnitChunks.spliced($0)
      }
      #expect(isDone && hasMet && made.count == 5 && Set(made) == [0, 1, 2, 3])
      #expect(try unit.folder.body(of: unit.entry) == whole)
      // Nothing more is to be done.
      #expect(try unit.work({ _ in throw Killed() }, joined: { _ in throw Killed() }))
      #expect(left(unit).isEmpty)
    }
  }

  @Test("A chunk that is cut, changed or of another is made anew", arguments: [0, 1, 2])
  func damaged(kind: Int) throws {
    try inFolder { unit in
      for chunk in 0..<3 {
        try unit.folder.write(line: line(chunk), of: unit.entry, chunk: chunk)
      }
      let file = unit.folder.resultFile(0, chunk: 1)
      let bytes = try Data(contentsOf: file)
      let wrong = [
        bytes.dropLast(3),
        Data(String(decoding: bytes, as: UTF8.self).replacing("[1,", with: "[2,").utf8),
        try Data(contentsOf: unit.folder.resultFile(0, chunk: 2)),
      ][kind]
      try Data(wrong).write(to: file)
      var made: [Int] = []
      _ = try unit.work { chunk in
        made.append(chunk)
        return line(chunk)
      } joined: {
        UnitChunks.spliced($0)
      }
      #expect(made.sorted() == [1, 3])
      #expect(try unit.folder.body(of: unit.entry) == whole)
    }
  }

  @Test("Components planned in chunks are those planned in one go, to the bit")
  func plans() throws {
    let instance = try WorkFixture.instance(.clustered, 100, seed: 4, "B")
    let limits = PlanLimits(effort: 100, blockLinks: 0)
    try Repository.inFolder { place in
      let folder = try WorkFixture.shard(
        instance, limits, units: 1, to: place.appendingPathComponent("work"))
      let entry = try #require(try folder.entries(of: 0)?.first)
      #expect(entry.chunks > 3)
      _ = try WorkFixture.work.work(0, in: folder)
      let inChunks = try #require(try folder.result(PlanOutcome.self, of: entry))
      let whole = UnitEntry(
        index: 0, hash: entry.hash, links: entry.links, bytes: entry.bytes, seconds: entry.seconds,
        megabytes: entry.megabytes)
      let outcome = try PlanWorker(
        whole, in: folder, solver: WorkFixture.work.solver, threads: 1
      ).outcome(chunk: 0, control: SolveControl())
      #expect(inChunks == outcome)
    }
  }

  @Test("Runs are those of a folder only with the same instance, algorithm and program")
  func isAbout() throws {
    try Repository.inFolder { place in
      let folder = place.appendingPathComponent("mine")
      try InstanceWriter.write(WorkFixture.instance(.clustered, 10, seed: 1, "A"), to: folder)
      func runs(_ program: String) throws -> [RunRequest] {
        [
          RunRequest(
            instance: try InstanceReference(line: folder.path, base: place), algorithm: "mine",
            isRandom: false, command: [program], limits: RunLimits(seconds: 1), version: "1")
        ]
      }
      let made = try WorkFixture.work.shard(
        runs("a"), name: "set", to: place.appendingPathComponent("work"), units: 1)
      #expect(try WorkFixture.work.isAbout(runs("a"), made))
      #expect(try !WorkFixture.work.isAbout(runs("b"), made))
      let table = folder.appendingPathComponent("inputs.csv")
      let bytes = try Data(contentsOf: table)
      try (bytes + Data("x,1,\n".utf8)).write(to: table)
      #expect(try !WorkFixture.work.isAbout(runs("a"), made))
    }
  }

  @Test("A worker that has nothing to do takes a part of what another is late with")
  func helped() throws {
    let instance = try WorkFixture.instance(.clustered, 100, seed: 4, "B")
    try Repository.inFolder { place in
      let folder = try WorkFixture.shard(
        instance, PlanLimits(effort: 100, blockLinks: 0), units: 1,
        to: place.appendingPathComponent("work"))
      // The first worker on a unit comes to its end only once there is a second.
      let program = place.appendingPathComponent("worker")
      try Data(
        """
        #!/bin/sh
        mkdir "$2/first" 2>/dev/null || { touch "$2/second"; exit 0; }
        for i in $(seq 600); do [ -e "$2/second" ] && touch "$2/helped" && exit 0; sleep 0.1; done
        """.utf8
      ).write(to: program)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: program.path)
      let engine = LocalEngine(
        folder, settings: EngineSettings(program: program.path, workers: 2))
      _ = try engine.submit(UnitBatch(indices: [0], seconds: 1, megabytes: 1, after: []))
      #expect(
        FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("helped").path))
    }
  }
}
