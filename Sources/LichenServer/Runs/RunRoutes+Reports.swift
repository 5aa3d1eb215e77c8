import Foundation
import HTTPTypes
import Hummingbird
import LichenDomain
import LichenEngine
import LichenMatching
import LichenReport
import LichenStore

/// Reports of a run, in every format, language, edition and template. Only those who see the park whole get here:
/// they hand an edition on to its readers.
extension RunRoutes {
  struct FilesView {
    struct File {
      let file: String
      let fileLink: String
      let fileSize: String
    }

    let park: String
    let run: String
    let files: [File]
  }

  /// A format of one file is sent as it is; of one with several, `file` names the one, else they are listed.
  @Sendable func report(_ request: Request, _ visit: Visit) async throws -> Response {
    let desk = Desk(store, for: try visit.signedIn())
    let (park, id) = (
      try visit.parameters.require("park"), try visit.parameters.require("run")
    )
    let query = request.uri.queryParameters
    func asked(_ name: String) -> String? {
      query[Substring(name)].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
    }
    let (run, plan, content) = try await desk.plan(of: park, run: id)
    let agreed = try await desk.agreed(in: park).map { Reports.Pair(one: $0.0, other: $0.1) }
    let key = try key(run: id, agreed: agreed, asked)
    let files = try await reports.files(key, run: run, plan: plan, content: content)
    if let name = asked("file") {
      guard let file = files.first(where: { $0.name == name }) else { throw StoreError.notFound }
      return .report(file, isOpened: false)
    }
    if let file = files.first, files.count == 1 {
      return .report(file, isOpened: asked("open") == "1")
    }
    let language = pages.language(visit)
    let here = visit.here
    let view = FilesView(
      park: park, run: id,
      files: files.map {
        FilesView.File(
          file: $0.name,
          fileLink: pages.site.path(here) + "&file=\($0.name.encodedForQuery)",
          fileSize: language.text(
            "serve.desk.kilobytes", ["size": language.plain(Double($0.content.count) / 1000)]))
      })
    return pages.page(
      "run-files", view, title: language.text("serve.desk.files"), visit, styles: ["desk.css"])
  }

  /// - Throws: `Refusal.bad` for a format, language, audience or template that there is not.
  private func key(
    run: String, agreed: [Reports.Pair], _ asked: (String) -> String?
  ) throws -> Reports.Key {
    guard let format = ReportFormat(rawValue: asked("format") ?? "html") else {
      throw Refusal.bad("format")
    }
    let language = asked("language") ?? "en"
    guard pages.languages.contains(where: { $0.code == language }) else {
      throw Refusal.bad("language")
    }
    var name = asked("audience") ?? "full"
    if name == "enterprise" { name += ":" + (asked("enterprise") ?? "") }
    guard let audience = Audience(name) else { throw Refusal.bad("audience") }
    let template = asked("template")
    if let template, try !templates().contains(template) { throw Refusal.bad("template") }
    return Reports.Key(
      run: run, format: format, language: language, audience: audience, template: template,
      agreed: agreed)
  }
}

extension Response {
  /// A file of a report.
  /// - Parameter isOpened: A page is shown by the browser instead of kept. It carries its own style and script, so it
  ///   is shut in: it has no origin, no cookies and no network, whatever it holds.
  static func report(_ file: ReportFile, isOpened: Bool) -> Response {
    let name = file.name.split(separator: "/").last.map(String.init) ?? file.name
    let ending = name.split(separator: ".").last.map(String.init) ?? ""
    let type = types[ending] ?? "application/octet-stream"
    guard isOpened, ending == "html" || ending == "pdf" else {
      return .download(file.content, name: name, type: type)
    }
    var response = Response(
      status: .ok, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.content)))
    if ending == "html" {
      response.headers[.contentSecurityPolicy] =
        "sandbox allow-scripts allow-popups allow-modals; default-src 'none'; "
        + "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }
    return response
  }

  private static let types = [
    "html": "text/html; charset=utf-8", "pdf": "application/pdf", "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8", "bib": "application/x-bibtex; charset=utf-8",
    "geojson": "application/geo+json", "graphml": "application/graphml+xml",
    "dot": "text/vnd.graphviz; charset=utf-8", "mmd": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
  ]
}
