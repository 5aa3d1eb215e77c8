import LichenAnalysis
import LichenDomain

extension FinanceWriter {
  /// Items that fit a page, in the plan's order.
  var shownItems: [FinanceAccount] { Array(finance.items.prefix(ReportContext.most)) }

  /// Firms or items, one row each.
  func accounts(_ accounts: [FinanceAccount], isFirm: Bool) -> AnalysisTable {
    let isFinanced = terms.isFinanced
    var columns: [AnalysisTable.Column] = [
      .text(language.text(isFirm ? "finance.firm" : "finance.item")),
      .number("\(language.text("finance.invests")), \(scale.unit)"),
      .number("\(language.text("finance.first-gain")), \(scale.unit)"),
      .number("\(language.text("finance.worth")), \(scale.unit)"),
      .number(language.text("finance.return")), .number(language.text("finance.back")),
    ]
    if isFinanced {
      columns += [
        .number("\(language.text("finance.equity-npv")), \(scale.unit)"),
        .number(language.text("finance.equity-irr")),
        .number(language.text("finance.cover-short")),
      ]
    }
    return AnalysisTable(columns, rows: accounts.map { row($0, isFinanced: isFinanced) })
  }

  private func row(_ account: FinanceAccount, isFinanced: Bool) -> [String] {
    let name =
      account.kind.map { things.name($0, account.id) }
      ?? EnterpriseID(account.id).map(context.names.short) ?? account.id
    let mark = account.unknownTerms.isEmpty ? "" : " *"
    var cells = [
      name + mark, table(account.capital), table(account.firstGain),
      table(account.project.netPresentValue), shortRates(account.project, of: account),
      years(account.project.payback),
    ]
    if isFinanced {
      cells += [
        account.equity.map { table($0.appraisal.netPresentValue) } ?? "",
        account.equity.map { shortRates($0.appraisal, of: account) } ?? "",
        account.equity?.leastCoverRatio.map { language.number($0, decimals: 2) } ?? "",
      ]
    }
    return cells
  }

  /// A return in a table: a dash where nothing is invested, none where nothing is gained.
  private func shortRates(_ appraisal: Appraisal, of account: FinanceAccount) -> String {
    if appraisal.reading == .noInvestment { return "–" }
    return account.firstGain > 0 ? rates(appraisal) : language.text("finance.rate-none")
  }

  var itemNotes: [AnalysisSection.Block] {
    var notes = [
      language.text(finance.isAdditive ? "finance.additive" : "finance.not-additive"),
      language.text("finance.dash"),
    ]
    if finance.items.count > ReportContext.most {
      notes.append(
        language.text(
          "report.cut",
          [
            "count": language.number(Double(ReportContext.most)),
            "all": language.number(Double(finance.items.count)),
          ]))
    }
    let hasUnknown = (finance.items + finance.enterprises).contains { !$0.unknownTerms.isEmpty }
    if hasUnknown { notes.append(language.text("finance.star")) }
    return notes.map { .note($0) }
  }

  // MARK: What moves the value

  var sensitivityBlocks: [AnalysisSection.Block] {
    if finance.sensitivity.isEmpty { return [] }
    let bars = finance.sensitivity.map { bar in
      BarChart.Bar(
        name(bar.group), value: finance.park.project.netPresentValue / scale.factor,
        low: min(bar.atLow, bar.atHigh) / scale.factor,
        high: max(bar.atLow, bar.atHigh) / scale.factor,
        text: language.text(
          "finance.from-to", ["low": table(bar.atLow), "high": table(bar.atHigh)]))
    }
    let rows = finance.sensitivity.map { bar in
      [
        name(bar.group), language.text("finance.ends.\(bar.basis.rawValue)"), table(bar.atLow),
        table(bar.atHigh), table(bar.swing),
        bar.breakEvenFactor.map { language.number($0, decimals: 2) }
          ?? language.text("finance.never"),
      ]
    }
    return [
      .heading(language.text("finance.sensitivity")),
      .chart(
        AnalysisChart(
          .bars(BarChart(bars, unit: "\(language.text("finance.npv")), \(scale.unit)")),
          caption: language.text("finance.tornado-caption"))),
      .table(
        AnalysisTable(
          [
            .text(language.text("finance.figures")), .text(language.text("finance.ends")),
            .number("\(language.text("finance.at-low")), \(scale.unit)"),
            .number("\(language.text("finance.at-high")), \(scale.unit)"),
            .number("\(language.text("finance.swing")), \(scale.unit)"),
            .number(language.text("finance.break-even")),
          ], rows: rows)),
      .note(
        language.text(
          "finance.sensitivity-note", ["span": language.percent(terms.options.span)])),
    ]
  }

  private func name(_ group: SensitivityGroup) -> String {
    language.text("finance.group.\(group.rawValue)")
  }

  // MARK: What a tonne costs

  var abatementBlocks: [AnalysisSection.Block] {
    let curve = finance.abatement
    if curve.saving.isEmpty && curve.costly.isEmpty && curve.others.isEmpty { return [] }
    var blocks: [AnalysisSection.Block] = [.heading(language.text("finance.abatement"))]
    if !curve.saving.isEmpty {
      blocks.append(.paragraph(language.text("finance.saving-lead")))
      blocks.append(.table(measures(curve.saving, hasCosts: false)))
    }
    if !curve.costly.isEmpty {
      blocks.append(.paragraph(language.text("finance.costly-lead")))
      blocks.append(.chart(steps(curve.costly)))
      blocks.append(.table(measures(curve.costly, hasCosts: true)))
    }
    if !curve.others.isEmpty {
      blocks.append(.paragraph(language.text("finance.others-lead")))
      blocks.append(.table(measures(curve.others, hasCosts: false)))
    }
    blocks.append(.note(language.text("finance.abatement-note")))
    return blocks
  }

  private func steps(_ costly: [AbatementMeasure]) -> AnalysisChart {
    AnalysisChart(
      .blocks(
        BlockChart(
          costly.map {
            BlockChart.Block(name($0), width: $0.tonnes, height: $0.costPerTonne ?? 0)
          },
          x: language.text("finance.tonnes-axis"),
          y: language.symbol(context.currency).trimmingSpaces() + "/t", language: language)),
      caption: language.text("finance.steps-caption"))
  }

  private func measures(_ measures: [AbatementMeasure], hasCosts: Bool) -> AnalysisTable {
    let shown = measures.prefix(ReportContext.most)
    var columns: [AnalysisTable.Column] = [
      .text(language.text("finance.item")),
      .number(language.text("finance.tonnes-axis")),
      .number("\(language.text("finance.saves-yearly")), \(context.moneyPerYear)"),
    ]
    if hasCosts { columns.append(.number(language.text("finance.cost-tonne-short"))) }
    return AnalysisTable(
      columns,
      rows: shown.enumerated().map { index, measure in
        let number = hasCosts ? "\(index + 1)  " : ""
        return [
          number + name(measure) + (measure.isPartlyUnknown ? " *" : ""),
          language.number(measure.tonnes), context.tableMoney(-measure.netCost),
        ] + (hasCosts ? [measure.costPerTonne.map(perTonne) ?? ""] : [])
      })
  }

  private func name(_ measure: AbatementMeasure) -> String {
    let kind: ProjectItem.Kind =
      switch measure.kind {
      case .exchange: .exchange
      case .facility: .facility
      case .measure: .measure
      }
    return things.name(kind, measure.id)
  }
}
