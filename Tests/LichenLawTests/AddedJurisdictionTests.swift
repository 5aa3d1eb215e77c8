import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenIO
@testable import LichenLaw

/// An invented country with its own waste list, limits, licences, rules and borders, made of rows alone.
@Suite("A jurisdiction added by rows")
struct AddedJurisdictionTests {
  /// The shipped catalogue with rows and one file added; no code knows Atlantis.
  private static let catalogue: Result<Catalogue, any Error> = Result {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let copy = folder.appendingPathComponent("catalogue")
    try FileManager.default.copyItem(
      at: Repository.data.appendingPathComponent("catalogue"), to: copy)
    for (table, rows) in added {
      let url = copy.appendingPathComponent("\(table).csv")
      var text = try String(contentsOf: url, encoding: .utf8)
      let header = text.prefix { $0 != "\n" }.split(separator: ",").map(String.init)
      for row in rows {
        precondition(row.keys.allSatisfy(header.contains), "\(table): \(row.keys)")
        text += header.map { row[$0] ?? "" }.joined(separator: ",") + "\n"
      }
      try Data(text.utf8).write(to: url)
    }
    let list = """
      code,grade,label,confidence
      10 01 02,red,Ash of the deep,verified
      10 01 03,amber,Grey sludge,verified
      10 01 04,green,Shells,verified

      """
    try Data(list.utf8).write(to: copy.appendingPathComponent("waste_codes_atl.csv"))
    return try CatalogueReader.read(folder: copy)
  }

  private static let added: [(String, [[String: String]])] = [
    (
      "jurisdictions",
      [
        [
          "code": "ATL", "name": "Atlantis", "kind": "country", "waste_list": "atl",
          "groups": "DEEP", "residues": "waste",
        ],
        ["code": "ATL-N", "name": "North Atlantis", "parent": "ATL", "kind": "region"],
        ["code": "LEM", "name": "Lemuria", "kind": "country", "groups": "DEEP"],
      ]
    ),
    (
      "waste_lists",
      [
        [
          "id": "atl", "name": "Atlantean list", "class_column": "grade", "title_column": "label",
          "whole": "yes", "source": "s", "confidence": "verified",
        ]
      ]
    ),
    (
      "waste_classes",
      [
        ["list": "atl", "class": "red", "reading": "hazardous"],
        ["list": "atl", "class": "amber", "reading": "presumed-hazardous"],
        ["list": "atl", "class": "green", "reading": "ordinary"],
      ]
    ),
    (
      "hazard_limits",
      [
        [
          "jurisdiction": "ATL", "property": "ph", "maximum": "9", "unit": "unit",
          "class": "biting",
          "instrument": "Law of the sea", "source": "s", "confidence": "verified",
        ]
      ]
    ),
    (
      "licences",
      [
        [
          "key": "trident", "name": "Trident", "jurisdictions": "ATL", "meaning": "m",
          "source": "s",
          "confidence": "verified",
        ]
      ]
    ),
    (
      "checklists",
      [
        [
          "rule": "ATL-1", "order": "1", "question": "Is the trident held?",
          "settled_by": "licence:trident", "source": "s", "confidence": "verified",
        ]
      ]
    ),
    (
      "rules",
      [
        rule(
          "ATL-1", "prohibited",
          [
            "status": "waste", "hazard": "hazardous", "border": "domestic",
            "unless_licence": "trident",
          ]),
        rule("ATL-2", "notification", ["code_prefixes": "100104", "donor_in": "ATL"]),
        rule("ATL-3", "permit", ["border": "export", "receiver_in": "!DEEP", "status": "waste"]),
        rule("ATL-4", "prohibited", ["border": "import", "hazard": "hazardous"]),
      ]
    ),
  ]

  private static func rule(_ id: String, _ effect: String, _ conditions: [String: String])
    -> [String: String]
  {
    [
      "id": id, "jurisdiction": "ATL", "instrument": "Law of the sea", "article": id,
      "effect": effect, "holder": "receiver", "decides": "yes", "source": "s",
      "confidence": "verified",
    ].merging(conditions) { $1 }
  }

  private func verdict(
    code: String?, _ measured: [PropertyID: ClosedRange<Double>] = [:], from donor: String = "ATL",
    to receiver: String = "ATL", licences: Set<String> = []
  ) throws -> LegalVerdict {
    let catalogue = try Self.catalogue.get()
    let date = CalendarDate.of("2026-01-01")
    let hazard = HazardClassifier(catalogue: catalogue, date: date).finding(
      material: .of("coal_fly_ash"), wasteCode: code, measured: measured, jurisdiction: donor)
    let facts = LegalFacts(
      material: .of("coal_fly_ash"), replacing: nil, hazard: hazard, wasteCode: code, use: .reuse,
      donor: LegalParty(jurisdiction: donor),
      receiver: LegalParty(jurisdiction: receiver, licences: licences), catalogue: catalogue)
    return LegalEngine(catalogue: catalogue, date: date).verdict(on: facts)
  }

  @Test("its own list gives the hazard; the European meaning of the number does not leak in")
  func list() throws {
    // 10 01 02 is harmless coal fly ash in the European list.
    let red = try verdict(code: "100102")
    #expect(red.effect == .prohibited && red.deciding.map(\.id.rawValue) == ["ATL-1"])
    #expect(try !verdict(code: "100102", from: "DK", to: "DK").facts.isHazardous)
    #expect(try verdict(code: "100103").facts.hazard.basis == .assumed)
    #expect(try verdict(code: "100103", [.of("ph"): 7...7]).effect == .allowed)
    #expect(try verdict(code: "100104", [.of("ph"): 9...9]).effect == .prohibited)
  }

  @Test("codes of its rules are numbers of its own list, for its regions too")
  func codes() throws {
    #expect(try verdict(code: "100104").outcomes["ATL-2"] == "applies")
    #expect(try verdict(code: "100104", from: "ATL-N", to: "ATL").outcomes["ATL-2"] == "applies")
    #expect(try verdict(code: "100104", from: "DK", to: "ATL").outcomes["ATL-2"] == "other-place")
  }

  @Test("its borders, groups of states, licences and status of residues work")
  func borders() throws {
    #expect(try verdict(code: "100104", to: "DK").outcomes["ATL-3"] == "applies")
    #expect(try verdict(code: "100104", to: "LEM").outcomes["ATL-3"] == "other-place")
    #expect(try verdict(code: "100104", from: "ATL-N").outcomes["ATL-3"] == "other-border")
    #expect(try verdict(code: "070101", from: "VN").outcomes["ATL-4"] == "applies")
    // The Basel Convention holds without being told of the newcomer.
    #expect(try verdict(code: "070101", from: "VN").outcomes["INT-001"] == "applies")
    #expect(try verdict(code: "100102", licences: ["trident"]).outcomes["ATL-1"] == "licence-held")
    #expect(try verdict(code: nil).facts.status == .waste)
  }

  @Test("its checklist is asked and settled")
  func checklist() throws {
    let catalogue = try Self.catalogue.get()
    let open = try verdict(code: "100102").checklist(ChecklistEvidence(), in: catalogue)
    #expect(open.map(\.point.question) == ["Is the trident held?"])
    #expect(open.map(\.isOpen) == [true])
  }
}
