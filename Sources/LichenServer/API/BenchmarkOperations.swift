import LichenBench
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

    init(_ instance: BenchmarkInstance) {
      name = instance.reference.name
      sets = instance.sets
      line = instance.line
      isGenerated = instance.reference.folder == nil
      objective = instance.known.objective
      bound = instance.known.bound
      provedBy = instance.provedBy
    }
  }

  init(_ instances: [BenchmarkInstance]) { views = instances.map(InstanceView.init) }

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
