extension AnalysisSection {
  /// What the template `analysis` shows of it, for pages that are no report.
  public var view: any Sendable { AnalysisView(self, letter: "") }
}
