import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenLaw

@Suite("Borders")
struct BorderTests {
  /// Whether a rule with this border applies to a way between two places.
  struct Way: Sendable, CustomTestStringConvertible {
    let border: BorderCrossing
    let jurisdiction: String
    let donor: String
    let receiver: String
    let applies: Bool
    var receiverIn: [String] = []
    var testDescription: String {
      "\(jurisdiction) \(border.rawValue): \(donor) to \(receiver)"
    }

    init(
      _ border: BorderCrossing, of jurisdiction: String, _ donor: String, _ receiver: String,
      _ applies: Bool, in receiverIn: [String] = []
    ) {
      self.border = border
      self.jurisdiction = jurisdiction
      self.donor = donor
      self.receiver = receiver
      self.applies = applies
      self.receiverIn = receiverIn
    }
  }

  static let ways = [
    // A domestic rule stays in the country, states of one country included.
    Way(.domestic, of: "DK", "DK", "DK", true), Way(.domestic, of: "DK", "DK-84", "DK", true),
    Way(.domestic, of: "DK", "DK", "DE", false), Way(.domestic, of: "EU", "DK", "DE", false),
    // An import rule is the receiver's.
    Way(.import, of: "VN", "DK", "VN", true), Way(.import, of: "VN", "VN", "DK", false),
    Way(.import, of: "VN", "VN", "VN", false), Way(.import, of: "DK", "DE", "DK", true),
    // What moves inside the Union is no import into it and no export from it.
    Way(.import, of: "EU", "DE", "DK", false), Way(.import, of: "EU", "VN", "DK", true),
    Way(.export, of: "EU", "DE", "DK", false), Way(.export, of: "EU", "DK", "US", true),
    // An export rule is the donor's, or that of the Basel Convention, which has no territory.
    Way(.export, of: "DK", "DK", "DE", true), Way(.export, of: "DK", "DE", "DK", false),
    Way(.export, of: "DK", "DK-84", "DK", false), Way(.export, of: "BASEL", "DK", "VN", true),
    Way(.export, of: "BASEL", "VN", "US", true), Way(.export, of: "BASEL", "VN", "VN", false),
    // Between Member States only.
    Way(.withinUnion, of: "EU", "DK", "DE", true),
    Way(.withinUnion, of: "EU", "DK", "DK", false),
    Way(.withinUnion, of: "EU", "DK", "US", false),
    // Out of the Union to a country outside a group of states.
    Way(.export, of: "EU", "DK", "VN", true, in: ["!OECD"]),
    Way(.export, of: "EU", "DK", "US", false, in: ["!OECD"]),
    Way(.export, of: "EU", "DK", "DE", false, in: ["!OECD"]),
    Way(.export, of: "EU", "VN", "DK", false, in: ["!OECD"]),
    Way(.export, of: "BASEL", "US", "VN", true, in: ["!OECD"]),
    Way(.export, of: "BASEL", "VN", "US", true, in: ["OECD", "EU"]),
    Way(.export, of: "BASEL", "US", "VN", false, in: ["OECD", "EU"]),
    Way(.export, of: "BASEL", "VN", "DK-84", true, in: ["DK"]),
  ]

  @Test("a rule for a border applies where that border is crossed, and only there", arguments: ways)
  func crossing(_ way: Way) {
    let rule = Fixtures.rule(
      "R", way.jurisdiction, .prohibited, border: way.border, receiverIn: way.receiverIn)
    let verdict = verdict([rule], on: facts(from: way.donor, to: way.receiver))
    #expect((verdict.effect == .prohibited) == way.applies)
    if !way.applies, let outcome = verdict.trace.first?.outcome {
      #expect(outcome == .otherBorder || (outcome == .otherPlace && !way.receiverIn.isEmpty))
    }
  }

  @Test("a rule without a border applies at home and abroad, on either side")
  func noBorder() {
    let rule = Fixtures.rule("R", "DK", .permit)
    for (donor, receiver) in [("DK", "DK"), ("DK", "VN"), ("VN", "DK")] {
      #expect(verdict([rule], on: facts(from: donor, to: receiver)).effect == .permit)
    }
    #expect(verdict([rule], on: facts(from: "VN", to: "VN")).effect == .allowed)
  }

  @Test(
    "a rule's waste codes are numbers of its own list",
    arguments: [
      // The same number in the Vietnamese list names another waste, and the other way round.
      ("DK", "DK", "DK", true), ("EU", "DK", "DK", true), ("DK", "DE", "DK", true),
      ("DK", "VN", "DK", false), ("EU", "VN", "DK", false), ("VN", "DK", "VN", false),
      ("VN", "VN", "VN", true), ("VN", "VN", "DK", true), ("EU", "DK-84", "VN", true),
    ])
  func lists(jurisdiction: String, donor: String, receiver: String, applies: Bool) {
    let rule = Fixtures.rule("R", jurisdiction, .permit, codes: ["100102"])
    let verdict = verdict([rule], on: facts(code: "100102", from: donor, to: receiver))
    #expect(verdict.trace.map(\.outcome) == [applies ? .applies : .otherMaterial])
  }
}
