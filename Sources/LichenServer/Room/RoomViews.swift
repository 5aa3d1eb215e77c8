import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenMatching
import LichenReport
import LichenStore

/// What the template of a room's answer names.
struct RoomResultView {
  /// A kept scenario in the list of them.
  struct Kept {
    let id: String
    let letter: String
    let keptTitle: String
    let owner: String
    let isOwn: Bool
    let isShared: Bool
    let isBeside: Bool
    let parentTitle: [String]
  }

  let park: String
  let room: RoomView
  /// Query of this state, with its question mark; empty for the park as declared.
  let query: String
  /// The same with an ampersand in front, to add to a query.
  let more: String
  let nowTitle: String
  let hasTable: Bool
  let refused: [String]
  let kept: [Kept]
  let hasKept: Bool
  /// The scenario that this state was opened from, if its owner may change it.
  let own: [Kept]
  let isChanged: Bool
  let nextLetter: String
  /// Of this state, but for what stands beside.
  let fields: [RoomPageView.HiddenField]
  /// Says how many firms are left out; one text or none.
  let hidden: [String]
  let front: [RoomFront]
  let report: [ReportLink]

  struct ReportLink {
    let format: String
    let formatName: String
  }
}

/// What the template of the whole page names.
struct RoomPageView {
  let park: String
  let levers: LeverView
  /// The answer, or the job that is working on it.
  let result: [RoomResultView]
  let job: [String]
  /// Fields of the state that are no levers.
  let hiddenFields: [HiddenField]
  let canOpen: Bool
  let isOpen: Bool
  let query: String

  struct HiddenField {
    let field: String
    let text: String
  }
}

/// Writes the views of a room.
struct RoomViewWriter {
  let language: Language
  let outlines: OutlineAtlas?
  let planner: RoomPlanner
  /// Path under which the server is reached.
  let root: String

  /// - Parameter all: Every kept scenario of this sight, oldest first, under its letter.
  func result(
    _ plans: RoomTask.Plans, task: RoomTask, all: [RoomTask.Beside]
  ) throws -> RoomResultView {
    let state = try task.state(plans.base.levers)
    let standing = plans.beside.firstIndex { $0.beside.scenario.plainChanges == state.changes }
    let isKept = standing != nil
    let comparison = try planner.engine.compared(
      plans.base.baseline, [plans.now] + plans.beside.map(\.plan))
    var columns = plans.beside.enumerated().map { index, item in
      RoomColumn(
        letter: item.beside.letter, title: item.beside.scenario.title, index: index + 1,
        isNow: index == standing)
    }
    if !isKept, !state.changes.isEmpty {
      columns.insert(
        RoomColumn(
          letter: language.text("serve.room.now"), title: changeList(plans, state), index: 0,
          isNow: true), at: 0)
    }
    let room = RoomView(comparison, columns: columns, language: language, outlines: outlines)
    let query = state.query(plans.base.levers)
    let kept = keptList(all, task: task)
    let opened = state.origin.flatMap { id in kept.first { $0.id == id && $0.isOwn } }
    let hiddenCount = try planner.hiddenFirms(task.subject)
    return RoomResultView(
      park: task.park, room: room, query: query,
      more: query.isEmpty ? "" : "&" + query.dropFirst(),
      nowTitle: title(plans, state, standing: standing), hasTable: !columns.isEmpty,
      refused: plans.refused.map { language.text("serve.room.refused", ["title": $0]) },
      kept: kept, hasKept: !kept.isEmpty, own: opened.map { [$0] } ?? [],
      isChanged: !state.changes.isEmpty, nextLetter: Alphabet.letters(all.count),
      fields: state.fields(plans.base.levers).filter { $0.name != RoomState.Field.beside }.map {
        RoomPageView.HiddenField(field: $0.name, text: $0.value)
      },
      hidden: hiddenCount == 0
        ? [] : [language.plural("serve.room.hidden", count: hiddenCount)],
      front: front(plans, state, task: task).map { [$0] } ?? [],
      report: [
        RoomResultView.ReportLink(format: "html", formatName: "HTML"),
        RoomResultView.ReportLink(format: "pdf", formatName: "PDF"),
        RoomResultView.ReportLink(format: "xlsx", formatName: "XLSX"),
      ])
  }

  private func title(_ plans: RoomTask.Plans, _ state: RoomState, standing: Int?) -> String {
    if state.changes.isEmpty { return language.text("serve.room.plan-base") }
    guard let standing else { return language.text("serve.room.plan-now") }
    let beside = plans.beside[standing].beside
    return language.text(
      "serve.room.plan-kept", ["letter": beside.letter, "title": beside.scenario.title])
  }

  /// What the scenario sets, shortly.
  private func changeList(_ plans: RoomTask.Plans, _ state: RoomState) -> String {
    let levers = plans.base.levers
    return LeverWords.short(
      levers, levers.form(of: state.changes), park: plans.base.park, language: language)
  }

  private func keptList(_ all: [RoomTask.Beside], task: RoomTask) -> [RoomResultView.Kept] {
    let shown = Set(task.beside.map(\.scenario.id))
    return all.map { item in
      RoomResultView.Kept(
        id: item.scenario.id, letter: item.letter, keptTitle: item.scenario.title,
        owner: item.scenario.owner, isOwn: item.scenario.isOwn, isShared: item.scenario.isShared,
        isBeside: shown.contains(item.scenario.id),
        parentTitle: all.filter { $0.scenario.id == item.scenario.parent }.map(\.letter))
    }
  }

  private func front(_ plans: RoomTask.Plans, _ state: RoomState, task: RoomTask) -> RoomFront? {
    let key = RoomMemory.Key(
      place: task.subject.place, changes: state.changes.filter { $0.key != "co2_floor" })
    return planner.memory.front(key).map {
      front($0, base: plans.base, now: plans.now, state: state, park: task.park)
    }
  }

  /// Each point leads to the state that has its plan.
  func front(
    _ front: ParetoFront, base: WhatIfBase, now: PlannedScenario, state: RoomState, park: String
  ) -> RoomFront {
    return RoomFront(front, now: now, base: base.baseline, language: language) { floor in
      var state = state
      state.changes.removeAll { $0.key == "co2_floor" }
      // Without a floor, where the park has one of its own, its word is needed.
      let stands = base.park.settings.carbonFloor != nil
      if let floor {
        state.changes.append(PlainChange("co2_floor", floor))
      } else if stands {
        state.changes.append(PlainChange("co2_floor", Lever.none))
      }
      state.changes.sort()
      return "\(root)/parks/\(park)/room" + state.query(base.levers)
    }
  }

}
