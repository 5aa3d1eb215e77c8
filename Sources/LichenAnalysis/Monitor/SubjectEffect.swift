import LichenDomain
import LichenGraph

/// What a subject brings per year or period, as far as it is known; zero where it has no such effect.
public struct SubjectEffect: Sendable, Hashable {
  /// [park currency]
  public var money: Double?
  /// [kg CO2e avoided]
  public var carbon: Double?
  /// Solid waste kept from disposal, or not made [t].
  public var waste: Double?
  /// Fresh water replaced or saved [m3].
  public var water: Double?
  /// Energy and fuel replaced or saved [GJ].
  public var energy: Double?
  /// Bought chemicals replaced or saved [t].
  public var chemicals: Double?

  public static let unknown = Self()
  static let none = Self(
    money: 0, carbon: 0, waste: 0, water: 0, energy: 0, chemicals: 0)

  static var all: [WritableKeyPath<SubjectEffect, Double?>] {
    [\.money, \.carbon, \.waste, \.water, \.energy, \.chemicals]
  }
}

/// Works out effects from quantities.
struct EffectBook {
  let park: Park

  /// Effect of an exchange that moves `quantity` [reference units]; fixed yearly costs are counted for
  /// `share` of a year.
  func effect(_ subject: MonitorSubject, quantity: Double, share: Double) -> SubjectEffect {
    guard subject.kind == .exchange else { return measureEffect(subject, quantity, share: share) }
    guard let output = subject.output else { return .unknown }
    var effect = SubjectEffect()
    if let ledger = ledger(of: subject) {
      effect.money = quantity * ledger.money - share * ledger.fixedMoney
      effect.carbon = quantity * ledger.carbon + share * ledger.fixedCarbon
    }
    effect.waste = wasted(output).map { quantity * $0 }
    guard let input = subject.input, let ratio = ratio(of: subject) else { return effect }
    let makesEnergy = subject.candidate?.route.use.makesEnergy ?? false
    add(input.material, amount: quantity * ratio, makesEnergy: makesEnergy, to: &effect)
    return effect
  }

  /// As the plan has it for a whole year; of a measure, as declared.
  func plannedEffect(_ subject: MonitorSubject) -> SubjectEffect? {
    switch subject.kind {
    case .exchange:
      guard let quantity = subject.plannedQuantity else { return nil }
      var effect = effect(subject, quantity: quantity, share: 1)
      effect.money = subject.planned.reduce(0) { $0 + $1.money.typical }
      effect.carbon = subject.planned.reduce(0) { $0 + $1.carbon.typical }
      return effect
    case .measure:
      return measureEffect(subject, subject.plannedQuantity, share: 1)
    }
  }

  /// For the quantity that exchanges.csv states; `nil` when it states none.
  func documentedEffect(_ subject: MonitorSubject) -> SubjectEffect? {
    guard let row = subject.row, let quantity = row.quantity, let output = subject.output,
      let factor = park.flowFactor(row.unit, of: output)?.factor
    else { return nil }
    return effect(subject, quantity: quantity * factor, share: 1)
  }

  /// Money and CO2e per reference unit and per year; over all routes of the plan in their proportion.
  private func ledger(of subject: MonitorSubject) -> (
    money: Double, carbon: Double, fixedMoney: Double, fixedCarbon: Double
  )? {
    let routes: [(ledger: Ledger, weight: Double)]
    let moved = subject.planned.reduce(0) { $0 + $1.quantity }
    if moved > 0 {
      routes = subject.planned.map { ($0.candidate.ledger, $0.quantity / moved) }
    } else if let candidate = subject.candidate {
      routes = [(candidate.ledger, 1)]
    } else {
      return nil
    }
    func sum(_ amount: (Ledger) -> Double, weighted: Bool) -> Double {
      routes.reduce(0) { $0 + amount($1.ledger) * (weighted ? $1.weight : 1) }
    }
    return (
      sum({ $0.netMoneyPerUnit.typical }, weighted: true),
      sum({ $0.netCarbonPerUnit.typical }, weighted: true),
      sum({ $0.fixedCost.typical }, weighted: false),
      sum({ $0.fixed.compactMap(\.carbon.value?.typical).reduce(0, +) }, weighted: false)
    )
  }

  private func ratio(of subject: MonitorSubject) -> Double? {
    let moved = subject.planned.reduce(0) { $0 + $1.quantity }
    guard moved > 0 else { return subject.candidate?.route.ratio.typical }
    return subject.planned.reduce(0) {
      $0 + $1.quantity / moved * $1.candidate.route.ratio.typical
    }
  }

  /// Tonnes of solid waste per reference unit; zero for what is no solid waste or is used already.
  private func wasted(_ output: OutputStream) -> Double? {
    guard let material = park.material(output.material), material.legalKind == .residue,
      [.solid, .slurry].contains(material.phase), !output.currentRoute.isAlreadyUsed
    else { return 0 }
    return park.factor(of: material, in: .mass)
  }

  /// Adds what a bought amount [reference units] is to the effect.
  private func add(
    _ id: MaterialID, amount: Double, makesEnergy: Bool, to effect: inout SubjectEffect
  ) {
    (effect.water, effect.energy, effect.chemicals) = (0, 0, 0)
    guard let material = park.material(id) else { return }
    let own = park.amount(of: id)?.medium
    if own == .water {
      effect.water = park.factor(of: material, in: .water).map { amount * $0 }
    } else if own == .energy || makesEnergy || isKind(id, of: ["fuel", "solid_fuel"]) {
      effect.energy = park.factor(of: material, in: .energy).map { amount * $0 }
    } else if isKind(id, of: ["chemical", "virgin_chem"]) {
      effect.chemicals = park.factor(of: material, in: .mass).map { amount * $0 }
    }
  }

  /// Whether one of these categories stands above a material.
  private func isKind(_ id: MaterialID, of kinds: Set<String>) -> Bool {
    var next = park.material(id)?.parent
    var seen: Set<MaterialID> = []
    while let parent = next, seen.insert(parent).inserted {
      if kinds.contains(parent.rawValue) { return true }
      next = park.material(parent)?.parent ?? park.catalogue.categories[parent]?.parent
    }
    return false
  }

  /// A measure brings what is declared of it, in proportion to what was reported where it changes a
  /// stream; without a stream, for `share` of a year.
  private func measureEffect(_ subject: MonitorSubject, _ quantity: Double?, share: Double)
    -> SubjectEffect
  {
    guard let measure = subject.measure else { return .unknown }
    let option = measure.option
    let planned = subject.plannedQuantity ?? 0
    let part = planned > 0 ? (quantity ?? 0) / planned : share
    func saving(_ amount: Double?) -> Double? { amount.map { $0 * part } }
    let money = measure.lines.first { $0.term == .saving }?.money.value?.typical
    var effect = SubjectEffect(
      money: saving(money), carbon: saving(option.co2.map { $0 * 1000 }), waste: 0, water: 0,
      energy: 0, chemicals: 0)
    let less = -option.change * part
    if let output = subject.output {
      effect.waste = wasted(output).map { $0 * less }
    } else if let input = subject.input {
      add(input.material, amount: less, makesEnergy: false, to: &effect)
    }
    return effect
  }
}
