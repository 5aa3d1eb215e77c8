import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenIO
@testable import LichenLaw

/// One row of WorkedCases.csv: a legal question with the answer that the legal text gives.
struct WorkedCase: Sendable, CustomTestStringConvertible {
  let cells: [String: String]

  subscript(_ column: String) -> String { cells[column] ?? "" }

  func list(_ column: String) -> [String] {
    self[column].split(separator: ";").map { String($0).trimmingCharacters(in: .whitespaces) }
  }

  var testDescription: String { "\(self["case"]): \(self["stream"])" }

  static let file = Repository.root.appendingPathComponent("Tests/LichenLawTests/WorkedCases.csv")

  static let all: [WorkedCase] = {
    let log = IssueLog()
    guard let data = try? Data(contentsOf: file),
      let table = CSVParser.parse(Array(data), file: "WorkedCases.csv", log: log)
    else { preconditionFailure("WorkedCases.csv must be readable") }
    return (0..<table.rowCount).map { row in
      WorkedCase(
        cells: Dictionary(
          uniqueKeysWithValues: zip(table.header, table.row(row).map { String($0) })))
    }
  }()

  private static let catalogue = Repository.engine.catalogue

  /// The verdict of the engine on the shipped tables.
  func verdict() throws -> LegalVerdict {
    let catalogue = Self.catalogue
    guard let date = CalendarDate(self["date"]), let material = MaterialID(self["material"]),
      catalogue.materials[material] != nil, let use = RouteUse(rawValue: self["use"]),
      catalogue.jurisdictions[self["donor"]] != nil,
      catalogue.jurisdictions[self["receiver"]] != nil
    else { throw Unreadable(id: self["case"]) }
    let replaced = MaterialID(self["replaces"])
    if let replaced, catalogue.materials[replaced] == nil { throw Unreadable(id: self["case"]) }
    let code = self["code"].isEmpty ? nil : WasteCode.digits(of: self["code"])
    let hazard = HazardClassifier(catalogue: catalogue, date: date).finding(
      material: material, wasteCode: code, measured: try measured(), jurisdiction: self["donor"])
    let facts = LegalFacts(
      material: material, replacing: replaced, hazard: hazard, wasteCode: code, use: use,
      donor: LegalParty(jurisdiction: self["donor"], licences: Set(list("donor_licences"))),
      receiver: LegalParty(
        jurisdiction: self["receiver"], licences: Set(list("receiver_licences"))),
      isOwnUse: self["parties"] == "same", catalogue: catalogue)
    return LegalEngine(catalogue: catalogue, date: date).verdict(on: facts)
  }

  private func measured() throws -> [PropertyID: ClosedRange<Double>] {
    var measured: [PropertyID: ClosedRange<Double>] = [:]
    for entry in list("properties") {
      let parts = entry.split(separator: "=").map(String.init)
      guard parts.count == 2, let id = PropertyID(parts[0]), let value = Double(parts[1]),
        Self.catalogue.properties[id] != nil
      else { throw Unreadable(id: "\(self["case"]): \(entry)") }
      measured[id] = value...value
    }
    return measured
  }

  struct Unreadable: Error { let id: String }
}
