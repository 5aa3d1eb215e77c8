/// A format that a report can take.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// One page that needs no network.
  case html
}
