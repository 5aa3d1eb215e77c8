import LichenDomain
import LichenEngine
import LichenIO
import LichenReport

/// Something found wrong, as a line of a list.
struct DraftIssueView {
  let severity: String
  let isError: Bool
  let place: String
  /// Where the cell is; empty for what stands in no cell.
  let link: [String]
  let what: String
  let found: [String]
  let expected: [String]
  let hint: [String]

  init(_ issue: ValidationIssue, _ language: Language, place: String? = nil, link: String? = nil) {
    isError = issue.severity == .error
    severity = language.text(isError ? "serve.desk.error" : "serve.desk.warning")
    self.place = place ?? issue.location.description + (issue.field.map { ", \($0)" } ?? "")
    self.link = link.map { [$0] } ?? []
    what = issue.code.replacing("-", with: " ")
    found = issue.found.map { [$0] } ?? []
    expected = issue.expected.map { [$0] } ?? []
    hint = issue.hint.map { [$0] } ?? []
  }
}

/// One table of a draft as a grid, a page of it.
struct DraftGrid {
  struct Head {
    let headName: String
    let headKey: String
    let headNote: String
    /// Name of the field that renames a column that nobody reads.
    let rename: [String]
    let isNeeded: Bool
  }

  struct Cell {
    let cell: String
    let text: String
    let label: String
    let list: [String]
    let isNumber: Bool
    let isWrong: Bool
    let isDoubtful: Bool
    let why: String
  }

  struct Line {
    let rowNumber: String
    /// Field that removes the row; none for a row that is not there yet.
    let remove: [String]
    let cells: [Cell]
  }

  struct List {
    struct Option {
      let option: String
      let optionName: String
    }

    let listID: String
    let options: [Option]
  }

  static let rowsPerPage = 100
  static let blankRows = 3

  let table: String
  let tableTitle: String
  let heads: [Head]
  let lines: [Line]
  let lists: [List]
  let page: Int
  let pageCount: Int
  let isWhole: Bool
  /// Names of columns that are not shown.
  let hidden: Int
}

/// Makes the grid of a table.
struct DraftGridMaker {
  let draft: ParkDraft
  let review: DraftReview
  let vocabulary: WorkbookVocabulary
  let language: Language
  /// Show columns in which nothing stands, too.
  let isWhole: Bool

  private var words: WorkbookVocabulary.Language {
    WorkbookVocabulary.Language(rawValue: language.code) ?? .english
  }

  func grid(_ layout: TableLayout, page asked: Int) -> DraftGrid {
    let table = draft.table(layout)
    let pageCount = max(1, (table.rows.count + DraftGrid.rowsPerPage - 1) / DraftGrid.rowsPerPage)
    let page = min(max(1, asked), pageCount)
    let wrong = Dictionary(
      grouping: review.issues.filter { $0.table == layout.name && $0.row != nil },
      by: { "\($0.row ?? 0) \($0.column ?? "")" })
    let shown = shownColumns(layout, table)
    let first = (page - 1) * DraftGrid.rowsPerPage
    let rows = first..<min(first + DraftGrid.rowsPerPage, table.rows.count)
    var lines = rows.map { row in
      DraftGrid.Line(
        rowNumber: "\(row + 1)", remove: ["x\(row)"],
        cells: shown.map { column in
          cell(
            "c\(row).\(column)", table.rows[row][column], layout, table.columns[column],
            row: row, wrong["\(row) \(table.columns[column])"] ?? [])
        })
    }
    if page == pageCount {
      lines += (0..<DraftGrid.blankRows).map { extra in
        DraftGrid.Line(
          rowNumber: language.text("serve.desk.new-row"), remove: [],
          cells: shown.map { column in
            cell("n\(extra).\(column)", "", layout, table.columns[column], row: nil, [])
          })
      }
    }
    return DraftGrid(
      table: layout.name, tableTitle: vocabulary.title(ofTable: layout.name, words),
      heads: shown.map { head($0, layout, table) }, lines: lines,
      lists: lists(layout, shown.map { table.columns[$0] }), page: page, pageCount: pageCount,
      isWhole: isWhole, hidden: table.columns.count - shown.count)
  }

  /// Columns with something in them or wrong with them, and those that every row needs.
  private func shownColumns(_ layout: TableLayout, _ table: ParkDraft.Table) -> [Int] {
    if isWhole || table.rows.isEmpty { return Array(table.columns.indices) }
    let needed = Set(layout.columns.filter(\.isRequired).map(\.name))
    let wrong = Set(review.issues.filter { $0.table == layout.name }.compactMap(\.column))
    return table.columns.indices.filter { column in
      let name = table.columns[column]
      return needed.contains(name) || wrong.contains(name) || column >= layout.columns.count
        || table.rows.contains { !$0[column].isEmpty }
    }
  }

  private func head(_ column: Int, _ layout: TableLayout, _ table: ParkDraft.Table)
    -> DraftGrid.Head
  {
    let name = table.columns[column]
    guard let known = layout.columns.first(where: { $0.name == name }) else {
      return DraftGrid.Head(
        headName: name, headKey: name, headNote: language.text("serve.desk.unknown-column"),
        rename: ["h\(column)"], isNeeded: false)
    }
    return DraftGrid.Head(
      headName: vocabulary.title(of: name, in: layout.name, words), headKey: name,
      headNote: vocabulary.note(on: known, in: layout.name, words), rename: [],
      isNeeded: known.isRequired)
  }

  private func cell(
    _ name: String, _ text: String, _ layout: TableLayout, _ column: String, row: Int?,
    _ issues: [DraftIssue]
  ) -> DraftGrid.Cell {
    let known = layout.columns.first { $0.name == column }
    let title = vocabulary.title(of: column, in: layout.name, words)
    let place = row.map { "\($0 + 1)" } ?? language.text("serve.desk.new-row")
    let list = known.flatMap { listName($0) }
    return DraftGrid.Cell(
      cell: name, text: text, label: "\(title), \(place)", list: list.map { [$0] } ?? [],
      isNumber: known?.isNumber ?? false, isWrong: issues.contains(where: \.isError),
      isDoubtful: !issues.isEmpty && !issues.contains(where: \.isError),
      why: issues.map { issue in
        ([issue.issue.code.replacing("-", with: " ")]
          + [issue.issue.expected, issue.issue.hint].compactMap(\.self)).joined(separator: "; ")
      }.joined(separator: " "))
  }

  private func listName(_ column: TableLayout.Column) -> String? {
    if !column.choices.isEmpty { return "list-\(column.name)" }
    if ["enterprise", "from", "to"].contains(column.name) { return "list-enterprises" }
    return column.list.map { "list-of-\($0.rawValue)" }
  }

  /// Words that the shown columns accept, once each.
  private func lists(_ layout: TableLayout, _ shown: [String]) -> [DraftGrid.List] {
    var lists: [DraftGrid.List] = []
    for column in layout.columns where shown.contains(column.name) {
      guard let name = listName(column), !lists.contains(where: { $0.listID == name }) else {
        continue
      }
      lists.append(DraftGrid.List(listID: name, options: options(column)))
    }
    return lists
  }

  private func options(_ column: TableLayout.Column) -> [DraftGrid.List.Option] {
    if !column.choices.isEmpty {
      return column.choices.map { .init(option: $0, optionName: $0) }
    }
    if ["enterprise", "from", "to"].contains(column.name),
      let layout = TableLayout.all.first(where: { $0.name == "enterprises" })
    {
      let table = draft.table(layout)
      return table.rows.map { row in
        func text(_ name: String) -> String {
          table.columns.firstIndex(of: name).map { row[$0] } ?? ""
        }
        return .init(option: text("id"), optionName: text("name"))
      }
    }
    return (column.list.flatMap { vocabulary.lists[$0] } ?? []).map {
      .init(
        option: $0.id,
        optionName: words == .vietnamese
          ? $0.names.vietnamese ?? $0.names.english : $0.names.english)
    }
  }
}
