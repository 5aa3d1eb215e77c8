import Foundation
import LichenDomain
import Testing

@testable import LichenIO

@Suite struct SiteListTests {
  private func read(_ text: String) throws -> (rows: [SiteListRow], issues: [ValidationIssue]) {
    let scratch = try ScratchFolder()
    try scratch.write(text, as: "list.csv")
    return SiteListReader.inspect(file: scratch.url.appending(path: "list.csv"))
  }

  @Test(
    arguments: [
      ("30000 t/yr", 30_000, "t/yr"), ("30 000 t/yr", 30_000, "t/yr"),
      ("450 employees", 450, "employees"),
      ("1e3 t/yr", 1000, "t/yr"), ("2.5 ha", 2.5, "ha"), ("1200 người", 1200, "người"),
    ] as [(String, Double, String)])
  func `a size cell holds number and unit`(text: String, value: Double, unit: String) throws {
    let (rows, issues) = try read("name,sector,size,place\nA,cement,\(text),\n")
    #expect(!issues.hasErrors)
    #expect(rows.first?.size.typical == value)
    #expect(rows.first?.size.unit == unit)
  }

  @Test(arguments: [
    ("small", SizeWord.small), ("Vừa", .medium), ("LARGE", .large), ("lớn", .large),
  ])
  func `a size may be a word`(text: String, word: SizeWord) throws {
    #expect(try read("name,size\nA,\(text)\n").rows.first?.sizeWord == word)
  }

  @Test func `a place cell may hold degrees`() throws {
    let row = try #require(try read("name,place\nA,\"10.05, 105.75\"\n").rows.first)
    #expect(row.latitude == 10.05)
    #expect(row.longitude == 105.75)
    #expect(row.place.isEmpty)
    let named = try #require(try read("name,place\nA,\"Hòa Khánh, Đà Nẵng\"\n").rows.first)
    #expect(named.place == "Hòa Khánh, Đà Nẵng")
  }

  @Test(arguments: [
    ("name,size\n,small\n", "missing-value", "name"),
    ("sector,size\ncement,small\n", "missing-column", "name"),
    ("name,place\nA,\"95, 10\"\n", "out-of-range", "place"),
    ("name,lat\nA,10\n", "incomplete-coordinate", "lon"),
    ("name,size\nA,many t/yr\n", "invalid-number", "size"),
    ("name,size,size_unit\nA,5 t/yr,ha\n", "two-units", "size"),
    ("name,size,size_low,size_unit\nA,5,9,t/yr\n", "reversed-range", "size"),
    ("name,size\nA,-5 t/yr\n", "out-of-range", "size"),
    ("name,id\nA,x\nB,x\n", "duplicate-id", "id"),
    ("name,confidence\nA,sure\n", "unknown-value", "confidence"),
  ])
  func `what is wrong is named by its cell`(text: String, code: String, field: String) throws {
    let errors = try read(text).issues.filter { $0.severity == .error }
    #expect(errors.map(\.code) == [code])
    #expect(errors.first?.field == field)
    #expect(errors.first?.location.file == "list.csv")
  }

  @Test func `a missing file is an issue, not a crash`() {
    let issues = SiteListReader.inspect(file: URL(filePath: "/nonexistent/list.csv")).issues
    #expect(issues.map(\.code) == ["missing-file"])
  }
}
