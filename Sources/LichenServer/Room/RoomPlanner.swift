import Foundation
import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenStore

/// Plans what a room asks for, and remembers it. All that plans blocks; it is called within a job.
final class RoomPlanner: Sendable {
  let engine: Engine
  private let parks: Parks
  let memory = RoomMemory()

  /// Time after which a search of the room tells the best plan so far: people are waiting.
  private let patience: Duration

  init(parks: Parks, patience: Duration) {
    self.parks = parks
    self.patience = patience
    engine = parks.engine
  }

  /// A park in the sight of whoever asks, as the store has it.
  struct Subject: Sendable {
    let version: ParkVersion
    let content: Data
    let isOpen: Bool
    /// Whoever asks sees the whole park too, so that links must say which is meant.
    let hasChoice: Bool

    var place: RoomPlace { RoomPlace(version: version.id, isOpen: isOpen) }
  }

  private func options(_ settings: ParkSettings) -> PlanningOptions {
    var options = PlanningOptions(settings: settings)
    options.timeLimit = patience
    return options
  }

  /// How many firms an open room leaves out.
  func hiddenFirms(_ subject: Subject) throws -> Int {
    guard subject.isOpen else { return 0 }
    return try parks.park(subject.version, content: subject.content)
      .declaration.confidentialEnterprises.count
  }

  /// - Throws: `ValidationError`, `MIPSolverError`; `CancellationError` if it was cancelled, because a baseline that
  ///   is not searched to its end would stay.
  func base(
    of subject: Subject, control: SolveControl = SolveControl(),
    tell: @escaping @Sendable (JobProgress) -> Void = { _ in }
  ) throws -> WhatIfBase {
    try memory.base(subject.place) {
      var park = try parks.park(subject.version, content: subject.content)
      if subject.isOpen, !park.declaration.confidentialEnterprises.isEmpty {
        park = try engine.park(park.declaration.opened())
      }
      let start = ContinuousClock.now
      let base = try engine.whatIfBase(of: park, options: options, control: control) {
        tell(JobProgress($0, since: start))
      }
      if control.isCancelled { throw CancellationError() }
      return base
    }
  }

  /// The park under changes, planned; what was cancelled is told but not remembered.
  func plan(
    _ changes: [PlainChange], title: String, of subject: Subject,
    control: SolveControl = SolveControl(),
    tell: @escaping @Sendable (JobProgress) -> Void = { _ in }
  ) throws -> PlannedScenario {
    let base = try base(of: subject, control: control, tell: tell)
    let key = RoomMemory.Key(place: subject.place, changes: changes)
    if let found = memory.plan(key) { return found.titled(title) }
    let scenario = CombinedScenario(changes, name: "room", title: title)
    let start = ContinuousClock.now
    let planned = try engine.planned(
      engine.scenario(scenario, of: base.park, options: options), control: control
    ) { tell(JobProgress($0, since: start)) }
    if !control.isCancelled { memory.keep(planned, for: key) }
    return planned
  }

  /// What CO2e costs under changes.
  func front(_ changes: [PlainChange], of subject: Subject, control: SolveControl) throws
    -> ParetoFront
  {
    // A floor is one point of the front, which is the same with it and without.
    let free = changes.filter { $0.key != "co2_floor" }
    let key = RoomMemory.Key(place: subject.place, changes: free)
    if let found = memory.front(key) { return found }
    let planned = try plan(free, title: "", of: subject, control: control)
    let front = try engine.front(of: planned, control: control)
    if !control.isCancelled { memory.keep(front, for: key) }
    return front
  }

  /// What is settled and what is free under changes.
  func choice(_ changes: [PlainChange], of subject: Subject, control: SolveControl) throws
    -> Alternatives
  {
    let key = RoomMemory.Key(place: subject.place, changes: changes)
    if let found = memory.choice(key) { return found }
    let planned = try plan(changes, title: "", of: subject, control: control)
    let choice = try engine.alternatives(of: planned, control: control)
    if !control.isCancelled { memory.keep(choice, for: key) }
    return choice
  }
}

extension PlannedScenario {
  /// The same plan under another title.
  func titled(_ title: String) -> PlannedScenario {
    PlannedScenario(
      scenario: CombinedScenario(
        name: scenario.name, title: title, summary: scenario.summary, parts: scenario.parts,
        changes: scenario.changes), changes: changes, graph: graph, plan: plan)
  }
}
