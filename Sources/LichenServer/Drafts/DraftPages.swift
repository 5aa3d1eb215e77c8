import Foundation
import Hummingbird
import LichenDomain
import LichenEngine
import LichenIO
import LichenReport
import LichenStore

/// One draft: what is wrong with it, its tables, and what becomes of it.
struct DraftPages: Sendable {
  let store: Store
  let pages: Pages
  let reviews: DraftReviews

  func add(to router: RouterGroup<Visit>) {
    router.get("drafts/:id", use: show)
    router.post("drafts/:id/tables/:table", use: saveTable)
    router.post("drafts/:id/settings", use: saveSettings)
    router.get("drafts/:id/words", use: words)
    router.post("drafts/:id/words", use: confirm)
    router.post("drafts/:id/fill", use: fill)
    router.post("drafts/:id/adopt", use: adopt)
    router.post("drafts/:id/remove", use: remove)
  }

  /// A draft as it is kept.
  struct Opened {
    let desk: Desk
    let draft: Draft
    var content: ParkDraft
  }

  /// Which part of a draft a page shows.
  struct Place: Sendable {
    /// Table asked for; the first with an error if `nil`.
    var table: String?
    var page = 1
    /// Columns in which nothing stands, too.
    var isWhole = false
    var isSaved = false

    init() {}

    init(_ request: Request) {
      let query = request.uri.queryParameters
      table = query["table"].map(String.init)
      page = query["page"].flatMap { Int($0) } ?? 1
      isWhole = query["all"] == "1"
      isSaved = query["saved"] == "1"
    }
  }

  func open(_ visit: Visit) async throws -> Opened {
    let desk = try DraftRoutes.desk(store, visit)
    let (draft, data) = try await desk.draft(visit.parameters.require("id"))
    return Opened(desk: desk, draft: draft, content: try ParkDraft(data: data))
  }

  /// Keeps a changed draft unless it was changed elsewhere meanwhile.
  func keep(_ opened: Opened, _ form: Form) async throws {
    guard let base = Int64(form.text("base")) else { throw Refusal.bad("base") }
    if opened.content.cellCount > ParkDraft.mostCells {
      throw Refusal.tooLarge(limit: pages.site.configuration.mostUpload)
    }
    _ = try await opened.desk.change(
      draft: opened.draft.id, content: opened.content.data(), on: base)
  }

  @Sendable private func show(_ request: Request, _ visit: Visit) async throws -> Response {
    try await show(open(visit), Place(request), visit, .ok)
  }

  /// - Parameters:
  ///   - problem: Why an adoption was refused; a key.
  ///   - newest: Number of the park's version that stands in the way of it.
  func show(
    _ opened: Opened, _ place: Place, _ visit: Visit,
    _ status: HTTPResponse.Status, problem: String? = nil, newest: Int? = nil
  ) async throws -> Response {
    let review = try await reviews.review(opened.draft, opened.content)
    let view = DraftPageMaker(
      opened: opened, review: review, vocabulary: reviews.vocabulary,
      language: pages.language(visit), place: place, root: pages.site.configuration.prefix
    ).view(problem: problem, newest: newest)
    return pages.page(
      "draft", view, title: opened.draft.title, visit, status: status, styles: ["desk.css"],
      scripts: ["desk.js"])
  }

  @Sendable private func saveTable(_ request: Request, _ visit: Visit) async throws -> Response {
    var opened = try await open(visit)
    let form = try await Form.read(
      request, visit, most: pages.site.configuration.mostUpload)
    let name = try visit.parameters.require("table")
    guard let layout = TableLayout.all.first(where: { $0.name == name }) else {
      throw StoreError.notFound
    }
    opened.content.set(TableEdit(form).applied(to: opened.content.table(layout), layout), name)
    try await keep(opened, form)
    let page = Int(form.text("page")) ?? 1
    return pages.redirect(
      "/drafts/\(opened.draft.id)?table=\(name)&page=\(page)"
        + (form.text("all") == "1" ? "&all=1" : "") + "&saved=1")
  }

  @Sendable private func saveSettings(_ request: Request, _ visit: Visit) async throws -> Response {
    var opened = try await open(visit)
    let form = try await Form.read(request, visit)
    for key in TableLayout.settings.columns {
      if let text = form["s-\(key.name)"] { opened.content.settings[key.name] = text }
    }
    try await keep(opened, form)
    return pages.redirect("/drafts/\(opened.draft.id)?table=park&saved=1")
  }

  @Sendable private func fill(_ request: Request, _ visit: Visit) async throws -> Response {
    var opened = try await open(visit)
    let form = try await Form.read(request, visit)
    let content = opened.content
    opened.content = try await reviews.work.run { [engine = reviews.engine] in
      try engine.filled(content).draft
    }
    try await keep(opened, form)
    return pages.redirect("/drafts/\(opened.draft.id)?table=outputs&saved=1")
  }

  @Sendable private func remove(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = try DraftRoutes.desk(store, visit)
    _ = try await Form.read(request, visit)
    try await desk.remove(draft: visit.parameters.require("id"))
    return pages.redirect("/drafts")
  }

  @Sendable private func adopt(_ request: Request, _ visit: Visit) async throws -> Response {
    let opened = try await open(visit)
    let form = try await Form.read(request, visit)
    let (title, note) = (form.text("title"), String(form.text("note").prefix(500)))
    let name = opened.draft.park ?? form.text("name")
    guard form.text("base") == "\(opened.draft.changed)" else { throw StoreError.conflict("draft") }
    guard !title.isEmpty, title.count <= 200 else {
      return try await refused(opened, visit, .unprocessableContent, "title")
    }
    let content = opened.content
    do {
      let archive = try await reviews.work.run { [engine = reviews.engine] in
        try engine.archive(of: content, name: name, title: title)
      }
      if opened.draft.park != nil {
        _ = try await opened.desk.declare(
          name, title: title, content: archive.data(), note: note,
          on: Int(form.text("on")) ?? content.base ?? 0)
      } else {
        _ = try await opened.desk.add(
          park: name, title: title, content: archive.data(), note: note)
      }
    } catch is ValidationError {
      return try await refused(opened, visit, .unprocessableContent, "errors")
    } catch StoreError.conflict("version") {
      let newest = try await opened.desk.park(name).version
      return try await refused(opened, visit, .conflict, "version", newest: newest)
    } catch StoreError.conflict {
      return try await refused(opened, visit, .conflict, "taken")
    } catch StoreError.invalid {
      return try await refused(opened, visit, .unprocessableContent, "name")
    }
    // The park is there; a draft that stays behind does no harm.
    try? await opened.desk.remove(draft: opened.draft.id)
    return pages.redirect("/parks/\(name)")
  }

  private func refused(
    _ opened: Opened, _ visit: Visit, _ status: HTTPResponse.Status, _ problem: String,
    newest: Int? = nil
  ) async throws -> Response {
    try await show(opened, Place(), visit, status, problem: problem, newest: newest)
  }
}

/// What a form of a grid changes: cells `cROW.COLUMN`, new rows `nROW.COLUMN`, rows to remove `xROW`, new names of
/// columns `hCOLUMN`.
struct TableEdit {
  private var cells: [(row: Int, column: Int, text: String)] = []
  private var added: [Int: [Int: String]] = [:]
  private var removed: Set<Int> = []
  private var names: [Int: String] = [:]

  init(_ form: Form) {
    for (name, value) in form.fields {
      let parts = name.dropFirst().split(separator: ".").map { Int($0) }
      switch (name.first, parts.count) {
      case ("c", 2):
        if let row = parts[0], let column = parts[1] { cells.append((row, column, value)) }
      case ("n", 2):
        if let row = parts[0], let column = parts[1] {
          added[row, default: [:]][column] = value
        }
      case ("x", 1): if let row = parts[0] { removed.insert(row) }
      case ("h", 1): if let column = parts[0] { names[column] = value }
      default: break
      }
    }
  }

  /// The table with the changes; rows and columns that are not there are passed over.
  func applied(to table: ParkDraft.Table, _ layout: TableLayout) -> ParkDraft.Table {
    var table = table
    let width = table.columns.count
    for (row, column, text) in cells
    where table.rows.indices.contains(row) && (0..<width).contains(column) {
      // A field of one line shows a text without its line ends; then nothing was typed.
      let shown = table.rows[row][column].filter { !$0.isNewline }
      if text != shown { table.rows[row][column] = text }
    }
    for (_, cells) in added.sorted(by: { $0.key < $1.key }) {
      var row = [String](repeating: "", count: width)
      for (column, text) in cells where row.indices.contains(column) { row[column] = text }
      table.rows.append(row)
    }
    let kept = table.rows.indices.filter { !removed.contains($0) }
    table.rows = kept.map { table.rows[$0] }
    for (column, name) in names where column >= layout.columns.count && column < width {
      rename(column, to: name.trimmingCharacters(in: .whitespacesAndNewlines), &table, layout)
    }
    return table
  }

  /// Gives a column another name. One that the layout knows gets the cells, if nothing stands in its own; a blank name
  /// drops the column.
  private func rename(
    _ column: Int, to name: String, _ table: inout ParkDraft.Table, _ layout: TableLayout
  ) {
    guard let place = layout.columns.firstIndex(where: { $0.name == name.lowercased() }) else {
      table.columns[column] = name
      return
    }
    guard table.rows.allSatisfy({ $0[place].isEmpty }) else { return }
    for row in table.rows.indices { table.rows[row][place] = table.rows[row][column] }
    table.columns[column] = ""
  }
}
