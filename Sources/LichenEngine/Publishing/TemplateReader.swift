import Foundation
import LichenDomain
import LichenIO
import LichenMatching
import LichenReport

/// Reads a programme's template: a folder with `template.json`, a logo and a style sheet.
struct TemplateReader {
  private static let name = "template.json"
  private static let keys = [
    "css", "footer", "header", "logo", "logo_text", "preface", "preface_title", "sections", "title",
  ]
  /// Pictures that a page can hold within itself.
  private static let pictures = ["svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"]
  /// A logo beyond this size makes every page heavy [bytes].
  private static let largestPicture = 500_000

  private let folder: URL
  private let log = IssueLog()
  private let place: SourceLocation

  /// - Throws: `ValidationError` with everything wrong with it; `EngineError.unreadable` for a file that is
  ///   missing.
  static func read(folder: URL) throws -> ReportTemplate {
    let reader = TemplateReader(folder: folder)
    let template = try reader.template()
    let issues = reader.log.issues
    if issues.hasErrors { throw ValidationError(issues) }
    return template
  }

  private init(folder: URL) {
    self.folder = folder
    place = SourceLocation(file: Self.name)
  }

  private func template() throws -> ReportTemplate {
    let value: JSONValue
    do {
      value = try JSONParser.parse(Array(bytes(Self.name)))
    } catch let error as JSONParser.Failure {
      log.error(
        "invalid-json", at: SourceLocation(file: Self.name), found: "\(error)", expected: "JSON")
      return .standard
    }
    guard let members = value.members else {
      log.error("wrong-type", at: place, found: value.shown, expected: "an object")
      return .standard
    }
    for member in members where !Self.keys.contains(member.key) {
      log.error(
        "unknown-key", at: place, field: member.key,
        expected: Self.keys.joined(separator: ", "),
        hint: Spelling.suggestion(for: member.key, among: Self.keys))
    }
    var template = ReportTemplate()
    template.header = texts(value, "header")
    template.footer = texts(value, "footer")
    template.logoText = texts(value, "logo_text")
    template.prefaceTitle = texts(value, "preface_title")
    template.preface = paragraphs(value)
    template.sections = sections(value)
    if let file = text(value, "css") {
      template.css = "\n" + String(decoding: try bytes(file), as: UTF8.self)
    }
    if let file = text(value, "logo") { template.logo = try picture(file) }
    return template
  }

  private func bytes(_ file: String) throws -> Data {
    let url = folder.appendingPathComponent(file)
    do {
      return try Data(contentsOf: url)
    } catch {
      throw EngineError.unreadable(path: url.path, reason: "\(error.localizedDescription)")
    }
  }

  private func text(_ value: JSONValue, _ key: String) -> String? {
    guard let found = value[key], found != .null else { return nil }
    guard let text = found.string else {
      log.error(
        "wrong-type", at: place, field: key, found: found.shown, expected: "the name of a file")
      return nil
    }
    // A template is passed on as a folder; what lies elsewhere would be missing.
    guard !text.contains("/"), !text.contains("\\") else {
      log.error(
        "bad-path", at: place, field: key, found: text, expected: "a file in the template's folder")
      return nil
    }
    return text
  }

  private func texts(_ value: JSONValue, _ key: String) -> ReportTemplate.Texts {
    guard let found = value[key], found != .null else { return [:] }
    if let text = found.string { return ["en": text] }
    var texts: ReportTemplate.Texts = [:]
    for member in found.members ?? [] {
      if let text = member.value.string { texts[member.key] = text }
    }
    if texts.isEmpty || texts.count != found.members?.count {
      log.error(
        "wrong-type", at: place, field: key, found: found.shown,
        expected: "a text, or an object of texts by language code")
    }
    return texts
  }

  private func paragraphs(_ value: JSONValue) -> [String: [String]] {
    guard let found = value["preface"], found != .null else { return [:] }
    func list(_ value: JSONValue) -> [String]? {
      let texts = value.elements.compactMap(\.string)
      return texts.isEmpty || texts.count != value.elements.count ? nil : texts
    }
    if let paragraphs = list(found) { return ["en": paragraphs] }
    var all: [String: [String]] = [:]
    for member in found.members ?? [] {
      if let paragraphs = list(member.value) { all[member.key] = paragraphs }
    }
    if all.isEmpty || all.count != found.members?.count {
      log.error(
        "wrong-type", at: place, field: "preface", found: found.shown,
        expected: "a list of paragraphs, or an object of such lists by language code")
    }
    return all
  }

  private func sections(_ value: JSONValue) -> [String] {
    guard let found = value["sections"], found != .null else { return [] }
    let known =
      ReportSection.allCases.map(\.rawValue) + ReportTemplate.questions.map(\.rawValue)
      + [ReportTemplate.prefaceName, ReportTemplate.sheetName]
    var names: [String] = []
    for element in found.elements {
      guard let name = element.string, known.contains(name) else {
        log.error(
          "unknown-section", at: place, field: "sections", found: element.shown,
          expected: known.joined(separator: ", "),
          hint: element.string.flatMap { Spelling.suggestion(for: $0, among: known) })
        continue
      }
      if names.contains(name) {
        log.error(
          "repeated-section", at: place, field: "sections", found: name,
          expected: "each section once")
      }
      names.append(name)
    }
    if !names.contains(ReportSection.decision.rawValue) {
      log.error(
        "missing-section", at: place, field: "sections", expected: "the section decision among them"
      )
    }
    return names
  }

  private func picture(_ file: String) throws -> String? {
    let ending = file.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let kind = Self.pictures[ending] else {
      log.error(
        "unknown-picture", at: place, field: "logo", found: file,
        expected: "a file ending in \(Self.pictures.keys.sorted().joined(separator: ", "))")
      return nil
    }
    let bytes = try bytes(file)
    if bytes.count > Self.largestPicture {
      log.error(
        "too-large", at: place, field: "logo", found: "\(bytes.count) bytes",
        expected: "at most \(Self.largestPicture) bytes")
      return nil
    }
    return "data:\(kind);base64,\(bytes.base64EncodedString())"
  }
}

extension ReportTemplate {
  /// Questions that a template may ask; scenarios are the park's own business.
  static let questions = BoardQuestion.allCases.filter { $0 != .compare }

  /// Questions among its sections, in the order in which they are asked.
  var askedQuestions: [BoardQuestion] { Self.questions.filter { sections.contains($0.rawValue) } }
}

extension Engine {
  /// A programme's template: the name of a shipped one, or a folder.
  /// - Throws: `ValidationError` with everything wrong with it; `EngineError.unreadable`.
  public func template(_ name: String) throws -> ReportTemplate {
    let shipped = data.url.appendingPathComponent("templates").appendingPathComponent(name)
    let isShipped =
      !name.contains("/") && FileManager.default.fileExists(atPath: shipped.path)
    return try TemplateReader.read(folder: isShipped ? shipped : URL(fileURLWithPath: name))
  }

  /// What a template's report needs beside the match: its questions, unless they are answered already.
  /// - Throws: `MIPSolverError` if the solver fails, `ValidationError` for unsound tables.
  public func extras(
    _ extras: ReportExtras, of result: MatchResult, answered: [Answer], template: ReportTemplate,
    planning: (ParkSettings) -> PlanningOptions = { PlanningOptions(settings: $0) }
  ) throws -> ReportExtras {
    var extras = extras
    extras.sections += answered.map(\.reportSection)
    let names = Set(answered.map(\.name))
    var options = BoardOptions()
    options.questions = template.askedQuestions.filter { !names.contains($0.rawValue) }
    if !options.questions.isEmpty {
      extras.sections += try board(of: result, options: options, planning: planning).answers
        .map(\.reportSection)
    }
    if template.sections.contains(ReportTemplate.sheetName) {
      extras.sections.append(
        ReportExtras.Section(ReportTemplate.sheetName, write: try indicatorSheet(of: result)))
    }
    return extras
  }
}
