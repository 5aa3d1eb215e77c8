import LichenDomain
import LichenEngine
import LichenIO
import LichenMatching
import LichenStore

/// Reports of runs, each in the sight of whoever asks.
struct ReportOperations: Sendable {
  let parks: Parks

  private static let fields: Set<String> = ["format", "language", "audience"]
  private static let types: [ReportFormat: String] = [
    .html: "text/html", .pdf: "application/pdf",
    .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    .json: "application/json", .csv: "application/json", .sources: "application/json",
    .geojson: "application/geo+json", .graphml: "application/graphml+xml",
    .dot: "text/vnd.graphviz", .mermaid: "text/plain",
  ]

  var operations: [APIOperation] {
    let all = Set(Self.types.values).sorted()
    return [
      .get("/parks/{park}/report", query: Self.fields, produces: all) { call in
        try await report(call, run: nil)
      },
      .get("/parks/{park}/runs/{run}/report", query: Self.fields, produces: all) { call in
        try await report(call, run: try call.parameter("run"))
      },
    ]
  }

  private enum Language: String, CaseIterable { case en, vi }

  private func report(_ call: APICall, run: String?) async throws -> APIAnswer {
    let format = try call.choice("format", ReportFormat.self) ?? .json
    let language = try call.choice("language", Language.self) ?? .en
    let type = Self.types[format] ?? "application/octet-stream"
    if !APIGate.accepts(call.request.headers[.accept], [type]) { throw Refusal.notAcceptable }
    let name = try call.parameter("park")
    let desk = try call.desk
    let entry = try await desk.park(name)
    let audience = try Self.audience(call.query("audience"), in: entry.sight)
    let found = try await desk.plan(of: name, run: run)
    let agreed = try await desk.agreed(in: name)
    let parks = parks
    let files = try await BlockingWork.shared.run { () -> [ReportFile] in
      let publisher = try Self.publisher(format, language, audience, parks.engine)
      let result = try parks.result(
        found.run, plan: found.plan, content: found.content, agreed: agreed)
      do {
        try publisher.check(result.plan.park)
      } catch is EditionError {
        throw StoreError.notFound
      }
      return try publisher.files(of: result, extras: parks.engine.reportExtras(of: result))
    }
    return Self.answer(files, format, type)
  }

  private static func publisher(
    _ format: ReportFormat, _ language: Language, _ audience: Audience, _ engine: Engine
  ) throws -> ReportPublisher {
    do {
      return try ReportPublisher(
        ReportRequest(formats: [format], languages: [language.rawValue], audiences: [audience]),
        engine: engine)
    } catch let error as BrowserError where error.isMissing {
      throw APIQuery.refusal(
        "not-accepted", "format", found: format.rawValue,
        expected: "a format that this server can make; it has no browser that prints")
    }
  }

  /// Whom the report is for: what the caller may see, and nothing else.
  /// - Throws: `StoreError.notFound` for everything beyond, whether it is there or not; `ValidationError` for a
  ///   word that means nobody.
  private static func audience(_ text: String?, in sight: Sight) throws -> Audience {
    let asked = try text.map { text in
      guard let audience = Audience(text) else {
        throw APIQuery.refusal(
          "not-accepted", "audience", found: text, expected: "full, board or enterprise:ID")
      }
      return audience
    }
    switch (sight, asked) {
    case (.whole, let asked): return asked ?? .full
    case (.board, nil), (.board, .board): return .board
    case (.enterprises(let own), .enterprise(let id)?) where own.contains(id.rawValue):
      return .enterprise(id)
    case (.enterprises(let own), nil) where own.count == 1:
      guard let id = own.first.flatMap({ EnterpriseID($0) }) else { throw StoreError.notFound }
      return .enterprise(id)
    default: throw StoreError.notFound
    }
  }

  /// Formats of several files come as one object of them.
  private static func answer(_ files: [ReportFile], _ format: ReportFormat, _ type: String)
    -> APIAnswer
  {
    switch format {
    case .csv, .sources:
      let members = files.map {
        JSONValue.Member($0.name, .string(String(decoding: $0.content, as: UTF8.self)))
      }
      return .json(.object([.init("files", .object(members))]))
    default:
      let file = files.first
      var answer = APIAnswer(
        content: .bytes(
          file?.content ?? [], type: type.hasPrefix("text/") ? "\(type); charset=utf-8" : type))
      answer.headers[.contentDisposition] = "attachment; filename=\"\(file?.name ?? "report")\""
      return answer
    }
  }
}
