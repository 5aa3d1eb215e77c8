import Foundation
import LichenBench
import LichenTestSupport
import Synchronization
import Testing

@testable import LichenCluster

/// Work handed over to an engine that loses, forgets and fails as told.
@Suite struct ClusterRunTests {
  /// An engine with a queue in memory; units are worked on when the test says so.
  private final class FakeEngine: ClusterEngine {
    let name = "fake"
    let worksAtOnce = false
    private struct State {
      var next = 1
      var queue: [(id: String, batch: UnitBatch)] = []
      var submitted: [UnitBatch] = []
      var areRunning = false
      var stuck: Set<String> = []
      /// Jobs of which not all went well.
      var failed: Set<String> = []
    }
    private let state = Mutex(State())

    var submitted: [UnitBatch] { state.withLock { $0.submitted } }
    var queue: [(id: String, batch: UnitBatch)] { state.withLock { $0.queue } }

    func submit(_ batch: UnitBatch) -> String {
      state.withLock { state in
        let id = "\(state.next)"
        state.next += 1
        state.queue.append((id, batch))
        state.submitted.append(batch)
        if !state.failed.isDisjoint(with: batch.after) { state.stuck.insert(id) }
        return id
      }
    }

    func live() -> LiveUnits {
      state.withLock { state in
        var live = LiveUnits()
        let queued = Set(state.queue.flatMap(\.batch.indices))
        if state.areRunning { live.running = queued } else { live.waiting = queued }
        live.stuck = state.stuck
        return live
      }
    }

    /// From now on everything that is handed over runs.
    func runAll() { state.withLock { $0.areRunning = true } }

    func cancel(_ jobs: [String]) {
      state.withLock { state in
        for job in state.queue where jobs.isEmpty || jobs.contains(job.id) {
          state.failed.insert(job.id)
        }
        state.queue.removeAll { jobs.isEmpty || jobs.contains($0.id) }
        state.stuck.subtract(jobs)
      }
    }

    /// Ends the first job in the queue; `works` does its units.
    func end(_ works: (Int) throws -> Void) rethrows {
      let job = state.withLock { $0.queue.removeFirst() }
      var hasFailed = false
      for index in job.batch.indices {
        do { try works(index) } catch { hasFailed = true }
      }
      state.withLock { state in
        if hasFailed {
          state.failed.insert(job.id)
          for waiting in state.queue where waiting.batch.after.contains(job.id) {
            state.stuck.insert(waiting.id)
          }
        }
      }
    }
  }

  private struct Lost: Error {}

  private func prepared(
    attempts: Int = 3, _ body: (WorkFolder, FakeEngine, ClusterRun) throws -> Void
  ) throws {
    let instance = try WorkFixture.instance(.clustered, 100, seed: 9, "B")
    try Repository.inFolder { folder in
      let made = try WorkFixture.shard(
        instance, PlanLimits(effort: 100, blockLinks: 60), units: 5, rounds: 2,
        to: folder.appendingPathComponent("work"))
      try #require(made.manifest.stages.count == 3)
      let engine = FakeEngine()
      let settings = EngineSettings(program: "lichen", attempts: attempts)
      try body(made, engine, ClusterRun(made, engine: engine, settings: settings))
    }
  }

  @Test("Every stage waits for the one before; each unit is handed over once")
  func once() throws {
    try prepared { folder, engine, run in
      try run.begin(key: "k")
      let standing = try run.advance(key: "k")
      #expect(standing.waiting == folder.manifest.unitCount && standing.done == 0)
      #expect(try run.advance(key: "k") == standing, "again changes nothing")
      let indices = engine.submitted.flatMap(\.indices)
      #expect(indices.sorted() == Array(0..<folder.manifest.unitCount))
      for (number, stage) in folder.manifest.stages.enumerated() where number > 0 {
        let before = engine.queue.filter {
          !Set($0.batch.indices).isDisjoint(with: folder.manifest.stages[number - 1].indices)
        }.map(\.id)
        for batch in engine.submitted where stage.indices.contains(batch.indices[0]) {
          #expect(Set(batch.after) == Set(before))
        }
      }
      #expect(throws: WorkError.underWay(running: 0, waiting: folder.manifest.unitCount)) {
        try run.begin(key: "k")
      }
      while !engine.queue.isEmpty {
        try engine.end { _ = try WorkFixture.work.work($0, in: folder) }
      }
      #expect(try run.advance(key: "k").isComplete)
      _ = try WorkFixture.work.merge(folder)
    }
  }

  @Test(
    "A unit that fails is handed over again with twice the requests, and what waits for it anew")
  func again() throws {
    try prepared { folder, engine, run in
      try run.begin(key: "k")
      try run.advance(key: "k")
      let first = try #require(engine.submitted.first { $0.indices.contains(1) })
      var failures = 2
      var rounds = 0
      while !(try run.advance(key: "k").isComplete) {
        rounds += 1
        try #require(rounds < 60)
        if engine.queue.isEmpty { continue }
        try engine.end { index in
          if index == 1, failures > 0 {
            failures -= 1
            throw Lost()
          }
          _ = try WorkFixture.work.work(index, in: folder)
        }
      }
      let tries = engine.submitted.filter { $0.indices.contains(1) }
      #expect(tries.map(\.seconds) == [1, 2, 4].map { $0 * first.seconds })
      #expect(tries.map(\.megabytes) == [1, 2, 4].map { $0 * first.megabytes })
      // The others of its batch were not.
      for index in first.indices where index != 1 {
        #expect(engine.submitted.count { $0.indices.contains(index) } == 1)
      }
      _ = try WorkFixture.work.merge(folder)
    }
  }

  @Test("Once nothing waits and most is done, a second worker is sent to each straggler, once")
  func stragglers() throws {
    let instance = try WorkFixture.instance(.clustered, 100, seed: 9, "B")
    try Repository.inFolder { place in
      let folder = try WorkFixture.shard(
        instance, PlanLimits(effort: 100, blockLinks: 0), units: 4,
        to: place.appendingPathComponent("work"))
      let entries = try #require(try folder.entries(of: 0))
      let late = try #require(entries.last { $0.chunks > 3 })
      let engine = FakeEngine()
      let run = ClusterRun(folder, engine: engine, settings: EngineSettings(program: "lichen"))
      try run.begin(key: "k")
      try run.advance(key: "k")
      // Everything waits: nobody is late.
      for entry in entries where entry.index != late.index {
        _ = try WorkFixture.work.work(entry.index, in: folder)
      }
      let before = engine.submitted.count
      try run.advance(key: "k")
      #expect(engine.submitted.count == before)
      engine.runAll()
      try run.advance(key: "k")
      try run.advance(key: "k")
      #expect(engine.submitted.count == before + 1)
      #expect(engine.submitted.last?.indices == [late.index])
      #expect(engine.submitted.last?.after == [])
      // One of the two is killed: the other has it, and nothing is handed over again.
      let queued = engine.queue.filter { $0.batch.indices.contains(late.index) }
      #expect(queued.count == 2)
      engine.cancel([queued[0].id])
      try run.advance(key: "k")
      #expect(engine.submitted.count == before + 1)
      try engine.end { _ = try WorkFixture.work.work($0, in: folder) }
      #expect(try run.advance(key: "k").isComplete)
      _ = try WorkFixture.work.merge(folder)
    }
  }

  @Test("What fails for good is told, once it was tried as often as allowed")
  func forGood() throws {
    try prepared(attempts: 2) { folder, engine, run in
      try run.begin(key: "k")
      var standing = try run.advance(key: "k")
      while standing.failed.isEmpty {
        if !engine.queue.isEmpty {
          try engine.end { index in
            if index == 1 { throw Lost() }
            _ = try WorkFixture.work.work(index, in: folder)
          }
        }
        standing = try run.advance(key: "k")
      }
      #expect(standing.failed == [1])
      #expect(engine.submitted.count { $0.indices.contains(1) } == 2)
      try run.cancel(key: "k")
      #expect(engine.queue.isEmpty)
      // A new submit begins counting anew, and nothing of it waits for what was taken back.
      try run.begin(key: "k")
      #expect(try run.advance(key: "k").failed.isEmpty)
      #expect(engine.submitted.count { $0.indices.contains(1) } == 3)
      #expect(engine.live().stuck.isEmpty)
      while !(try run.advance(key: "k").isComplete) {
        try engine.end { _ = try WorkFixture.work.work($0, in: folder) }
      }
    }
  }

  @Test(
    "Jobs that an engine has forgotten are handed over again; results that came all the same count")
  func forgotten() throws {
    try prepared { folder, engine, run in
      try run.begin(key: "k")
      try run.advance(key: "k")
      // The controller loses everything; one unit had been done.
      _ = try WorkFixture.work.work(0, in: folder)
      engine.cancel([])
      let standing = try run.advance(key: "k")
      #expect(standing.done == 1)
      #expect(standing.waiting == folder.manifest.stages[0].count - 1)
      #expect(engine.submitted.count { $0.indices.contains(0) } == 1)
      #expect(engine.submitted.count { $0.indices.contains(2) } == 2)
    }
  }

  @Test("A result that was cut on its way is made again, and counts as a failure")
  func cutResult() throws {
    try prepared { folder, engine, run in
      try run.begin(key: "k")
      try run.advance(key: "k")
      try engine.end { index in
        _ = try WorkFixture.work.work(index, in: folder)
        if index == 1 { try Data("half".utf8).write(to: folder.resultFile(index)) }
      }
      #expect(folder.isDone(1))
      try run.advance(key: "k")
      #expect(!folder.isDone(1) && engine.submitted.count { $0.indices.contains(1) } == 2)
      while !(try run.advance(key: "k").isComplete) {
        try engine.end { _ = try WorkFixture.work.work($0, in: folder) }
      }
      _ = try WorkFixture.work.merge(folder)
    }
  }

  @Test("Arrays hold no index beyond what Slurm takes")
  func spans() {
    let spans = ClusterRun.spans(Array(0..<2_500) + [7_000, 7_999, 8_000])
    #expect(spans.map(\.count) == [1_000, 1_000, 500, 2, 1])
    #expect(spans.allSatisfy { ($0.last ?? 0) - ($0.first ?? 0) < 1_000 })
  }
}
