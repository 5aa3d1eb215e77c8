import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenLaw

@Suite("LegalFacts")
struct LegalFactsTests {
  /// Facts of the only output of a park, given to a neighbour.
  private func facts(
    of material: String, code: String = "", jurisdiction: String = "DK", unit: String = "t/yr"
  ) throws -> LegalFacts {
    var builder = ParkBuilder(jurisdiction: "EU")
    builder.enterprise("donor", jurisdiction: jurisdiction)
    builder.enterprise("receiver", jurisdiction: "DE", licences: ["a", "b"])
    builder.output("x", of: "donor", material, 1, unit, wasteCode: code)
    let park = try builder.park()
    let output = try #require(park.outputs.first)
    let donor = try #require(park.enterprise(.of("donor")))
    let hazards = HazardClassifier(catalogue: park.catalogue, date: park.settings.lawDate)
    return try LegalFacts(
      output: output, hazard: hazards.finding(on: output, of: donor), replacing: .of("clinker"),
      use: .recycling, donor: donor, receiver: #require(park.enterprise(.of("receiver"))),
      catalogue: park.catalogue)
  }

  @Test(
    "status follows waste code, hazard and the kind of material",
    arguments: [
      ("fly_ash", "", "t/yr", LegalStatus.byProduct), ("fly_ash", "10 01 02", "t/yr", .waste),
      ("spent_acid", "", "t/yr", .waste), ("clinker", "", "t/yr", .product),
      ("clinker", "10 01 01", "t/yr", .waste), ("steam_hp", "", "t/yr", .utility),
      ("used_water", "", "m3/yr", .water),
    ])
  func status(material: String, code: String, unit: String, status: LegalStatus) throws {
    #expect(try facts(of: material, code: code, unit: unit).status == status)
  }

  @Test(
    "a listed code decides about hazard before the material",
    arguments: [
      ("fly_ash", "", false), ("fly_ash", "10 01 02", false), ("fly_ash", "19 01 13*", true),
      ("spent_acid", "", true), ("spent_acid", "10 01 05", false),
    ])
  func hazard(material: String, code: String, isHazardous: Bool) throws {
    #expect(try facts(of: material, code: code).isHazardous == isHazardous)
  }

  @Test("a number of the European list says nothing about a waste outside the Union")
  func foreignList() throws {
    // 19 01 13 is hazardous in the European list.
    let ash = try facts(of: "fly_ash", code: "19 01 13", jurisdiction: "VN")
    #expect(!ash.isHazardous)
    #expect(ash.status == .waste)
    #expect(ash.wasteCode == "190113")
    // 10 01 05 is harmless in the European list; the acid stays what its material is.
    #expect(try facts(of: "spent_acid", code: "10 01 05", jurisdiction: "VN").isHazardous)
  }

  @Test("materials, places, use and the receiver's licences are taken over")
  func rest() throws {
    let facts = try facts(of: "fly_ash")
    #expect(facts.materials.map(\.rawValue) == ["fly_ash", "ash", "residues"])
    #expect(facts.donor.jurisdiction == "DK")
    #expect(facts.receiver.jurisdiction == "DE")
    #expect(facts.receiver.licences == ["a", "b"])
    #expect(facts.use == .recycling)
  }
}
