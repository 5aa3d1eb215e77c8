import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// A park in one year, ready to be planned.
struct ParkYear: Sendable {
  let graph: ExchangeGraph
  /// Everything that may be planned in it, nothing eliminated.
  let problem: PlanningProblem
  /// Limits and wishes, as far as they mean something in this year.
  let options: PlanningOptions

  var park: Park { graph.park }
}

/// The parks of the years of a road map: streams come and go with their rows, everything else stays.
struct YearlyParks: Sendable {
  /// Different parks, in order of first year.
  private(set) var parks: [ParkYear] = []
  /// By year: index in `parks`.
  private(set) var places: [Int] = []

  /// Years that have the same rows share one park. Exchanges that exist in the first year exist in all.
  /// - Throws: `ValidationError` for a row that is wrong in some year, `PlanningError` for contradictory
  ///   options.
  /// - Complexity: O(candidates) for each different set of rows.
  init(of park: Park, from first: Int, years: Int, planning: PlanningOptions) throws {
    var known: [[String]: Int] = [:]
    for year in first..<(first + years) {
      let key = Self.rows(of: park.declaration, in: year)
      if let place = known[key] {
        places.append(place)
        continue
      }
      known[key] = parks.count
      places.append(parks.count)
      parks.append(try Self.parkYear(of: park, first: first, year: year, planning))
    }
  }

  private static func holds(_ from: Int?, _ to: Int?, _ year: Int) -> Bool {
    (from ?? Int.min) <= year && year <= (to ?? Int.max)
  }

  /// Ids of the streams that hold in a year.
  private static func rows(of declaration: ParkDeclaration, in year: Int) -> [String] {
    declaration.outputs.filter { holds($0.fromYear, $0.toYear, year) }.map { "o \($0.id)" }
      + declaration.inputs.filter { holds($0.fromYear, $0.toYear, year) }.map { "i \($0.id)" }
  }

  private static func parkYear(
    of park: Park, first: Int, year: Int, _ planning: PlanningOptions
  ) throws -> ParkYear {
    var declaration = park.declaration
    declaration.settings = declaration.settings.replacing(baseYear: year)
    declaration.exchanges = declaration.exchanges
      .filter { holds($0.startYear, $0.endYear, first) }
      .map { row in
        var row = row
        (row.startYear, row.endYear) = (nil, nil)
        return row
      }
    let parkOfYear = try Park(declaration, catalogue: park.catalogue)
    let graph = CandidateGenerator(park: parkOfYear).graph(threads: planning.threads)
    var options = planning
    options.carbonFloor = nil
    options.required = planning.required.filter { graph.canPlan($0) }
    options.forbidden = planning.forbidden.filter { graph.knows($0) }
    var whole = options
    // Of two stages nothing is eliminated: what never pays in one year may pay in another.
    whole.objective = .benefitThenCarbon
    return ParkYear(
      graph: graph, problem: try PlanningProblem(graph: graph, options: whole), options: options)
  }
}

extension ExchangeGraph {
  /// Whether a selector means something here.
  func knows(_ selector: LinkSelector) -> Bool {
    candidates.indices.contains { selector.matches(candidates.id($0)) }
      || legs.contains { selector.matches($0.id) }
  }

  /// Whether something that a selector means can be planned here.
  func canPlan(_ selector: LinkSelector) -> Bool {
    candidates.indices.contains {
      candidates.row($0).isPlannable && selector.matches(candidates.id($0))
    } || legs.contains { $0.isPlannable && selector.matches($0.id) }
  }
}
