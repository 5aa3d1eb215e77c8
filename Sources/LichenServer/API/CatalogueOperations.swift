import LichenDomain
import LichenReport
import LichenStore

/// What the catalogue knows, to be read only.
struct CatalogueOperations: Sendable {
  private let catalogue: Catalogue
  private let index: CatalogueIndex

  init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    index = CatalogueIndex(catalogue)
  }

  private static let fields = APICall.pageFields.union(["q"])

  var operations: [APIOperation] {
    let materials = catalogue.materials.values.sorted { $0.id < $1.id }.map(MaterialView.init)
    let routes = catalogue.routes.map(RouteView.init)
    let rules = catalogue.rules.map(RuleView.init)
    return [
      .get("/catalogue/materials", query: Self.fields) { call in
        try list(call, materials, .material, id: \.id)
      },
      .get("/catalogue/materials/{material}") { call in
        try one(call.parameter("material"), of: materials, id: \.id)
      },
      .get("/catalogue/routes", query: Self.fields) { call in
        try list(call, routes, .route, id: \.id)
      },
      .get("/catalogue/routes/{route}") { call in
        try one(call.parameter("route"), of: routes, id: \.id)
      },
      .get("/catalogue/rules", query: Self.fields) { call in
        try list(call, rules, .rule, id: \.id)
      },
      .get("/catalogue/rules/{rule}") { call in
        try one(call.parameter("rule"), of: rules, id: \.id)
      },
    ]
  }

  private func one<View: Encodable>(_ id: String, of views: [View], id key: (View) -> String)
    throws -> APIAnswer
  {
    guard let view = views.first(where: { key($0) == id }) else { throw StoreError.notFound }
    return try .json(view)
  }

  /// All in order of id, or what some words name, best first.
  private func list<View: Encodable>(
    _ call: APICall, _ views: [View], _ kind: CatalogueItem.Kind, id: (View) -> String
  ) throws -> APIAnswer {
    guard let text = call.query("q") else { return try call.page(views, id: id) { $0 } }
    guard text.unicodeScalars.count <= 200 else {
      throw APIQuery.refusal("wrong-value", "q", found: text, expected: "at most 200 characters")
    }
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    let byID = Dictionary(views.map { (id($0), $0) }) { first, _ in first }
    let found = index.items(matching: words, kind: kind).compactMap { byID[$0.id] }
    return try call.page(found, id: id) { $0 }
  }

  private struct NameView: Encodable {
    let en: String
    let vi: String?

    init(_ text: LocalisedText) {
      en = text.english
      vi = text.vietnamese
    }
  }

  private struct MaterialView: Encodable {
    let id: String
    let names: NameView
    let parent: String?
    let phase: String
    let unit: String
    let legalKind: String
    let wasteCodes: [String]
    let isHazardous: Bool
    let isBiogenic: Bool
    let notes: String
    let source: String
    let confidence: String

    init(_ material: Material) {
      id = material.id.rawValue
      names = NameView(material.names)
      parent = material.parent?.rawValue
      phase = material.phase.rawValue
      unit = material.referenceUnit.id
      legalKind = material.legalKind.rawValue
      wasteCodes = material.wasteCodes
      isHazardous = material.isHazardous
      isBiogenic = material.isBiogenic
      notes = material.notes
      source = material.source
      confidence = material.confidence.rawValue
    }
  }

  private struct RouteView: Encodable {
    let id: String
    let output: String
    let input: String
    let use: String
    let ratio: Double
    let pretreatment: String
    let electricityKwh: Double
    let heatGj: Double
    let residueShare: Double?
    let maximumKm: Double?
    let quality: String
    let example: String
    let source: String
    let confidence: String

    init(_ route: Route) {
      id = route.id.rawValue
      output = route.output.rawValue
      input = route.input.rawValue
      use = route.use.rawValue
      ratio = route.ratio.typical
      pretreatment = route.pretreatment
      electricityKwh = route.electricityKWh
      heatGj = route.heatGJ
      residueShare = route.residueShare
      maximumKm = route.maximumKm
      quality = route.qualityText
      example = route.example
      source = route.source
      confidence = route.confidence.rawValue
    }
  }

  private struct RuleView: Encodable {
    let id: String
    let jurisdiction: String
    let instrument: String
    let article: String
    let subject: String
    let effect: String
    let step: String
    let holder: String
    let decides: Bool
    let inForceFrom: String?
    let inForceTo: String?
    let source: String
    let confidence: String
    let notes: String

    init(_ rule: LegalRule) {
      id = rule.id.rawValue
      jurisdiction = rule.jurisdiction
      instrument = rule.instrument
      article = rule.article
      subject = rule.subject
      effect = rule.effect.rawValue
      step = rule.step
      holder = rule.holder.rawValue
      decides = rule.decides
      inForceFrom = rule.inForceFrom?.description
      inForceTo = rule.inForceTo?.description
      source = rule.source
      confidence = rule.confidence.rawValue
      notes = rule.notes
    }
  }
}
