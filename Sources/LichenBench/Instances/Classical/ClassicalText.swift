import LichenDomain
import LichenPlanning

/// Classical problems in the usual text forms, read as instances whose objective is minus the cost.
public struct ClassicalText: Sendable {
  public enum Form: String, Sendable, CaseIterable {
    /// Fixed-charge transportation: `m n`, supplies, demands, then either rows `i j cost charge` or
    /// the matrix of costs and that of charges, supplier by supplier.
    case transportation
    /// Capacitated facility location as in OR-Library: `m n`, capacity and opening cost of each
    /// site, then for each customer its demand and the cost of serving all of it from each site.
    case location
  }

  public let name: String
  public let source: String
  public let licence: String
  /// What the word `capacity`, which stands for a number in some location files, means.
  public let capacity: Double?

  public init(name: String, source: String, licence: String, capacity: Double? = nil) {
    self.name = name
    self.source = source
    self.licence = licence
    self.capacity = capacity
  }

  /// - Parameter file: Name for messages.
  /// - Throws: `ValidationError` with everything found wrong.
  public func instance(_ text: String, form: Form, file: String) throws(ValidationError) -> Instance
  {
    switch form {
    case .transportation: try transportation(text, file: file)
    case .location: try location(text, file: file)
    }
  }

  static let largestCount = 1_000_000

  func instance(
    _ links: [PlanningModel.Link], supplies: [Double], needs: [Double],
    facilities: [PlanningModel.Facility] = [], legNames: [String]? = nil
  ) -> Instance {
    let sieve = LinkSieve(
      drafts: links, names: legNames ?? links.indices.map { "l\($0 + 1)" }, permits: RaggedArray(),
      bounds: FlowBounds(
        supplies: supplies, needs: needs, measures: [], facilities: facilities, legs: links))
    return Instance(
      name: name, source: source, licence: licence,
      model: PlanningModel(
        name: name, links: sieve.links, linkNames: sieve.names, supplies: supplies, needs: needs,
        leastNeeds: needs.contains { $0 > 0 } ? needs : [], facilities: facilities),
      outputIDs: supplies.indices.map { "s\($0 + 1)" },
      inputIDs: needs.indices.map { "d\($0 + 1)" })
  }
}
