import LichenDomain

/// Colours of drawings that other programs make, the same as the style sheet's on paper.
struct LegalColour: Sendable, Equatable {
  let red: Int
  let green: Int
  let blue: Int

  /// A flow to which no legal status belongs, and everything that is no flow.
  static let ink = LegalColour(red: 0x1c, green: 0x22, blue: 0x26)
  /// An enterprise without a flow.
  static let faint = LegalColour(red: 0xb9, green: 0xb5, blue: 0xab)

  /// `#0b62a4`.
  var hexadecimal: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(part, radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
      }.joined()
  }
}

extension LegalEffect {
  var colour: LegalColour {
    switch self {
    case .allowed: LegalColour(red: 0x0b, green: 0x62, blue: 0xa4)
    case .endOfWaste: LegalColour(red: 0x6a, green: 0x4f, blue: 0xa3)
    case .notification: LegalColour(red: 0x00, green: 0x75, blue: 0x5a)
    case .permit: LegalColour(red: 0xb0, green: 0x58, blue: 0x00)
    case .prohibited: LegalColour(red: 0xb3, green: 0x12, blue: 0x3c)
    }
  }
}

extension PlanNetwork.Link {
  var colour: LegalColour { effect?.colour ?? .ink }

  /// Width of the line, from 1 to `widest`: the square root of its share of the largest tonnage.
  func width(largest: Double, widest: Double) -> Double {
    guard let tonnes = flow.tonnes, tonnes > 0, largest > 0 else { return 1 }
    let width = 1 + (widest - 1) * (tonnes / largest).squareRoot()
    return (width * 10).rounded() / 10
  }
}

extension PlanNetwork {
  /// t/a; 0 if nothing that moves has a mass.
  var largestTonnage: Double { links.compactMap(\.flow.tonnes).max() ?? 0 }
}
