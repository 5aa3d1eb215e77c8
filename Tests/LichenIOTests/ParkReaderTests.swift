import Foundation
import LichenDomain
import Testing

@testable import LichenIO

@Suite struct ParkReaderTests {
  @Test func `a valid park gives its typed rows without warnings`() throws {
    let folder = try ParkFixture.folder()
    let (park, warnings) = try ParkReader.read(folder: folder.url)
    #expect(warnings.isEmpty)
    #expect(park.settings.priceYear == 2020)
    #expect(park.settings.lawDate == CalendarDate("2020-12-31"))
    #expect(park.settings.capitalBudget == nil)
    #expect(park.enterprises[1].name == "Board, \"Ltd\"")
    #expect(park.enterprises[0].licences == ["co-processing", "waste-treatment"])
    #expect(park.enterprises[0].provenance.confidence == .verified)
    #expect(park.outputs[1].quantity.typical == 30)
    #expect(park.outputs[0].disposalCost == -3.5)
    #expect(park.inputs[0].quantity.typical == 3_500_000.5)
    #expect(park.inputs[0].location == SourceLocation(file: "inputs.csv", row: 2))
    #expect(park.overrides.map(\.value) == ["14.5", "off"])
    #expect(park.materials[0].cells["density_t_per_m3"] == "0.9")
  }

  private static let enterpriseHeader = "id,name,lat,lon\n"
  private static let outputHeader =
    "id,enterprise,material,quantity,quantity_low,quantity_high,unit,period,hours,current_route,"
    + "minimum_lot,from_year,to_year,disposal_cost_currency\n"
  private static let inputHeader = "id,enterprise,material,quantity,unit,max_share\n"

  @Test(arguments: [
    ("enterprises", "power,P,91,11", "out-of-range", "lat"),
    ("enterprises", "power,P,55,181", "out-of-range", "lon"),
    ("enterprises", "power,P,55,", "incomplete-coordinate", "lon"),
    ("enterprises", "po wer,P,,", "invalid-identifier", "id"),
    ("enterprises", ",P,,", "missing-value", "id"),
    ("enterprises", "power,,,", "missing-value", "name"),
    ("enterprises", "power,P,NaN,11", "invalid-number", "lat"),
    ("outputs", "o,power,m,-1,,,t,,,,,,,", "out-of-range", "quantity"),
    ("outputs", "o,power,m,1e400,,,t,,,,,,,", "invalid-number", "quantity"),
    ("outputs", "o,power,m,0x10,,,t,,,,,,,", "invalid-number", "quantity"),
    ("outputs", "o,power,m,inf,,,t,,,,,,,", "invalid-number", "quantity"),
    ("outputs", "o,power,m,\"1,234\",,,t,,,,,,,", "ambiguous-number", "quantity"),
    ("outputs", "o,power,m,5,6,7,t,,,,,,,", "reversed-range", "quantity_low"),
    ("outputs", "o,power,m,,7,6,t,,,,,,,", "reversed-range", "quantity_low"),
    ("outputs", "o,power,m,5,,,,,,,,,,", "missing-value", "unit"),
    ("outputs", "o,power,m,5,,,t/yr; m3/yr,,,,,,,", "two-units", "unit"),
    ("outputs", "o,power,m,5,,,t and m3,,,,,,,", "two-units", "unit"),
    ("outputs", "o,power,m,5,,,t,fortnight,,,,,,", "unknown-value", "period"),
    ("outputs", "o,power,m,5,,,t,,0,,,,,", "out-of-range", "hours"),
    ("outputs", "o,power,m,5,,,t,,8785,,,,,", "out-of-range", "hours"),
    ("outputs", "o,power,m,5,,,t,,,lanfill,,,,", "unknown-value", "current_route"),
    ("outputs", "o,power,m,5,,,t,,,,-1,,,", "out-of-range", "minimum_lot"),
    ("outputs", "o,power,m,5,,,t,,,,,2010,2000,", "reversed-years", "from_year"),
    ("outputs", "o,power,m,5,,,t,,,,,10,,", "invalid-year", "from_year"),
    ("outputs", "o,power,m,5,,,t,,,,,,,euros", "invalid-currency", "disposal_cost_currency"),
    ("outputs", "o,,m,5,,,t,,,,,,,", "missing-value", "enterprise"),
    ("inputs", "i,board,m,5,t,1.5", "out-of-range", "max_share"),
    ("distances", "power,board,truck,0", "out-of-range", "km"),
    ("distances", "power,board,truck,", "missing-value", "km"),
    ("exchanges", "e,power,board,1999,1990", "reversed-years", "start_year"),
    ("exchanges", "e,power,,,", "missing-value", "to"),
    ("properties", "gypsum-out,moisture,5,,3", "reversed-range", "maximum"),
    ("properties", "gypsum-out,moisture,,,", "missing-value", "value"),
    ("overrides", "price.x,abc", "invalid-number", "value"),
    ("overrides", "price.x,", "missing-value", "value"),
    ("totals", "t,T,carbon", "unknown-value", "measure"),
  ])
  func `a bad cell is named with file, row and column`(
    table: String, line: String, code: String, column: String
  ) throws {
    let headers = [
      "enterprises": Self.enterpriseHeader, "outputs": Self.outputHeader,
      "inputs": Self.inputHeader, "distances": "from,to,mode,km\n",
      "exchanges": "id,from,to,start_year,end_year\n",
      "properties": "stream,property,value,minimum,maximum\n", "overrides": "key,value\n",
      "totals": "id,name,measure\n",
    ]
    let text = (headers[table] ?? "") + "\n" + line + "\n"
    let issues = try ParkFixture.issues([table: text])
    #expect(issues.map(Finding.init) == [Finding(code, "\(table).csv", 3, column)])
    #expect(issues.first?.severity == .error)
    #expect(issues.first?.expected != nil)
  }

  @Test func `misspelt words come with the nearest accepted ones`() throws {
    let route = try ParkFixture.issues([
      "outputs": Self.outputHeader + "o,power,m,5,,,t,,,lanfill,,,,\n"
    ])
    #expect(route.first?.found == "lanfill")
    #expect(route.first?.hint == "did you mean landfill?")
    let column = try ParkFixture.issues([
      "enterprises": "id,name,sectr\npower,P,x\nboard,B,y\n"
    ])
    #expect(column.map(Finding.init) == [Finding("unknown-column", "enterprises.csv", 1, "sectr")])
    #expect(column.first?.severity == .warning)
    #expect(column.first?.hint == "the column is ignored; did you mean sector?")
  }

  @Test func `a missing column is one error, not one per row`() throws {
    let issues = try ParkFixture.issues(["enterprises": "id,title\na,A\nb,B\n"])
    #expect(
      issues.map(Finding.init) == [
        Finding("missing-column", "enterprises.csv", 1, "name"),
        Finding("unknown-column", "enterprises.csv", 1, "title"),
      ])
  }

  @Test func `headers match in any case and spacing`() throws {
    let issues = try ParkFixture.issues(["enterprises": " ID ,Name\nA,B\n"])
    #expect(issues.isEmpty)
  }

  @Test func `double ids name both rows, outputs and inputs share one name space`() throws {
    let issues = try ParkFixture.issues([
      "enterprises": "id,name\na,A\nb,B\na,C\n",
      "inputs": Self.inputHeader + "gypsum-out,board,m,5,t,1\n",
      "distances": "from,to,mode,km\na,b,truck,1\na,b,truck,2\na,b,rail,2\n",
    ])
    #expect(
      issues.map(Finding.init) == [
        Finding("duplicate-id", "distances.csv", 3, "to"),
        Finding("duplicate-id", "enterprises.csv", 4, "id"),
        Finding("duplicate-id", "inputs.csv", 2, "id"),
      ])
    #expect(issues[1].hint == "row 2 and row 4 have the same id")
    #expect(issues[2].hint == "outputs.csv, row 2 has it already")
  }

  @Test func `a table with decimal commas is read and its kept texts are normalised`() throws {
    let folder = try ParkFixture.folder([
      "inputs": "id;enterprise;material;quantity;unit;price\ni;board;m;1.234,5;t;1.234\n",
      "overrides": "key;value;unit\nprice.m;12,5;EUR/t\n",
      "materials": "id;name_en;phase;unit;legal_kind;density_t_per_m3\nx;X;Solid;t;residue;0,9\n",
    ])
    let (park, warnings) = try ParkReader.read(folder: folder.url)
    #expect(park.inputs[0].quantity.typical == 1234.5)
    #expect(park.inputs[0].price == 1.234)
    #expect(park.overrides[0].value == "12.5")
    #expect(park.materials[0].cells["density_t_per_m3"] == "0.9")
    #expect(park.materials[0].cells["phase"] == "solid")
    #expect(warnings.map(Finding.init) == [Finding("ambiguous-number", "inputs.csv", 2, "price")])
  }

  @Test func `one end of a range alone is a warning`() throws {
    let issues = try ParkFixture.issues([
      "outputs": Self.outputHeader + "gypsum-out,power,m,,5,,t,,,,,,,\n"
    ])
    #expect(issues.map(Finding.init) == [Finding("incomplete-range", "outputs.csv", 2, "quantity")])
    #expect(issues.first?.severity == .warning)
  }

  @Test func `issues of all tables are collected before giving up`() throws {
    let issues = try ParkFixture.issues([
      "enterprises": "id,name,lat,lon\na b,A,99,11\n", "distances": "from,to,km\nx,y,-1\n",
      "totals": "id,nme\n\"x,1\n",
    ])
    #expect(
      issues.map(Finding.init) == [
        Finding("out-of-range", "distances.csv", 2, "km"),
        Finding("invalid-identifier", "enterprises.csv", 2, "id"),
        Finding("out-of-range", "enterprises.csv", 2, "lat"),
        Finding("unterminated-quote", "totals.csv", 2),
      ])
  }
}
