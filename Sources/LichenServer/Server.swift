import Foundation
import Hummingbird
import LichenEngine
import LichenStore
import Logging
import ServiceLifecycle

/// The server: everything that it holds, and its routes.
public struct Server: Sendable {
  let store: Store
  let engine: Engine
  let site: Site
  let pages: Pages
  let parks: Parks
  let runner: Runner
  /// Searches of the what-if room, which nobody but the one who asked waits for.
  let rooms: Jobs
  /// Checks of drafts, and other short work that blocks.
  let reviews: DraftReviews
  let reports: Reports
  let uploads: Uploads
  let benchmarks: BenchmarkShelf
  let counts = RequestCounts()
  let connections = OpenConnections()
  let logger: Logger

  /// - Throws: `EngineError.unreadable` for a data folder without the server's pages.
  public init(
    store: Store, engine: Engine, configuration: SiteConfiguration = SiteConfiguration(),
    logger: Logger = Logger(label: "lichen")
  ) throws {
    self.store = store
    self.engine = engine
    self.logger = logger
    site = Site(configuration: configuration)
    pages = try Pages(engine, site: site)
    parks = Parks(engine: engine)
    reviews = try DraftReviews(engine: engine)
    reports = Reports(parks: parks)
    uploads = Uploads(configuration)
    benchmarks = BenchmarkShelf(engine.data, logger: logger)
    rooms = Jobs(workers: configuration.workers)
    runner = Runner(
      store: store, parks: parks, workers: configuration.workers, logger: logger)
  }

  /// All routes, under the prefix.
  /// - Throws: `CocoaError` if an asset cannot be read.
  func router() throws -> Router<Visit> {
    let router = Router(context: Visit.self)
    let api = try API(self)
    let all = router.group(RouterPath(site.configuration.prefix))
    router.middlewares.add(RequestLog(counts: counts))
    router.middlewares.add(SafetyHeaders(site: site))
    router.middlewares.add(ErrorMiddleware(pages: pages))
    router.middlewares.add(
      SignInMiddleware(
        store: store, languages: pages.languages.map(\.code), prefix: site.configuration.prefix))
    // Again, for pages of errors that know who asks and in which language.
    router.middlewares.add(ErrorMiddleware(pages: pages))
    router.middlewares.add(
      APIMethods(operations: api.operations, prefix: site.configuration.prefix))
    try AssetRoutes(engine).add(to: all)
    HealthRoutes(
      store: store, runner: runner, rooms: rooms, counts: counts, connections: connections
    ).add(to: all)
    AccountRoutes(store: store, pages: pages).add(to: all)
    HomeRoutes(store: store, pages: pages).add(to: all)
    try RoomRoutes(
      store: store, pages: pages, jobs: rooms, parks: parks,
      patience: .seconds(site.configuration.roomSeconds)
    ).add(to: all)
    PeopleRoutes(store: store, pages: pages, parks: parks).add(to: all)
    OwnRoutes(store: store, pages: pages, parks: parks).add(to: all)
    MeRoutes(store: store, pages: pages).add(to: all)
    try APIPageRoutes(engine.data.serve, pages: pages).add(to: all)
    BenchmarkRoutes(shelf: benchmarks, pages: pages).add(to: all)
    api.add(to: all)
    DraftRoutes(store: store, pages: pages, parks: parks, uploads: uploads, reviews: reviews)
      .add(to: all)
    ParkRoutes(store: store, pages: pages, parks: parks, runner: runner, work: reviews.work)
      .add(to: all)
    RunRoutes(store: store, pages: pages, parks: parks, runner: runner, reports: reports)
      .add(to: all)
    return router
  }

  /// Serves until the process is told to end (SIGTERM, SIGINT); requests that have begun are answered first, runs
  /// that have not ended wait for the next server.
  /// - Parameter onReady: Called with the port once the server answers.
  public func run(onReady: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
    try await runner.start()
    let configuration = site.configuration
    var application = Application(
      router: try router(),
      server: transport,
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port), serverName: nil),
      onServerRunning: { channel in onReady(channel.localAddress?.port ?? configuration.port) },
      logger: logger)
    application.addServices(SearchStop(runner: runner, rooms: rooms))
    try await application.runService()
  }
}

/// Ends the searches when the server is told to end.
private struct SearchStop: Service {
  let runner: Runner
  let rooms: Jobs

  func run() async throws {
    try? await gracefulShutdown()
    await runner.shutDown()
    await rooms.cancelAll()
  }
}
