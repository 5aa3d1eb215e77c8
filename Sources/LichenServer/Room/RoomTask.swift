import Foundation
import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenMatching
import LichenPlanning
import LichenReport
import LichenStore
import Synchronization

/// What somebody asks of a room, and what came of it.
final class RoomTask: Sendable {
  enum Question: Sendable, Equatable {
    case plan, front, choice, compare
    case report(ReportFormat)
  }

  /// A kept scenario that stands beside, under its letter.
  struct Beside: Sendable {
    let letter: String
    let scenario: SavedScenario
  }

  /// The scenario that is looked at, between the park as declared and those that stand beside.
  struct Plans: Sendable {
    let base: WhatIfBase
    let now: PlannedScenario
    /// Those that could be planned.
    let beside: [(beside: Beside, plan: PlannedScenario)]
    /// Titles of those that the park as it is today no longer takes.
    let refused: [String]
  }

  enum Outcome: Sendable {
    case plan(Plans)
    case front(WhatIfBase, PlannedScenario, ParetoFront)
    case choice(PlannedScenario, Alternatives)
    case compare(ScenarioComparison, refused: [String])
    case report(ReportFile)
  }

  let park: String
  let subject: RoomPlanner.Subject
  let question: Question
  /// Fields as sent: what they change is known once the park's levers are.
  let fields: [(name: String, value: String)]
  let beside: [Beside]
  let title: String
  let language: String
  private let found = Mutex<Outcome?>(nil)

  init(
    park: String, subject: RoomPlanner.Subject, question: Question,
    fields: [(name: String, value: String)], beside: [Beside], title: String, language: String
  ) {
    self.park = park
    self.subject = subject
    self.question = question
    self.fields = fields
    self.beside = beside
    self.title = title
    self.language = language
  }

  /// Whoever asks sees the whole park too, and looks at it as the board does.
  var isOpenByChoice: Bool { subject.isOpen && subject.hasChoice }

  var outcome: Outcome? { found.withLock { $0 } }

  func state(_ levers: ParkLevers) throws -> RoomState {
    try RoomState(fields, levers: levers, subject: subject)
  }

  /// Whether the answer needs no search, so that nobody has to wait for a worker.
  func isRemembered(by planner: RoomPlanner) -> Bool {
    guard let base = planner.memory.base(subject.place), let state = try? state(base.levers) else {
      return false
    }
    func key(_ changes: [PlainChange]) -> RoomMemory.Key {
      RoomMemory.Key(place: subject.place, changes: changes)
    }
    switch question {
    case .plan:
      return ([state.changes] + beside.map(\.scenario.plainChanges)).allSatisfy {
        planner.memory.plan(key($0)) != nil
      }
    case .front:
      return planner.memory.plan(key(state.changes)) != nil
        && planner.memory.front(key(state.changes.filter { $0.key != "co2_floor" })) != nil
    case .choice:
      return planner.memory.plan(key(state.changes)) != nil
        && planner.memory.choice(key(state.changes)) != nil
    case .compare, .report: return false
    }
  }

  /// Answers; blocks while it plans.
  func run(
    _ planner: RoomPlanner, control: SolveControl = SolveControl(),
    tell: @escaping @Sendable (JobProgress) -> Void = { _ in }
  ) throws {
    let base = try planner.base(of: subject, control: control, tell: tell)
    let state = try state(base.levers)
    let now = try planner.plan(
      state.changes, title: title, of: subject, control: control, tell: tell)
    let outcome: Outcome
    switch question {
    case .plan:
      let (planned, refused) = try self.planned(planner, control)
      outcome = .plan(Plans(base: base, now: now, beside: planned, refused: refused))
    case .front:
      outcome = .front(
        base, now, try planner.front(state.changes, of: subject, control: control))
    case .choice:
      outcome = .choice(now, try planner.choice(state.changes, of: subject, control: control))
    case .compare:
      let (planned, refused) = try self.planned(planner, control)
      let isKept = planned.contains { $0.beside.scenario.plainChanges == state.changes }
      let own = state.changes.isEmpty || isKept ? [] : [now]
      outcome = .compare(
        try planner.engine.compared(
          base.baseline, own + planned.map(\.plan), regret: true, control: control),
        refused: refused)
    case .report(let format):
      outcome = .report(
        try report(format, base: base, now: now, planner: planner, control: control))
    }
    found.withLock { $0 = outcome }
  }

  /// Those that stand beside; one that no longer fits the park is named instead.
  private func planned(_ planner: RoomPlanner, _ control: SolveControl) throws -> (
    [(beside: Beside, plan: PlannedScenario)], refused: [String]
  ) {
    var planned: [(beside: Beside, plan: PlannedScenario)] = []
    var refused: [String] = []
    for beside in beside where !control.isCancelled {
      do {
        planned.append(
          (
            beside,
            try planner.plan(
              beside.scenario.plainChanges, title: beside.scenario.title, of: subject,
              control: control)
          ))
      } catch is ValidationError {
        refused.append(beside.scenario.title)
      }
    }
    return (planned, refused)
  }

  private func report(
    _ format: ReportFormat, base: WhatIfBase, now: PlannedScenario, planner: RoomPlanner,
    control: SolveControl
  ) throws -> ReportFile {
    // Nothing of a firm that is hidden from a board is in the park that an open room plans.
    let publisher = try ReportPublisher(
      ReportRequest(
        formats: [format], languages: [language], audiences: [subject.isOpen ? .board : .full]),
      engine: planner.engine)
    let result = try planner.engine.result(of: now, control: control)
    let comparison = try planner.engine.compared(base.baseline, [now])
    let files = try publisher.files(
      of: result, extras: ReportExtras(),
      answers: now.scenario.changes.isEmpty ? [] : [.whatIf(comparison)])
    guard let file = files.first else { throw StoreError.notFound }
    return file
  }
}

/// Tasks by the id of their job, as long as somebody may come for them.
final class RoomTasks: Sendable {
  private let tasks = Mutex<[(id: String, task: RoomTask)]>([])
  private static let most = 128

  func keep(_ task: RoomTask, as id: String) {
    tasks.withLock { tasks in
      tasks.append((id, task))
      if tasks.count > Self.most { tasks.removeFirst() }
    }
  }

  /// - Throws: `StoreError.notFound`.
  func task(_ id: String, of park: String) throws -> RoomTask {
    let found = tasks.withLock { tasks in tasks.first { $0.id == id && $0.task.park == park }?.task
    }
    guard let found else { throw StoreError.notFound }
    return found
  }
}
