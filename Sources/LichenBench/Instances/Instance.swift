import LichenPlanning

/// One problem of the benchmark: a design problem with the names of its streams and what is known
/// of its optimum.
///
/// The objective is Σ benefit·x − Σ fixed·y − permits − openings, `PlanningModel.Weights.benefit`.
/// Names of links, permits and facilities are those in the model; `Link.candidate` is the position
/// of the link's row, rows of `links.csv` first, then those of `facility_links.csv`.
public struct Instance: Sendable {
  /// Version of the format that this package reads and writes.
  public static let formatVersion = "1"

  public let name: String
  /// Version of the format, `formatVersion`.
  public let version: String
  /// Where the figures come from.
  public let source: String
  /// Terms under which the figures may be passed on.
  public let licence: String
  public let model: PlanningModel
  public let outputIDs: [String]
  public let inputIDs: [String]
  public let bestKnown: BestKnown?
  /// Links of the rows that can never carry anything within their lot; they are not in the model.
  public let droppedLinkIDs: [String]

  public init(
    name: String, version: String = formatVersion, source: String, licence: String,
    model: PlanningModel, outputIDs: [String], inputIDs: [String], bestKnown: BestKnown? = nil,
    droppedLinkIDs: [String] = []
  ) {
    precondition(
      outputIDs.count == model.supplies.count && inputIDs.count == model.needs.count,
      "Every stream of the model needs an id.")
    self.name = name
    self.version = version
    self.source = source
    self.licence = licence
    self.model = model
    self.outputIDs = outputIDs
    self.inputIDs = inputIDs
    self.bestKnown = bestKnown
    self.droppedLinkIDs = droppedLinkIDs
  }

  /// The same instance with another record of what is known.
  public func with(bestKnown: BestKnown?) -> Instance {
    Instance(
      name: name, version: version, source: source, licence: licence, model: model,
      outputIDs: outputIDs, inputIDs: inputIDs, bestKnown: bestKnown,
      droppedLinkIDs: droppedLinkIDs)
  }
}

/// What is known of the optimum of an instance, in units of its objective.
public struct BestKnown: Sendable, Hashable {
  /// Value of the best plan known; `nil` if none is.
  public let objective: Double?
  /// Proven upper bound on every plan; `nil` if none is.
  public let bound: Double?
  /// Program, paper or data set that says so; may be empty.
  public let provedBy: String

  public init(objective: Double?, bound: Double?, provedBy: String) {
    self.objective = objective
    self.bound = bound
    self.provedBy = provedBy
  }
}
