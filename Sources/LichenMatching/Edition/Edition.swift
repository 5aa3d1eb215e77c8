import LichenDomain

/// What one audience may see of a match.
///
/// Everything that is withheld is absent from `result`: whoever writes an edition cannot tell more than
/// the audience may know.
public struct Edition: Sendable {
  public let audience: Audience
  public let result: MatchResult

  /// The edition that withholds nothing.
  public init(full result: MatchResult) {
    audience = .full
    self.result = result
  }
}
