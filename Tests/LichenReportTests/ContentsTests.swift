import Foundation
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

/// Ways through the page: contents, anchors, names of tables.
@Suite struct ContentsTests {
  private func sections(_ count: Int) -> ReportExtras {
    var extras = ReportExtras()
    for number in 0..<count {
      extras.add(
        AnalysisSection(
          id: "question-\(number)", title: "Question \(number)", lead: "Answer.",
          blocks: [
            .heading("By year"),
            .table(AnalysisTable([.text(""), .number("k€")], rows: [["one", "1"], ["", "2"]])),
          ]))
    }
    return extras
  }

  @Test func everySectionIsListedAndLinksToItself() throws {
    let html = try ReportFixture.html(
      ReportFixture.match(Fixtures.mixedPark.park()), extras: sections(2))
    for (anchor, letter) in [
      ("a", "A"), ("b", "B"), ("c", "C"), ("d", "D"), ("e", "E"), ("f", "F"), ("g", "G"),
      ("h", "H"),
      ("question-0", "I"), ("question-1", "J"),
    ] {
      #expect(html.contains("<section id=\"\(anchor)\""))
      #expect(html.contains("<a href=\"#\(anchor)\"><b>\(letter)</b>"), "\(anchor)")
      if anchor != "a" {
        #expect(html.contains("<a href=\"#\(anchor)\"><span class=\"l\">\(letter)</span>"))
      }
    }
    for match in html.matches(of: #/href="#([^"]*)"/#) {
      #expect(html.contains("id=\"\(match.1)\""), "\(match.1)")
    }
  }

  @Test func lettersGoOnAfterZ() throws {
    let html = try ReportFixture.html(
      ReportFixture.match(Fixtures.mixedPark.park()), extras: sections(20))
    #expect(html.contains("<a href=\"#question-19\"><b>AB</b>"))
  }

  @Test func everyTableHasANameAndEveryHeaderASide() throws {
    let html = try ReportFixture.html(
      ReportFixture.match(Fixtures.mixedPark.park()), extras: sections(1))
    let tables = html.components(separatedBy: "<table").count - 1
    #expect(tables > 5 && html.components(separatedBy: "<caption").count - 1 == tables)
    let headers = html.matches(of: #/<th[ >][^>]*/#).map { String($0.0) }
    #expect(headers.allSatisfy { $0.contains("scope=\"") })
    #expect(!html.contains("<th scope=\"col\"></th>"))
    // A table is named by the heading above it; a row without a name has no empty header.
    #expect(html.contains("<caption class=\"vh\" id=\"question-0-2\">By year</caption>"))
    #expect(html.contains("<th class=\"l\" scope=\"row\">one</th>"))
    #expect(html.contains("<td class=\"l\"></td>"))
    let ids = html.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
  }
}
