import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Section G, first part: every default that the plan rests on, and the settings.
struct AssumptionsView {
  struct FigureRow {
    let figureName: String
    let figureID: String
    let low: String
    let typical: String
    let high: String
    let figureUnitText: String
    let region: String
    let figureYear: String
    let level: ConfidenceBadge
    let source: String
    let moneyShare: String
    /// The share as a bar.
    let shareBar: String
    let carbonShare: String
    let usedBy: String
  }

  struct Setting {
    /// Its name for programs: the key of its words.
    let key: String
    let setting: String
    let settingValue: String
  }

  let figureRows: [FigureRow]
  let hasFigures: Bool
  let declared: [FigureRow]
  let hasDeclared: Bool
  let settings: [Setting]

  init(_ context: ReportContext) {
    let uses = context.referenceUses()
    figureRows = uses.compactMap { use in
      context.assumption(use).map { Self.row(use, $0, context) }
    }
    hasFigures = !figureRows.isEmpty
    declared = uses.filter { context.assumption($0) == nil }.prefix(ReportContext.most)
      .map { Self.declaredRow($0, context) }
    hasDeclared = !declared.isEmpty
    settings = SettingsList(context).items
  }

  private static func row(_ use: ReferenceUse, _ assumption: Assumption, _ context: ReportContext)
    -> FigureRow
  {
    let language = context.language
    func number(_ value: Double?) -> String { value.map { language.plain($0, digits: 4) } ?? "" }
    return FigureRow(
      figureName: assumption.name, figureID: "\(assumption.table): \(assumption.id)",
      low: number(assumption.value?.low), typical: number(assumption.value?.typical),
      high: number(assumption.value?.high), figureUnitText: assumption.unit,
      region: assumption.region, figureYear: assumption.year.map { String($0) } ?? "",
      level: ConfidenceBadge(assumption.confidence, language), source: assumption.source,
      moneyShare: share(use.money, of: context.moneyShares.gross, language),
      shareBar: Glyph.share(use.money, of: context.moneyShares.gross),
      carbonShare: share(use.carbon, of: context.carbonShares.gross, language),
      usedBy: context.rankList(use.ranks))
  }

  /// A row of the park's own tables: what it says and where it says so.
  private static func declaredRow(_ use: ReferenceUse, _ context: ReportContext) -> FigureRow {
    let language = context.language
    let stream = context.declaredStream(at: use.reference)
    return FigureRow(
      figureName: stream?.name ?? language.text("assumption.declared"), figureID: use.reference,
      low: "", typical: "", high: "", figureUnitText: "", region: "", figureYear: "",
      level: ConfidenceBadge(stream?.confidence ?? .verified, language),
      source: stream?.source ?? "",
      moneyShare: share(use.money, of: context.moneyShares.gross, language),
      shareBar: Glyph.share(use.money, of: context.moneyShares.gross),
      carbonShare: share(use.carbon, of: context.carbonShares.gross, language),
      usedBy: context.rankList(use.ranks))
  }

  private static func share(_ part: Double, of whole: Double, _ language: Language) -> String {
    guard whole > 0, part > 0 else { return "" }
    return part / whole < 0.001
      ? language.text("format.below", ["value": language.percent(0.001, decimals: 1)])
      : language.percent(part / whole, decimals: 1)
  }
}

extension ReportContext {
  /// The stream that stands at a row of the park's tables.
  func declaredStream(at reference: String) -> (
    name: String, source: String, confidence: Confidence?
  )? {
    if let output = park.outputs.first(where: { $0.reference == reference }) {
      return (
        "\(names.short(output.enterprise)): \(stream(output))", output.provenance.source,
        output.provenance.confidence
      )
    }
    if let input = park.inputs.first(where: { $0.reference == reference }) {
      return (
        "\(names.short(input.enterprise)): \(stream(input))", input.provenance.source,
        input.provenance.confidence
      )
    }
    for (pair, known) in park.distances.sorted(by: {
      ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to)
    }) {
      guard let row = known.first(where: { $0.reference == reference }) else { continue }
      let name = language.text(
        "assumption.distance", ["from": names.short(pair.from), "to": names.short(pair.to)])
      return (name, row.provenance.source, row.provenance.confidence)
    }
    return measuredQuality(at: reference) ?? localFigure(at: reference)
  }

  private func measuredQuality(at reference: String) -> (
    name: String, source: String, confidence: Confidence?
  )? {
    for output in park.outputs {
      for (id, value) in output.properties.sorted(by: { $0.key < $1.key })
      where value.reference == reference {
        let quality = park.catalogue.properties[id].map { language.name($0.names) } ?? "\(id)"
        return (
          "\(names.short(output.enterprise)): \(stream(output)), \(quality)",
          value.provenance.source, value.provenance.confidence
        )
      }
    }
    return nil
  }

  private func localFigure(at reference: String) -> (
    name: String, source: String, confidence: Confidence?
  )? {
    park.overrides.first { $0.value.reference == reference }.map {
      ($0.key, $0.value.provenance.source, $0.value.provenance.confidence)
    }
  }
}

/// The settings that a plan was made with.
struct SettingsList {
  let items: [AssumptionsView.Setting]

  init(_ context: ReportContext) {
    let language = context.language
    let settings = context.park.settings
    let options = context.plan.options
    let figures = FigureBook(park: context.park)
    var items: [AssumptionsView.Setting] = []
    func add(_ key: String, _ text: String) {
      items.append(
        AssumptionsView.Setting(key: key, setting: language.text(key), settingValue: text))
    }
    func money(_ value: Double?) -> String {
      value.map { language.money($0, context.currency) } ?? language.text("word.unlimited")
    }
    add("setting.jurisdiction", Self.jurisdiction(context))
    add("setting.currency", "\(settings.currency), \(settings.priceYear)")
    add("setting.base-year", String(settings.baseYear))
    add("setting.law-date", language.date(settings.lawDate))
    add("setting.objective", language.text("objective.\(options.objective.rawValue)"))
    add(
      "setting.carbon-price",
      options.carbonPrice == 0
        ? language.text("word.none")
        : language.text(
          "setting.per-tonne", ["money": language.money(options.carbonPrice, context.currency)]))
    let rate = figures.discountRate
    add(
      "setting.discount-rate",
      rate.value.map { language.percent($0.typical, decimals: 1) + Self.origin(rate, language) }
        ?? language.text("word.unknown"))
    let lifetime = figures.parameter("link_lifetime_years")
    add(
      "setting.lifetime",
      lifetime.value.map {
        language.text("setting.years", ["years": language.plain($0.typical)])
          + Self.origin(lifetime, language)
      } ?? language.text("word.unknown"))
    add(
      "setting.detour",
      settings.roadDetour.map { language.plain($0) } ?? language.text("setting.detour.modes"))
    add(
      "setting.distance-limit",
      settings.distanceLimit.map { language.plain($0) + Language.narrowGap + "km" }
        ?? language.text("setting.distance-limit.modes"))
    if context.edition.isWhole {
      add("setting.budget", money(options.capitalBudget))
      add(
        "setting.carbon-floor",
        options.carbonFloor.map { language.mass(tonnes: $0 / 1000) } ?? language.text("word.none"))
    }
    add(
      "setting.partners",
      options.partnerLimit.map { language.number(Double($0)) } ?? language.text("word.unlimited"))
    add("setting.existing", language.text("existing.\(settings.existingExchanges.rawValue)"))
    func selectors(_ selectors: [LinkSelector]) -> String {
      selectors.isEmpty ? language.text("word.none") : language.list(selectors.map(\.text))
    }
    add("setting.required", selectors(options.required))
    add("setting.forbidden", selectors(options.forbidden))
    if !context.park.rulesSwitchedOff.isEmpty {
      add(
        "setting.rules-off",
        language.list(context.park.rulesSwitchedOff.sorted().map(\.rawValue)))
    }
    add("setting.catalogue", context.park.catalogue.fingerprint)
    self.items = items
  }

  private static func jurisdiction(_ context: ReportContext) -> String {
    let code = context.park.settings.jurisdiction
    return context.park.catalogue.jurisdictions[code].map {
      "\(context.language.term($0.name)) (\(code))"
    } ?? code
  }

  private static func origin(_ amount: LedgerAmount, _ language: Language) -> String {
    let words = [
      amount.basis.map { language.text("basis.\($0.rawValue)") },
      amount.confidence.map { language.text("confidence.\($0.rawValue)") },
    ].compactMap { $0 }
    return words.isEmpty ? "" : " (\(language.list(words)))"
  }
}
