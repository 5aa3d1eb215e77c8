import Foundation
import LichenDomain
import LichenEngine
import LichenIO
import LichenStore

/// Parks, their versions, and what is declared in them.
struct ParkOperations: Sendable {
  let parks: Parks
  let mostUpload: Int

  var operations: [APIOperation] {
    [
      .get("/parks", query: APICall.pageFields) { call in
        try call.page(try await call.desk.parks(), id: \.name, ParkView.init)
      },
      .write(.post, "/parks", body: mostUpload, create),
      .get("/parks/{park}") { call in
        try .json(ParkView(try await call.desk.park(call.parameter("park"))))
      },
      .get("/parks/{park}/versions", query: APICall.pageFields) { call in
        try call.page(
          try await call.desk.versions(of: call.parameter("park")), id: { "\($0.number)" },
          VersionView.init)
      },
      .write(.post, "/parks/{park}/versions", body: mostUpload, declare),
      .get("/parks/{park}/versions/{number}") { call in
        let number: Int = try call.number("number")
        let found = try await call.desk.declarations(of: call.parameter("park"), version: number)
        return try .json(VersionView(found.version))
      },
      .get("/parks/{park}/versions/{number}/declarations", query: ["form"]) { call in
        try await declarations(call, version: try call.number("number"))
      },
      .get("/parks/{park}/declarations", query: ["form"]) { call in
        try await declarations(call, version: nil)
      },
    ]
  }

  struct ParkView: Encodable {
    let name: String
    let title: String
    let isExample: Bool
    let sight: String
    /// The caller's own, in the sight of an enterprise.
    let enterprises: [String]?
    let version: Int
    let changed: String
    let deeds: [String]

    init(_ park: ParkEntry) {
      name = park.name
      title = park.title
      isExample = park.isExample
      switch park.sight {
      case .whole: (sight, enterprises) = ("whole", nil)
      case .board: (sight, enterprises) = ("board", nil)
      case .enterprises(let ids): (sight, enterprises) = ("enterprises", ids.sorted())
      }
      version = park.version
      changed = park.changed.timestamp
      deeds = Deed.allCases.filter(park.deeds.contains).map { deed in
        switch deed {
        case .see: "see"
        case .seeWhole: "see_whole"
        case .suppose: "suppose"
        case .run: "run"
        case .edit: "edit"
        case .agree: "agree"
        }
      }
    }
  }

  struct VersionView: Encodable {
    let park: String
    let number: Int
    let note: String
    let author: String
    let created: String

    init(_ version: ParkVersion) {
      park = version.park
      number = version.number
      note = version.note
      author = version.author
      created = version.created.timestamp
    }
  }

  @Sendable private func create(_ call: APICall) async throws -> APIAnswer {
    let viewer = try call.visit.signedIn()
    guard viewer.role == .administrator || viewer.role == .expert else {
      throw StoreError.forbidden
    }
    let body = try call.body()
    let name = body.required("name", most: 63)
    if name.wholeMatch(of: #/[a-z0-9][a-z0-9-]{0,62}/#) == nil {
      body.note(
        "wrong-value", "name", found: name, expected: "small letters, digits and hyphens")
    }
    let note = body.text("note") ?? ""
    let tables = try Self.tables(body, name: name)
    let (archive, title) = try await checked(tables)
    let version = try await call.desk.add(
      park: name, title: title, content: archive.data(), note: note)
    return try .json(
      VersionView(version), status: .created,
      location: call.location("/parks/\(name)/versions/\(version.number)"))
  }

  @Sendable private func declare(_ call: APICall) async throws -> APIAnswer {
    let name = try call.parameter("park")
    let body = try call.body()
    let note = body.text("note") ?? ""
    let tables = try Self.tables(body, name: name)
    let entry = try await call.desk.park(name)
    guard entry.deeds.contains(.edit) else { throw StoreError.forbidden }
    try call.check(try APITag.tag(ParkView(entry)), isNeeded: true)
    let (archive, title) = try await checked(tables)
    do {
      let version = try await call.desk.declare(
        name, title: title, content: archive.data(), note: note, on: entry.version)
      return try .json(
        VersionView(version), status: .created,
        location: call.location("/parks/\(name)/versions/\(version.number)"))
    } catch StoreError.conflict("version") {
      // Somebody was faster between the check of the tag and the writing.
      throw Refusal.stale
    }
  }

  /// The declarations of a body, as they are given.
  /// - Throws: `ValidationError` for what is wrong with the body itself.
  private static func tables(_ body: APIBody, name: String) throws -> APITables {
    let tables = APITables(body, name: name, title: body.text("title", least: 1))
    try body.finish()
    return tables
  }

  /// Declarations checked as those of a folder are.
  /// - Throws: `ValidationError` with everything found wrong, each with its file and row.
  private func checked(_ tables: APITables) async throws -> (archive: ParkArchive, title: String) {
    let parks = parks
    return try await BlockingWork.shared.run {
      let park = try parks.engine.park(tables.archive)
      // Tables given as rows are written as the engine writes its own.
      let archive =
        tables.areRows
        ? try ParkArchive(park.declaration, scenarios: tables.scenarios) : tables.archive
      return (archive, tables.title ?? park.settings.title)
    }
  }

  private enum Form: String, CaseIterable { case files, tables }

  private func declarations(_ call: APICall, version: Int?) async throws -> APIAnswer {
    let form = try call.choice("form", Form.self) ?? .files
    let found = try await call.desk.declarations(of: call.parameter("park"), version: version)
    let archive = try ParkArchive(data: found.content)
    let head: [JSONValue.Member] = [
      .init("park", .string(found.version.park)),
      .init("version", .number(Double(found.version.number))),
    ]
    switch form {
    case .files:
      let files = archive.files.sorted { $0.key < $1.key }
      return .json(
        .object(
          head + [.init("files", .object(files.map { .init($0.key, .string($0.value)) }))]))
    case .tables: return .json(.object(try head + APITables.members(of: archive)))
    }
  }
}
