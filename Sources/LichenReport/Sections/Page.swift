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
  /// Texts in the margins of printed pages.
  let margins: String
  let park: String
  let pageTitle: String
  /// The template's own line and picture at the top; the product's name without one.
  let header: String
  let logos: [Logo]
  let footers: [String]
  let filter: FilterView?
  let partners: PartnerView
  let worth: WorthView
  let sections: [PageSection]
  /// Sections of the match itself, then those and the answers.
  let own: [ContentsEntry]
  let contents: [ContentsEntry]

  struct Logo {
    /// A `data:` address, escaped for an attribute.
    let source: String
    let sourceText: String
  }

  init(_ report: Report, assets: ReportAssets) {
    let language = report.language
    let template = report.template
    var context = ReportContext(report)
    context.outlines = assets.outlines
    t = Texts(language: language)
    code = language.code
    css = assets.css + template.css
    script = assets.script
    margins = PrintMargins.css(context)
    park = context.park.settings.title
    pageTitle = language.text("page.title", ["park": context.park.settings.title])
    header = template.text(template.header, language) ?? "Lichen"
    logos =
      template.logo.map {
        [
          Logo(
            source: Markup.escape($0),
            sourceText: Markup.escape(template.text(template.logoText, language) ?? ""))
        ]
      } ?? []
    footers = [template.text(template.footer, language)].compactMap(\.self)
    filter = FilterView(context)
    partners = PartnerView(context)
    worth = WorthView(context, report.extras.uncertainty)
    sections = PageSections(report, context).all()
    contents = sections.compactMap(\.entry)
    own = contents.filter { !$0.isAnswer }
  }
}

/// Gives templates the texts of a language: `{{t.map.title}}` is the text of `map.title`.
public struct Texts: MustacheParent, MustacheCustomRenderable {
  private let language: Language
  private let key: String

  public init(language: Language) {
    self.language = language
    key = ""
  }

  private init(language: Language, key: String) {
    self.language = language
    self.key = key
  }

  public func child(named name: String) -> Any? {
    Texts(language: language, key: key.isEmpty ? name : "\(key).\(name)")
  }

  public var renderText: String { language.text(key) }
  public var isNull: Bool { false }
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
