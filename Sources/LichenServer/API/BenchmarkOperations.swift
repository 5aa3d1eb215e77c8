import Foundation
import LichenBench
import LichenEngine
import LichenStore

/// Instances of the benchmark and what is known of their best plans, for researchers.
struct BenchmarkOperations: Sendable {
  private let views: [InstanceView]

  private struct InstanceView: Encodable {
    let name: String
    let sets: [String]
    /// What to write in a set: a folder's name, or what to generate.
    let line: String
    let isGenerated: Bool
    let objective: Double?
    let bound: Double?
    let provedBy: String?
  }

  /// Reads the sets beside the shipped data; where they were not installed there are none.
  init(_ data: DataFolder) {
    let folder = data.url.standardizedFileURL.deletingLastPathComponent()
      .appendingPathComponent("Benchmarks")
    let files =
      (try? FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("sets").path)) ?? []
    var references: [String: InstanceReference] = [:]
    var sets: [String: [String]] = [:]
    var known: [String: KnownValues.Entry] = [:]
    for file in files.sorted() where file.hasSuffix(".txt") {
      guard let set = try? BenchmarkSet(path: folder.appendingPathComponent("sets/\(file)").path)
      else { continue }
      let values = Self.known(folder.appendingPathComponent("known/\(set.name).known"))
      for instance in set.instances {
        references[instance.name] = instance
        sets[instance.name, default: []].append(set.name)
        known[instance.name] = Self.better(known[instance.name], values[instance.name])
      }
    }
    views = references.values.sorted { $0.name < $1.name }.map { instance in
      let entry = known[instance.name]
      let isProved = entry?.bound != nil && entry?.provedBy != "-"
      return InstanceView(
        name: instance.name, sets: sets[instance.name] ?? [],
        line: instance.folder == nil ? instance.text : instance.name,
        isGenerated: instance.folder == nil, objective: entry?.objective, bound: entry?.bound,
        provedBy: isProved ? entry?.provedBy : nil)
    }
  }

  private static func known(_ file: URL) -> KnownValues {
    let text = try? String(contentsOf: file, encoding: .utf8)
    return text.flatMap { try? KnownValues(text: $0) } ?? KnownValues()
  }

  private static func better(_ one: KnownValues.Entry?, _ other: KnownValues.Entry)
    -> KnownValues.Entry
  {
    guard let one else { return other }
    var best = KnownValues(["it": one])
    best.improve(
      "it", objective: other.objective, bound: other.bound, provedBy: other.provedBy)
    return best["it"]
  }

  var operations: [APIOperation] {
    [
      .get("/benchmarks", query: APICall.pageFields) { call in
        try call.page(views, id: \.name) { $0 }
      },
      .get("/benchmarks/{instance}") { call in
        let name = try call.parameter("instance")
        guard let view = views.first(where: { $0.name == name }) else { throw StoreError.notFound }
        return try .json(view)
      },
    ]
  }
}
