import LichenPlanning

/// Turns a match result into one self-contained HTML page.
public enum HTMLReport {
  /// - Throws: `MustacheTemplate.ParserError` if an asset is not valid Mustache.
  public static func render(_ result: MatchResult, language: Language, assets: ReportAssets) throws
    -> String
  {
    ""
  }
}
