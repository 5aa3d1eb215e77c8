import Foundation
import LichenBench
import LichenIO
import LichenPlanning

/// Divides work, does it unit by unit, and joins what came of it.
public struct Work: Sendable {
  public let engine: String
  let solver: any MIPSolver
  /// Program that does one run of a benchmark; needed to work on runs.
  let runner: URL?
  /// Makes candidates of a park; needed to work on a nation.
  let maker: (any CandidateMaker)?
  /// Needed to work on pieces of an analysis.
  let analyst: (any Analyst)?

  /// - Parameters:
  ///   - engine: Version of Lichen.
  ///   - runner: Program that does one run of a benchmark, called with `bench run-one REQUEST RESULT`.
  ///   - maker: Makes candidates of a park.
  ///   - analyst: Works out pieces of an analysis.
  public init(
    engine: String, solver: any MIPSolver, runner: URL? = nil,
    maker: (any CandidateMaker)? = nil, analyst: (any Analyst)? = nil
  ) {
    self.maker = maker
    self.engine = engine
    self.solver = solver
    self.runner = runner
    self.analyst = analyst
  }

  /// News of work that takes long.
  public typealias News = @Sendable (String) -> Void

  // MARK: Shard

  /// Makes a folder of work of an instance.
  /// - Parameters:
  ///   - units: How many units there should be; see `PlanSharder`.
  ///   - rounds: How often the blocks of cut components are planned, with better prices each time; at least 1.
  /// - Throws: `FileWritingError`, `folderNotEmpty` for a folder that holds something.
  public func shard(
    _ instance: Instance, to url: URL, limits: PlanLimits, units: Int, rounds: Int,
    purpose: WorkManifest.Purpose = .instance, source: [(name: String, bytes: [UInt8])] = [],
    news: News = { _ in }
  ) throws -> WorkFolder {
    try StagedFolder.checkEmpty(url)
    // What is divided is what the merger will read: bounds as tight as the reader makes them.
    let place = url.appendingPathComponent("source/instance")
    try InstanceWriter.write(instance, to: place)
    let sharder = PlanSharder(try Self.read(place, for: limits), limits: limits, units: units)
    let (all, blocks) = (sharder.contents.count, sharder.blockContents.count)
    var stages = [WorkManifest.Stage(kind: .plan, first: 0, count: all)]
    if blocks > 0 {
      for round in 1..<max(1, rounds) {
        let first = all + (round - 1) * (blocks + 1)
        stages.append(WorkManifest.Stage(kind: .divide, first: first, count: 1))
        stages.append(WorkManifest.Stage(kind: .plan, first: first + 1, count: blocks))
      }
    }
    let manifest = WorkManifest(
      engine: engine, purpose: purpose, name: instance.name, limits: limits, stages: stages)
    let folder = WorkFolder(url, manifest: manifest)
    try FileManager.default.createDirectory(at: folder.units, withIntermediateDirectories: true)
    for file in source {
      try AtomicFile.write(file.bytes, to: folder.source.appendingPathComponent(file.name))
    }
    try sharder.write(
      stage: 0, of: manifest, divisions: sharder.firstDivisions(), to: folder
    ) { news("\($0) of \(all) units written") }
    // Last: a folder with a manifest is complete.
    try WorkFolder.write(manifest, to: url)
    return folder
  }

  // MARK: Work

  public enum Progress: Sendable { case done, alreadyDone, cancelled }

  /// Works on a unit. Doing it twice, or twice at a time, gives the same result once.
  /// - Throws: `WorkError`, `FileWritingError`, `MIPSolverError`, `ValidationError`.
  public func work(
    _ index: Int, in folder: WorkFolder, threads: Int = 1, control: SolveControl = SolveControl()
  ) throws -> Progress {
    let manifest = folder.manifest
    guard let stage = manifest.stage(of: index) else {
      throw WorkError.noUnit(index: index, count: manifest.unitCount)
    }
    for earlier in 0..<stage {
      let missing = folder.missing(in: earlier)
      if !missing.isEmpty {
        throw WorkError.notYet(index: index, stage: earlier + 1, missing: missing)
      }
    }
    // A damaged result is made again.
    folder.removeIfDamaged(index)
    if folder.isDone(index) { return .alreadyDone }
    switch manifest.stages[stage].kind {
    case .candidates:
      let entry = try entry(index, stage: stage, folder)
      guard let maker else {
        throw WorkError.engine("Candidates need a program that makes them.")
      }
      let (unit, task) = try folder.task(CandidateTask.self, of: entry)
      try folder.write(CandidateOutcome(maker.part(of: unit, task: task)), of: entry)
    case .join:
      try NationJoiner(folder: folder).join(stage: stage - 1)
      let sharder = try merger(folder).sharder
      try sharder.write(
        stage: stage + 1, of: folder.manifest, divisions: sharder.firstDivisions(), to: folder)
    case .divide:
      let merger = try merger(folder)
      let divisions = try merger.divisions(after: stage - 1)
      try merger.sharder.write(
        stage: stage + 1, of: folder.manifest, divisions: divisions, to: folder)
    case .plan:
      let entry = try entry(index, stage: stage, folder)
      let unit = try PlanWorker(entry, in: folder, solver: solver, threads: threads)
      let isDone = try UnitChunks(folder: folder, entry: entry).work { chunk in
        let outcome = try unit.outcome(chunk: chunk, control: control)
        // What was cut short would differ from what another worker finds.
        return control.isCancelled ? nil : try WorkFolder.encoder.encode(outcome)
      } joined: {
        try unit.joined($0)
      }
      if !isDone { return .cancelled }
    case .run:
      let entry = try entry(index, stage: stage, folder)
      guard let runner else {
        throw WorkError.engine("Runs of a benchmark need a program that does them.")
      }
      let unit = try SweepWorker(entry, in: folder, program: runner)
      _ = try UnitChunks(folder: folder, entry: entry).work {
        try WorkFolder.encoder.encode(unit.records(chunk: $0))
      } joined: {
        UnitChunks.spliced($0)
      }
    case .answer:
      try answer(entry(index, stage: stage, folder), in: folder, threads: threads)
    }
    return .done
  }

  private func entry(_ index: Int, stage: Int, _ folder: WorkFolder) throws -> UnitEntry {
    guard let entries = try folder.entries(of: stage),
      let entry = entries.first(where: { $0.index == index })
    else {
      throw WorkError.damagedManifest(
        path: folder.url.appendingPathComponent("stages/\(stage).json").path,
        reason: "it does not list unit \(index)")
    }
    return entry
  }

  // MARK: Merge

  /// Joins all results into one plan of the instance in `source`.
  /// - Returns: The instance without links that can never pay, and the plan of it.
  /// - Throws: `WorkError` naming units without a result, or with one that is damaged or refused.
  public func merge(_ folder: WorkFolder) throws -> (instance: Instance, result: PlanSearchResult) {
    let merger = try merger(folder)
    return (merger.sharder.instance, try merger.merged())
  }

  private func merger(_ folder: WorkFolder) throws -> PlanMerger {
    let place = folder.source.appendingPathComponent("instance")
    return PlanMerger(
      folder, instance: try Self.read(place, for: folder.manifest.limits), solver: solver)
  }

  private static func read(_ place: URL, for limits: PlanLimits) throws -> Instance {
    try InstanceReader.read(folder: place).instance.reduced(for: limits)
  }
}

extension Instance {
  /// Without links that can never pay, where one objective tells.
  func reduced(for limits: PlanLimits) -> Instance {
    guard limits.objectives.count == 1 else { return self }
    return Instance(
      name: name, source: source, licence: licence,
      model: model.withoutHopelessLinks(limits.objectives[0].weights).0, outputIDs: outputIDs,
      inputIDs: inputIDs, bestKnown: bestKnown, droppedLinkIDs: droppedLinkIDs)
  }
}
