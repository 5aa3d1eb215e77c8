import LichenDomain
import LichenGraph
import LichenLaw
import LichenMatching
import LichenPlanning

/// A planned exchange with its rank, which names it in every drawing and table.
struct RankedExchange: Sendable {
  /// From 1, best net benefit first.
  let rank: Int
  let planned: PlannedExchange
  /// t/a as moved; `nil` where the unit has no mass (electricity) or its conversion is unknown.
  let tonnes: Double?
  let shares: DataShares
  /// Whole table units; the rows add up to the plan's total.
  let roundedMoney: Double
  let roundedCarbon: Double

  var candidate: Candidate { planned.candidate }
  var effect: LegalEffect { candidate.verdict.effect }
}

/// What all sections share: the result, the words, the ranks and the units of the tables.
struct ReportContext: Sendable {
  let edition: Edition
  let language: Language
  /// Land behind maps; without it maps are plain.
  var outlines: OutlineAtlas?
  var names: SiteNames
  /// Sites that drawings may show: those of the park.
  var sites: [Enterprise]
  /// Empty without a plan: what a stopped or contradictory search left over is no plan.
  var exchanges: [RankedExchange]
  /// What a scenario does to exchanges, by rank; empty where no plan is compared with another.
  var fates: [Int: LinkFate] = [:]
  let permits: [PermitNeed]
  /// Ranks of the exchanges that need each permit, ascending.
  private let permitRanks: [PermitNeed: [Int]]
  /// Yearly cost of each permit in whole table units, negative, in the order of `permits`.
  let roundedPermits: [Double]
  /// Efficiency measures that the plan takes, best first.
  let measures: [RankedMeasure]
  /// Shared plants that the plan opens; with their legs they count as one figure of the tables.
  let facilities: [PlannedFacility]
  let roundedFacilityMoney: Double
  let roundedFacilityCarbon: Double
  let moneyScale: TableScale
  let carbonScale: TableScale
  /// What the plan's money rests on, permits included.
  let moneyShares: DataShares
  /// What the plan's CO2e rests on.
  let carbonShares: DataShares

  /// Exchanges that are drawn and told in detail; a region plans tens of thousands, which are in the
  /// table of exchanges.
  static let most = 400
  var detailed: ArraySlice<RankedExchange> { exchanges.prefix(Self.most) }
  /// Says that not all is shown; nothing where all is.
  var cutNotes: [String] {
    exchanges.count <= Self.most
      ? []
      : [
        language.text(
          "report.cut",
          [
            "count": language.number(Double(Self.most)),
            "all": language.number(Double(exchanges.count)),
          ])
      ]
  }

  var result: MatchResult { edition.result }
  var plan: Plan { result.plan }
  var park: Park { result.plan.park }
  var graph: ExchangeGraph { result.graph }

  /// Whether the search ended with a plan that satisfies all limits.
  var hasPlan: Bool { Self.hasPlan(plan) }

  private static func hasPlan(_ plan: Plan) -> Bool {
    switch plan.certificate.status {
    case .optimal, .feasible: true
    case .infeasible, .unbounded, .noSolution: false
    }
  }

  var currency: Currency { park.settings.currency }

  /// Legal statuses that planned exchanges have, mildest first.
  var plannedEffects: [LegalEffect] {
    LegalEffect.allCases.filter { effect in exchanges.contains { $0.effect == effect } }
  }

  init(_ report: Report) { self.init(report.edition, language: report.language) }

  init(_ result: MatchResult, language: Language) {
    self.init(Edition(full: result), language: language)
  }

  init(_ edition: Edition, language: Language) {
    self.edition = edition
    self.language = language
    let plan = edition.result.plan
    sites = plan.park.enterprises
    names = SiteNames(plan.park.enterprises) { enterprise in
      edition.standIns.contains(enterprise.id)
        ? language.text("edition.firm", ["letter": enterprise.name]) : nil
    }
    let planned = Self.hasPlan(plan) ? plan.exchanges : []
    permits = Self.hasPlan(plan) ? plan.permits : []
    let permitMoney = permits.map { -($0.annual.value?.typical ?? 0) }
    let taken = Self.hasPlan(plan) ? plan.measures : []
    let measureMoney = taken.map(\.money.typical)
    facilities = Self.hasPlan(plan) ? plan.facilities : []
    let legs = Self.hasPlan(plan) ? plan.legs : []
    let plantMoney = facilities.isEmpty ? [] : [plan.facilityMoney.typical]
    let plantCarbon = facilities.isEmpty ? [] : [legs.map(\.carbon).sum().typical]
    let allMoney = planned.map(\.money.typical) + permitMoney + measureMoney + plantMoney
    let carbon = planned.map(\.carbon.typical) + taken.map(\.carbon.typical) + plantCarbon
    // Rows decide, so that those of a region do not all become 0; a hundred rows' worth still fits a sum.
    let moneyScale = TableScale.money(
      largest: (allMoney + [allMoney.reduce(0, +) / 100]).map(abs).max() ?? 0,
      currency: plan.park.settings.currency, language: language)
    let carbonScale = TableScale.carbon(
      largestKg: (carbon + [carbon.reduce(0, +)]).map(abs).max() ?? 0, language: language)
    let roundedMoney = ControlledRounding.round(allMoney.map { $0 / moneyScale.factor })
    let roundedCarbon = ControlledRounding.round(carbon.map { $0 / carbonScale.factor })
    self.moneyScale = moneyScale
    self.carbonScale = carbonScale
    roundedFacilityMoney = facilities.isEmpty ? 0 : roundedMoney.last ?? 0
    roundedFacilityCarbon = facilities.isEmpty ? 0 : roundedCarbon.last ?? 0
    roundedPermits = Array(roundedMoney.dropFirst(planned.count).prefix(permitMoney.count))
    measures = taken.enumerated().map { index, measure in
      RankedMeasure(
        planned: measure,
        roundedMoney: roundedMoney[planned.count + permitMoney.count + index],
        roundedCarbon: roundedCarbon[planned.count + index])
    }
    var permitRanks: [PermitNeed: [Int]] = [:]
    for (index, planned) in planned.enumerated() {
      for permit in planned.candidate.permits { permitRanks[permit, default: []].append(index + 1) }
    }
    self.permitRanks = permitRanks
    exchanges = planned.enumerated().map { index, planned in
      RankedExchange(
        rank: index + 1, planned: planned,
        tonnes: Self.tonnes(planned.quantity, of: planned.candidate.output.material, in: plan.park),
        shares: DataShares.shares(of: [planned], \.money), roundedMoney: roundedMoney[index],
        roundedCarbon: roundedCarbon[index])
    }
    var moneyShares = DataShares.shares(of: planned, \.money)
    for permit in permits { moneyShares.add(permit.annual) }
    let others =
      taken.flatMap(\.measure.lines) + legs.flatMap(\.lines) + facilities.flatMap(\.lines)
    for line in others { moneyShares.add(line.money) }
    self.moneyShares = moneyShares
    var carbonShares = DataShares.shares(of: planned, \.carbon)
    for line in others { carbonShares.add(line.carbon) }
    self.carbonShares = carbonShares
  }

  /// Yearly amount of a material in tonnes; `nil` if it has none.
  static func tonnes(_ quantity: Double, of material: MaterialID, in park: Park) -> Double? {
    guard let material = park.material(material) else { return nil }
    let tonne =
      park.catalogue.units.unit(named: "t")
      ?? Unit(id: "t", dimension: .mass, factor: 1, source: "SI", confidence: .verified)
    let conversion = FlowConversion(
      material: material.id.rawValue, basis: material.conversion, isGas: material.phase == .gas)
    guard let factor = try? conversion.factor(from: material.referenceUnit, to: tonne) else {
      return nil
    }
    return quantity * factor
  }

  /// Ranks of the exchanges that need a permit, ascending.
  func ranks(needing permit: PermitNeed) -> [Int] { permitRanks[permit] ?? [] }

  /// Plants to which legs lead that need one of these permits, in order of id.
  func plants(needing permits: [PermitNeed]) -> [PlannedFacility] {
    facilities.filter { plant in
      plant.arriving.contains { leg in leg.leg.permits.contains { permits.contains($0) } }
    }
  }

  // MARK: Words

  func material(_ id: MaterialID) -> String {
    park.material(id).map { language.name($0.names) }
      ?? park.catalogue.categories[id].map { language.name($0.names) } ?? id.rawValue
  }

  /// The stream's own name, or its material's.
  func stream(_ stream: some Stream) -> String {
    stream.name.isEmpty ? material(stream.material) : language.term(stream.name)
  }

  func donor(_ candidate: Candidate) -> String { names.short(candidate.output.enterprise) }
  func receiver(_ candidate: Candidate) -> String { names.short(candidate.input.enterprise) }

  /// `Donor → Receiver`.
  func pair(_ candidate: Candidate) -> String {
    language.text("exchange.pair", ["from": donor(candidate), "to": receiver(candidate)])
  }

  func unit(of candidate: Candidate) -> String {
    park.material(candidate.output.material)?.referenceUnit.id ?? ""
  }

  /// `1,000,000 t/yr`.
  func yearlyQuantity(_ quantity: Double, of candidate: Candidate) -> String {
    language.text(
      "format.per-year", ["value": language.quantity(quantity, unit: unit(of: candidate))])
  }

  func mode(_ transport: Transport) -> String {
    transport.mode.map { language.text("mode.\($0.id)") } ?? language.text("mode.none")
  }

  func kilometres(_ transport: Transport) -> String {
    transport.km.map { language.plain($0) + Language.narrowGap + "km" }
      ?? language.text("word.unknown")
  }

  /// `1, 2, 5`; of very many the first.
  func rankList(_ ranks: [Int]) -> String {
    let shown = language.list(ranks.prefix(Self.mostRanks).map { String($0) })
    let rest = ranks.count - Self.mostRanks
    return rest > 0 ? "\(shown); " + language.plural("list.more", count: rest) : shown
  }

  private static let mostRanks = 200

  /// Money of a table, from the park's currency to whole table units.
  func tableMoney(_ value: Double) -> String { language.number(value / moneyScale.factor) }
  func tableCarbon(_ value: Double) -> String { language.number(value / carbonScale.factor) }
  func signedMoney(_ value: Double) -> String { language.signed(value / moneyScale.factor) }
  func signedCarbon(_ value: Double) -> String { language.signed(value / carbonScale.factor) }

  var moneyPerYear: String { language.text("format.per-year", ["value": moneyScale.unit]) }
  var carbonPerYear: String { language.text("format.per-year", ["value": carbonScale.unit]) }
}
