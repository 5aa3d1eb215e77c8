import Foundation
import LichenDomain
import Testing

@testable import LichenBench

/// Every fault is found, told with its file, row and column, and none hides another.
@Suite("Instances: faults")
struct InstancesFaultsTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let what: String
    let files: [String: String]
    let code: String
    let file: String
    var row: Int? = 2
    var field: String?
    var hint: String?
    var testDescription: String { what }
  }

  private static let header =
    "id,output,input,ratio,benefit,fixed,minimum,capacity,co2,capex,permit\n"
  private static let legs = "id,facility,side,stream,ratio,benefit\n"
  private static let plants = "id,capacity\nh1,5\n"

  private static func link(
    _ row: String, _ code: String, _ field: String?, hint: String? = nil
  ) -> Fault {
    Fault(
      what: "\(code) in \(field ?? row)", files: ["links.csv": header + row + "\n"], code: code,
      file: "links.csv", field: field, hint: hint)
  }

  private static func settings(_ json: String, _ code: String, _ field: String?) -> Fault {
    Fault(
      what: "\(code) \(field ?? "")", files: ["instance.json": json], code: code,
      file: "instance.json", row: nil, field: field)
  }

  private static func settings(adding text: String, _ code: String, _ field: String) -> Fault {
    settings(
      #"{"name": "t", "version": "1", "source": "", "licence": "", \#(text)}"#, code, field)
  }

  static let faults: [Fault] = [
    link("l1,o1,i1,nan,5,0,0,,0,0,", "not-a-number", "ratio"),
    link("l1,o1,i1,1,inf,0,0,,0,0,", "not-a-number", "benefit"),
    link("l1,o1,i1,1,1e400,0,0,,0,0,", "out-of-range", "benefit"),
    link("l1,o1,i1,0,5,0,0,,0,0,", "not-positive", "ratio"),
    link("l1,o1,i1,-2,5,0,0,,0,0,", "not-positive", "ratio"),
    link("l1,o1,i1,1,5,-1,0,,0,0,", "negative-number", "fixed"),
    link("l1,o1,i1,1,5,0,-1,,0,0,", "negative-number", "minimum"),
    link("l1,o1,i1,1,5,0,0,-1,0,0,", "negative-number", "capacity"),
    link("l1,o1,i1,1,5,0,0,,0,-1,", "negative-number", "capex"),
    link("l1,o1,i1,1,5,0,4,3,0,0,", "minimum-above-capacity", "minimum"),
    link("l1,o1,i1,1,,0,0,,0,0,", "missing-value", "benefit"),
    link(",o1,i1,1,5,0,0,,0,0,", "missing-value", "id"),
    link("l 1,o1,i1,1,5,0,0,,0,0,", "malformed-id", "id"),
    link("l1,o2,i1,1,5,0,0,,0,0,", "unknown-id", "output", hint: "did you mean o1?"),
    link("l1,o1,x9y,1,5,0,0,,0,0,", "unknown-id", "input"),
    link("l1,o1,i1,1,5,0,0,,0,0,p1", "unknown-id", "permit"),
    link("l1,o1,i1,1,5,0,0,,0", "wrong-cell-count", nil),
    link("l1,o1,i\"1,1,5,0,0,,0,0,", "stray-quote", nil),
    link("l1,o1,\"i1,1,5,0,0,,0,0,", "unterminated-quote", nil),
    Fault(
      what: "the same link twice",
      files: ["links.csv": header + "l1,o1,i1,1,5,0,0,,0,0,\nl1,o1,i1,1,5,0,0,,0,0,\n"],
      code: "duplicate-id", file: "links.csv", row: 3, field: "id"),
    Fault(
      what: "a column that is missing", files: ["links.csv": "id,output,benefit\nl1,o1,5\n"],
      code: "missing-column", file: "links.csv", row: 1, field: "input"),
    Fault(
      what: "a misspelt column",
      files: ["links.csv": "id,output,input,benefit,fixd\nl1,o1,i1,5,1\n"],
      code: "unknown-column", file: "links.csv", row: 1, field: "fixd", hint: "did you mean fixed?"),
    Fault(
      what: "a column twice", files: ["outputs.csv": "id,supply,supply\no1,5,5\n"],
      code: "duplicate-column", file: "outputs.csv", row: 1, field: "supply"),
    Fault(
      what: "cells parted by semicolons", files: ["outputs.csv": "id;supply\no1;5\n"],
      code: "unknown-separator", file: "outputs.csv", row: 1, hint: "cells are parted by commas"),
    Fault(
      what: "an empty file", files: ["inputs.csv": ""], code: "empty-file", file: "inputs.csv",
      row: nil),
    Fault(
      what: "a negative supply", files: ["outputs.csv": "id,supply\no1,-5\n"],
      code: "negative-number", file: "outputs.csv", field: "supply"),
    Fault(
      what: "a negative demand", files: ["inputs.csv": "id,demand\ni1,-5\n"],
      code: "negative-number", file: "inputs.csv", field: "demand"),
    Fault(
      what: "more to cover than is wanted", files: ["inputs.csv": "id,demand,least\ni1,5,6\n"],
      code: "least-above-demand", file: "inputs.csv", field: "least"),
    Fault(
      what: "a negative permit cost", files: ["permits.csv": "id,cost\np1,-5\n"],
      code: "negative-number", file: "permits.csv", field: "cost"),
    Fault(
      what: "a facility called like an output",
      files: ["facilities.csv": "id,capacity\no1,5\n"], code: "ambiguous-id",
      file: "facilities.csv", field: "id"),
    Fault(
      what: "a leg on no side",
      files: ["facilities.csv": plants, "facility_links.csv": legs + "g1,h1,inn,o1,1,1\n"],
      code: "unknown-word", file: "facility_links.csv", field: "side", hint: "did you mean in?"),
    Fault(
      what: "a leg from nowhere",
      files: ["facilities.csv": plants, "facility_links.csv": legs + "g1,h1,in,i1,1,1\n"],
      code: "unknown-id", file: "facility_links.csv", field: "stream"),
    Fault(
      what: "a leg to an output",
      files: ["facilities.csv": plants, "facility_links.csv": legs + "g1,h1,out,o1,1,1\n"],
      code: "unknown-id", file: "facility_links.csv", field: "stream"),
    Fault(
      what: "a facility that feeds itself",
      files: ["facilities.csv": plants, "facility_links.csv": legs + "g1,h1,in,h1,1,1\n"],
      code: "feeds-itself", file: "facility_links.csv", field: "stream"),
    Fault(
      what: "a leg called like a link",
      files: ["facilities.csv": plants, "facility_links.csv": legs + "l1,h1,in,o1,1,1\n"],
      code: "duplicate-id", file: "facility_links.csv", field: "id"),
    Fault(
      what: "a blend of an unknown link", files: ["blends.csv": "id,link,excess\nb,l2,1\n"],
      code: "unknown-id", file: "blends.csv", field: "link", hint: "did you mean l1?"),
    Fault(
      what: "a measure on two streams",
      files: ["measures.csv": "id,output,input,benefit\nm1,o1,i1,3\n"], code: "two-streams",
      file: "measures.csv", field: "input"),
    Fault(
      what: "a ratio that makes figures infinite",
      files: [
        "outputs.csv": "id,supply\no1,1e300\n", "inputs.csv": "id,demand\ni1,1\n",
        "facilities.csv": "id,capacity\nh1,1e300\n",
        "facility_links.csv": legs + "g1,h1,in,o1,1e100,1\n",
      ], code: "out-of-range", file: "facility_links.csv", field: "ratio"),
    Fault(
      what: "a required link that cannot open",
      files: ["links.csv": "id,output,input,benefit,minimum,required\nl1,o1,i1,5,20,yes\n"],
      code: "required-link-cannot-open", file: "links.csv", field: "required"),
    Fault(
      what: "malformed JSON", files: ["instance.json": "{\"name\": \n \"a\",,}"],
      code: "malformed-json", file: "instance.json"),
    settings("[]", "wrong-type", nil),
    settings(
      #"{"name": "t", "version": "2", "source": "", "licence": ""}"#, "unknown-version", "version"),
    settings(#"{"name": "t", "version": "1", "licence": ""}"#, "missing-value", "source"),
    settings(
      #"{"name": "", "version": "1", "source": "", "licence": ""}"#, "missing-value", "name"),
    settings(adding: #""budget": -1"#, "out-of-range", "budget"),
    settings(adding: #""max_partners": 1.5"#, "out-of-range", "max_partners"),
    settings(adding: #""max_partners": 0"#, "out-of-range", "max_partners"),
    settings(adding: #""co2_floor": "much""#, "out-of-range", "co2_floor"),
    settings(adding: #""bugdet": 3"#, "unknown-key", "bugdet"),
    settings(
      adding: #""best_known": {"objective": 5, "bound": 4, "proved_by": ""}"#,
      "bound-below-objective", "best_known.bound"),
  ]

  @Test("a fault is told with its place", arguments: faults)
  func located(_ fault: Fault) throws {
    let issues = try InstancesFolder(fault.files).issues()
    let found = issues.filter {
      $0.severity == .error && $0.code == fault.code && $0.location.file == fault.file
        && $0.location.row == fault.row && (fault.field == nil || $0.field == fault.field)
        && (fault.hint == nil || $0.hint == fault.hint)
    }
    #expect(found.count == 1, "\(issues.map(\.description))")
    // One mistake must not look like many.
    #expect(issues.filter { $0.severity == .error }.count == 1, "\(issues.map(\.description))")
  }

  @Test("all faults of all files are told at once")
  func together() throws {
    let issues = try InstancesFolder([
      "instance.json": #"{"name": "t", "version": "1", "source": "", "licence": "", "budget": -1}"#,
      "outputs.csv": "id,supply\no1,x\no1,3\n",
      "inputs.csv": "id,demand\ni1,-8\n",
      "links.csv": "id,output,input,ratio,benefit,minimum,capacity\nl1,o3,i1,0,y,-1,-2\n",
    ]).issues()
    #expect(issues.count == 9, "\(issues.map(\.description))")
  }

  @Test("a missing table, and a missing folder, are told")
  func missing() throws {
    let folder = try InstancesFolder()
    try folder.remove("links.csv")
    #expect(folder.issues().map(\.code) == ["missing-file"])
    try folder.remove("instance.json")
    #expect(folder.issues().map(\.location.file) == ["instance.json", "links.csv"])
    let nowhere = folder.url.appendingPathComponent("nowhere")
    #expect(throws: LichenDomain.ValidationError.self) { try InstanceReader.read(folder: nowhere) }
  }

  @Test("a table of another name is not passed over in silence")
  func unknownTable() throws {
    let folder = try InstancesFolder(["facilties.csv": "id,capacity\n"])
    let warnings = try folder.read().warnings
    #expect(warnings.map(\.code) == ["unknown-file"])
    #expect(warnings.first?.hint == "did you mean facilities.csv?")
  }

  @Test("huge figures beside tiny ones are read as they stand")
  func scales() throws {
    let folder = try InstancesFolder([
      "outputs.csv": "id,supply\no1,1e12\n", "inputs.csv": "id,demand\ni1,0.000001\n",
      "links.csv": "id,output,input,ratio,benefit,fixed\nl1,o1,i1,1e-6,1e12,1e-6\n",
    ])
    let link = try #require(try folder.read().instance.model.links.first)
    #expect(link.upper == 1 && link.money == 1e12 && link.fixedCost == 1e-6)
  }
}
