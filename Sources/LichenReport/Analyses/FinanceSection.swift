import LichenAnalysis
import LichenDomain
import LichenMatching

extension AnalysisSection {
  /// What a plan is worth to those who pay for it: the park, its firms, every item, what moves the value, and
  /// what a tonne of CO2e costs.
  public static func finance(
    _ finance: FinanceResult, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    FinanceWriter(finance, ReportContext(result, language: language)).section
  }
}

/// Writes an appraisal as a section.
struct FinanceWriter {
  let finance: FinanceResult
  let context: ReportContext
  let things: ThingNames

  init(_ finance: FinanceResult, _ context: ReportContext) {
    self.finance = finance
    self.context = context
    things = ThingNames(context)
  }

  var language: Language { context.language }
  var terms: FinanceTerms { finance.terms }
  /// Unit of the tables; values over years are larger than those of one.
  var scale: TableScale {
    let largest = finance.park.project.amounts + [finance.park.project.netPresentValue]
    return .money(
      largest: largest.map(abs).max() ?? 0, currency: context.currency, language: language)
  }

  func table(_ value: Double) -> String { language.number(value / scale.factor) }
  func headline(_ value: Double) -> String { language.money(value, context.currency) }

  var section: AnalysisSection {
    AnalysisSection(
      id: "finance", title: language.text("finance.title"), lead: lead,
      blocks: [
        .paragraph(assumptions), .table(totals), .chart(curve), .note(curveNote),
        .heading(language.text("finance.firms")),
        .table(accounts(finance.enterprises, isFirm: true)),
        .heading(language.text("finance.items")), .table(accounts(shownItems, isFirm: false)),
      ] + itemNotes + sensitivityBlocks + abatementBlocks)
  }

  private var lead: String {
    let park = finance.park
    return language.text(
      "finance.lead",
      [
        "value": headline(park.project.netPresentValue), "years": "\(terms.horizon)",
        "rate": language.percent(terms.rate, decimals: 1), "capital": headline(park.capital),
        "gain": headline(park.firstGain), "return": rates(park.project),
      ])
  }

  /// What the figures rest on.
  private var assumptions: String {
    let options = terms.options
    var parts = [
      language.text(
        "finance.basis",
        [
          "years": "\(terms.horizon)", "real": language.percent(terms.realRate, decimals: 1),
          "origin": origin,
        ]),
      language.text("finance.residual.\(options.residual.rawValue)"),
    ]
    if options.inflation != 0 {
      parts.append(
        language.text(
          "finance.inflation",
          [
            "inflation": language.percent(options.inflation, decimals: 1),
            "rate": language.percent(terms.rate, decimals: 2),
          ]))
    }
    if options.carbonPrice > 0 {
      parts.append(
        language.text(
          "finance.carbon-income",
          ["price": language.significant(options.carbonPrice) + language.symbol(context.currency)]))
    }
    parts.append(tax)
    parts += financing
    return parts.joined(separator: " ")
  }

  private var origin: String {
    guard let origin = terms.rateOrigin else { return language.text("finance.rate-given") }
    let confidence = language.text("confidence.\((origin.confidence ?? .estimated).rawValue)")
    return "\(language.list(origin.references)), \(confidence)"
  }

  private var tax: String {
    guard let tax = terms.options.tax else { return language.text("finance.before-tax") }
    let rate = language.percent(tax.rate, decimals: 1)
    guard let years = tax.carryForwardYears else {
      return language.text("finance.tax", ["rate": rate])
    }
    return language.text("finance.tax-carried", ["rate": rate, "years": "\(years)"])
  }

  private var financing: [String] {
    var parts: [String] = []
    if terms.grantShare > 0 {
      parts.append(
        language.text(
          "finance.grant", ["share": language.percent(terms.grantShare, decimals: 1)]))
    }
    guard let loan = terms.options.loan else { return parts }
    parts.append(
      language.text(
        loan.repayment == .annuity ? "finance.loan-annuity" : "finance.loan-equal",
        [
          "share": language.percent(loan.share), "years": "\(loan.years)",
          "rate": language.percent(loan.borrowerRate, decimals: 2), "grace": "\(loan.graceYears)",
        ]))
    if loan.rateSubsidy > 0 {
      parts.append(
        language.text(
          "finance.green", ["full": language.percent(loan.rate, decimals: 2)]))
    }
    if loan.guaranteedShare > 0, loan.guaranteeFee > 0 {
      parts.append(
        language.text(
          "finance.guarantee",
          [
            "share": language.percent(loan.guaranteedShare),
            "fee": language.percent(loan.guaranteeFee, decimals: 2),
          ]))
    }
    return parts
  }

  // MARK: Figures

  /// The rate of return where there is one, else why there is none.
  func rates(_ appraisal: Appraisal) -> String {
    switch appraisal.reading {
    case .one: return language.percent(appraisal.internalRates.first ?? 0, decimals: 1)
    case .none: return language.text("finance.rate-none")
    case .noInvestment: return language.text("finance.rate-nothing-invested")
    case .several:
      return language.text(
        "finance.rate-several",
        ["rates": language.list(appraisal.internalRates.map { language.percent($0, decimals: 1) })])
    }
  }

  func years(_ time: Double?) -> String {
    time.map { language.number($0, decimals: 1) } ?? language.text("finance.never")
  }

  private var totals: AnalysisTable {
    let park = finance.park
    let views = [park.project] + (park.equity.map { [$0.appraisal] } ?? [])
    func row(_ key: String, _ value: (Appraisal) -> String) -> [String] {
      [language.text(key)] + views.map(value)
    }
    func same(_ key: String, _ value: String) -> [String] {
      [language.text(key), value] + (views.count > 1 ? [""] : [])
    }
    var rows = [
      row("finance.year-0") { table($0.amounts[0]) },
      row("finance.npv") { table($0.netPresentValue) },
      row("finance.eav") { table($0.equivalentAnnualValue) },
      row("finance.irr", rates), row("finance.payback") { years($0.payback) },
      row("finance.payback-discounted") { years($0.discountedPayback) },
      same(
        "finance.bcr",
        park.benefitCostRatio.map { language.number($0, decimals: 2) }
          ?? language.text("word.unknown")),
    ]
    if let cost = park.costPerTonne {
      rows.append(same("finance.cost-tonne", perTonne(cost)))
      rows.append(
        same(
          "finance.net-cost-tonne",
          park.netCostPerTonne.map(perTonne) ?? language.text("finance.saves")))
    }
    if let equity = park.equity {
      rows.append([language.text("finance.loan-sum"), "", table(equity.loan)])
      rows.append([language.text("finance.grant-sum"), "", table(equity.grant)])
      if let ratio = equity.leastCoverRatio {
        rows.append([language.text("finance.cover"), "", language.number(ratio, decimals: 2)])
      }
      if equity.subsidyValue > 0 {
        rows.append([language.text("finance.subsidy"), "", table(equity.subsidyValue)])
      }
    }
    var columns: [AnalysisTable.Column] = [
      .text(language.text("finance.figure")),
      .number("\(language.text("finance.project")), \(scale.unit)"),
    ]
    if views.count > 1 {
      columns.append(.number("\(language.text("finance.equity")), \(scale.unit)"))
    }
    return AnalysisTable(columns, rows: rows)
  }

  func perTonne(_ cost: Double) -> String {
    language.significant(cost) + Language.narrowGap + language.symbol(context.currency) + "/t"
  }

  private var curve: AnalysisChart {
    func line(_ rate: Double) -> [(x: Double, y: Double)] {
      var (sum, factor) = (0.0, 1.0)
      return finance.park.project.amounts.enumerated().map { year, amount in
        sum += amount * factor
        factor /= 1 + rate
        return (Double(year), sum / scale.factor)
      }
    }
    return AnalysisChart(
      .plot(
        PlotChart(
          x: .init(language.text("finance.year"), holdsZero: true),
          y: .init("\(language.text("finance.cumulated")), \(scale.unit)", holdsZero: true),
          series: [
            PlotChart.Series(language.text("finance.plain"), line(0), form: .lineWithDots),
            PlotChart.Series(language.text("finance.discounted"), line(terms.rate)),
          ], language: language)),
      caption: language.text("finance.curve-caption"))
  }

  private var curveNote: String {
    finance.park.unknownTerms.isEmpty
      ? language.text("finance.typical")
      : language.text("finance.typical") + " "
        + language.text(
          "finance.unknown",
          [
            "terms": language.list(
              finance.park.unknownTerms.map { language.text("term.\($0.rawValue)") })
          ])
  }
}
