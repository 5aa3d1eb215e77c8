import Foundation
import LichenBench
import LichenCluster
import LichenDomain
import LichenGraph
import LichenIO
import LichenMatching
import LichenPlanning

/// A nation's plan, divided into units.
extension Engine {
  /// What a nation is planned for.
  public struct NationOptions: Sendable {
    /// One of a single stage; `nil` lets the carbon price decide.
    public let objective: PlanObjective?
    /// Money per t CO2e; `nil` takes the zones'.
    public let carbonPrice: Double?
    public let capitalBudget: Double?
    public let partnerLimit: Int?

    public init(
      objective: PlanObjective? = nil, carbonPrice: Double? = nil, capitalBudget: Double? = nil,
      partnerLimit: Int? = nil
    ) {
      self.objective = objective
      self.carbonPrice = carbonPrice
      self.capitalBudget = capitalBudget
      self.partnerLimit = partnerLimit
    }
  }

  /// How a nation is divided.
  public struct NationDivision: Sendable {
    /// Units that make candidates, at least; there are more where one would have more than `mostStreams`.
    public let candidateUnits: Int
    /// How many receivers of each material an output is offered to, the nearest first.
    public let nearest: Int
    /// Units of each round of plans.
    public let planUnits: Int
    public let rounds: Int

    /// Of a unit that makes candidates. 100,000 take some 600 MB of memory, and 25 MB of a table, which has 100 MB at most.
    public let mostStreams: Int

    public init(
      candidateUnits: Int, nearest: Int, planUnits: Int, rounds: Int, mostStreams: Int = 100_000
    ) {
      self.candidateUnits = candidateUnits
      self.nearest = nearest
      self.planUnits = planUnits
      self.rounds = rounds
      self.mostStreams = mostStreams
    }
  }

  /// Makes a folder of work of a nation: first candidates by zone and material, then plans.
  ///
  /// Zones are read one after the other; what is held of them is where streams stand.
  /// - Throws: `ValidationError` for zones that are unsound or do not fit each other, `FileWritingError`.
  public func shard(
    _ nation: NationFolder, options: NationOptions, limits: PlanLimits, division: NationDivision,
    to folder: URL, news: @escaping Work.News = { _ in }
  ) throws -> WorkFolder {
    var sharder = NationSharder(self, nation, nearest: division.nearest, news: news)
    try sharder.survey()
    guard let settings = sharder.settings else {
      throw ValidationError([
        ValidationIssue(
          code: "no-rows", at: SourceLocation(file: NationFolder.fileName), field: "zones")
      ])
    }
    let count = max(
      division.candidateUnits, (sharder.streams - 1) / division.mostStreams + 1)
    let (units, pairs) = try sharder.write(count, to: folder)
    let carbonPrice = options.carbonPrice ?? settings.carbonPrice
    let objective: PlanObjective =
      options.objective ?? (carbonPrice > 0 ? .carbonPriced : .netBenefit)
    return try units.finish(
      engine: Engine.version, name: nation.name,
      record: NationRecord(
        title: nation.title, currency: settings.currency.code, zones: nation.zones.count,
        enterprises: sharder.enterprises, streams: sharder.streams, warnings: sharder.warnings,
        capitalBudget: options.capitalBudget ?? settings.capitalBudget,
        partnerLimit: options.partnerLimit ?? settings.partnerLimit),
      task: CandidateTask(
        nearest: division.nearest, objective: objective.rawValue, carbonPrice: carbonPrice,
        catalogue: try catalogueFingerprint()),
      packages: (0..<count).map {
        ParkWriter.package(settings, tables: units.tables(of: $0))
      },
      pairs: pairs, limits: limits, planUnits: division.planUnits, rounds: division.rounds)
  }

  /// SHA-256 over the tables of the catalogue, in hexadecimal digits.
  func catalogueFingerprint() throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: data.catalogue.path)
    return WorkFolder.hash(
      try names.filter { $0.hasSuffix(".csv") }.map {
        ($0, Array(try Data(contentsOf: data.catalogue.appendingPathComponent($0))))
      })
  }
}

/// Makes candidates of a unit's park.
struct ParkCandidates: CandidateMaker {
  let engine: Engine
  let threads: Int

  func part(of folder: URL, task: CandidateTask) throws -> CandidatePart {
    guard try engine.catalogueFingerprint() == task.catalogue else {
      throw WorkError.otherCatalogue
    }
    let park = try engine.park(at: folder)
    var options = PlanningOptions(settings: park.settings)
    options.objective = PlanObjective(rawValue: task.objective) ?? options.objective
    options.carbonPrice = task.carbonPrice
    // Limits on the whole are not a part's.
    options.capitalBudget = nil
    options.carbonFloor = nil
    options.partnerLimit = nil
    let graph = CandidateGenerator(park: park).graph(threads: threads, nearest: task.nearest)
    let problem = try PlanningProblem(part: graph, options: options)
    let model = problem.model.pricing(
      options.objective.primaryWeights(carbonPrice: options.carbonPrice))
    let instance = Instance(
      name: park.settings.name, source: "Park \(park.settings.title)", licence: "As the park's",
      model: model, outputIDs: park.outputs.map(\.id.rawValue),
      inputIDs: park.inputs.map(\.id.rawValue))
    return CandidatePart(instance: instance, streams: owners(model, park))
  }

  private func owners(_ model: PlanningModel, _ park: Park) -> [StreamOwner] {
    func owner(_ stream: some LichenDomain.Stream) -> StreamOwner {
      StreamOwner(
        stream: stream.id.rawValue, enterprise: stream.enterprise.rawValue,
        zone: park.enterprise(stream.enterprise)?.zone ?? "", material: stream.material.rawValue)
    }
    let outputs = Set(model.links.compactMap(\.output)).sorted()
    let inputs = Set(model.links.compactMap(\.input)).sorted()
    return outputs.map { owner(park.outputs[$0]) } + inputs.map { owner(park.inputs[$0]) }
  }
}
