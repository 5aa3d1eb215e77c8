import LichenDomain

/// The indicators of a plan for programs; every name carries its unit or has it beside it.
public struct IndicatorsDocument: Encodable, Sendable {
  struct Bounds: Encodable {
    /// Absent when nobody knows.
    let low: Double?
    let high: Double?

    init?(_ bounds: IndicatorBounds?) {
      guard let bounds else { return nil }
      low = bounds.low
      high = bounds.high
    }
  }

  struct Figure: Encodable {
    let measure: String
    let unit: String
    let formula: String
    let source: String
    let confidence: String
    let today: Bounds?
    let withPlan: Bounds?
    let change: Bounds?
    let knownToday: Double?
    let knownWithPlan: Double?
    let unquantifiedStreams: Int
    let openPartsToday: Int
    let openPartsWithPlan: Int
  }

  struct Criterion: Encodable {
    let id: String
    let set: String
    let kind: String
    let category: String
    let topic: String
    let name: String
    let comparison: String?
    let threshold: Double?
    let unit: String
    let measure: String?
    let stateToday: String?
    let stateWithPlan: String?
    let reachesThresholdToday: Bool?
    let reachesThresholdWithPlan: Bool?
    let needs: String
    let checkBeforeRelying: Bool
    let source: String
    let confidence: String
    let notes: String

    init(_ finding: CriterionFinding) {
      let criterion = finding.criterion
      id = criterion.id
      set = criterion.origin.rawValue
      kind = criterion.kind.rawValue
      category = criterion.category
      topic = criterion.topic
      name = criterion.name
      comparison = criterion.comparison?.rawValue
      threshold = criterion.threshold
      unit = criterion.unit
      measure = criterion.measure?.rawValue
      stateToday = finding.today?.rawValue
      stateWithPlan = finding.planned?.rawValue
      reachesThresholdToday = finding.reachesToday
      reachesThresholdWithPlan = finding.reachesPlanned
      needs = criterion.needs
      checkBeforeRelying = finding.mustBeChecked
      source = criterion.source
      confidence = criterion.confidence.rawValue
      notes = criterion.notes
    }
  }

  struct Network: Encodable {
    struct Bridge: Encodable {
      let enterprise: String
      let betweenness: Double
    }

    let firms: Int
    let linkedPairs: Int
    let density: Double?
    let meanPartners: Double?
    let mostPartners: Int
    let degreeCentralisation: Double?
    let reciprocity: Double?
    let cyclicity: Double
    let betweenness: [Bridge]

    init(_ metrics: NetworkMetrics) {
      firms = metrics.firms
      linkedPairs = metrics.pairs
      density = metrics.density
      meanPartners = metrics.meanPartners
      mostPartners = metrics.mostPartners
      degreeCentralisation = metrics.centralisation
      reciprocity = metrics.reciprocity
      cyclicity = metrics.cyclicity
      betweenness = metrics.bridges.map {
        Bridge(enterprise: $0.firm.rawValue, betweenness: $0.betweenness)
      }
    }
  }

  struct Flows: Encodable {
    let firms: Int
    let exchangedPerYear: Double
    let boughtPerYear: Double
    let exportedPerYear: Double
    let lostPerYear: Double
    let closingImportsPerYear: Double
    let closingExportsPerYear: Double
    let totalThroughputPerYear: Double
    let finnCyclingIndex: Double?
    let meanPathLength: Double?
    let ascendency: Double
    let developmentCapacity: Double
    let leftOut: Int

    init(_ metrics: FlowMetrics) {
      firms = metrics.firms
      exchangedPerYear = metrics.exchanged
      boughtPerYear = metrics.bought
      exportedPerYear = metrics.exported
      lostPerYear = metrics.lost
      closingImportsPerYear = metrics.closingImports
      closingExportsPerYear = metrics.closingExports
      totalThroughputPerYear = metrics.throughput
      finnCyclingIndex = metrics.cyclingIndex
      meanPathLength = metrics.meanPathLength
      ascendency = metrics.ascendency
      developmentCapacity = metrics.developmentCapacity
      leftOut = metrics.leftOut
    }
  }

  struct Medium: Encodable {
    let medium: String
    let unit: String
    let today: Flows
    let withPlan: Flows
  }

  struct Networks: Encodable {
    let today: Network
    let withPlan: Network
  }

  let format: String
  let park: String
  let baseYear: Int
  let currency: String
  let planStatus: String
  let figures: [Figure]
  let unansweredMeasures: [String]
  let criteria: [Criterion]
  let notKnown: [Criterion]
  let network: Networks
  let flows: [Medium]
  let exchangesWithoutStreams: [String]

  public init(_ analysis: IndicatorAnalysis) {
    let settings = analysis.plan.park.settings
    format = "lichen/indicators/1"
    park = settings.name
    baseYear = settings.baseYear
    currency = settings.currency.code
    planStatus = analysis.plan.certificate.status.rawValue
    figures = analysis.figures.map { figure in
      Figure(
        measure: figure.measure.rawValue, unit: figure.unit, formula: figure.measure.formula,
        source: figure.measure.definedBy, confidence: figure.confidence.rawValue,
        today: Bounds(figure.today), withPlan: Bounds(figure.planned),
        change: Bounds(figure.change), knownToday: figure.knownToday,
        knownWithPlan: figure.knownPlanned, unquantifiedStreams: figure.unquantified,
        openPartsToday: figure.openToday, openPartsWithPlan: figure.openPlanned)
    }
    unansweredMeasures = analysis.unanswered.map(\.rawValue)
    criteria = analysis.answered.map(Criterion.init)
    notKnown = analysis.unknown.map(Criterion.init)
    network = Networks(
      today: Network(analysis.networkToday), withPlan: Network(analysis.networkPlanned))
    flows = analysis.flows.map { today, planned in
      Medium(
        medium: today.medium.rawValue, unit: today.medium.unit, today: Flows(today),
        withPlan: Flows(planned))
    }
    exchangesWithoutStreams = analysis.withoutStreams
  }
}
