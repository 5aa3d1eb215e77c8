import LichenPlanning

/// Tables for machines: English column names, plain numbers.
public enum ResultTables {
  /// One row per candidate, in order of id.
  public static func candidates(_ result: MatchResult, language: Language) -> (
    header: [String], rows: [[String]]
  ) { ([], []) }

  /// One row per planned exchange, in order of rank.
  public static func exchanges(_ result: MatchResult, language: Language) -> (
    header: [String], rows: [[String]]
  ) { ([], []) }
}
