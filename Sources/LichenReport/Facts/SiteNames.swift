import LichenDomain

/// Short names of sites for tables and drawings, unambiguous within a park.
struct SiteNames: Sendable {
  private let shortNames: [EnterpriseID: String]

  /// - Parameter letter: Makes a name of a letter that stands for an enterprise; `nil` for one that has its own.
  init(_ enterprises: [Enterprise], letter: (Enterprise) -> String? = { _ in nil }) {
    var owners: [String: Int] = [:]
    for enterprise in enterprises { owners[Self.shortened(enterprise.name), default: 0] += 1 }
    var names: [EnterpriseID: String] = [:]
    for enterprise in enterprises {
      let short = Self.shortened(enterprise.name)
      if let stand = letter(enterprise) {
        names[enterprise.id] = stand
        continue
      }
      names[enterprise.id] = owners[short] == 1 && !short.isEmpty ? short : enterprise.name
    }
    shortNames = names
  }

  func short(_ id: EnterpriseID) -> String { shortNames[id] ?? id.rawValue }

  /// The name without remarks in brackets and without a second name behind a slash.
  static func shortened(_ name: String) -> String {
    var depth = 0
    var kept = ""
    for character in name {
      if character == "(" { depth += 1 }
      if depth == 0 { kept.append(character) }
      if character == ")" { depth = max(0, depth - 1) }
    }
    if let slash = kept.range(of: " / ") { kept = String(kept[..<slash.lowerBound]) }
    let words = kept.split(separator: " ").joined(separator: " ").replacing(" ,", with: ",")
    return words.isEmpty ? name : words
  }
}
