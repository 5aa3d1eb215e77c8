import ArgumentParser
import Foundation
import LichenEngine
import LichenReport

/// Looks into the shipped knowledge.
struct CatalogueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue",
    abstract: "Searches materials, routes, figures, rules, codes and typical options.",
    discussion: """
      EXAMPLES
        lichen catalogue rice husk                  everything about rice husk
        lichen catalogue tro bay                    Vietnamese, with or without diacritics
        lichen catalogue 10 01 02                   a waste code
        lichen catalogue steam --kind route         only routes
        lichen catalogue show coal_fly_ash          one item with all its links
        lichen catalogue page -o docs/catalogue.md  every row with its source
      """,
    subcommands: [Search.self, Show.self, Page.self], defaultSubcommand: Search.self)
}

extension CatalogueCommand {
  struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "search", abstract: "Lists what the words name; without words, everything.")

    @Argument(help: "Words that must all occur, in English or Vietnamese; or a waste code.")
    var words: [String] = []
    @Option(help: "material, route, factor, rule, code, unit, property or option.")
    var kind: CatalogueItem.Kind?
    @Option(help: "Most lines to print; 0 prints all.") var limit = 40
    @Flag(help: "Print as JSON, all of it.") var json = false
    @OptionGroup var data: DataOptions

    func validate() throws {
      if limit < 0 { throw UsageError("--limit is \(limit); it must not be below zero.") }
    }

    func run() throws {
      let index = CatalogueIndex(try data.engine().catalogue)
      let found = index.items(matching: words, kind: kind)
      if json { return try CatalogueCommand.printJSON(found) }
      if found.isEmpty {
        let hint = words.first.flatMap { index.suggestion(for: $0) }.map { " (\($0))" } ?? ""
        return Console.say("Nothing in the catalogue matches these words\(hint).")
      }
      let shown = limit == 0 ? found : Array(found.prefix(limit))
      Console.say(
        Console.table(
          ["kind", "id", "name", "Vietnamese", "what", "confidence"],
          shown.map {
            [
              $0.kind.rawValue, $0.id, $0.name, $0.vietnamese ?? "", $0.summary,
              $0.confidence?.rawValue ?? "",
            ]
          }))
      let rest = found.count - shown.count
      Console.say(
        rest == 0
          ? "\(found.count) found."
          : "\(found.count) found, \(rest) of them not shown; --limit 0 shows all.")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Prints one item with everything that points to it.")

    @Argument(help: "Identifier as the search prints it; a waste code may hold spaces.")
    var id: [String]
    @Flag(help: "Print as JSON.") var json = false
    @OptionGroup var data: DataOptions

    func run() throws {
      let index = CatalogueIndex(try data.engine().catalogue)
      let wanted = id.joined(separator: " ")
      let details = index.details(of: wanted)
      if details.isEmpty {
        let hint = index.suggestion(for: wanted).map { "; \($0)" } ?? "."
        throw UsageError("The catalogue has no item '\(wanted)'\(hint)")
      }
      if json { return try CatalogueCommand.printJSON(details) }
      Console.say(details.map(\.text).joined(separator: "\n\n"))
    }
  }

  struct Page: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "page", abstract: "Writes a page that documents every row with its source.")

    @Option(name: .shortAndLong, help: "File to write, in Markdown.") var output: String
    @OptionGroup var data: DataOptions

    func run() throws {
      let page = CataloguePage(try data.engine().catalogue).markdown()
      try Data(page.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
    }
  }

  private static func printJSON(_ value: some Encodable) throws {
    try Console.sayJSON(value)
  }
}

extension CatalogueItem.Kind: ExpressibleByArgument {}
