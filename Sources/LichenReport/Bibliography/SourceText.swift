/// What a source in free words says of itself: addresses and a year.
struct SourceText {
  let text: String

  init(_ text: String) { self.text = text.trimmingSpaces() }

  /// Web addresses in order, without the punctuation that ends a sentence.
  var urls: [String] { addresses.map { String(text[$0]) } }

  /// The words without addresses; empty when there are none.
  var words: String {
    var words = ""
    var rest = text.startIndex
    for range in addresses {
      words += text[rest..<range.lowerBound]
      rest = range.upperBound
    }
    words += text[rest...]
    let joined = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return joined.contains(where: { $0.isLetter || $0.isNumber })
      ? joined.trimming { " ;,:·".contains($0) } : ""
  }

  /// The first year of the words, 1900...2099; not the one of an address.
  var year: Int? {
    var digits = ""
    for character in words + " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      if digits.count == 4, let year = Int(digits), (1900...2099).contains(year) { return year }
      digits = ""
    }
    return nil
  }

  private var addresses: [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    var start = text.startIndex
    while let range = text[start...].firstRange(of: #/https?:\/\/[^\s;"<>]+/#) {
      var end = range.upperBound
      while end > range.lowerBound {
        let last = text[text.index(before: end)]
        // A bracket belongs to the address only if it was opened in it.
        let isOpened = last == ")" && text[range.lowerBound..<end].contains("(")
        if ".,:".contains(last) || (last == ")" && !isOpened) {
          end = text.index(before: end)
        } else {
          break
        }
      }
      found.append(range.lowerBound..<end)
      start = range.upperBound
    }
    return found
  }
}

extension String {
  /// Without leading and trailing characters of a kind.
  fileprivate func trimming(_ isDropped: (Character) -> Bool) -> String {
    var text = Substring(self)
    while let first = text.first, isDropped(first) { text.removeFirst() }
    while let last = text.last, isDropped(last) { text.removeLast() }
    return String(text)
  }
}
