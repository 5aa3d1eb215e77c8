import LichenPlanning

/// Makes instances from a seed: equal requests give equal bytes on every machine. All figures are
/// invented; `Benchmarks/GENERATOR.md` tells their distributions.
public enum InstanceGenerator {
  /// Raised whenever an instance of some request changes.
  public static let version = 1

  /// - Precondition: 2 enterprises or more, and at least one on either side of a transport instance.
  /// - Complexity: O(links · log links per output), by a spatial grid per material.
  public static func instance(_ request: InstanceRequest) -> Instance {
    precondition(request.enterprises >= 2, "An instance needs two enterprises.")
    if request.family == .transport { return TransportFamily.instance(request) }
    let recipe = RegionRecipe(request.family)
    var random = RandomStream(seed: request.seed, .materials)
    let book = MaterialBook(recipe, &random)
    let map = SiteMap(request, recipe, book)
    let hasPermits = recipe.hasPermits || request.variant.contains(.permits)
    let direct = RegionLinks(request, recipe: recipe, book: book, map: map, hasPermits: hasPermits)
    let limits = limits(request, direct.links, map)
    var links = direct.links
    var permits = direct.permits
    var names = links.indices.map { "l\($0 + 1)" }
    var facilities: [PlanningModel.Facility] = []
    if request.variant.contains(.facilities) {
      let hubs = RegionHubs(request, recipe: recipe, book: book, map: map, first: links.count)
      facilities = hubs.facilities
      links += hubs.legs
      names += hubs.legs.indices.map { "g\($0 + 1)" }
      if hasPermits { for _ in hubs.legs { permits.append([]) } }
    }
    let sieve = LinkSieve(
      drafts: links, names: names, permits: permits,
      bounds: FlowBounds(
        supplies: map.supplies, needs: map.needs, measures: [], facilities: facilities,
        legs: links[direct.links.count...]))
    return Instance(
      name: request.name, source: source(request), licence: licence,
      model: PlanningModel(
        name: request.name, links: sieve.links, linkNames: sieve.names,
        linkPermits: sieve.permits, supplies: map.supplies, needs: map.needs,
        permits: direct.permitCosts.enumerated().map {
          PlanningModel.Permit(name: "p\($0 + 1)", annualCost: $1)
        },
        facilities: facilities, capitalBudget: limits.budget, carbonFloor: limits.floor,
        partnerLimit: limits.partners),
      outputIDs: map.supplies.indices.map { "o\($0 + 1)" },
      inputIDs: map.needs.indices.map { "i\($0 + 1)" },
      droppedLinkIDs: sieve.dropped.map { names[$0] })
  }

  static let licence = "CC0-1.0"

  static func source(_ request: InstanceRequest) -> String {
    "Lichen generator, version \(version): family \(request.family.rawValue), "
      + "\(request.enterprises) enterprises, seed \(request.seed), variant \(request.variant.text)"
  }

  private struct Limits {
    var partners: Int?
    var budget: Double?
    var floor: Double?
  }

  private static func limits(
    _ request: InstanceRequest, _ links: [PlanningModel.Link], _ map: SiteMap
  ) -> Limits {
    var limits = Limits()
    if request.variant.contains(.partners) { limits.partners = 3 }
    if request.variant.contains(.budget) {
      let plan = GreedyLimits(
        links, supplies: map.supplies, needs: map.needs,
        worth: { $0.money * $0.upper - $0.fixedCost },
        isWorthwhile: { $0.money * $1 > $0.fixedCost })
      limits.budget = (0.4 * plan.capital).rounded()
    }
    if request.variant.contains(.carbonFloor) {
      let plan = GreedyLimits(
        links, supplies: map.supplies, needs: map.needs, worth: { $0.carbon * $0.upper },
        isWorthwhile: { link, _ in link.carbon > 0 }, partners: limits.partners,
        budget: limits.budget)
      limits.floor = (0.9 * plan.carbon).rounded(.down)
    }
    return limits
  }
}
