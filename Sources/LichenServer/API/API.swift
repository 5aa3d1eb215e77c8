import Hummingbird
import LichenEngine
import LichenStore

/// The programming interface: all its operations, below `/api/v1`.
struct API: Sendable {
  let operations: [APIOperation]
  private let gate: APIGate

  init(_ server: Server) throws {
    let document = try APIDocument(
      server.engine.data.serve, prefix: server.site.configuration.prefix)
    gate = APIGate(store: server.store, site: server.site)
    operations =
      document.operations + AccountOperations(languages: server.pages.languages).operations
      + ParkOperations(parks: server.parks, mostUpload: server.site.configuration.mostUpload)
      .operations
      + ScenarioOperations(parks: server.parks).operations
      + SupposeOperations(parks: server.parks, gate: PlanningGate())
      .operations
      + RunOperations(
        parks: server.parks, runner: server.runner,
        mostSeconds: server.site.configuration.mostSeconds
      ).operations
      + ReportOperations(parks: server.parks).operations
      + AgreementOperations(parks: server.parks).operations
      + CatalogueOperations(server.engine.catalogue).operations
      + BenchmarkOperations(server.benchmarks.instances).operations
      + AdministrationOperations().operations
  }

  func add(to router: RouterGroup<Visit>) {
    for operation in operations {
      let gate = gate
      router.on(operation.routerPath, method: operation.method) { request, visit in
        try await gate.answer(operation, request, visit)
      }
      guard operation.method == .get else { continue }
      router.on(operation.routerPath, method: .head) { request, visit in
        try await gate.answer(operation, request, visit).createHeadResponse()
      }
    }
  }
}
