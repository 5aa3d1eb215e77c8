/// One possible meaning of a text, with how likely it is and why.
public struct Proposal: Sendable, Hashable, Codable {
  /// Material id, six digits of the European list, or a Vietnamese code as printed.
  public let id: String
  public let title: String
  /// Estimated probability that this is the meaning, 0...1.
  public let score: Double
  /// What speaks for it, most telling first.
  public let reasons: [String]

  /// The reason of a proposal that only fills up its list.
  public static let noEvidence = "no word in common"

  public init(id: String, title: String, score: Double, reasons: [String]) {
    self.id = id
    self.title = title
    self.score = score
    self.reasons = reasons
  }
}

/// What a text may mean. A proposal is never an assignment: a person confirms.
public struct Proposals: Sendable, Hashable, Codable {
  public let text: String
  /// Best first.
  public let materials: [Proposal]
  public let europeanCodes: [Proposal]
  /// Empty unless the donor is in Viet Nam.
  public let vietnameseCodes: [Proposal]

  /// Least score of a proposal that is called clear.
  public static let clearScore = 0.85
  /// Least lead of a clear proposal over the second.
  public static let clearLead = 0.3

  public init(
    text: String, materials: [Proposal], europeanCodes: [Proposal], vietnameseCodes: [Proposal]
  ) {
    self.text = text
    self.materials = materials
    self.europeanCodes = europeanCodes
    self.vietnameseCodes = vietnameseCodes
  }

  /// Without the proposals that nothing speaks for but their place in a ranking.
  public var withEvidence: Proposals {
    func evident(_ list: [Proposal]) -> [Proposal] {
      list.filter { $0.reasons != [Proposal.noEvidence] }
    }
    return Proposals(
      text: text, materials: evident(materials), europeanCodes: evident(europeanCodes),
      vietnameseCodes: evident(vietnameseCodes))
  }

  /// The first of `list` if it is likely and well ahead of the second, else `nil`.
  /// - Parameter least: Least score, 0...1.
  public static func clear(_ list: [Proposal], least: Double = clearScore) -> Proposal? {
    guard let first = list.first, first.score >= least else { return nil }
    if list.count > 1, first.score - list[1].score < clearLead { return nil }
    return first
  }
}
