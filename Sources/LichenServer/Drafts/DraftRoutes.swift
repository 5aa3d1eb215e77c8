import Foundation
import Hummingbird
import LichenDomain
import LichenEngine
import LichenIO
import LichenReport
import LichenStore

/// Drafts of parks: where they begin, and the list of them.
struct DraftRoutes: Sendable {
  let store: Store
  let pages: Pages
  let parks: Parks
  let uploads: Uploads
  let reviews: DraftReviews

  func add(to router: RouterGroup<Visit>) {
    router.get("drafts", use: list)
    router.post("drafts", use: upload)
    router.post("drafts/list", use: sketch)
    router.post("drafts/new", use: fromScratch)
    router.post("parks/:park/draft", use: edit)
    DraftPages(store: store, pages: pages, reviews: reviews).add(to: router)
  }

  /// - Throws: `StoreError.notFound` for those who declare no parks.
  static func desk(_ store: Store, _ visit: Visit) throws -> Desk {
    let viewer = try visit.signedIn()
    guard viewer.role == .administrator || viewer.role == .expert else {
      throw StoreError.notFound
    }
    return Desk(store, for: viewer)
  }

  struct ListView {
    struct Row {
      let id: String
      let draftTitle: String
      let draftPark: [String]
      let draftChanged: String
    }

    struct Choice {
      let choice: String
      let choiceName: String
      var isChosen = false
    }

    let problem: [String]
    let issues: [DraftIssueView]
    let drafts: [Row]
    let editable: [Choice]
    let jurisdictions: [Choice]
    let currencies: [Choice]
    let year: String
    let mostMegabytes: String
  }

  @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
    try await list(visit, .ok)
  }

  /// The list with what was wrong with an upload.
  private func list(
    _ visit: Visit, _ status: HTTPResponse.Status, problem: String? = nil,
    issues: [ValidationIssue] = []
  ) async throws -> Response {
    let desk = try Self.desk(store, visit)
    let language = pages.language(visit)
    let catalogue = parks.engine.catalogue
    let drafts = try await desk.drafts()
    let editable = try await desk.parks().filter { $0.deeds.contains(.edit) }
    let currencies = Set(catalogue.jurisdictions.values.compactMap { $0.currency?.code }).sorted()
    let view = ListView(
      problem: problem.map { [language.text("serve.desk.problem.\($0)")] } ?? [],
      issues: issues.map { DraftIssueView($0, language) },
      drafts: drafts.map {
        ListView.Row(
          id: $0.id, draftTitle: $0.title, draftPark: $0.park.map { [$0] } ?? [],
          draftChanged: language.moment($0.changed))
      }, editable: editable.map { .init(choice: $0.name, choiceName: $0.title) },
      jurisdictions: catalogue.jurisdictions.values.sorted { $0.code < $1.code }.map {
        .init(choice: $0.code, choiceName: "\($0.code) \($0.name)", isChosen: $0.code == "VN")
      },
      currencies: currencies.map {
        .init(choice: $0, choiceName: $0, isChosen: $0 == "VND")
      },
      year: "\(Calendar(identifier: .gregorian).component(.year, from: store.instant) - 1)",
      mostMegabytes: language.number(Double(pages.site.configuration.mostUpload >> 20)))
    return pages.page(
      "drafts", view, title: language.text("serve.desk.drafts"), visit, status: status,
      styles: ["desk.css"])
  }

  @Sendable private func upload(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = try Self.desk(store, visit)
    let form = try await uploads.read(request, visit)
    let files = form.files("files").map {
      ParkDraft.File(name: $0.fileName ?? "", bytes: $0.bytes)
    }
    guard let first = files.first else {
      return try await list(visit, .unprocessableContent, problem: "no-file")
    }
    let title = form.text("title")
    let park = form.text("park")
    return try await begin(
      visit, desk, title: title.isEmpty ? Self.stem(first.name) : title,
      park: park.isEmpty ? nil : park
    ) { [reviews] in try ParkDraft(files, vocabulary: reviews.vocabulary) }
  }

  private static func stem(_ file: String) -> String {
    let stem = file.split(separator: ".").dropLast().joined(separator: ".")
    return String((stem.isEmpty ? file : stem).prefix(200))
  }

  /// Keeps a new draft and shows it, or says what is wrong with where it begins.
  private func begin(
    _ visit: Visit, _ desk: Desk, title: String, park: String?,
    _ make: @escaping @Sendable () throws -> ParkDraft
  ) async throws -> Response {
    do {
      var draft = try await reviews.work.run(make)
      if let park {
        let (version, content) = try await desk.declarations(of: park)
        draft.base = version.number
        draft.scenarios = try ParkArchive(data: content).files.filter {
          $0.key.hasPrefix("scenarios/")
        }
        draft.settings["name"] = park
      }
      let kept = try await desk.keep(draft: draft.data(), title: title, park: park)
      return pages.redirect("/drafts/\(kept.id)")
    } catch let error as ValidationError {
      return try await list(
        visit, .unprocessableContent, problem: "unreadable", issues: error.issues)
    }
  }

  @Sendable private func sketch(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = try Self.desk(store, visit)
    let form = try await uploads.read(request, visit)
    guard let file = form.files("files").first else {
      return try await list(visit, .unprocessableContent, problem: "no-file")
    }
    let title = form.text("title").isEmpty ? Self.stem(file.fileName ?? "") : form.text("title")
    var settings = Engine.SketchSettings(
      name: ParkName.slug(title), year: Int(form.text("year")) ?? 0)
    settings.title = title
    settings.jurisdiction = form.text("jurisdiction").isEmpty ? nil : form.text("jurisdiction")
    let list = ParkDraft.File(name: file.fileName ?? "", bytes: file.bytes)
    return try await begin(visit, desk, title: title, park: nil) {
      [reviews, settings] in try reviews.engine.draft(ofList: list, settings: settings)
    }
  }

  @Sendable private func fromScratch(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = try Self.desk(store, visit)
    let form = try await Form.read(request, visit)
    let title = form.text("title")
    return try await begin(visit, desk, title: title, park: nil) { [reviews] in
      try reviews.engine.draft(
        named: ParkName.slug(title), title: title, jurisdiction: form.text("jurisdiction"),
        currency: form.text("currency"), year: Int(form.text("year")) ?? 0)
    }
  }

  /// A draft of a park as declared: for a new version, or for a new park by those who may not change it.
  @Sendable private func edit(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = try Self.desk(store, visit)
    _ = try await Form.read(request, visit)
    let entry = try await desk.park(visit.parameters.require("park"))
    let (_, content) = try await desk.declarations(of: entry.name)
    return try await begin(
      visit, desk, title: entry.title, park: entry.deeds.contains(.edit) ? entry.name : nil
    ) { [reviews] in try reviews.engine.draft(of: ParkArchive(data: content)) }
  }
}

/// Names of parks: lower case letters, digits and hyphens.
enum ParkName {
  /// `Khu công nghiệp Amata` gives `khu-cong-nghiep-amata`; `park` if nothing is left.
  static func slug(_ title: String) -> String {
    let plain = title.lowercased().replacing("đ", with: "d").decomposedStringWithCanonicalMapping
    let words = plain.unicodeScalars.filter { !$0.properties.isDiacritic && $0.value != 0x31B }
      .split { !(("a"..."z").contains($0) || ("0"..."9").contains($0)) }
    let name = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-").prefix(60)
    return name.isEmpty ? "park" : String(name)
  }
}
