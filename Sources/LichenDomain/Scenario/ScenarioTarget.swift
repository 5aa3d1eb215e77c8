/// What a key of a scenario points at.
enum ScenarioTarget: Hashable {
  case setting(String)
  case enterprise(String)
  case enterpriseField(String, String)
  case stream(String)
  case streamField(String, String)
  case role(String, MaterialID?)
  case figure(String)
  case rule(RuleID)
  case ruleDate(RuleID, RuleEnd)
  case distance(from: String, to: String, mode: String)
  case exchange(String)
  case option(String)
  case facility(String)
  case facilityField(String, String)

  enum RuleEnd: String, CaseIterable {
    case from, to
  }

  /// Changes of a lower stage come first; what shuts or drops comes after all figures.
  var stage: Int {
    switch self {
    case .setting: 0
    case .enterpriseField: 1
    case .streamField: 2
    case .role, .figure, .rule, .ruleDate: 3
    case .distance, .facilityField: 4
    case .stream, .facility, .enterprise: 5
    case .option, .exchange: 6
    }
  }

  /// Enterprise, stream or plant whose closure makes the change idle.
  var subject: String? {
    switch self {
    case .enterpriseField(let id, _), .streamField(let id, _), .facilityField(let id, _): id
    default: nil
    }
  }
}

/// The keys that a park accepts.
struct ScenarioKeys {
  static let settings = [
    "base_year", "capital_budget", "carbon_price", "co2_floor", "discount_rate",
    "distance_limit", "existing_exchanges", "law_date", "objective", "partner_limit", "road_detour",
  ]
  static let heads = [
    "distance", "enterprise", "exchange", "facility", "figure", "option", "rule", "stream",
  ]
  static let enterpriseFields = ["licences", "size"]
  static let newEnterpriseFields = [
    "blueprint", "isic", "jurisdiction", "lat", "licences", "lon", "name", "sector", "size", "unit",
    "zone",
  ]
  static let outputFields = [
    "current_route", "disposal_cost", "from_year", "minimum_lot", "quantity", "to_year",
    "waste_code",
  ]
  static let inputFields = [
    "from_year", "max_share", "minimum_lot", "price", "quantity", "to_year",
  ]
  static let facilityFields = ["capacity", "capex", "lifetime", "opex"]

  /// Why a key points at nothing.
  struct Problem: Error {
    let code: String
    let found: String
    let expected: String
    let hint: String?
  }

  typealias Answer = Result<ScenarioTarget, Problem>

  let catalogue: Catalogue
  private let enterprises: Set<String>
  private let outputs: Set<String>
  private let inputs: Set<String>
  private let options: Set<String>
  private let facilities: Set<String>
  private let sites: Set<String>
  private let rules: Set<String>
  private let roles: Set<String>

  init(declaration: ParkDeclaration, catalogue: Catalogue) {
    self.catalogue = catalogue
    enterprises = Set(declaration.enterprises.map(\.id))
    outputs = Set(declaration.outputs.map(\.id))
    inputs = Set(declaration.inputs.map(\.id))
    options = Set(declaration.options.map(\.id))
    facilities = Set(declaration.facilities.map(\.id))
    sites = enterprises.union(declaration.facilities.filter { $0.enterprise.isEmpty }.map(\.id))
    rules = Set(catalogue.rules.map(\.id.rawValue))
    roles = Set(catalogue.defaults.map(\.role))
  }

  /// - Parameter added: Ids of enterprises that the scenario adds.
  /// - Returns: `nil` for a key that describes one of them.
  func target(of key: String, added: Set<String>) -> Answer? {
    if Self.settings.contains(key) { return .success(.setting(key)) }
    let parts = key.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let head = String(parts[0])
    let rest = parts.count > 1 ? String(parts[1]) : ""
    if head == "enterprise", Self.split(rest, among: added)?.field != nil { return nil }
    switch (head, rest.isEmpty) {
    case ("enterprise", false): return enterprise(rest)
    case ("stream", false): return stream(rest)
    case ("facility", false):
      return member(
        rest, "facility", facilities, Self.facilityFields,
        ScenarioTarget.facility, ScenarioTarget.facilityField)
    case ("option", false):
      return options.contains(rest)
        ? .success(.option(rest)) : unknown("option", rest, "options.csv", options)
    case ("figure", false):
      return catalogue.figures[rest] != nil
        ? .success(.figure(rest))
        : unknown(
          "figure", rest, "factors.csv, costs.csv or parameters.csv", catalogue.figures.keys)
    case ("rule", false): return rule(rest)
    case ("distance", false): return distance(rest)
    case ("exchange", false): return exchange(rest)
    default:
      return roles.contains(head) ? role(head, rest, key) : unknownKey(key, head: head, rest: rest)
    }
  }

  private func unknown(
    _ kind: String, _ id: String, _ table: String, _ known: some Sequence<String>
  ) -> Answer {
    .failure(
      Problem(
        code: "unknown-\(kind)", found: id, expected: "an id of \(table)",
        hint: Spelling.suggestion(for: id, among: known)))
  }

  private func unknownField(_ field: String, _ accepted: [String]) -> Answer {
    .failure(
      Problem(
        code: "unknown-key", found: field, expected: accepted.joined(separator: ", "),
        hint: Spelling.suggestion(for: field, among: accepted)))
  }

  private func unknownKey(_ key: String, head: String, rest: String) -> Answer {
    let whole = Self.settings + roles.sorted()
    var hint = Spelling.suggestion(for: key, among: whole)
    if !rest.isEmpty {
      let near = Spelling.nearest(to: head, among: Self.heads + roles.sorted(), limit: 1)
      hint = near.first.map { "did you mean \($0).\(rest)?" } ?? hint
    }
    return .failure(
      Problem(
        code: "unknown-key", found: key,
        expected: Self.settings.joined(separator: ", ")
          + ", a role of the catalogue (price.MATERIAL, electricity_price), or "
          + Self.heads.map { "\($0).…" }.joined(separator: ", "),
        hint: hint))
  }

  /// The known id at the beginning and the field behind it; ids may hold points themselves.
  static func split(_ rest: String, among ids: Set<String>) -> (id: String, field: String?)? {
    if ids.contains(rest) { return (rest, nil) }
    var head = rest[...]
    while let point = head.lastIndex(of: ".") {
      head = rest[..<point]
      if ids.contains(String(head)) {
        return (String(head), String(rest[rest.index(after: point)...]))
      }
    }
    return nil
  }

  /// What stands before the last point, if a known field stands behind it.
  static func withoutField(_ rest: String, _ fields: [String]) -> String {
    guard let point = rest.lastIndex(of: "."),
      fields.contains(String(rest[rest.index(after: point)...]))
    else { return rest }
    return String(rest[..<point])
  }

  private func member(
    _ rest: String, _ kind: String, _ ids: Set<String>, _ fields: [String],
    _ whole: (String) -> ScenarioTarget, _ part: (String, String) -> ScenarioTarget
  ) -> Answer {
    guard let (id, field) = Self.split(rest, among: ids) else {
      let table = kind == "facility" ? "facilities.csv" : "\(kind)s.csv"
      return unknown(kind, Self.withoutField(rest, fields), table, ids)
    }
    guard let field else { return .success(whole(id)) }
    return fields.contains(field) ? .success(part(id, field)) : unknownField(field, fields)
  }

  private func enterprise(_ rest: String) -> Answer {
    guard let (id, field) = Self.split(rest, among: enterprises) else {
      let id = Self.withoutField(rest, Self.newEnterpriseFields)
      return .failure(
        Problem(
          code: "unknown-enterprise", found: id,
          expected: "an id of enterprises.csv; a new enterprise needs enterprise.\(id).blueprint",
          hint: Spelling.suggestion(for: id, among: enterprises)))
    }
    guard let field else { return .success(.enterprise(id)) }
    return Self.enterpriseFields.contains(field)
      ? .success(.enterpriseField(id, field)) : unknownField(field, Self.enterpriseFields)
  }

  private func stream(_ rest: String) -> Answer {
    let all = outputs.union(inputs)
    guard let (id, field) = Self.split(rest, among: all) else {
      let fields = Self.outputFields + Self.inputFields
      return unknown("stream", Self.withoutField(rest, fields), "outputs.csv or inputs.csv", all)
    }
    guard let field else { return .success(.stream(id)) }
    let fields = outputs.contains(id) ? Self.outputFields : Self.inputFields
    return fields.contains(field) ? .success(.streamField(id, field)) : unknownField(field, fields)
  }

  private func rule(_ rest: String) -> Answer {
    let ends = ScenarioTarget.RuleEnd.allCases.map(\.rawValue)
    guard let (id, field) = Self.split(rest, among: rules), let rule = RuleID(id) else {
      return unknown("rule", Self.withoutField(rest, ends), "rules.csv", rules)
    }
    guard let field else { return .success(.rule(rule)) }
    guard let end = ScenarioTarget.RuleEnd(rawValue: field) else {
      return unknownField(field, ends)
    }
    return .success(.ruleDate(rule, end))
  }

  private func role(_ role: String, _ rest: String, _ key: String) -> Answer {
    if !key.contains(".") { return .success(.role(role, nil)) }
    let known = Set(
      catalogue.materials.keys.map(\.rawValue) + catalogue.categories.keys.map(\.rawValue))
    guard let material = MaterialID(rest), known.contains(rest) else {
      return unknown("material", rest, "materials.csv or categories.csv", known)
    }
    return .success(.role(role, material))
  }

  private func distance(_ rest: String) -> Answer {
    guard let (from, tail) = Self.split(rest, among: sites) else {
      let id = String(rest.prefix { $0 != "." })
      return unknown("enterprise", id, "enterprises.csv", sites)
    }
    guard let tail, let (to, mode) = Self.split(tail, among: sites) else {
      let id = String((tail ?? "").prefix { $0 != "." })
      return unknown("enterprise", id, "enterprises.csv, as in distance.FROM.TO", sites)
    }
    let modes = catalogue.transportModes.map(\.id)
    if let mode, !modes.contains(mode) {
      return .failure(
        Problem(
          code: "unknown-mode", found: mode, expected: modes.joined(separator: ", "),
          hint: Spelling.suggestion(for: mode, among: modes)))
    }
    return .success(.distance(from: from, to: to, mode: mode ?? ""))
  }

  /// `OUTPUT:INPUT` or `OUTPUT:INPUT:ROUTE`; a shared plant may stand at either end.
  private func exchange(_ rest: String) -> Answer {
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count) else {
      return .failure(
        Problem(
          code: "bad-exchange", found: rest, expected: "OUTPUT:INPUT or OUTPUT:INPUT:ROUTE",
          hint: nil))
    }
    let sources = outputs.union(facilities)
    let targets = inputs.union(facilities)
    if !sources.contains(parts[0]) {
      return unknown("stream", parts[0], "outputs.csv or facilities.csv", sources)
    }
    if !targets.contains(parts[1]) {
      return unknown("stream", parts[1], "inputs.csv or facilities.csv", targets)
    }
    return .success(.exchange(rest))
  }
}
