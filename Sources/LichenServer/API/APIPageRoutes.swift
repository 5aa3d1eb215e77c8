import Foundation
import Hummingbird
import LichenIO
import LichenReport

/// A page that documents the interface, made of its description.
struct APIPageRoutes: Sendable {
  private let document: APIDocument
  private let pages: Pages

  /// - Throws: As `APIDocument`.
  init(_ folder: URL, pages: Pages) throws {
    document = try APIDocument(folder)
    self.pages = pages
  }

  func add(to router: RouterGroup<Visit>) {
    router.get("api", use: page)
  }

  struct DocumentView {
    let about: [String]
    let groups: [Group]
  }

  struct Group {
    let groupID: String
    let groupName: String
    let groupText: String
    let operations: [Operation]
  }

  struct Operation {
    let operationID: String
    let method: String
    let path: String
    let summary: String
    let texts: [String]
    let hasFields: Bool
    let fields: [Field]
    let answers: [Answer]
    let examples: [String]
  }

  struct Field {
    let fieldName: String
    let place: String
    let need: String
    let kind: String
    let fieldText: String
  }

  struct Answer {
    let status: String
    let answerText: String
  }

  @Sendable private func page(_ request: Request, _ visit: Visit) async throws -> Response {
    let language = pages.language(visit)
    let value = document.value
    let operations = (value["paths"]?.members ?? []).flatMap { path in
      (path.value.members ?? []).map { (path: path.key, method: $0.key, value: $0.value) }
    }
    let groups = (value["tags"]?.elements ?? []).map { tag -> Group in
      let name = tag["name"]?.string ?? ""
      let own = operations.filter { $0.value["tags"]?.elements.first?.string == name }
      return Group(
        groupID: name.lowercased().replacing(" ", with: "-"), groupName: name,
        groupText: Self.html(tag["description"]?.string ?? ""),
        operations: own.map { operation($0.path, $0.method, $0.value, language) })
    }
    let about = (value["info"]?["description"]?.string ?? "").components(separatedBy: "\n\n")
      .map(Self.html)
    return pages.page(
      "api", DocumentView(about: about, groups: groups), title: language.text("serve.api"), visit,
      styles: ["api.css"])
  }

  private func operation(
    _ path: String, _ method: String, _ value: JSONValue, _ language: Language
  ) -> Operation {
    let parameters = (value["parameters"]?.elements ?? []).map(document.resolved)
    let content = value["requestBody"]?["content"]?["application/json"]
    let schema = content?["schema"].map(document.resolved)
    let fields = parameters.map { parameter(field: $0, language) } + body(schema, language)
    let answers = (value["responses"]?.members ?? []).map { answer in
      Answer(
        status: answer.key,
        answerText: Self.html(document.resolved(answer.value)["description"]?.string ?? ""))
    }
    return Operation(
      operationID: value["operationId"]?.string ?? "", method: method.uppercased(),
      path: APIOperation.root + path, summary: value["summary"]?.string ?? "",
      texts: value["description"]?.string.map { [Self.html($0)] } ?? [], hasFields: !fields.isEmpty,
      fields: fields, answers: answers, examples: content?["example"].map { [$0.text] } ?? [])
  }

  private func parameter(field value: JSONValue, _ language: Language) -> Field {
    Field(
      fieldName: value["name"]?.string ?? "",
      place: language.text("serve.api.in.\(value["in"]?.string ?? "query")"),
      need: need(value["required"] == .bool(true), language),
      kind: kind(value["schema"] ?? .null), fieldText: Self.html(value["description"]?.string ?? "")
    )
  }

  private func body(_ schema: JSONValue?, _ language: Language) -> [Field] {
    let required = Set((schema?["required"]?.elements ?? []).compactMap(\.string))
    return (schema?["properties"]?.members ?? []).map { member in
      let value = document.resolved(member.value)
      return Field(
        fieldName: member.key, place: language.text("serve.api.in.body"),
        need: need(required.contains(member.key), language), kind: kind(value),
        fieldText: Self.html(
          member.value["description"]?.string ?? value["description"]?.string ?? ""))
    }
  }

  /// A text with what stands in backticks as code.
  private static func html(_ text: String) -> String {
    let safe = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    return safe.replacing(#/`([^`]+)`/#) { "<code>\($0.output.1)</code>" }
  }

  private func need(_ isRequired: Bool, _ language: Language) -> String {
    language.text(isRequired ? "serve.api.required" : "serve.api.optional")
  }

  private func kind(_ schema: JSONValue) -> String {
    let schema = document.resolved(schema)
    let words = schema["enum"]?.elements.compactMap(\.string) ?? []
    if !words.isEmpty { return words.joined(separator: " | ") }
    let types = [schema["type"]?.string].compactMap(\.self)
    let all = types.isEmpty ? (schema["type"]?.elements ?? []).compactMap(\.string) : types
    return all.joined(separator: " | ")
  }
}
