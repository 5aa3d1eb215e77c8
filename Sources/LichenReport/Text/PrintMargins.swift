import LichenDomain

/// What stands in the margin of every printed page: the park and the page's number.
enum PrintMargins {
  /// A style sheet of its own; where and how the texts stand is in the report's.
  static func css(_ context: ReportContext) -> String {
    // Marks that no text of a language file holds.
    let (page, pages) = ("\u{1}", "\u{2}")
    let number = context.language.text("page.number", ["page": page, "pages": pages])
    var parts: [String] = []
    var text = ""
    func end() {
      if !text.isEmpty { parts.append(quoted(text)) }
      text = ""
    }
    for scalar in number.unicodeScalars {
      switch scalar {
      case "\u{1}":
        end()
        parts.append("counter(page)")
      case "\u{2}":
        end()
        parts.append("counter(pages)")
      default: text.unicodeScalars.append(scalar)
      }
    }
    end()
    return "@page{@bottom-left{content:\(quoted(context.park.settings.title))}"
      + "@bottom-right{content:\(parts.joined(separator: " "))}}"
  }

  /// A string of a style sheet that stands inside a page: neither ends early.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      if properties.isWhitespace {
        result += " "
      } else if properties.generalCategory == .control {
        continue
      } else if scalar.isASCII, !properties.isAlphabetic, properties.numericType == nil {
        result += "\\" + String(scalar.value, radix: 16) + " "
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
