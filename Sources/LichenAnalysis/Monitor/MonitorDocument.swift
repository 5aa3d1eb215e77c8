import LichenDomain
import LichenMatching

/// Plan against actual for programs; every name carries its unit.
public struct MonitorDocument: Encodable, Sendable {
  struct Effect: Encodable {
    let money: Double?
    let carbonKg: Double?
    let wasteTonnes: Double?
    let waterM3: Double?
    let energyGj: Double?
    let chemicalsTonnes: Double?

    init(_ effect: SubjectEffect) {
      money = effect.money
      carbonKg = effect.carbon
      wasteTonnes = effect.waste
      waterM3 = effect.water
      energyGj = effect.energy
      chemicalsTonnes = effect.chemicals
    }
  }

  struct Total: Encodable {
    let known: Effect
    let unknownMoney: Int
    let unknownCarbon: Int
    let unknownWaste: Int
    let unknownWater: Int
    let unknownEnergy: Int
    let unknownChemicals: Int

    init(_ total: EffectTotal) {
      known = Effect(total.sum)
      unknownMoney = total.unknown[0]
      unknownCarbon = total.unknown[1]
      unknownWaste = total.unknown[2]
      unknownWater = total.unknown[3]
      unknownEnergy = total.unknown[4]
      unknownChemicals = total.unknown[5]
    }
  }

  struct Forecast: Encodable {
    let reported: Double
    let months: Int
    let low: Double
    let typical: Double
    let high: Double

    init(_ forecast: YearForecast) {
      reported = forecast.reported
      months = forecast.months
      low = forecast.low
      typical = forecast.typical
      high = forecast.high
    }
  }

  struct Step: Encodable {
    let status: String
    let date: String
    let source: String
    let confidence: String?
    let notes: String
  }

  struct Period: Encodable {
    let period: String
    let plannedQuantity: Double?
    let deliveredQuantity: Double?
    let planned: Effect?
    let delivered: Effect
    let reportedMoney: Double?
  }

  struct Subject: Encodable {
    let id: String
    let kind: String
    let enterprises: [String]
    let output: String?
    let input: String?
    let isPlanned: Bool
    let unit: String?
    let plannedQuantityPerYear: Double?
    let status: String
    let statusFrom: String
    let history: [Step]
    let periods: [Period]
    let forecastQuantity: Forecast?
    let forecastMoney: Forecast?
    let plannedPerYear: Effect?
    let expectedPerYear: Effect?
    let yearsLate: Int?
    let alarms: [String]
  }

  struct Counts: Encodable {
    let found: Int
    let prioritised: Int
    let agreed: Int
    let permitted: Int
    let built: Int
    let running: Int
    let stopped: Int
    let firms: Int
    let realisedShare: Double?

    init(_ counts: StageCounts) {
      func reached(_ stage: ProgressStatus) -> Int {
        counts.reached.first { $0.stage == stage }?.count ?? 0
      }
      found = counts.found
      prioritised = reached(.prioritised)
      agreed = reached(.agreed)
      permitted = reached(.permitted)
      built = reached(.built)
      running = reached(.running)
      stopped = counts.stopped
      firms = counts.firms
      realisedShare = counts.realisedShare
    }
  }

  struct Sector: Encodable {
    let sector: String
    let measures: Counts
    let exchanges: Counts
    let runningPerYear: Total
  }

  struct Programme: Encodable {
    let measures: Counts
    let exchanges: Counts
    let all: Counts
    let promisedPerYear: Total
    let runningPerYear: Total
    let expectedThisYear: Total
    let runningUnreported: Int
    let sectors: [Sector]
  }

  struct Unused: Encodable {
    let id: String
    let reason: String
  }

  struct PlanFigures: Encodable {
    let status: String
    let moneyPerYear: Double
    let carbonKgPerYear: Double
    let capital: Double
    let exchanges: Int
    let measures: Int

    init(_ plan: Plan) {
      status = plan.certificate.status.rawValue
      moneyPerYear = plan.money.typical
      carbonKgPerYear = plan.carbon.typical
      capital = plan.capital.typical
      exchanges = plan.exchanges.count
      measures = plan.measures.count
    }
  }

  struct Resized: Encodable {
    let id: String
    let before: Double
    let after: Double
  }

  struct Again: Encodable {
    let before: PlanFigures
    let after: PlanFigures
    let kept: [String]
    let notModelled: [Unused]
    let stopped: [String]
    let gained: [String]
    let lost: [String]
    let resized: [Resized]
  }

  let format: String
  let park: String
  let currency: String
  let year: Int?
  let subjects: [Subject]
  let programme: Programme
  let unusedRows: [Unused]
  let legsNotMonitored: Int
  let replanned: Again

  public init(_ monitor: MonitorAnalysis, _ again: Reoptimisation) {
    let own = monitor.plan.park
    format = "lichen/monitor/1"
    park = own.settings.name
    currency = own.settings.currency.code
    year = monitor.year
    subjects = monitor.subjects.map { Self.subject($0, own) }
    let totals = monitor.totals
    programme = Programme(
      measures: Counts(totals.measures), exchanges: Counts(totals.exchanges),
      all: Counts(totals.all), promisedPerYear: Total(totals.promised),
      runningPerYear: Total(totals.running), expectedThisYear: Total(totals.expected),
      runningUnreported: totals.unreported,
      sectors: totals.sectors.map {
        Sector(
          sector: $0.name, measures: Counts($0.measures), exchanges: Counts($0.exchanges),
          runningPerYear: Total($0.running))
      })
    unusedRows = monitor.unused.map { Unused(id: $0.id, reason: $0.reason.rawValue) }
    legsNotMonitored = monitor.legCount
    replanned = Again(
      before: PlanFigures(again.before), after: PlanFigures(again.after), kept: again.kept,
      notModelled: again.unmodelled.map { Unused(id: $0.id, reason: $0.reason) },
      stopped: again.stopped, gained: again.gained, lost: again.lost,
      resized: again.resized.map { Resized(id: $0.id, before: $0.before, after: $0.after) })
  }

  private static func subject(_ found: MonitoredSubject, _ park: Park) -> Subject {
    let subject = found.subject
    return Subject(
      id: subject.id, kind: subject.kind.rawValue,
      enterprises: subject.enterprises.map(\.rawValue), output: subject.output?.id.rawValue,
      input: subject.input?.id.rawValue, isPlanned: subject.isPlanned,
      unit: subject.unit(in: park), plannedQuantityPerYear: subject.plannedQuantity,
      status: found.stage.rawValue, statusFrom: found.stageBasis.rawValue,
      history: found.history.map {
        Step(
          status: $0.status.rawValue, date: $0.date.description, source: $0.provenance.source,
          confidence: $0.provenance.confidence?.rawValue, notes: $0.notes)
      },
      periods: found.periods.map {
        Period(
          period: $0.period.description, plannedQuantity: $0.planned,
          deliveredQuantity: $0.delivered, planned: $0.plannedEffect.map(Effect.init),
          delivered: Effect($0.effect), reportedMoney: $0.reportedMoney)
      },
      forecastQuantity: found.forecast.map(Forecast.init),
      forecastMoney: found.moneyForecast.map(Forecast.init),
      plannedPerYear: found.plannedEffect.map(Effect.init),
      expectedPerYear: found.expectedEffect.map(Effect.init), yearsLate: found.yearsLate,
      alarms: found.alarms.map(\.rawValue))
  }
}
