import LichenDomain

/// A question that has no answer.
public enum AnalysisError: Error, Equatable, CustomStringConvertible {
  /// No plan was found to ask about.
  case noPlan
  /// What is required cannot be kept by these firms alone.
  case noPlanOfFirms([EnterpriseID])

  public var description: String {
    switch self {
    case .noPlan:
      "There is no plan to ask about: what is required cannot be kept, or the search was too short."
    case .noPlanOfFirms(let firms):
      "The firms \(firms.map(\.rawValue).joined(separator: ", ")) alone cannot keep what is required, so "
        + "that no split can be judged; plan without required exchanges."
    }
  }
}
