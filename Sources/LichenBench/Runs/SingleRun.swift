import Foundation
import LichenDomain
import LichenPlanning
import Synchronization

/// One run inside its own process: reads the instance, plans, measures, judges.
public struct SingleRun: Sendable {
  /// A run that takes this much longer than allowed, and ten seconds, is ended.
  static let patience = 1.2
  static let mostCurvePoints = 300

  private let request: RunRequest
  private let algorithms: [any MatchingAlgorithm]

  /// - Parameter algorithms: Those that ship; an external command is made from the request.
  public init(_ request: RunRequest, algorithms: [any MatchingAlgorithm]) {
    self.request = request
    self.algorithms = algorithms
  }

  /// - Parameter onOverrun: Takes the record of a run that does not end, and must end the process.
  /// - Returns: The record; whatever the algorithm or the instance did wrong is in it.
  public func run(onOverrun: @escaping @Sendable (RunRecord) -> Void) -> RunRecord {
    var record = RunRecord(key: request.key)
    record.isRandom = request.isRandom
    do {
      let instance = try request.instance.load()
      record.links = instance.model.links.count
      record.statedObjective = instance.bestKnown?.objective
      record.statedBound = instance.bestKnown?.bound
      guard let algorithm = algorithm(for: instance) else {
        record.note = "There is no algorithm '\(request.algorithm)'."
        return record
      }
      return measure(algorithm, instance.model, record, onOverrun)
    } catch {
      record.note = "\(error)"
      return record
    }
  }

  private func algorithm(for instance: Instance) -> (any MatchingAlgorithm)? {
    guard let command = request.command else {
      return algorithms.first { $0.name == request.algorithm }
    }
    let folder = request.instance.folder
    return ExternalCommand(
      name: request.algorithm, command: command, isRandom: request.isRandom
    ) { _, place in
      if let folder { return folder }
      try InstanceWriter.write(instance, to: place)
      return place
    }
  }

  private func measure(
    _ algorithm: any MatchingAlgorithm, _ model: PlanningModel, _ start: RunRecord,
    _ onOverrun: @escaping @Sendable (RunRecord) -> Void
  ) -> RunRecord {
    var record = start
    let curve = Mutex<ProgressCurve>(ProgressCurve())
    let clock = ContinuousClock.now
    let seconds: @Sendable () -> Double = { (ContinuousClock.now - clock) / .seconds(1) }
    let watch = OverrunWatch(
      seconds: request.limits.seconds * Self.patience + 10, record: start, onOverrun: onOverrun)
    let before = ResourceUse.now()
    let progress = RunProgress(
      onIncumbent: { value in
        let now = seconds()
        curve.withLock { $0.found(value, at: now) }
      },
      onBound: { bound in
        let now = seconds()
        curve.withLock { $0.proved(bound, at: now) }
      })
    let outcome = Result {
      try algorithm.plan(model, limits: request.limits, progress: progress)
    }
    record.wallSeconds = seconds()
    watch.end()
    let after = ResourceUse.now()
    record.cpuSeconds = after.cpuSeconds - before.cpuSeconds
    record.peakMegabytes = after.peakMegabytes
    judge(outcome, model, &record)
    var points = curve.withLock { $0 }
    if case .success(let result) = outcome, let told = result.curve { points = ProgressCurve(told) }
    record.curve = points.ended(
      at: record.wallSeconds, value: record.value, bound: record.bound,
      most: Self.mostCurvePoints)
    return record
  }

  private func judge(
    _ outcome: Result<AlgorithmResult, any Error>, _ model: PlanningModel,
    _ record: inout RunRecord
  ) {
    switch outcome {
    case .failure(let error):
      record.note = "\(error)"
      switch error {
      case AlgorithmRefusal.noPlan: record.status = .noPlan
      case AlgorithmRefusal.tooLarge: record.status = .refused
      default: record.status = .failed
      }
    case .success(let result):
      record.stopRule = result.stopRule.rawValue
      record.note = result.note
      record.bound = result.bound
      guard let plan = result.plan else {
        record.status = .noPlan
        return
      }
      let verdict = PlanJudge(model).judge(plan)
      guard verdict.isAccepted else {
        record.status = .rejected
        record.violations = verdict.violations.prefix(5).map(\.description)
        return
      }
      record.value = verdict.objective
      record.openLinks = verdict.openLinks
      record.blockingPairs = BlockingPairs.count(plan, in: model)
      record.status = (record.ownGap ?? 1) <= 1e-6 ? .optimal : .feasible
    }
  }
}

/// Ends a run that does not end by itself.
private final class OverrunWatch: Sendable {
  private let isDone = Atomic<Bool>(false)

  init(seconds: Double, record: RunRecord, onOverrun: @escaping @Sendable (RunRecord) -> Void) {
    Thread.detachNewThread { [self] in
      let start = ContinuousClock.now
      while !isDone.load(ordering: .relaxed) {
        if ContinuousClock.now - start > .seconds(seconds) {
          var late = record
          late.status = .overrun
          late.wallSeconds = (ContinuousClock.now - start) / .seconds(1)
          let use = ResourceUse.now()
          late.cpuSeconds = use.cpuSeconds
          late.peakMegabytes = use.peakMegabytes
          onOverrun(late)
          return
        }
        usleep(50_000)
      }
    }
  }

  func end() { isDone.store(true, ordering: .relaxed) }
}
