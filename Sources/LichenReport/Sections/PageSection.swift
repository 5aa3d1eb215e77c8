/// One section of the page in its place; one of the views is there, the others are not.
struct PageSection {
  struct Preface {
    let prefaceTitle: String
    let paragraphs: [String]
  }

  struct WhyNot {
    let reasons: WhyNotView
    let unmatched: UnmatchedView?
  }

  struct Assumptions {
    let uncertainty: UncertaintyView?
    let blueprint: BlueprintView?
    let figures: AssumptionsView
    let comparison: [ComparisonView]
  }

  enum View {
    case preface(Preface)
    case decision(DecisionView)
    case map(MapView)
    case flows(FlowView)
    case exchanges(ExchangesView)
    case whyNot(WhyNot)
    case law(LawView)
    case assumptions(Assumptions)
    case certificate(CertificateView)
    case answer(AnalysisView)
  }

  let sectionLetter: String
  /// Its line of the table of contents; none for a preface.
  let entry: ContentsEntry?
  private(set) var preface: Preface?
  private(set) var decision: DecisionView?
  private(set) var map: MapView?
  private(set) var flow: FlowView?
  private(set) var details: ExchangesView?
  private(set) var whyNot: WhyNot?
  private(set) var law: LawView?
  private(set) var assumptions: Assumptions?
  private(set) var certificate: CertificateView?
  private(set) var analysis: AnalysisView?

  init(_ view: View, letter: String, entry: ContentsEntry?) {
    sectionLetter = letter
    self.entry = entry
    switch view {
    case .preface(let view): preface = view
    case .decision(let view): decision = view
    case .map(let view): map = view
    case .flows(let view): flow = view
    case .exchanges(let view): details = view
    case .whyNot(let view): whyNot = view
    case .law(let view): law = view
    case .assumptions(let view): assumptions = view
    case .certificate(let view): certificate = view
    case .answer(let view): analysis = view
    }
  }
}

/// Makes the sections of a page in the order of its template.
struct PageSections {
  private let report: Report
  private let context: ReportContext

  init(_ report: Report, _ context: ReportContext) {
    self.report = report
    self.context = context
  }

  func all() -> [PageSection] {
    let answers = Dictionary(report.sections.map { ($0.id, $0) }) { first, _ in first }
    return report.order.compactMap { name in
      let letter = report.letters[name] ?? ""
      if let section = ReportSection(rawValue: name) {
        let language = context.language
        return PageSection(
          view(section), letter: letter,
          entry: ContentsEntry(
            anchor: section.anchor, letter: letter,
            sectionTitle: language.text(section.keys.title),
            shortTitle: language.text(section.keys.short), isAnswer: false))
      }
      if name == ReportTemplate.prefaceName { return preface() }
      return answers[name].map { answer in
        let view = AnalysisView(answer, letter: letter)
        return PageSection(
          .answer(view), letter: letter,
          entry: ContentsEntry(
            anchor: view.anchor, letter: letter, sectionTitle: view.sectionTitle,
            shortTitle: view.sectionTitle, isAnswer: true))
      }
    }
  }

  private func preface() -> PageSection? {
    let template = report.template
    let code = context.language.code
    guard let paragraphs = template.preface[code] ?? template.preface["en"] else { return nil }
    return PageSection(
      .preface(
        PageSection.Preface(
          prefaceTitle: template.text(template.prefaceTitle, context.language) ?? "",
          paragraphs: paragraphs)), letter: "", entry: nil)
  }

  private func view(_ section: ReportSection) -> PageSection.View {
    let extras = report.extras
    let isOwn = context.edition.enterprise != nil
    return switch section {
    case .decision: .decision(DecisionView(context))
    case .map: .map(MapView(context))
    case .flows: .flows(FlowView(context))
    case .exchanges: .exchanges(ExchangesView(context))
    case .whyNot:
      .whyNot(
        PageSection.WhyNot(
          reasons: WhyNotView(context), unmatched: UnmatchedView(context, extras.meanings)))
    case .law: .law(LawView(context))
    case .assumptions:
      .assumptions(
        PageSection.Assumptions(
          uncertainty: UncertaintyView(context, extras.uncertainty),
          blueprint: BlueprintView(context), figures: AssumptionsView(context),
          comparison: isOwn ? [] : [ComparisonView(context)]))
    case .certificate: .certificate(CertificateView(context))
    }
  }
}
