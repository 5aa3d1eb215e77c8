/// Text in HTML and XML.
public enum Markup {
  /// Text that is safe between tags and in quoted attributes, scalar by scalar: a combining mark
  /// behind a quote must not hide the quote. Characters that XML forbids are dropped.
  public static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      case _ where scalar.value < 32 || (scalar.value >= 0xFFFE && scalar.value <= 0xFFFF): continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
