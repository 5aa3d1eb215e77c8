import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Section A: what to build, what it is worth, how sure, what to do first.
struct DecisionView {
  struct ProofItem {
    let label: String
    let strong: String
  }

  let eyebrow: String
  let heading: String
  let verdict: String
  let notes: EditionView
  let figures: [KeyFigure]
  let proof: [ProofItem]
  let todos: [Todo]
  let hasTodos: Bool
  let smallMap: String
  /// Legal statuses of the small map.
  let mapKey: [LawBadge]
  /// What must be known of the coast behind it.
  let mapNotes: [String]
  let top: [TopTable]

  init(_ context: ReportContext) {
    let language = context.language
    let settings = context.park.settings
    let count = context.allExchanges
    notes = EditionView(context)
    eyebrow =
      language.text(
        "decision.eyebrow",
        ["year": String(settings.baseYear), "date": language.date(settings.lawDate)])
      + notes.edition.map { " · " + $0 }.joined()
    heading =
      !context.hasPlan
      ? language.text("decision.heading.no-plan", ["park": settings.title])
      : count == 0
        ? context.facilities.isEmpty
          ? language.text("decision.heading.none", ["park": settings.title])
          : language.plural(
            "decision.heading.plants", count: context.facilities.count, ["park": settings.title])
        : language.plural(
          context.edition.enterprise == nil ? "decision.heading" : "decision.heading.own",
          count: count,
          [
            "park": settings.title,
            "firm": context.edition.enterprise.map(context.names.short) ?? "",
          ])
    verdict = Verdict(context).sentence
    figures = KeyFigure.all(context)
    proof = Verdict(context).proof
    todos = TodoList(context).items
    hasTodos = !todos.isEmpty
    let map = MapDrawing(context, format: .narrow, showsOthers: false)
    smallMap = map.svg()
    mapNotes = map.outline == nil ? [] : [language.text("map.small-coast")]
    mapKey = context.plannedEffects.map { LawBadge($0, language) }
    top = count == 0 && context.facilities.isEmpty ? [] : [TopTable(context)]
  }
}

/// The verdict in words; claims of proof only where there is one.
struct Verdict {
  private let context: ReportContext

  init(_ context: ReportContext) { self.context = context }

  private var language: Language { context.language }
  private var certificate: SolverCertificate { context.plan.certificate }

  var sentence: String {
    let count = context.exchanges.count
    switch certificate.status {
    case .infeasible: return language.text("verdict.infeasible")
    case .unbounded: return language.text("verdict.unbounded")
    case .noSolution: return language.text("verdict.no-solution")
    case .optimal, .feasible: break
    }
    if let withheld = context.edition.withheld { return sentence(withholding: withheld) }
    let candidates = context.graph.candidates.count
    if count == 0, !context.facilities.isEmpty {
      return [language.text("verdict.plants-only"), plants, proofSentence].joined(separator: " ")
    }
    if count == 0 {
      return context.edition.isWhole
        ? language.plural("verdict.none", count: candidates) + " " + proofSentence
        : language.text("verdict.none-own")
    }
    let arguments = [
      "count": language.number(Double(count)), "candidates": language.number(Double(candidates)),
      "money": language.money(abs(context.plan.money.typical), context.currency),
      "carbon": language.mass(tonnes: abs(context.plan.carbon.typical) / 1000),
    ]
    if !context.edition.isWhole {
      return [
        language.plural(
          "verdict.own", count: count,
          [
            "money": language.money(context.plan.money.typical, context.currency),
            "carbon": language.mass(tonnes: context.plan.carbon.typical / 1000),
          ]), proofSentence,
      ].joined(separator: " ")
    }
    let balance =
      switch (context.plan.money.typical >= 0, context.plan.carbon.typical >= 0) {
      case (true, true): "verdict.build"
      case (true, false): "verdict.build-adds"
      case (false, true): "verdict.build-costs"
      case (false, false): "verdict.build-loses"
      }
    let free = context.exchanges.count { $0.candidate.permits.isEmpty }
    return [
      language.plural(balance, count: count, arguments), proofSentence,
      language.plural("verdict.free", count: free),
      count > free ? language.plural("verdict.waiting", count: count - free) : "",
      plants,
      context.measures.isEmpty
        ? ""
        : language.plural(
          "verdict.measures", count: context.measures.count,
          ["money": language.money(context.plan.measureMoney.typical, context.currency)]),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The same where only ranges may be told.
  private func sentence(withholding withheld: Withheld) -> String {
    let count = context.allExchanges
    return [
      language.plural(
        "verdict.build-range", count: count,
        [
          "money": context.moneyRange(withheld.money),
          "carbon": context.massRange(kilograms: withheld.carbon),
        ]),
      proofSentence,
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var plants: String {
    context.facilities.isEmpty
      ? ""
      : language.plural(
        "verdict.facilities", count: context.facilities.count,
        ["money": language.money(context.plan.facilityMoney.typical, context.currency)])
  }

  /// "No other plan can be better", or by how much at most.
  private var proofSentence: String {
    let aim = language.text("objective.\(certificate.objective.rawValue).aim")
    if certificate.status == .optimal { return language.text("verdict.proved", ["aim": aim]) }
    guard certificate.incumbent != 0 else {
      if !context.edition.isWhole { return "" }
      return language.text(
        "verdict.bounded-by", ["aim": aim, "amount": objectiveValue(certificate.bound)])
    }
    return language.text("verdict.within", ["aim": aim, "gap": gapText])
  }

  /// Rounded up, so that the statement stays true.
  private var gapText: String {
    let percent = certificate.gap * 100
    let rounded =
      percent < 10 ? (percent * 100).rounded(.up) / 100 : (percent * 10).rounded(.up) / 10
    return language.percent(rounded / 100, decimals: percent < 10 ? 2 : 1)
  }

  /// A value of the objective with its unit.
  func objectiveValue(_ value: Double) -> String {
    let amount: String
    switch certificate.objective {
    case .carbon, .carbonThenBenefit:
      amount =
        language.mass(tonnes: value / 1000) + Language.narrowGap + language.text("carbon.word")
    case .netBenefit, .benefitThenCarbon, .carbonPriced:
      amount = language.money(value, context.currency)
    }
    return language.text("format.per-year", ["value": amount])
  }

  var proof: [DecisionView.ProofItem] {
    switch certificate.status {
    case .infeasible, .unbounded, .noSolution:
      return [
        DecisionView.ProofItem(
          label: language.text("proof.status"),
          strong: language.text("status.\(certificate.status.rawValue)"))
      ]
    case .optimal, .feasible: break
    }
    let first =
      certificate.status == .optimal
      ? DecisionView.ProofItem(
        label: language.text("proof.status"), strong: language.text("status.optimal"))
      : DecisionView.ProofItem(
        label: language.text("proof.within"),
        strong: certificate.incumbent == 0 ? language.text("word.unknown") : gapText)
    if !context.edition.isWhole { return [first] }
    return [
      first,
      DecisionView.ProofItem(
        label: language.text("proof.bound"), strong: objectiveValue(certificate.bound)),
      DecisionView.ProofItem(
        label: language.text("proof.recomputed"),
        strong: difference(certificate.recomputationDifference)),
    ]
  }

  /// Differences below a millionth of the objective are rounding of the solver.
  func difference(_ value: Double) -> String {
    abs(value) <= 1e-6 * max(1, abs(certificate.incumbent))
      ? language.text("proof.no-difference") : language.plain(value, digits: 2)
  }
}
