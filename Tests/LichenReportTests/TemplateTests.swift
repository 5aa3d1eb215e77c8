import Foundation
import LichenDomain
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

/// A programme's template orders the sections; letters and references follow.
@Suite struct TemplateTests {
  private func html(_ template: ReportTemplate, extras: ReportExtras = ReportExtras()) throws
    -> String
  {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    return try HTMLReport.render(
      Report(
        Edition(full: result), extras: extras, language: ReportFixture.language, template: template),
      assets: ReportFixture.assets())
  }

  private var asked: ReportExtras {
    var extras = ReportExtras()
    for name in ["pareto", "finance"] {
      extras.add(AnalysisSection(id: name, title: "On \(name)", lead: "Answer.", blocks: []))
    }
    return extras
  }

  @Test func sectionsStandInTheOrderAskedForWithLettersInThatOrder() throws {
    var template = ReportTemplate()
    template.sections = ["decision", "law", "finance", "exchanges", "preface"]
    template.preface = ["en": ["First.", "Second."]]
    template.prefaceTitle = ["en": "Before you read"]
    let html = try html(template, extras: asked)
    let places = [
      "id=\"a\"", "id=\"f\"", "id=\"finance\"", "id=\"d\"", "Before you read", "id=\"pareto\"",
    ]
    .map { html.range(of: "<section \($0)") ?? html.range(of: $0) }
    .compactMap { $0?.lowerBound }
    #expect(places.count == 6 && places == places.sorted())
    for (anchor, letter) in [("f", "B"), ("finance", "C"), ("d", "D"), ("pareto", "E")] {
      #expect(
        html.contains("<a href=\"#\(anchor)\"><span class=\"l\">\(letter)</span>"), "\(anchor)")
    }
    for left in ["b", "c", "e", "g", "h"] { #expect(!html.contains("<section id=\"\(left)\"")) }
  }

  /// Texts name the letters of this report, and the full one for what is left out.
  @Test func wordsFollowTheLetters() throws {
    let language = ReportFixture.language
    let keys = language.keys.filter { language.text($0).contains("section D") }
    #expect(keys.count > 2)
    let moved = language.naming(["d": "B", "f": nil])
    for key in keys {
      #expect(moved.text(key).contains("section B") && !moved.text(key).contains("section D"))
    }
    let left = language.keys.filter { language.text($0).contains("section F") }
    #expect(left.allSatisfy { moved.text($0).contains("the full report") } && !left.isEmpty)
    #expect(language.keys.allSatisfy { !language.text($0).contains("{section-") })
  }

  @Test func logoAndWordsStandInThePageAndTakeNoMarkup() throws {
    var template = ReportTemplate()
    template.header = ["en": "Parks <of> the \"north\""]
    template.footer = ["vi": "chỉ tiếng Việt"]
    template.logo = "data:image/png;base64,AAAA"
    template.logoText = ["en": "A \"leaf\""]
    template.css = "\n.programme{}"
    let html = try html(template)
    #expect(html.contains("Parks &lt;of&gt; the &quot;north&quot;"))
    #expect(html.contains("src=\"data:image/png;base64,AAAA\" alt=\"A &quot;leaf&quot;\""))
    #expect(html.contains("chỉ tiếng Việt") && html.contains(".programme{}"))
  }

  @Test func everyReportWithoutATemplateIsAsItWas() throws {
    let plain = try html(.standard)
    #expect(plain.contains("<span class=\"lo\">Lichen</span>") && !plain.contains("class=\"pre\""))
  }
}
