import LichenDomain
import LichenGraph
import LichenPlanning

/// An edition cannot be made.
public enum EditionError: Error, Equatable, CustomStringConvertible {
  case unknownEnterprise(String, hint: String?)

  /// An id that no enterprise of a park has, with the nearest that one has.
  public static func unknownEnterprise(_ id: EnterpriseID, in park: Park) -> EditionError {
    .unknownEnterprise(
      id.rawValue,
      hint: Spelling.suggestion(for: id.rawValue, among: park.enterprises.map(\.id.rawValue)))
  }

  public var description: String {
    switch self {
    case .unknownEnterprise(let id, let hint):
      "The park has no enterprise \(id)" + (hint.map { "; \($0)" } ?? ".")
    }
  }
}

/// What one audience may see of a match.
///
/// Everything that is withheld is absent from `result`: whoever writes an edition cannot tell more than
/// the audience may know.
public struct Edition: Sendable {
  public let audience: Audience
  public let result: MatchResult
  /// What a board learns of the exchanges that `result` leaves out; `nil` where nothing is left out.
  public let withheld: Withheld?
  /// Enterprises of `result` that stand in for others under a letter.
  public let standIns: Set<EnterpriseID>

  /// Whether the values of the whole plan may be told: bound, parts of the model, changes of the plan.
  public var isWhole: Bool { withheld == nil && enterprise == nil }

  /// The enterprise that reads an edition of its own.
  public var enterprise: EnterpriseID? {
    if case .enterprise(let id) = audience { id } else { nil }
  }

  /// The edition that withholds nothing.
  public init(full result: MatchResult) { self.init(.full, result) }

  /// - Throws: `EditionError.unknownEnterprise`.
  public init(_ audience: Audience, of result: MatchResult) throws(EditionError) {
    switch audience {
    case .full: self.init(.full, result)
    case .board:
      let hidden = result.plan.park.enterprises.filter { $0.disclosure == .confidential }
      self = hidden.isEmpty ? Edition(.board, result) : BoardEdition(result, hidden: hidden).edition
    case .enterprise(let id):
      guard let reader = result.plan.park.enterprise(id) else {
        throw .unknownEnterprise(id, in: result.plan.park)
      }
      self = EnterpriseEdition(result, reader: reader).edition
    }
  }

  init(
    _ audience: Audience, _ result: MatchResult, withheld: Withheld? = nil,
    standIns: Set<EnterpriseID> = []
  ) {
    self.audience = audience
    self.result = result
    self.withheld = withheld
    self.standIns = standIns
  }
}
