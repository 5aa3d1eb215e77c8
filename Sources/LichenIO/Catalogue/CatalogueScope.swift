import LichenDomain

/// The names that a row of the catalogue may refer to.
struct CatalogueScope {
  var units: UnitTable
  var jurisdictions: Set<String> = []
  /// Materials and categories.
  var materials: Set<MaterialID> = []
  var properties: [PropertyID: PropertyKind] = [:]
  var routes: Set<RouteID> = []
  var wasteCodes: Set<String> = []
  var licences: Set<String> = []
  /// Groups of states.
  var groups: Set<String> = []

  init(units: UnitTable) { self.units = units }

  init(_ catalogue: Catalogue) {
    units = catalogue.units
    jurisdictions = Set(catalogue.jurisdictions.keys)
    materials = Set(catalogue.materials.keys).union(catalogue.categories.keys)
    properties = catalogue.properties
    routes = Set(catalogue.routes.map(\.id))
    wasteCodes = Set(catalogue.wasteCodes.keys)
    licences = Set(catalogue.law.licences.map(\.key))
    groups = Set(catalogue.jurisdictions.values.flatMap(\.groups))
  }
}

extension RowReader {
  func reportUnknownReference(
    _ code: String, _ column: String, _ found: String, in names: @autoclosure () -> [String],
    expected: String
  ) {
    error(
      code, column, found: found, expected: expected,
      hint: Spelling.suggestion(for: found, among: names()))
  }

  /// A material or category that exists.
  func knownMaterial(_ column: String, scope: CatalogueScope, required: Bool = false) -> MaterialID?
  {
    let id: MaterialID? = required ? requiredIdentifier(column) : identifier(column)
    if let id { checkMaterial(id, column, scope: scope) }
    return id
  }

  func checkMaterial(_ id: MaterialID, _ column: String, scope: CatalogueScope) {
    guard !scope.materials.contains(id) else { return }
    reportUnknownReference(
      "unknown-material", column, id.rawValue, in: scope.materials.map(\.rawValue),
      expected: "a material or category of the catalogue")
  }

  /// A jurisdiction that exists.
  func knownRegion(_ column: String, scope: CatalogueScope) -> String {
    let code = requiredText(column)
    if !code.isEmpty, !scope.jurisdictions.contains(code) {
      reportUnknownReference(
        "unknown-jurisdiction", column, code, in: Array(scope.jurisdictions),
        expected: "a code in jurisdictions.csv")
    }
    return code
  }

  /// A unit that exists, by its symbol or an alias.
  func knownUnit(_ column: String, scope: CatalogueScope) -> Unit? {
    let name = requiredText(column)
    if name.isEmpty { return nil }
    if let unit = scope.units.unit(named: name) { return unit }
    reportUnknownReference(
      "unknown-unit", column, name, in: scope.units.names, expected: "a unit in units.csv")
    return nil
  }

  func requiredConfidence(_ column: String = "confidence") -> Confidence {
    requiredChoice(column) ?? .estimated
  }
}

/// Parents of categories, materials and jurisdictions.
enum Taxonomy {
  /// Reports each cycle once, at the row of its first name in alphabetical order.
  static func reportCycles(
    parents: [String: String], places: [String: SourceLocation], log: IssueLog
  ) {
    var settled: Set<String> = []
    for start in parents.keys.sorted() where !settled.contains(start) {
      var path: [String] = []
      var next: String? = start
      while let current = next, !settled.contains(current) {
        if let first = path.firstIndex(of: current) {
          report(Array(path[first...]), places: places, log: log)
          break
        }
        path.append(current)
        next = parents[current]
      }
      settled.formUnion(path)
    }
  }

  private static func report(_ cycle: [String], places: [String: SourceLocation], log: IssueLog) {
    guard let first = cycle.min(), let index = cycle.firstIndex(of: first) else { return }
    let turned = Array(cycle[index...] + cycle[..<index]) + [first]
    log.error(
      "taxonomy-cycle", at: places[first] ?? SourceLocation(file: "materials.csv"),
      field: "parent", found: turned.joined(separator: " → "),
      expected: "parents that end at a row without one")
  }
}
