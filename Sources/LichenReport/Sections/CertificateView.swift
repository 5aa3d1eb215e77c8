import LichenMatching
import LichenPlanning

/// Section H: what was solved, what was proved, and how to repeat it.
struct CertificateView {
  struct Item {
    let item: String
    let itemValue: String
  }

  struct ComponentRow {
    let componentNumber: String
    let size: String
    let status: String
    let raw: String
    let value: String
    let componentBound: String
    let componentNodes: String
  }

  struct Table {
    let components: [ComponentRow]
    let moreComponents: [String]
  }

  let items: [Item]
  let sizes: [Item]
  let tables: [Table]

  /// Rows of the table of components; a national run has thousands.
  private static let most = 60

  init(_ context: ReportContext) {
    let language = context.language
    let certificate = context.plan.certificate
    func item(_ key: String, _ text: String) -> Item {
      Item(item: language.text(key), itemValue: text)
    }
    func count(_ value: Int) -> String { language.number(Double(value)) }
    let none = language.text("word.none")
    let hasPlan = context.hasPlan
    let outcome = [
      item("cert.objective", language.text("objective.\(certificate.objective.rawValue)")),
      item("cert.status", language.text("status.\(certificate.status.rawValue)")),
      item("cert.stop", language.text("stop.\(certificate.stopReason.rawValue)")),
    ]
    let gap = item(
      "cert.gap",
      hasPlan
        ? language.percent(certificate.gap, decimals: certificate.gap == 0 ? 0 : 4) : none)
    guard context.edition.isWhole else {
      // Bound, value and parts of the model are the whole plan's.
      items = outcome + [gap]
      sizes = [item("cert.solver", certificate.solver)]
      tables = []
      return
    }
    let recomputed = certificate.recomputationDifference
    var items =
      outcome + [
        item("cert.incumbent", hasPlan ? Self.exact(certificate.incumbent, context) : none),
        item("cert.bound", hasPlan ? Self.exact(certificate.bound, context) : none), gap,
        item("cert.recomputed", hasPlan ? Verdict(context).difference(recomputed) : none),
      ]
    if let floor = context.plan.options.carbonFloor {
      items.append(item("cert.floor", language.mass(tonnes: floor / 1000)))
    }
    // Legs of plants follow the candidates; the counts speak of candidates.
    let excluded = context.plan.excluded.counts(below: certificate.candidates)
    self.items = items
    sizes = [
      item("cert.solver", certificate.solver),
      item("cert.candidates", count(certificate.candidates)),
      item("cert.blocked", count(excluded.blocked)),
      item("cert.eliminated", count(excluded.neverPays)),
      item("cert.links", count(certificate.links)),
      item("cert.components", count(certificate.components.count)),
      item("cert.nodes", count(certificate.nodes)),
    ]
    tables =
      certificate.components.isEmpty
      ? []
      : [
        Table(
          components: certificate.components.prefix(Self.most).enumerated().map { index, part in
            Self.row(part, number: index + 1, context)
          },
          moreComponents: certificate.components.count > Self.most
            ? [
              language.plural(
                "cert.more", count: certificate.components.count - Self.most)
            ] : [])
      ]
  }

  private static func row(_ part: ComponentSummary, number: Int, _ context: ReportContext)
    -> ComponentRow
  {
    let language = context.language
    func count(_ value: Int) -> String { language.number(Double(value)) }
    return ComponentRow(
      componentNumber: String(number),
      size: language.text(
        "cert.size",
        [
          "links": count(part.links), "rows": count(part.rows), "columns": count(part.columns),
          "integers": count(part.integers),
        ]),
      status: language.text("status.\(part.status)"), raw: part.rawStatus,
      value: language.number(part.objective), componentBound: language.number(part.bound),
      componentNodes: count(part.nodes))
  }

  /// Whole units, unlike the headline.
  private static func exact(_ value: Double, _ context: ReportContext) -> String {
    let language = context.language
    switch context.plan.certificate.objective {
    case .carbon, .carbonThenBenefit:
      return language.text(
        "format.per-year",
        [
          "value": language.number(value) + Language.narrowGap
            + language.text("mass.kilogram") + " " + language.text("carbon.word")
        ])
    case .netBenefit, .benefitThenCarbon, .carbonPriced:
      return language.text(
        "format.per-year",
        ["value": language.number(value) + Language.narrowGap + context.currency.code])
    }
  }
}
