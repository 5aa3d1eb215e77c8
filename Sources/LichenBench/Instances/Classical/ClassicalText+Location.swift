import LichenDomain
import LichenPlanning

/// Capacitated facility location: each site is a facility that one output of its own feeds, each
/// customer an input that must be served in full; a customer may be served from several sites.
extension ClassicalText {
  func location(_ text: String, file: String) throws(ValidationError) -> Instance {
    var figures = FigureText(text, file: file)
    let sites = figures.whole("sites", in: 1...Self.largestCount)
    let customers = figures.whole("customers", in: 1...Self.largestCount)
    try figures.throwIfIssues()
    var facilities: [PlanningModel.Facility] = []
    for site in 0..<sites {
      let most = figures.number("capacity of site \(site + 1)", word: ("capacity", capacity))
      let opening = figures.number("opening of site \(site + 1)")
      facilities.append(
        PlanningModel.Facility(
          name: "f\(site + 1)", capacity: most, openingCost: opening, capital: 0))
    }
    var links = facilities.enumerated().map { site, facility in
      leg(site, from: .output(site), to: .facility(site), benefit: 0)
    }
    var needs: [Double] = []
    for customer in 0..<customers {
      let demand = figures.number("demand of customer \(customer + 1)")
      needs.append(demand)
      for site in 0..<sites {
        let cost = figures.number("cost of customer \(customer + 1) from site \(site + 1)")
        if demand <= 0 { continue }
        links.append(
          leg(
            links.count, from: .facility(site), to: .input(customer), benefit: 0 - cost / demand))
      }
    }
    figures.end()
    try figures.throwIfIssues()
    return instance(
      links, supplies: facilities.map(\.capacity), needs: needs, facilities: facilities,
      legNames: links.indices.map { $0 < sites ? "f\($0 + 1)" : "l\($0 - sites + 1)" })
  }

  private func leg(
    _ index: Int, from source: PlanningModel.Source, to target: PlanningModel.Target,
    benefit: Double
  ) -> PlanningModel.Link {
    PlanningModel.Link(
      candidate: index, source: source, target: target, ratio: 1, money: benefit, carbon: 0,
      fixedCost: 0, capital: 0, lower: 0, upper: .infinity)
  }
}
