import Foundation
import LichenDomain
import Testing

@testable import LichenIO

/// A new folder in the process's own scratch folder, which is removed when the tests end.
struct ScratchFolder {
  let url: URL

  private static let root: URL = {
    atexit { try? FileManager.default.removeItem(at: ScratchFolder.path) }
    return path
  }()

  private static let path = FileManager.default.temporaryDirectory
    .appending(path: "lichen-io-tests-\(ProcessInfo.processInfo.processIdentifier)")

  init() throws {
    url = Self.root.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func write(_ text: String, as name: String) throws {
    try Data(text.utf8).write(to: url.appending(path: name))
  }

  func write(_ bytes: [UInt8], as name: String) throws {
    try Data(bytes).write(to: url.appending(path: name))
  }

  func bytes(of name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: url.appending(path: name)))
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}

/// A small valid park; tests replace one file at a time.
enum ParkFixture {
  static let package = """
    {"name": "p", "title": "A park",
     "lichen": {"format": 1, "jurisdiction": "DK", "currency": "EUR", "base_year": 2020,
       "capital_budget": null, "discount_rate": 0.05},
     "resources": [
       {"name": "enterprises", "path": "enterprises.csv"},
       {"name": "outputs", "path": "outputs.csv"},
       {"name": "inputs", "path": "inputs.csv"},
       {"name": "properties", "path": "properties.csv"},
       {"name": "exchanges", "path": "exchanges.csv"},
       {"name": "distances", "path": "distances.csv"},
       {"name": "overrides", "path": "overrides.csv"},
       {"name": "totals", "path": "totals.csv"},
       {"name": "options", "path": "options.csv"},
       {"name": "facilities", "path": "facilities.csv"},
       {"name": "profiles", "path": "profiles.csv"},
       {"name": "storages", "path": "storages.csv"},
       {"name": "actuals", "path": "actuals.csv"},
       {"name": "progress", "path": "progress.csv"},
       {"name": "classifications", "path": "classifications.csv"},
       {"name": "materials", "path": "materials.csv"},
       {"name": "routes", "path": "routes.csv"}]}
    """

  static let tables = [
    "enterprises": #"""
    id,name,sector,lat,lon,licences,notes,source,confidence
    power,Power station,energy,55.66,11.09,co-processing; waste-treatment,,annual report,verified
    board,"Board, ""Ltd""",building,55.65,11.1,,,,
    """#,
    "outputs": """
    id,enterprise,name,material,waste_code,quantity,quantity_low,quantity_high,unit,period,hours,current_route,disposal_cost,disposal_cost_currency,minimum_lot,from_year,to_year,profile
    gypsum-out,power,FGD gypsum,fgd_gypsum,10 01 05,170000,160000,180000,t/yr,,,landfill,-3.5,EUR,1000,1993,2030,winter
    heat-out,power,Heat,hot_water,,,20,40,MW,,6000,none,,,,,,
    """,
    "inputs": """
    id,enterprise,name,material,quantity,unit,price,price_currency,max_share
    gypsum-in,board,Gypsum,natural_gypsum,3 500 000.5,t/yr,12,DKK,0.9
    """,
    "properties": """
    stream,property,value,minimum,maximum,unit
    gypsum-out,moisture,8,6,10,%
    gypsum-in,moisture,,,12,%
    """,
    "exchanges": """
    id,from,to,output,input,name,quantity,unit,start_year,end_year,kind
    gypsum,power,board,gypsum-out,gypsum-in,Gypsum,170000,t/yr,1993,,by-product
    """,
    "distances": "from,to,mode,km\npower,board,truck,1.8\n",
    "overrides": "key,value,unit\nprice.natural_gypsum,14.5,EUR/t\nrule.DK-001,off,\n",
    "totals": "id,name,measure,value,unit,year\nco2,Saved CO2,co2,240000,t/yr,2002\n",
    "options": """
    id,enterprise,name,stream,change,unit,capital,saving,currency,co2,lifetime,status,confidence
    dryer,board,Better dryer,gypsum-in,-200,t/yr,50000,9000,DKK,30,12,planned,estimated
    """,
    "facilities": """
    id,name,enterprise,lat,lon,routes,capacity,unit,capex,opex,currency,lifetime,notes,source,confidence
    mill,Ash mill,board,,,local_ash__clay local_ash__clay+clay__brick;x__y,30 000,t/yr,2500000,120000,DKK,15,,offer,estimated
    yard,,,55.6,11.2,local_ash__clay,,,,,,,,,
    """,
    "profiles": """
    id,jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec,notes,source,confidence
    winter,20,18,14,6,0,0,0,0,4,8,14,16,degree days,heat plan,recalled
    """,
    "storages": """
    id,name,stream,capacity,unit,capex,opex,currency,lifetime,loss,keeps,notes,source,confidence
    shed,Gypsum shed,gypsum-out,12 000,t,900000,30000,DKK,25,0.01,6,roofed,offer,estimated
    yard,,gypsum-in,5000,,,,,,,,,,
    """,
    "actuals": """
    id,subject,period,quantity,unit,money
    first,gypsum,2020-Q1,40000,t,
    """,
    "progress": """
    subject,status,date,notes,source,confidence
    gypsum,agreed,1991-03-01,,,
    gypsum,running,1993-07-01,,annual report,verified
    dryer,prioritised,2020-01-31,board meeting,,
    """,
    "classifications": """
    text,sector,material,waste_code,date,by
    REA gips,energy,fgd_gypsum,10 01 05,2020-05-01,plant chemist
    """,
    "materials": """
    id,name_en,phase,unit,legal_kind,density_t_per_m3,hazardous
    local_ash,Local ash,solid,t,residue,0.9,no
    """,
    "routes": """
    id,output_material,input_material,ratio,use
    local_ash__clay,local_ash,clay,0.8,building-material
    """,
  ]

  /// Writes the park with some files replaced; `nil` leaves a file out.
  static func folder(_ changes: [String: String?] = [:], package: String = package) throws
    -> ScratchFolder
  {
    let folder = try ScratchFolder()
    try folder.write(package, as: "datapackage.json")
    for (name, text) in tables {
      if let change = changes[name] {
        if let change { try folder.write(change, as: "\(name).csv") }
      } else {
        try folder.write(text, as: "\(name).csv")
      }
    }
    return folder
  }

  /// Issues of reading the park with some files replaced.
  static func issues(_ changes: [String: String?] = [:], package: String = package) throws
    -> [ValidationIssue]
  {
    issues(of: try folder(changes, package: package).url)
  }

  static func issues(of folder: URL) -> [ValidationIssue] {
    do throws(ValidationError) {
      return try ParkReader.read(folder: folder).warnings
    } catch {
      return error.issues
    }
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): same seed, same numbers.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Code, place and field of an issue, for comparison.
struct Finding: Equatable, CustomStringConvertible {
  var code: String
  var file: String
  var row: Int?
  var field: String?

  init(_ code: String, _ file: String, _ row: Int? = nil, _ field: String? = nil) {
    self.code = code
    self.file = file
    self.row = row
    self.field = field
  }

  init(_ issue: ValidationIssue) {
    self.init(issue.code, issue.location.file, issue.location.row, issue.field)
  }

  var description: String { "\(code) \(file) \(row ?? 0) \(field ?? "-")" }
}

/// Parses a table that must be well formed apart from what `issues` tells.
func parse(_ text: String, file: String = "t.csv") -> (table: CSVTable?, issues: [ValidationIssue])
{
  parse(Array(text.utf8), file: file)
}

func parse(_ bytes: [UInt8], file: String = "t.csv") -> (
  table: CSVTable?, issues: [ValidationIssue]
) {
  let log = IssueLog()
  let table = CSVParser.parse(bytes, file: file, log: log)
  return (table, log.issues)
}

extension CSVTable {
  var grid: [[String]] { (0..<rowCount).map { Array(row($0)) } }
}
