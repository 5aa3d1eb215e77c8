import LichenDomain

/// Numbers for the materials and enterprises of the exchanges that a page tells in detail, so that its script
/// can filter without any text from data in an attribute.
struct ExchangeIndex: Sendable {
  /// In order of name.
  let materials: [MaterialID]
  let enterprises: [EnterpriseID]
  let effects: [LegalEffect]
  private let materialNumbers: [MaterialID: Int]
  private let enterpriseNumbers: [EnterpriseID: Int]

  init(_ context: ReportContext) {
    let candidates = context.detailed.map(\.candidate)
    let materials = Set(candidates.map(\.output.material)).map { ($0, context.material($0)) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    let enterprises = Set(candidates.flatMap { [$0.output.enterprise, $0.input.enterprise] })
      .map { ($0, context.names.short($0)) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    effects = LegalEffect.allCases.filter { effect in
      candidates.contains { $0.verdict.effect == effect }
    }
    self.materials = materials
    self.enterprises = enterprises
    materialNumbers = Dictionary(
      uniqueKeysWithValues: materials.enumerated().map { ($1, $0 + 1) })
    enterpriseNumbers = Dictionary(
      uniqueKeysWithValues: enterprises.enumerated().map { ($1, $0 + 1) })
  }

  /// Attributes of an exchange's row: rank, material, enterprises, status, money and CO2e, all as numbers.
  func attributes(_ exchange: RankedExchange) -> String {
    let candidate = exchange.candidate
    let material = materialNumbers[candidate.output.material] ?? 0
    let donor = enterpriseNumbers[candidate.output.enterprise] ?? 0
    let receiver = enterpriseNumbers[candidate.input.enterprise] ?? 0
    let effect = (effects.firstIndex(of: exchange.effect) ?? 0) + 1
    return " \(ExchangeMark([exchange.rank])) data-m=\"\(material)\" data-e=\"\(donor) \(receiver)\""
      + " data-s=\"\(effect)\" data-k=\"\(SVG.number(exchange.roundedMoney))\""
      + " data-c=\"\(SVG.number(exchange.roundedCarbon))\""
  }
}
