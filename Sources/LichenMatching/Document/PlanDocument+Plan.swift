import LichenDomain
import LichenGraph
import LichenPlanning

extension PlanDocument {
  /// Writes down a plan. Equal plans give equal documents.
  public init(_ plan: Plan) {
    let settings = plan.park.settings
    park = ParkHeader(
      name: settings.name, title: settings.title, jurisdiction: settings.jurisdiction,
      currency: settings.currency, baseYear: settings.baseYear, priceYear: settings.priceYear,
      lawDate: settings.lawDate, catalogue: plan.park.catalogue.fingerprint)
    options = Options(
      objective: plan.options.objective, carbonPricePerTonne: plan.options.carbonPrice,
      capitalBudget: plan.options.capitalBudget, carbonFloorKg: plan.options.carbonFloor,
      partnerLimit: plan.options.partnerLimit,
      existingExchanges: settings.existingExchanges, required: plan.options.required.map(\.text),
      forbidden: plan.options.forbidden.map(\.text),
      requiredMeasures: plan.options.requiredMeasures.isEmpty
        ? nil : plan.options.requiredMeasures,
      relativeGap: plan.options.relativeGap)
    let proof = plan.certificate
    certificate = Certificate(
      status: proof.status, stopReason: proof.stopReason, incumbent: proof.incumbent,
      bound: proof.bound, gap: proof.gap, solver: proof.solver, candidates: proof.candidates,
      links: proof.links, components: proof.components)
    totals = Totals(
      money: plan.money, carbonKg: plan.carbon, capital: plan.capital, permitCost: plan.permitCost,
      exchanges: plan.exchanges.count, facilities: plan.facilities.count, legs: plan.legs.count,
      measures: plan.measures.count)
    exchanges = plan.exchanges.enumerated().map {
      Exchange(rank: $0.offset + 1, $0.element, park: plan.park)
    }
    facilities = plan.facilities.map { Facility($0, park: plan.park) }
    legs = plan.legs.map { Leg($0, park: plan.park) }
    permits = plan.permits.map {
      Permit(
        holder: $0.key.holder, material: $0.key.material, rule: $0.key.rule,
        oneOff: $0.oneOff.value, annual: $0.annual.value, days: $0.rule.days)
    }
    measures = plan.measures.map {
      Measure(
        id: $0.option.id, enterprise: $0.option.enterprise, status: $0.option.status,
        stream: $0.option.stream, change: $0.option.change, money: $0.money, carbonKg: $0.carbon,
        capital: $0.capital, lines: $0.measure.lines.map(Line.init))
    }
    enterprises = plan.balances.map {
      EnterpriseBalance(
        id: $0.enterprise.id, money: $0.money, carbonKg: $0.carbon, given: $0.given,
        received: $0.received)
    }
    digest = PlanJSON.digest(of: self)
  }
}

extension PlanDocument.Exchange {
  init(rank: Int, _ exchange: PlannedExchange, park: Park) {
    let candidate = exchange.candidate
    self.rank = rank
    id = candidate.id
    from = candidate.output.enterprise
    to = candidate.input.enterprise
    output = candidate.output.id
    input = candidate.input.id
    route = candidate.route.id
    material = candidate.output.material
    quantity = exchange.quantity
    unit = park.material(candidate.output.material)?.referenceUnit.id ?? ""
    replaces = exchange.quantity * candidate.route.ratio.typical
    replacedMaterial = candidate.input.material
    replacedUnit = park.material(candidate.input.material)?.referenceUnit.id ?? ""
    mode = candidate.transport.mode?.id
    distanceKm = candidate.transport.km
    legalEffect = candidate.verdict.effect
    legalRules = candidate.verdict.applying.map(\.id)
    score = candidate.score.total
    required = exchange.isRequired
    money = exchange.money
    carbonKg = exchange.carbon
    capital = exchange.capital
    lines = exchange.lines.map(PlanDocument.Line.init)
  }
}

extension PlanDocument.Facility {
  init(_ planned: PlannedFacility, park: Park) {
    let facility = planned.facility
    id = facility.id
    name = facility.name
    enterprise = facility.site
    intake = planned.intake
    intakeUnit = facility.intakeUnit.id
    capacity = facility.capacity
    product = facility.product
    made = planned.made
    productUnit = park.material(facility.product)?.referenceUnit.id ?? ""
    money = planned.money
    capital = planned.capital
    lines = planned.lines.map(PlanDocument.Line.init)
  }
}

extension PlanDocument.Leg {
  init(_ planned: PlannedLeg, park: Park) {
    let leg = planned.leg
    id = leg.id
    from = leg.giver
    to = leg.taker
    source = leg.sourceID
    target = leg.targetID
    route = leg.route?.id
    material = leg.material
    quantity = planned.quantity
    unit = park.material(leg.material)?.referenceUnit.id ?? ""
    delivers = planned.delivered
    mode = leg.transport.mode?.id
    distanceKm = leg.transport.km
    legalEffect = leg.verdict?.effect
    legalRules = leg.verdict?.applying.map(\.id) ?? []
    required = planned.isRequired
    money = planned.money
    carbonKg = planned.carbon
    capital = planned.capital
    lines = planned.lines.map(PlanDocument.Line.init)
  }
}

extension PlanDocument.Line {
  init(_ line: LedgerLine) {
    self.init(
      term: line.term, bearer: line.bearer, money: line.money.value, moneyBasis: line.money.basis,
      moneyConfidence: line.money.confidence, moneyReferences: line.money.references,
      carbonKg: line.carbon.value, carbonBasis: line.carbon.basis,
      carbonConfidence: line.carbon.confidence, carbonReferences: line.carbon.references)
  }
}
