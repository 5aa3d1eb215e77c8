import Hummingbird
import LichenBench
import LichenReport
import LichenStore

/// Sets of instances with the best that is known of each: what a matching algorithm is held against.
struct BenchmarkRoutes: Sendable {
  let shelf: BenchmarkShelf
  let pages: Pages

  func add(to router: RouterGroup<Visit>) {
    router.get("benchmarks", use: benchmarks)
    router.get("benchmarks/:file", use: file)
  }

  struct BenchmarksView {
    struct Set {
      let setName: String
      let setLead: String
      let command: String
      let list: String
      let known: [String]
      let rows: [Row]
    }

    struct Row {
      let instance: String
      let line: String
      let objective: String
      let bound: String
      let gap: String
      let provedBy: String
    }

    let hasNone: Bool
    let sets: [Set]
  }

  @Sendable private func benchmarks(_ request: Request, _ visit: Visit) async throws -> Response {
    _ = try visit.signedIn()
    let language = pages.language(visit)
    let sets = shelf.sets.map { set in
      let rows = shelf.instances.filter { $0.sets.contains(set) }
      let proved = rows.count { $0.isProved }
      return BenchmarksView.Set(
        setName: set,
        setLead: language.text(
          "serve.benchmarks.set", ["count": "\(rows.count)", "proved": "\(proved)"]),
        command: "lichen bench --set \(set) --command mine='./mine'", list: "\(set).txt",
        known: shelf.file("\(set).known") == nil ? [] : ["\(set).known"],
        rows: rows.map { row($0, language) })
    }
    return pages.page(
      "benchmarks", BenchmarksView(hasNone: sets.isEmpty, sets: sets),
      title: language.text("serve.benchmarks"), visit, styles: ["api.css"])
  }

  private func row(_ instance: BenchmarkInstance, _ language: Language) -> BenchmarksView.Row {
    func told(_ value: Double?) -> String {
      value.map { language.plain($0, digits: 9) } ?? language.text("word.unknown")
    }
    return BenchmarksView.Row(
      instance: instance.reference.name, line: instance.line,
      objective: told(instance.known.objective), bound: told(instance.known.bound),
      gap: instance.isProved
        ? language.text("serve.benchmarks.optimal")
        : instance.gap.map { language.percent($0, decimals: 4) } ?? language.text("word.unknown"),
      provedBy: instance.provedBy ?? "")
  }

  /// A list of instances or of known values, as `lichen bench` reads it.
  @Sendable private func file(_ request: Request, _ visit: Visit) async throws -> Response {
    _ = try visit.signedIn()
    let name = try visit.parameters.require("file")
    guard let text = shelf.file(name) else { throw StoreError.notFound }
    return .download(Array(text.utf8), name: name, type: "text/plain; charset=utf-8")
  }
}
