import Foundation
import LichenDomain
import LichenEngine
import LichenMatching
import LichenReport
import LichenStore

/// Reports of runs, made when somebody asks and kept for a while.
actor Reports {
  /// One edition in one language, template and format.
  struct Key: Hashable, Sendable {
    let run: String
    let format: ReportFormat
    let language: String
    let audience: Audience
    /// Name of a shipped template; `nil` for the report as it is.
    let template: String?
    /// Pairs of enterprises that have agreed here to be named to each other, both ways.
    let agreed: [Pair]
  }

  struct Pair: Hashable, Sendable {
    let one: String
    let other: String
  }

  /// What every report of a run begins with.
  private struct Basis: Sendable {
    let result: MatchResult
    let extras: ReportExtras
  }

  private struct Made {
    let key: Key
    let files: [ReportFile]
    var bytes: Int { files.reduce(0) { $0 + $1.content.count } }
  }

  private let parks: Parks
  private let work = BlockingWork(workers: 2)
  private var bases: [(run: String, agreed: [Pair], task: Task<Basis, any Error>)] = []
  private var making: [Key: Task<[ReportFile], any Error>] = [:]
  /// The latest last.
  private var made: [Made] = []
  private static let mostBases = 4
  /// Of the reports kept [bytes].
  private static let mostBytes = 64 << 20

  init(parks: Parks) { self.parks = parks }

  /// Files of a report; two who ask for one report wait for one making.
  /// - Parameters:
  ///   - plan: Of the run.
  ///   - content: Declarations of the version that the run was made from.
  /// - Throws: `RefusedPlanError` for a run that this version of Lichen plans otherwise, `EditionError` for an
  ///   enterprise that is not there, `BrowserError` for a PDF where no browser is, `Refusal.overloaded`.
  func files(_ key: Key, run: Run, plan: Data, content: Data) async throws -> [ReportFile] {
    if let place = made.firstIndex(where: { $0.key == key }) {
      let found = made.remove(at: place)
      made.append(found)
      return found.files
    }
    if let task = making[key] { return try await task.value }
    let request = ReportRequest(
      formats: [key.format], languages: [key.language], audiences: [key.audience],
      template: key.template)
    let basis = basis(run, plan: plan, content: content, agreed: key.agreed)
    let task = Task { [work, engine = parks.engine] in
      let basis = try await basis.value
      return try await work.run {
        let publisher = try ReportPublisher(request, engine: engine)
        try publisher.check(basis.result.plan.park)
        return try publisher.files(of: basis.result, extras: basis.extras)
      }
    }
    making[key] = task
    defer { making[key] = nil }
    let files = try await task.value
    keep(Made(key: key, files: files))
    return files
  }

  private func basis(_ run: Run, plan: Data, content: Data, agreed: [Pair])
    -> Task<Basis, any Error>
  {
    if let found = bases.first(where: { $0.run == run.id && $0.agreed == agreed }) {
      return found.task
    }
    let task = Task { [work, parks] in
      try await work.run {
        let result = try parks.result(
          run, plan: plan, content: content, agreed: agreed.map { ($0.one, $0.other) })
        return Basis(result: result, extras: try parks.engine.reportExtras(of: result))
      }
    }
    bases.append((run.id, agreed, task))
    if bases.count > Self.mostBases { bases.removeFirst() }
    // What failed may go well another time.
    Task { if case .failure = await task.result { forget(run.id) } }
    return task
  }

  private func forget(_ run: String) { bases.removeAll { $0.run == run } }

  private func keep(_ report: Made) {
    made.append(report)
    var bytes = made.reduce(0) { $0 + $1.bytes }
    while bytes > Self.mostBytes, made.count > 1 { bytes -= made.removeFirst().bytes }
  }
}
