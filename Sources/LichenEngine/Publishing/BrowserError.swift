/// No PDF can be made, because no browser prints it.
public enum BrowserError: Error, Hashable, Sendable, CustomStringConvertible {
  /// None of the commands is on the search path.
  case notInstalled(looked: [String])
  /// What `LICHEN_CHROMIUM` names is no program that tells its version.
  case notChromium(path: String)
  case tooOld(path: String, version: Int, least: Int)
  case timedOut(path: String, seconds: Int)
  /// It ended without a PDF.
  case printedNothing(path: String, reason: String)

  public var description: String {
    switch self {
    case .notInstalled(let looked):
      "--format pdf needs Chromium, and none of \(looked.joined(separator: ", ")) is on the search "
        + "path. Install it (Debian, Ubuntu: apt-get install chromium), or name one with "
        + "LICHEN_CHROMIUM."
    case .notChromium(let path):
      "--format pdf needs Chromium, and '\(path)', named by LICHEN_CHROMIUM, does not answer "
        + "--version as Chromium does."
    case .tooOld(let path, let version, let least):
      "--format pdf needs Chromium \(least) or later, which numbers pages; '\(path)' is version "
        + "\(version). Install a later one, or name it with LICHEN_CHROMIUM."
    case .timedOut(let path, let seconds):
      "'\(path)' did not print the report within \(seconds) s."
    case .printedNothing(let path, let reason):
      "'\(path)' printed no PDF: \(reason)"
    }
  }

  /// Whether another command line would help, and not another try.
  public var isMissing: Bool {
    switch self {
    case .notInstalled, .notChromium, .tooOld: true
    case .timedOut, .printedNothing: false
    }
  }
}
