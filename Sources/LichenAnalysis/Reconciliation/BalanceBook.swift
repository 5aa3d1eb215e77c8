import LichenDomain
import LichenGraph

/// The balances that a park's declarations must keep, and the figures in them.
struct BalanceBook {
  private(set) var figures: [DeclaredFigure] = []
  private(set) var balances: [Balance] = []

  private let park: Park
  private var index: [DeclaredFigure.Subject: Int] = [:]

  /// - Complexity: O(streams + exchanges · routes).
  init(park: Park) {
    self.park = park
    let exchanges = quantifiedExchanges()
    addOutputs(exchanges)
    addInputs(exchanges)
    // A blueprint leaves out what is used inside, so that only declarations must balance.
    let estimated = Set(
      park.outputs.filter { $0.basis == .blueprint }.map(\.enterprise)
        + park.inputs.filter { $0.basis == .blueprint }.map(\.enterprise))
    for enterprise in park.enterprises where !estimated.contains(enterprise.id) {
      addEnergy(of: enterprise.id)
      addWater(of: enterprise.id)
    }
    addActuals(exchanges)
  }

  private mutating func add(_ figure: DeclaredFigure) -> Int {
    if let known = index[figure.subject] { return known }
    figures.append(figure)
    index[figure.subject] = figures.count - 1
    return figures.count - 1
  }

  private mutating func figure(_ stream: some Stream, _ subject: DeclaredFigure.Subject) -> Int? {
    guard let yearly = stream.quantity?.yearly else { return nil }
    let unit = park.material(stream.material)?.referenceUnit.id ?? ""
    let half = DeclaredFigure.halfWidth(stream.provenance.confidence)
    return add(
      DeclaredFigure(
        subject: subject, location: stream.location, value: yearly.typical,
        low: yearly.isExact ? yearly.typical * (1 - half) : yearly.low,
        high: yearly.isExact ? yearly.typical * (1 + half) : yearly.high, unit: unit,
        unitFactor: stream.unitFactor ?? 1, hasDeclaredRange: !yearly.isExact))
  }

  /// A documented exchange with its yearly quantity in the output's reference unit.
  private struct Quantified {
    let exchange: DocumentedExchange
    let output: OutputStream
    let input: InputStream?
    let yearly: Double
    let unitFactor: Double
  }

  private func quantifiedExchanges() -> [Quantified] {
    park.exchanges.compactMap { exchange in
      guard let quantity = exchange.quantity, let id = exchange.output,
        let output = park.output(id), let factor = factor(exchange.unit, of: output)
      else { return nil }
      return Quantified(
        exchange: exchange, output: output, input: exchange.input.flatMap { park.input($0) },
        yearly: quantity * factor, unitFactor: factor)
    }
  }

  private mutating func figure(_ quantified: Quantified) -> Int {
    let exchange = quantified.exchange
    let half = DeclaredFigure.halfWidth(exchange.provenance.confidence)
    return add(
      DeclaredFigure(
        subject: .exchange(exchange.id), location: exchange.location, value: quantified.yearly,
        low: quantified.yearly * (1 - half), high: quantified.yearly * (1 + half),
        unit: park.material(quantified.output.material)?.referenceUnit.id ?? "",
        unitFactor: quantified.unitFactor, hasDeclaredRange: false))
  }

  /// Reference units per year of one written unit; `nil` when they cannot be joined.
  private func factor(_ unit: String, of output: OutputStream) -> Double? {
    park.flowFactor(unit, of: output)?.factor
  }
}

/// Exchanges against the streams that they join.
extension BalanceBook {
  private mutating func addOutputs(_ exchanges: [Quantified]) {
    let byOutput = Dictionary(grouping: exchanges) { $0.output.id }
    for output in park.outputs {
      guard let leaving = byOutput[output.id], let supply = figure(output, .output(output.id))
      else { continue }
      let used = leaving.map { (figure: figure($0), factor: 1.0) }
      balances.append(
        Balance(
          kind: .outputExceeded, used: used, available: [(supply, 1)],
          unit: figures[supply].unit, subject: output.id.rawValue))
    }
  }

  /// A route's lowest ratio counts, so that what is found stands whatever the ratio.
  private mutating func addInputs(_ exchanges: [Quantified]) {
    let generator = CandidateGenerator(park: park)
    let byInput = Dictionary(grouping: exchanges.filter { $0.input != nil }) { $0.input?.id }
    for input in park.inputs {
      guard let entering = byInput[input.id], input.quantity != nil else { continue }
      var used: [(figure: Int, factor: Double)] = []
      for quantified in entering {
        let routes = generator.candidates(from: quantified.output, to: input).map(\.route)
        guard let ratio = routes.map(\.ratio.low).min() else { continue }
        used.append((figure(quantified), ratio))
      }
      guard !used.isEmpty, let need = figure(input, .input(input.id)) else { continue }
      balances.append(
        Balance(
          kind: .inputExceeded, used: used, available: [(need, 1)], unit: figures[need].unit,
          subject: input.id.rawValue))
    }
  }

  /// What was measured over the whole base year must be what the exchange says.
  private mutating func addActuals(_ exchanges: [Quantified]) {
    for quantified in exchanges {
      let rows = park.actuals.filter {
        $0.subject == quantified.exchange.id && $0.period.year == park.settings.baseYear
          && $0.quantity != nil
      }
      guard rows.reduce(0, { $0 + $1.period.months }) == 12, let first = rows.first else {
        continue
      }
      let amounts = rows.compactMap { row in
        factor(row.unit, of: quantified.output).map { $0 * (row.quantity ?? 0) }
      }
      guard amounts.count == rows.count else { continue }
      let measured = amounts.reduce(0, +)
      let stated = figure(quantified)
      let actual = add(
        DeclaredFigure(
          subject: .actual(first.id), location: first.location, value: measured, low: measured,
          high: measured, unit: figures[stated].unit, unitFactor: 1, hasDeclaredRange: true))
      for (used, available) in [(stated, actual), (actual, stated)] {
        balances.append(
          Balance(
            kind: .actual, used: [(used, 1)], available: [(available, 1)],
            unit: figures[stated].unit, subject: quantified.exchange.id))
      }
    }
  }
}

/// Enterprises as wholes, where both sides are declared.
extension BalanceBook {
  /// Heat, steam and power given off ≤ heating value of fuels, heat, steam and power taken in.
  ///
  /// Heat below 60 °C is left out: refrigeration gives off more heat than the power it takes, and
  /// the rest comes from what is cooled.
  private mutating func addEnergy(of enterprise: EnterpriseID) {
    var used: [(figure: Int, factor: Double)] = []
    for output in park.outputs where output.enterprise == enterprise {
      guard let material = park.material(output.material),
        [.heat, .steam, .electricity].contains(material.phase),
        material.phase != .heat || level(output, material) >= Self.leastLevelCelsius,
        let energy = gigajoules(output.material), let figure = figure(output, .output(output.id))
      else { continue }
      used.append((figure, energy))
    }
    if used.isEmpty { return }
    var available: [(figure: Int, factor: Double)] = []
    for input in park.inputs where input.enterprise == enterprise {
      guard let energy = gigajoules(input.material), energy > 0,
        let figure = figure(input, .input(input.id))
      else { continue }
      available.append((figure, energy))
    }
    if available.isEmpty { return }
    balances.append(
      Balance(
        kind: .energy, used: used, available: available, unit: "GJ", subject: enterprise.rawValue))
  }

  private static let leastLevelCelsius = 60.0

  /// Unknown levels count as low.
  private func level(_ output: OutputStream, _ material: Material) -> Double {
    let measured = PropertyID("temperature").flatMap { output.properties[$0] }
    return measured?.typical ?? measured?.lowest ?? material.temperatureCelsius ?? 0
  }

  private func gigajoules(_ id: MaterialID) -> Double? {
    guard let material = park.material(id) else { return nil }
    // Water holds little that counts as fuel, whatever its table says.
    if [.water, .cold, .service].contains(material.phase) { return nil }
    let joule = Unit(id: "GJ", dimension: .energy, factor: 1, source: "SI", confidence: .verified)
    return try? FlowConversion(
      material: id.rawValue, basis: material.conversion, isGas: material.phase == .gas
    ).factor(from: material.referenceUnit, to: joule)
  }

  /// Water and condensate given off ≤ water and steam taken in.
  private mutating func addWater(of enterprise: EnterpriseID) {
    var used: [(figure: Int, factor: Double)] = []
    for output in park.outputs where output.enterprise == enterprise {
      guard park.material(output.material)?.phase == .water,
        let water = cubicMetres(output.material), let figure = figure(output, .output(output.id))
      else { continue }
      used.append((figure, water))
    }
    if used.isEmpty { return }
    var available: [(figure: Int, factor: Double)] = []
    for input in park.inputs where input.enterprise == enterprise {
      guard let phase = park.material(input.material)?.phase, [.water, .steam].contains(phase),
        let water = cubicMetres(input.material), let figure = figure(input, .input(input.id))
      else { continue }
      available.append((figure, water))
    }
    if available.isEmpty { return }
    balances.append(
      Balance(
        kind: .water, used: used, available: available, unit: "m3", subject: enterprise.rawValue))
  }

  private func cubicMetres(_ id: MaterialID) -> Double? {
    guard let material = park.material(id) else { return nil }
    // A tonne of steam is a cubic metre of water.
    if material.referenceUnit.dimension == .mass { return material.referenceUnit.factor }
    let cube = Unit(id: "m3", dimension: .volume, factor: 1, source: "SI", confidence: .verified)
    return try? FlowConversion(material: id.rawValue, basis: material.conversion).factor(
      from: material.referenceUnit, to: cube)
  }
}
