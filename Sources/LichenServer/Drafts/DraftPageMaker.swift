import LichenDomain
import LichenEngine
import LichenIO
import LichenReport
import LichenStore

/// What the page of a draft shows.
struct DraftPageMaker {
  let opened: DraftPages.Opened
  let review: DraftReview
  let vocabulary: WorkbookVocabulary
  let language: Language
  let place: DraftPages.Place
  let root: String

  struct View {
    struct Tab {
      let tab: String
      let tabName: String
      let tabRows: [String]
      let tabErrors: [String]
      let isCurrent: Bool
    }

    struct Setting {
      let setting: String
      let settingName: String
      let settingNote: String
      let value: String
      let settingList: [String]
      let why: [String]
    }

    struct Words {
      let wordsLead: String
    }

    struct Adopt {
      let parkName: [String]
      let newName: [String]
      let parkTitle: String
      let on: [String]
      let adoptLabel: String
    }

    let id: String
    let base: String
    let state: String
    let isSound: Bool
    let isSaved: Bool
    let problem: [String]
    let issues: [DraftIssueView]
    let more: [String]
    let notes: [String]
    let hasNotes: Bool
    let tabs: [Tab]
    let otherTabs: [Tab]
    let grid: [DraftGrid]
    let pageLinks: [Link]
    let settings: [Setting]
    let hasSettings: Bool
    let settingLists: [DraftGrid.List]
    let words: [Words]
    let adopt: [Adopt]
    let all: String
  }

  struct Link {
    let page: String
    let target: String
    let isHere: Bool
  }

  private static let mostIssues = 200
  private var words: WorkbookVocabulary.Language {
    WorkbookVocabulary.Language(rawValue: language.code) ?? .english
  }
  private var path: String { "\(root)/drafts/\(opened.draft.id)" }

  func view(problem: String?, newest: Int?) -> View {
    let current = current
    let layout = TableLayout.all.first { $0.name == current }
    let maker = DraftGridMaker(
      draft: opened.content, review: review, vocabulary: vocabulary, language: language,
      isWhole: place.isWhole)
    let grid = layout.map { maker.grid($0, page: place.page) }
    let tabs = allTabs(current)
    let isUsed = { (tab: View.Tab) in
      !tab.tabRows.isEmpty || !tab.tabErrors.isEmpty || tab.isCurrent
        || ["park", "enterprises", "outputs", "inputs"].contains(tab.tab)
    }
    return View(
      id: opened.draft.id, base: "\(opened.draft.changed)", state: state, isSound: isSound,
      isSaved: place.isSaved,
      problem: problem.map { key in
        [language.text("serve.desk.problem.\(key)", ["version": "\(newest ?? 0)"])]
      } ?? [],
      issues: review.issues.prefix(Self.mostIssues).map(line),
      more: review.issues.count > Self.mostIssues
        ? [
          language.plural(
            "serve.desk.more-issues", count: review.issues.count - Self.mostIssues)
        ] : [],
      notes: opened.content.notes, hasNotes: !opened.content.notes.isEmpty,
      tabs: tabs.filter(isUsed), otherTabs: tabs.filter { !isUsed($0) },
      grid: grid.map { [$0] } ?? [], pageLinks: grid.map(pageLinks) ?? [],
      settings: current == "park" ? settings() : [], hasSettings: current == "park",
      settingLists: current == "park" ? settingLists() : [],
      words: wordsView, adopt: isSound ? [adopt(newest: newest)] : [],
      all: place.isWhole ? "1" : "0")
  }

  private var isSound: Bool { review.park != nil }

  /// The table asked for, else the first with an error, else the enterprises.
  private var current: String {
    let known = ["park"] + TableLayout.all.map(\.name)
    if let table = place.table, known.contains(table) { return table }
    return review.issues.first { $0.isError && $0.table != nil }?.table ?? "enterprises"
  }

  private var state: String {
    let warnings = review.issues.count - review.errorCount
    let parts = [
      language.plural("serve.desk.errors", count: review.errorCount),
      language.plural("serve.desk.warnings", count: warnings),
    ]
    return parts.joined(separator: ", ")
  }

  private func allTabs(_ current: String) -> [View.Tab] {
    (["park"] + TableLayout.all.map(\.name)).map { name in
      let rows =
        TableLayout.all.first { $0.name == name }
        .map { opened.content.table($0).rows.count } ?? 0
      let errors = review.issues.count { $0.table == name && $0.isError }
      return View.Tab(
        tab: name, tabName: vocabulary.title(ofTable: name, words),
        tabRows: rows > 0 ? [language.number(Double(rows))] : [],
        tabErrors: errors > 0
          ? [language.plural("serve.desk.errors", count: errors)] : [], isCurrent: name == current)
    }
  }

  /// An issue with a link to its cell.
  private func line(_ issue: DraftIssue) -> DraftIssueView {
    guard let table = issue.table else { return DraftIssueView(issue.issue, language) }
    var place = vocabulary.title(ofTable: table, words)
    if let row = issue.row {
      place += ", " + language.text("serve.desk.row-number", ["row": "\(row + 1)"])
    }
    if let column = issue.column {
      place += ", " + vocabulary.title(of: column, in: table, words)
    }
    return DraftIssueView(issue.issue, language, place: place, link: link(issue, table))
  }

  private func link(_ issue: DraftIssue, _ table: String) -> String {
    if table == "park" {
      return "\(path)?table=park" + (issue.column.map { "#s-\($0)" } ?? "#grid")
    }
    guard let row = issue.row else { return "\(path)?table=\(table)#grid" }
    let page = row / DraftGrid.rowsPerPage + 1
    let columns =
      TableLayout.all.first { $0.name == table }
      .map { opened.content.table($0).columns } ?? []
    let column = issue.column.flatMap { columns.firstIndex(of: $0) } ?? 0
    return "\(path)?table=\(table)&page=\(page)#c\(row).\(column)"
  }

  private func pageLinks(_ grid: DraftGrid) -> [Link] {
    guard grid.pageCount > 1 else { return [] }
    return (1...grid.pageCount).map { page in
      Link(
        page: language.number(Double(page)),
        target: "\(path)?table=\(grid.table)&page=\(page)\(place.isWhole ? "&all=1" : "")#grid",
        isHere: page == grid.page)
    }
  }

  private func settings() -> [View.Setting] {
    TableLayout.settings.columns.filter { $0.name != "format" }.map { key in
      let issues = review.issues.filter { $0.table == "park" && $0.column == key.name }
      return View.Setting(
        setting: key.name, settingName: vocabulary.title(of: key.name, in: "park", words),
        settingNote: vocabulary.note(on: key, in: "park", words),
        value: opened.content.settings[key.name] ?? "",
        settingList: settingList(key).map { [$0] } ?? [],
        why: issues.isEmpty
          ? []
          : [
            issues.map { issue in
              ([issue.issue.code.replacing("-", with: " ")]
                + [issue.issue.expected, issue.issue.hint].compactMap(\.self))
                .joined(separator: "; ")
            }.joined(separator: " ")
          ])
    }
  }

  private func settingList(_ key: TableLayout.Column) -> String? {
    !key.choices.isEmpty || key.list != nil ? "list-\(key.name)" : nil
  }

  private func settingLists() -> [DraftGrid.List] {
    TableLayout.settings.columns.compactMap { key in
      settingList(key).map { name in
        DraftGrid.List(
          listID: name,
          options: key.choices.map { .init(option: $0, optionName: $0) }
            + (key.list.flatMap { vocabulary.lists[$0] } ?? []).map {
              .init(option: $0.id, optionName: $0.names.english)
            })
      }
    }
  }

  private var wordsView: [View.Words] {
    guard let park = review.park, !park.unmatched.isEmpty else { return [] }
    return [
      View.Words(wordsLead: language.plural("serve.desk.unmatched", count: park.unmatched.count))
    ]
  }

  private func adopt(newest: Int?) -> View.Adopt {
    let settings = opened.content.settings
    let title = settings["title"].flatMap { $0.isEmpty ? nil : $0 } ?? opened.draft.title
    if let park = opened.draft.park {
      let base = newest ?? opened.content.base ?? 0
      return View.Adopt(
        parkName: [park], newName: [], parkTitle: title, on: ["\(base)"],
        adoptLabel: language.text(
          newest == nil ? "serve.desk.adopt-version" : "serve.desk.adopt-over",
          ["version": "\(base + 1)"]))
    }
    let name = settings["name"].flatMap { $0.isEmpty ? nil : $0 } ?? title
    return View.Adopt(
      parkName: [], newName: [ParkName.slug(name)], parkTitle: title, on: [],
      adoptLabel: language.text("serve.desk.adopt-new"))
  }
}
