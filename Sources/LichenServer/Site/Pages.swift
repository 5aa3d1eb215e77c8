import Foundation
import Hummingbird
import LichenEngine
import LichenReport
import LichenStore
import Mustache

/// Makes pages of the templates in `data/serve`.
struct Pages: Sendable {
  let site: Site
  let languages: [Language]
  private let library: MustacheLibrary

  /// - Throws: `EngineError.unreadable`; `MustacheTemplate.ParserError` if a template is not valid.
  init(_ engine: Engine, site: Site) throws {
    self.site = site
    languages = try ["en", "vi"].map { try engine.language($0) }
    var library = MustacheLibrary()
    let folder = engine.data.serve
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    for name in names where name.hasSuffix(".mustache") {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let template = String(name.dropLast(9))
      try library.register(text, named: template)
      // A template finds names in its content first, then in the frame around it.
      try library.register("{{#content}}{{>\(template)}}{{/content}}", named: "in \(template)")
    }
    self.library = library
  }

  func language(_ visit: Visit) -> Language {
    languages.first { $0.code == visit.languageCode } ?? languages[0]
  }

  /// A whole page.
  /// - Parameters:
  ///   - name: Template of what stands in the page.
  ///   - content: What the template names; `t` gives texts and `root` begins paths.
  ///   - title: Of the window and the heading.
  func page(
    _ name: String, _ content: Any, title: String, _ visit: Visit,
    status: HTTPResponse.Status = .ok, styles: [String] = [], scripts: [String] = []
  ) -> Response {
    let layout = Layout(
      self, visit, title: title, body: fragment(name, content, visit), styles: styles,
      scripts: scripts, here: visit.here)
    let html = fragment("layout", layout, visit)
    return Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  /// A part of a page, for scripts that put it in.
  func fragment(_ name: String, _ content: Any, _ visit: Visit) -> String {
    library.render(Frame(self, visit, content), withTemplate: "in \(name)") ?? ""
  }

  /// The languages to choose from.
  func choices(_ visit: Visit) -> [Layout.Choice] {
    languages.map {
      Layout.Choice(
        choice: $0.code, choiceName: $0.text("language.name"),
        isChosen: $0.code == visit.languageCode)
    }
  }

  func redirect(_ path: String) -> Response {
    Response(status: .seeOther, headers: [.location: site.path(path)])
  }
}

/// What every template may name, and the content of this one.
struct Frame {
  let t: Texts
  /// Path under which the server is reached: links are `{{root}}/parks`.
  let root: String
  let csrf: String
  let nonce: String
  let code: String
  let content: Any

  init(_ pages: Pages, _ visit: Visit, _ content: Any) {
    t = Texts(language: pages.language(visit))
    root = pages.site.configuration.prefix
    csrf = visit.session?.csrf ?? ""
    nonce = visit.nonce
    code = visit.languageCode
    self.content = content
  }
}

/// The page around its content.
struct Layout {
  struct Choice {
    let choice: String
    let choiceName: String
    let isChosen: Bool
  }

  let pageTitle: String
  let body: String
  let styles: [String]
  let scripts: [String]
  /// Name of whoever is signed in.
  let user: [String]
  let isAdministrator: Bool
  let choices: [Choice]
  /// Where the choice of a language leads back to.
  let here: String

  init(
    _ pages: Pages, _ visit: Visit, title: String, body: String, styles: [String],
    scripts: [String], here: String
  ) {
    pageTitle = title
    self.body = body
    self.styles = styles
    self.scripts = scripts
    user = visit.viewer.map { [$0.name] } ?? []
    isAdministrator = visit.viewer?.role == .administrator
    choices = pages.choices(visit)
    self.here = here
  }
}
