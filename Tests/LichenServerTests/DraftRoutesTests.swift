import Foundation
import Hummingbird
import HummingbirdTesting
import LichenDomain
import LichenEngine
import LichenIO
import LichenStore
import LichenTestSupport
import Testing

@testable import LichenServer

/// Uploads, drafts and what becomes of them.
@Suite struct DraftRoutesTests {
  static let package = """
    {"name": "small", "title": "Small", "lichen": {"jurisdiction": "DK", "currency": "EUR", "base_year": 2020}}
    """
  static let enterprises = "id,name\na,A works\nb,B works\n"

  private func outputs(_ rows: String) -> String {
    "id,enterprise,name,material,quantity,unit\n" + rows
  }

  /// A draft of small tables, opened.
  private func draft(
    _ client: any TestClientProtocol, _ browser: ServerFixture.Browser, outputs rows: String,
    park: String = ""
  ) async throws -> String {
    let answer = try await client.upload(
      "/drafts", ["title": "Small", "park": park],
      [
        ("datapackage.json", Array(Self.package.utf8)),
        ("enterprises.csv", Array(Self.enterprises.utf8)),
        ("outputs.csv", Array(outputs(rows).utf8)),
      ], browser)
    try #require(answer.status == .seeOther, "\(answer.text)")
    return try #require(answer.headers[.location])
  }

  @Test func errorsOfAnUploadLeadToTheirCellsAndCanBePutRight() async throws {
    let fixture = try ServerFixture()
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let path = try await draft(
        client, ada,
        outputs: "o1,a,\"ash, \"\"fine\"\"\nin two lines\",coal_fly_ash,100,t/yr\n"
          + "o2,c,,fgd_gypsum,lots <b>,t/yr\n")
      let page = try await client.get(path, ada)
      #expect(page.status == .ok)
      // Below a text of two lines, the row is still the second.
      #expect(page.text.contains("\(path)?table=outputs&amp;page=1#c1.5\""))
      #expect(page.text.contains("lots &lt;b&gt;"))
      #expect(!page.text.contains("lots <b>"))
      #expect(page.text.contains("id=\"c1.1\" name=\"c1.1\" value=\"c\""))
      #expect(!page.text.contains("id=\"adopt\""))

      let base = try #require(page.base)
      let saved = try await client.post(
        "\(path)/tables/outputs",
        ["base": base, "c1.1": "b", "c1.5": "7", "c0.2": "ash, \"fine\"in two lines"], ada)
      #expect(saved.status == .seeOther)
      let mended = try await client.get(path, ada)
      #expect(mended.text.contains("id=\"adopt\""))
      let kept = try await Desk(fixture.store, for: ada.viewer).drafts()[0]
      let content = try ParkDraft(
        data: try await Desk(fixture.store, for: ada.viewer).draft(kept.id).content)
      let layout = try #require(TableLayout.all.first { $0.name == "outputs" })
      #expect(content.table(layout).rows.map { $0[2] } == ["ash, \"fine\"\nin two lines", ""])

      // A page that was opened before is out of date.
      let late = try await client.post(
        "\(path)/tables/outputs", ["base": base, "c0.5": "1"], ada)
      #expect(late.status == .conflict)
      #expect(try await client.get(path, ada).base == mended.base)
    }
  }

  @Test func aGridTakesNewRowsAndDropsOldOnes() async throws {
    let fixture = try ServerFixture()
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let path = try await draft(
        client, ada, outputs: (0..<250).map { "o\($0),a,,fgd_gypsum,\($0),t/yr\n" }.joined())
      let second = try await client.get("\(path)?table=outputs&page=2", ada)
      #expect(second.text.contains("id=\"c100.0\""))
      #expect(!second.text.contains("id=\"c99.0\"") && !second.text.contains("id=\"c200.0\""))
      #expect(!second.text.contains("id=\"n0.0\""))
      let last = try await client.get("\(path)?table=outputs&page=99", ada)
      #expect(last.text.contains("id=\"c249.0\"") && last.text.contains("id=\"n2.0\""))
      _ = try await client.post(
        "\(path)/tables/outputs",
        [
          "base": last.base ?? "", "x0": "1", "x249": "1", "n1.0": "later", "n1.1": "a",
          "n0.0": "sooner", "n0.1": "b", "n2.0": " ", "c9999.0": "far", "c0.9999": "wide",
          "n0.-1": "no", "x-1": "1", "cx.y": "z",
        ], ada)
      let content = try await content(fixture, ada)
      #expect(content.rows.count == 250)
      #expect(content.rows.first?[0] == "o1")
      #expect(content.rows.suffix(2).map { $0[0] } == ["sooner", "later"])
    }
  }

  private func content(_ fixture: ServerFixture, _ browser: ServerFixture.Browser) async throws
    -> ParkDraft.Table
  {
    let desk = Desk(fixture.store, for: browser.viewer)
    let draft = try ParkDraft(data: try await desk.draft(try await desk.drafts()[0].id).content)
    return draft.table(try #require(TableLayout.all.first { $0.name == "outputs" }))
  }

  @Test func aColumnThatNobodyReadsCanBeNamed() async throws {
    let fixture = try ServerFixture()
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let answer = try await client.upload(
        "/drafts", [:],
        [
          ("datapackage.json", Array(Self.package.utf8)),
          ("enterprises.csv", Array(Self.enterprises.utf8)),
          (
            "outputs.csv",
            Array("id;enterprise;qantity;unit;material\no;a;1,5;t/yr;fgd_gypsum\n".utf8)
          ),
        ], ada)
      let path = try #require(answer.headers[.location])
      let page = try await client.get("\(path)?table=outputs", ada)
      let field = try #require(page.text.firstMatch(of: /name="(h\d+)" value="qantity"/)).1
      _ = try await client.post(
        "\(path)/tables/outputs", ["base": page.base ?? "", String(field): "quantity"], ada)
      let table = try await content(fixture, ada)
      #expect(!table.columns.contains("qantity"))
      let place = try #require(table.columns.firstIndex(of: "quantity"))
      #expect(table.rows[0][place] == "1,5" && table.usesDecimalComma)
      let review = try fixture.server.engine.review(
        ParkDraft(
          data: try await Desk(fixture.store, for: ada.viewer).draft(
            String(path.split(separator: "/")[1])
          ).content))
      #expect(review.park?.outputs.first?.quantity?.yearly.typical == 1.5)
    }
  }

  @Test func aWorkbookKeepsWhatCannotBeRead() async throws {
    let fixture = try ServerFixture()
    let engine = fixture.server.engine
    let park = try engine.park(at: Repository.park("kalundborg"))
    let bytes = try engine.workbook(of: park.declaration, language: .vietnamese)
    let draft = try ParkDraft(
      [.init(name: "park.xlsx", bytes: bytes)], vocabulary: engine.vocabulary())
    let review = try engine.review(draft)
    #expect(review.errorCount == 0)
    #expect(
      try engine.archive(of: draft, name: "kalundborg", title: park.settings.title)
        == ParkArchive(park.declaration))
  }

  @Test(arguments: [
    ("empty.xlsx", [UInt8]()), ("text.xlsx", Array("id,name\n".utf8)),
    ("zip.csv", [0x50, 0x4B, 3, 4, 0, 0, 0, 0]),
    ("old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]),
    ("picture.png", [0x89, 0x50, 0x4E, 0x47]), ("outputs.csv", [0, 0xFF, 0xFE, 0]),
    ("outputs.csv", Array("id,\"enterprise\n".utf8)), ("datapackage.json", Array("{".utf8)),
    ("<script>.csv", Array("a,b\n1,2\n".utf8)),
  ])
  func aFileThatIsNoParkIsRefusedWithItsPlace(name: String, bytes: [UInt8]) async throws {
    let fixture = try ServerFixture()
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let answer = try await client.upload("/drafts", [:], [(name, bytes)], ada)
      #expect(answer.status == .unprocessableContent)
      #expect(answer.text.contains("class=\"issue bad\""))
      #expect(answer.text.contains(name.replacing("<", with: "&lt;").replacing(">", with: "&gt;")))
      #expect(!answer.text.contains("<script>"))
      #expect(try await Desk(fixture.store, for: ada.viewer).drafts().isEmpty)
    }
  }

  @Test func boundsAndFormsOfUploadsHold() async throws {
    let fixture = try ServerFixture { $0.mostUpload = 20_000 }
    let ada = try await fixture.browser(.expert)
    let board = try await fixture.browser(.researcher)
    try await fixture.test { client in
      let large = [UInt8](repeating: 65, count: 30_000)
      let refused = try await client.upload("/drafts", [:], [("outputs.csv", large)], ada)
      #expect(refused.status == .contentTooLarge)
      let forged = try await client.upload(
        "/drafts", [:], [("outputs.csv", [65])], ada, csrf: "guess")
      #expect(forged.status == .forbidden)
      let many = try await client.upload(
        "/drafts", [:], (0..<100).map { ("\($0).csv", [65]) }, ada)
      #expect(many.status == .contentTooLarge)
      let none = try await client.upload("/drafts", [:], [("", [])], ada)
      #expect(none.status == .unprocessableContent)
      for type in ["multipart/form-data", "text/plain", "multipart/form-data; boundary=other"] {
        let broken = try await client.upload(
          "/drafts", [:], [("outputs.csv", [65])], ada, type: type)
        #expect(broken.status == .badRequest, "\(type)")
      }
      #expect(try await client.upload("/drafts", [:], [], board).status == .notFound)
      #expect(try await client.get("/drafts", board).status == .notFound)
      #expect(try await Desk(fixture.store, for: ada.viewer).drafts().isEmpty)
    }
  }

  @Test func aDraftIsItsOwnersAlone() async throws {
    let fixture = try ServerFixture()
    let ada = try await fixture.browser(.expert)
    let eve = try await fixture.browser(.administrator)
    try await fixture.test { client in
      let path = try await draft(client, ada, outputs: "o1,a,,fgd_gypsum,1,t/yr\n")
      let missing = try await client.get("/drafts/nothing", eve)
      for (method, end) in [("get", ""), ("get", "/words"), ("post", "/adopt"), ("post", "/fill")] {
        let answer =
          method == "get"
          ? try await client.get(path + end, eve)
          : try await client.post(path + end, ["base": "1"], eve)
        #expect(answer.status == .notFound, "\(end)")
        let told = answer.text.replacing(path + end, with: "/drafts/nothing")
        #expect(method == "post" || told == missing.text, "\(end)")
      }
    }
  }

  @Test func adoptionMakesAParkThenVersionsAndTellsWhoWasFaster() async throws {
    let fixture = try ServerFixture()
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let path = try await draft(client, ada, outputs: "o1,a,,fgd_gypsum,1,t/yr\n")
      let base = try #require(try await client.get(path, ada).base)
      for (name, status) in [
        ("No Name", HTTPResponse.Status.unprocessableContent), ("", .unprocessableContent),
      ] {
        let refused = try await client.post(
          "\(path)/adopt", ["base": base, "name": name, "title": "Small"], ada)
        #expect(refused.status == status)
      }
      let adopted = try await client.post(
        "\(path)/adopt", ["base": base, "name": "small", "title": "Small", "note": "first"], ada)
      #expect(adopted.headers[.location] == "/parks/small")
      #expect(try await client.get(path, ada).status == .notFound)
      #expect(try await client.get("/parks/small", ada).text.contains("first"))

      // The park is hers from now on.
      let viewer = try #require(try await fixture.store.session(Secret(ada.cookie))?.viewer)
      let desk = Desk(fixture.store, for: viewer)
      // Two drafts of one version: the second to be adopted is told.
      func edit() async throws -> String {
        let answer = try await client.post("/parks/small/draft", [:], ada)
        return try #require(answer.headers[.location])
      }
      let (first, second) = (try await edit(), try await edit())
      for (draft, status) in [(first, HTTPResponse.Status.seeOther), (second, .conflict)] {
        let page = try await client.get(draft, ada)
        let answer = try await client.post(
          "\(draft)/adopt", ["base": page.base ?? "", "title": "Small", "note": "n", "on": "1"], ada
        )
        #expect(answer.status == status)
        if status == .conflict { #expect(answer.text.contains("name=\"on\" value=\"2\"")) }
      }
      #expect(try await desk.versions(of: "small").map(\.number) == [2, 1])
      let page = try await client.get(second, ada)
      _ = try await client.post(
        "\(second)/adopt", ["base": page.base ?? "", "title": "Smaller", "on": "2"], ada)
      #expect(try await desk.park("small").version == 3)
      #expect(try await desk.park("small").title == "Smaller")

      // A name that is taken, and a draft with errors.
      let other = try await draft(client, ada, outputs: "o1,a,,fgd_gypsum,1,t/yr\n")
      let taken = try await client.post(
        "\(other)/adopt",
        ["base": try await client.get(other, ada).base ?? "", "name": "small", "title": "S"], ada)
      #expect(taken.status == .conflict)
      let wrong = try await draft(client, ada, outputs: "o1,nobody,,fgd_gypsum,1,t/yr\n")
      let refused = try await client.post(
        "\(wrong)/adopt",
        ["base": try await client.get(wrong, ada).base ?? "", "name": "wrong", "title": "S"], ada)
      #expect(refused.status == .unprocessableContent)
    }
  }

  @Test func scenariosOfAParkStayWithItsVersions() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "kalundborg", as: "own")
    let ada = try await fixture.browser(.expert, park: "own")
    try await fixture.test { client in
      let answer = try await client.post("/parks/own/draft", [:], ada)
      let path = try #require(answer.headers[.location])
      let page = try await client.get(path, ada)
      _ = try await client.post(
        "\(path)/adopt", ["base": page.base ?? "", "title": "Own", "on": "1"], ada)
      let desk = Desk(fixture.store, for: ada.viewer)
      func files(_ version: Int) async throws -> [String: String] {
        try ParkArchive(data: try await desk.declarations(of: "own", version: version).content)
          .files.filter { $0.key.hasPrefix("scenarios/") }
      }
      #expect(try await files(2) == files(1))
      #expect(try await !files(1).isEmpty)
      let now = try fixture.server.engine.park(
        ParkArchive(data: try await desk.declarations(of: "own").content))
      #expect(now.settings.name == "own" && now.settings.title == "Own")
      #expect(now.declaration.exchanges.count == 49)
    }
  }

  @Test func wordsAreProposedAndConfirmedByAPerson() async throws {
    let fixture = try ServerFixture()
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let path = try await draft(
        client, ada, outputs: "o1,a,grey dust from the coal boiler filter,,100,t/yr\n")
      #expect(try await client.get(path, ada).text.contains("\(path)/words"))
      let page = try await client.get("\(path)/words", ada)
      #expect(page.text.contains("grey dust from the coal boiler filter"))
      for (material, status) in [
        ("no_such_material", HTTPResponse.Status.unprocessableContent), ("", .badRequest),
      ] {
        let refused = try await client.post(
          "\(path)/words", ["base": page.base ?? "", "stream": "o1", "material": material], ada)
        #expect(refused.status == status)
      }
      let answer = try await client.post(
        "\(path)/words", ["base": page.base ?? "", "stream": "o1", "material": "coal_fly_ash"], ada)
      #expect(answer.status == .seeOther)
      #expect(!(try await client.get("\(path)/words", ada)).text.contains("grey dust"))
      let desk = Desk(fixture.store, for: ada.viewer)
      let draft = try ParkDraft(data: try await desk.draft(try await desk.drafts()[0].id).content)
      let layout = try #require(TableLayout.all.first { $0.name == "classifications" })
      let row = try #require(draft.table(layout).rows.first)
      #expect(row.contains("coal_fly_ash") && row.contains(ada.viewer.name))
    }
  }

  @Test func aParkCanBeginFromAListOrFromNothing() async throws {
    let fixture = try ServerFixture()
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let list = "name,sector,size,place\nMill,paper,medium,\"56.0, 11.0\"\nOther,nonsense,,\n"
      let refused = try await client.upload(
        "/drafts/list", ["year": "0"], [("list.csv", Array("name\n".utf8))], ada)
      #expect(refused.status == .unprocessableContent)
      let sketched = try await client.upload(
        "/drafts/list", ["year": "2024", "title": "Sketch", "jurisdiction": "DK"],
        [("list.csv", Array(list.utf8))], ada)
      let answers = [
        sketched,
        try await client.post(
          "/drafts/new",
          ["title": "Khu Đông Á", "jurisdiction": "VN", "currency": "VND", "year": "2024"], ada),
      ]
      #expect(answers[1].status == .seeOther)
      let path = try #require(answers[1].headers[.location])
      let page = try await client.get(path, ada)
      #expect(
        page.text.contains("value=\"khu-dong-a\"") || page.text.contains("class=\"issue bad\""))
      let wrong = try await client.post(
        "/drafts/new", ["title": "X", "jurisdiction": "XX", "currency": "?", "year": "2024"], ada)
      #expect(wrong.status == .unprocessableContent)
    }
  }
}

extension TestClientProtocol {
  /// Sends a form with files as a browser does.
  func upload(
    _ path: String, _ fields: [String: String], _ files: [(name: String, bytes: [UInt8])],
    _ browser: ServerFixture.Browser, csrf: String? = nil,
    type: String = "multipart/form-data; boundary=AaB03x"
  ) async throws -> TestResponse {
    var body: [UInt8] = []
    func part(_ head: String, _ bytes: [UInt8]) {
      body += Array("--AaB03x\r\nContent-Disposition: form-data; \(head)\r\n\r\n".utf8)
      body += bytes + [13, 10]
    }
    part("name=\"csrf\"", Array((csrf ?? browser.csrf).utf8))
    for (name, value) in fields { part("name=\"\(name)\"", Array(value.utf8)) }
    for file in files { part("name=\"files\"; filename=\"\(file.name)\"", file.bytes) }
    body += Array("--AaB03x--\r\n".utf8)
    return try await execute(
      uri: path, method: .post,
      headers: [.contentType: type, .cookie: "lichen=\(browser.cookie)"],
      body: ByteBuffer(bytes: body))
  }
}

extension TestResponse {
  /// The state of the draft that a page's forms carry.
  var base: String? {
    text.firstMatch(of: /name="base" value="(\d+)"/).map { String($0.1) }
  }
}
