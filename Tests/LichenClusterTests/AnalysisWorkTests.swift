import Foundation
import GLPKSolver
import LichenTestSupport
import Testing

@testable import LichenCluster

/// Pieces of analyses as units, whatever the analysis is.
@Suite struct AnalysisWorkTests {
  /// Squares numbers that the source gives, but for those it cannot.
  private struct Squares: Analyst {
    func ask(
      named name: String, source: [String: Data], threads: Int,
      _ body: @escaping @Sendable (Values) throws -> Void
    ) throws {
      let numbers = try JSONDecoder().decode([Double].self, from: source["numbers.json"] ?? Data())
      try body { pieces in
        try PieceValues.data(pieces.map { numbers[$0] < 0 ? nil : numbers[$0] * numbers[$0] })
      }
    }
  }

  private static let work = Work(engine: "1.2.3", solver: GLPKSolver(), analyst: Squares())
  private static let numbers: [Double] = [3, 0.1, .pi, 1e200, -1, 7, 2, 1, 5, 4]
  private static let sizes = [1, 90, 5, 40, 30, 2, 2, 60, 8, 20]

  private func shard(
    _ url: URL, _ numbers: [Double] = numbers, units: Int = 3, work: Work = work
  ) throws -> WorkFolder {
    try work.shard(
      AnalysisPieces("squares", sizes: Self.sizes, candidates: 100, limits: PlanLimits()),
      name: "numbers", source: [("numbers.json", Array(try JSONEncoder().encode(numbers)))],
      to: url, units: units)
  }

  private func inFolder(_ body: (URL) throws -> Void) throws {
    try Repository.inFolder { try body($0.appendingPathComponent("squares")) }
  }

  private func workAll(_ folder: WorkFolder) throws -> [Work.Progress] {
    try folder.manifest.stages[0].indices.map { try Self.work.work($0, in: folder) }
  }

  private var expected: [Double?] { Self.numbers.map { $0 < 0 ? nil : $0 * $0 } }

  @Test("Every piece is in one unit, and no unit has more work than another by more than a piece")
  func dealing() throws {
    for count in [1, 2, 3, 7, 10, 50] {
      let units = try AnalysisSharder(
        AnalysisPieces("squares", sizes: Self.sizes, candidates: 0, limits: PlanLimits()),
        source: "", units: count
      ).units
      #expect(units.count == min(count, Self.sizes.count))
      let tasks = try units.map {
        try JSONDecoder().decode(AnalysisTask.self, from: Data($0.files[0].bytes))
      }
      #expect(tasks.flatMap(\.pieces).sorted() == Array(Self.sizes.indices))
      let loads = units.map(\.entry.links)
      #expect(loads.max()! - loads.min()! <= Self.sizes.max()!)
    }
  }

  @Test("Values come back in order and to the bit, infinite ones too", arguments: [1, 3, 10])
  func values(units: Int) throws {
    try inFolder { url in
      let folder = try shard(url, units: units)
      #expect(throws: WorkError.missingResults(Array(0..<units))) {
        try Self.work.values(Double.self, of: folder)
      }
      _ = try workAll(folder)
      #expect(try Self.work.values(Double.self, of: folder) == expected)
      #expect(expected[3] == .infinity)
    }
  }

  @Test("The same question goes on in the units that are there; another one begins anew")
  func goingOn() throws {
    try inFolder { url in
      let folder = try shard(url)
      _ = try Self.work.work(1, in: folder)
      let again = try shard(url, units: 7)
      #expect(again.manifest == folder.manifest)
      #expect(try workAll(again) == [.done, .alreadyDone, .done])
      let other = try shard(url, Self.numbers.reversed(), units: 7)
      #expect(try workAll(other).allSatisfy { $0 == .done })
      #expect(try Self.work.values(Double.self, of: other) == expected.reversed())
      let newer = Work(engine: "1.2.4", solver: GLPKSolver(), analyst: Squares())
      #expect(throws: WorkError.otherVersion(path: url.path, found: "1.2.3", own: "1.2.4")) {
        try WorkFolder(url, engine: "1.2.4")
      }
      let renewed = try shard(url, Self.numbers.reversed(), units: 7, work: newer)
      #expect(renewed.missing(in: 0).count == 7)
    }
  }

  @Test("What is damaged is refused before any work, and made anew by whoever asked")
  func damage() throws {
    try inFolder { url in
      let folder = try shard(url)
      _ = try workAll(folder)
      let entry = try #require(try folder.entries(of: 0)?[1])
      let unit = folder.units.appendingPathComponent(entry.hash)
      let source = folder.source
      for (damaged, file) in [(unit, "unit.json"), (source, "numbers.json")] {
        try FileManager.default.removeItem(at: folder.resultFile(1))
        let handle = try FileHandle(forWritingTo: damaged.appendingPathComponent(file))
        try handle.truncate(atOffset: 5)
        try handle.close()
        #expect(throws: WorkError.damagedUnit(index: 1, path: damaged.path)) {
          try Self.work.work(1, in: folder)
        }
        _ = try shard(url)
        #expect(try workAll(folder) == [.alreadyDone, .done, .alreadyDone])
      }
      let bytes = try Data(contentsOf: folder.resultFile(2))
      let changed = Data(String(decoding: bytes, as: UTF8.self).replacing("49", with: "48").utf8)
      for wrong in [bytes.dropLast(2), changed, try Data(contentsOf: folder.resultFile(0))] {
        try Data(wrong).write(to: folder.resultFile(2))
        #expect(throws: WorkError.self) { try Self.work.values(Double.self, of: folder) }
        _ = try shard(url)
        #expect(!folder.isDone(2))
        #expect(try workAll(folder) == [.alreadyDone, .alreadyDone, .done])
      }
      #expect(try Self.work.values(Double.self, of: folder) == expected)
    }
  }

  @Test("Values of another kind are refused, and so is work without anybody who asks")
  func otherKind() throws {
    try inFolder { url in
      let folder = try shard(url)
      let work = Work(engine: "1.2.3", solver: GLPKSolver())
      #expect(throws: WorkError.self) { try work.work(0, in: folder) }
      _ = try workAll(folder)
      #expect(throws: WorkError.self) { try work.values(String.self, of: folder) }
    }
  }

  @Test("Two commands never see to the same work; it is gone once it is done")
  func alone() throws {
    try inFolder { url in
      try Work.alone(in: url) {
        #expect(throws: WorkError.inUse(path: url.path)) { try Work.alone(in: url) {} }
        #expect(FileManager.default.fileExists(atPath: url.path))
      }
      #expect(!FileManager.default.fileExists(atPath: url.path))
      // What failed is gone on with.
      #expect(throws: WorkError.noWork(path: "")) {
        try Work.alone(in: url) { throw WorkError.noWork(path: "") }
      }
      #expect(FileManager.default.fileExists(atPath: url.path))
    }
  }
}
