import LichenDomain
import LichenMatching
import LichenPlanning
import Mustache

/// Everything the page template names; nested views carry the names that their partials use.
///
/// The template's own `{{ }}` escapes text between tags. Text from data stands between tags only,
/// never inside an attribute, which hold numbers and names of styles; drawings escape for themselves.
struct Page {
  let t: Texts
  let code: String
  let css: String
  let script: String
  let park: String
  let pageTitle: String
  let decision: DecisionView
  let filter: FilterView?
  let map: MapView
  let flow: FlowView
  let partners: PartnerView
  let worth: WorthView
  let details: ExchangesView
  let whyNot: [WhyNotView]
  let unmatched: UnmatchedView?
  let law: LawView
  let uncertainty: UncertaintyView?
  let blueprint: BlueprintView?
  let assumptions: AssumptionsView
  let comparison: [ComparisonView]
  let certificate: CertificateView
  let analyses: [AnalysisView]
  /// Sections of the match itself, then those and the answers.
  let own: [ContentsEntry]
  let contents: [ContentsEntry]

  init(_ report: Report, assets: ReportAssets) {
    let language = report.language
    let extras = report.extras
    var context = ReportContext(report)
    context.outlines = assets.outlines
    t = Texts(language: language)
    code = language.code
    css = assets.css
    script = assets.script
    park = context.park.settings.title
    pageTitle = language.text("page.title", ["park": context.park.settings.title])
    decision = DecisionView(context)
    filter = FilterView(context)
    map = MapView(context)
    flow = FlowView(context)
    partners = PartnerView(context)
    worth = WorthView(context, extras.uncertainty)
    details = ExchangesView(context)
    whyNot = context.edition.enterprise == nil ? [WhyNotView(context)] : []
    unmatched = UnmatchedView(context, extras.meanings)
    law = LawView(context)
    uncertainty = UncertaintyView(context, extras.uncertainty)
    blueprint = BlueprintView(context)
    assumptions = AssumptionsView(context)
    comparison = context.edition.enterprise == nil ? [ComparisonView(context)] : []
    certificate = CertificateView(context)
    let answers = report.sections.enumerated().map { AnalysisView($1, index: $0) }
    analyses = answers
    own = ContentsEntry.own(language, absent: whyNot.isEmpty ? ["e"] : [])
    contents = own + ContentsEntry.answers(answers)
  }
}

/// Gives templates the texts of a language: `{{t.map.title}}` is the text of `map.title`.
struct Texts: MustacheParent, MustacheCustomRenderable {
  private let language: Language
  private let key: String

  init(language: Language) {
    self.language = language
    key = ""
  }

  private init(language: Language, key: String) {
    self.language = language
    self.key = key
  }

  func child(named name: String) -> Any? {
    Texts(language: language, key: key.isEmpty ? name : "\(key).\(name)")
  }

  var renderText: String { language.text(key) }
  var isNull: Bool { false }
}

/// A legal status: colour, line style and word.
struct LawBadge {
  let badgeClass: String
  let glyph: String
  let word: String

  init(_ effect: LegalEffect, _ language: Language) {
    badgeClass = effect.styleClass
    glyph = Glyph.line(effect)
    word = language.text("effect.\(effect.rawValue)")
  }
}

/// How far a figure can be relied on: swatch and word.
struct ConfidenceBadge {
  let swatch: String
  let word: String

  init(_ confidence: Confidence, _ language: Language) {
    swatch = "k-\(confidence.rawValue)"
    word = language.text("confidence.\(confidence.rawValue)")
  }
}
