import Foundation

/// Makes words comparable: Unicode form, case, place of the tone mark, spelling, plural, noise.
public enum WordNormaliser {
  /// Words of a text without noise; equal for texts that differ only in what does not matter.
  public static func text(_ text: String) -> WordText {
    let pieces = pieces(of: text)
    var words: [String] = []
    var percent: Double?
    var temperature: Double?
    var afterNumber: Double?
    for piece in pieces {
      if let number = Double(piece.replacing(",", with: ".")) {
        afterNumber = number
        continue
      }
      if let number = afterNumber {
        if shares.contains(piece) { percent = percent ?? number }
        if degrees.contains(piece) { temperature = temperature ?? number }
        if shares.contains(piece) || degrees.contains(piece) { continue }
        if units.contains(piece) { continue }
      }
      afterNumber = nil
      if piece.contains(where: { $0.isLetter }) { words.append(piece) }
    }
    let hazard = hazardCue(words)
    let kept = withoutStopWords(words).map(standardWord)
    return WordText(kept: kept, percent: percent, temperatureCelsius: temperature, hazard: hazard)
  }

  /// Runs of letters and digits, numbers with their decimal mark, and the signs of units.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var current = ""
    func flush() {
      if !current.isEmpty { pieces.append(current) }
      current = ""
    }
    let characters = Array(text.precomposedStringWithCanonicalMapping.lowercased())
    for (index, character) in characters.enumerated() {
      if character.isLetter || character.isNumber {
        // A unit may touch its number: 20kg, 80c. A formula begins with a letter: h2so4.
        if character.isLetter, !current.isEmpty,
          current.allSatisfy({ $0.isNumber || $0 == "." || $0 == "," })
        {
          flush()
        }
        current.append(character)
      } else if character == "." || character == ",", index + 1 < characters.count,
        characters[index + 1].isNumber, !current.isEmpty, current.allSatisfy(\.isNumber)
      {
        current.append(character)
      } else {
        flush()
        if character == "%" || character == "°" { pieces.append(String(character)) }
      }
    }
    flush()
    return pieces
  }

  /// Without diacritics; `đ` becomes `d`.
  public static func folded(_ word: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in word.decomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar {
      case "đ": scalars.append("d")
      case "Đ": scalars.append("D")
      case _ where scalar.properties.canonicalCombiningClass != .notReordered: continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// One spelling for words that are written in several.
  static func standardWord(_ word: String) -> String {
    if let standard = spellings[word] { return standard }
    if word.utf8.contains(where: { $0 > 127 }) { return newTonePlace(word) }
    let single = singular(word)
    return spellings[single] ?? single
  }

  /// `thuỷ` and `thủy`, `hoá` and `hóa` are one word: the mark goes to the first of the two vowels
  /// where the syllable ends in oa, oe or uy and does not begin with q.
  private static func newTonePlace(_ word: String) -> String {
    let scalars = Array(word.decomposedStringWithCanonicalMapping.unicodeScalars)
    guard scalars.count >= 3, let tone = scalars.last, tones.contains(tone) else { return word }
    let vowels = (scalars[scalars.count - 3], scalars[scalars.count - 2])
    let isPair =
      (vowels.0 == "o" && (vowels.1 == "a" || vowels.1 == "e"))
      || (vowels.0 == "u" && vowels.1 == "y")
    guard isPair, scalars.first != "q" else { return word }
    var moved = Array(scalars.dropLast(2))
    moved += [tone, vowels.1]
    var view = String.UnicodeScalarView()
    view.append(contentsOf: moved)
    return String(view).precomposedStringWithCanonicalMapping
  }

  /// English plural off; short words are left alone.
  private static func singular(_ word: String) -> String {
    guard word.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"),
      !word.hasSuffix("is")
    else { return word }
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    for ending in ["sses", "ches", "shes", "xes"] where word.hasSuffix(ending) {
      return String(word.dropLast(2))
    }
    return String(word.dropLast())
  }

  private static func hazardCue(_ words: [String]) -> WordText.HazardCue? {
    for (index, word) in words.enumerated() {
      let last = index > 0 ? words[index - 1] : ""
      let before = words[max(0, index - 7)..<index]
      let isHazard =
        ["hazardous", "haz", "toxic", "nonhazardous", "inert"].contains(word)
        || (word == "hại" && last == "nguy") || (word == "hai" && last == "nguy")
      if isHazard {
        let isDenied =
          word == "nonhazardous" || word == "inert"
          || before.contains { ["non", "not", "no", "không", "khong", "without"].contains($0) }
        return isDenied ? .notHazardous : .hazardous
      }
    }
    let isSoiled = words.contains { soiled.contains($0) }
    return isSoiled ? .hazardous : nil
  }

  private static let tones: Set<Unicode.Scalar> = [
    "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}",
  ]
  private static let soiled: Set<String> = [
    "contaminated", "oily", "soiled", "nhiễm", "dính", "lẫn", "độc",
  ]
  private static let shares: Set<String> = ["%", "percent"]
  private static let degrees: Set<String> = ["°", "°c", "c", "celsius", "degc"]
  private static let units: Set<String> = [
    "t", "tấn", "tonne", "tonnes", "ton", "tons", "kg", "g", "mg", "l", "lit", "lít", "litre",
    "litres", "m", "m2", "m3", "nm3", "cm", "mm", "bar", "kw", "mw", "kwh", "mwh", "gj", "ppm",
    "độ", "deg", "degrees", "yr", "year", "năm", "day", "ngày", "tháng", "month", "k", "f",
  ]

  /// A word may be noise in one language and the heart of the matter in the other: `than` is coal,
  /// `in` is print. So each list is used on its own language only.
  private static func withoutStopWords(_ words: [String]) -> [String] {
    if words.contains(where: { $0.utf8.contains { $0 > 127 } }) {
      return words.filter { !vietnameseStopWords.contains($0) }
    }
    return words.enumerated().filter { place, word in
      if word == "than" {
        return place == 0 || !["other", "more", "less"].contains(words[place - 1])
      }
      return !stopWords.contains(word)
    }.map(\.element)
  }

  /// Words that carry no meaning in a title or a description; words of hazard became a cue.
  private static let stopWords: Set<String> = [
    "the", "a", "an", "of", "and", "or", "from", "in", "with", "for", "to", "by", "on", "at", "as",
    "other", "those", "that", "which", "mentioned", "not", "otherwise", "specified", "containing",
    "contain", "contains", "consisting", "including", "included", "example", "etc", "such", "their",
    "its", "this", "these", "be", "is", "are", "has", "have", "been", "non", "no", "hazardous",
    "haz", "nonhazardous", "inert", "substance", "substances", "type", "types", "kind", "various",
    "approx", "about", "ca", "per", "during", "processes", "mfsu", "msfu", "except", "excluding",
    "only", "after", "before", "via", "cua", "cac", "duoc", "khong", "nguy", "vao", "tren", "hoac",
  ]

  private static let vietnameseStopWords: Set<String> = [
    "và", "hoặc", "của", "từ", "các", "những", "có", "trong", "bị", "khác", "được", "là", "cho",
    "chưa", "nêu", "ở", "nơi", "như", "kể", "cả", "quá", "trình", "trừ", "với", "khi", "không",
    "chứa", "nguy", "hại", "để", "này", "do", "bằng", "theo", "tại", "vào", "trên", "đã",
  ]

  private static let spellings: [String: String] = [
    "aluminum": "aluminium", "sulfur": "sulphur", "sulfuric": "sulphuric", "sulfate": "sulphate",
    "sulfide": "sulphide", "fiber": "fibre", "fiberglass": "fibreglass", "tire": "tyre",
    "fertilizer": "fertiliser", "galvanizing": "galvanising", "galvanized": "galvanised",
    "anodizing": "anodising", "desulfurization": "desulphurisation",
    "desulphurization": "desulphurisation", "desulfurisation": "desulphurisation",
    "neutralization": "neutralisation", "mold": "mould", "molding": "moulding",
    "color": "colour", "leave": "leaf", "axít": "axit", "sunphuric": "sunfuric",
    "sulfuaric": "sunfuric", "clohidric": "clohydric", "nylon": "nilon", "nilông": "nilon",
    "amiang": "amiăng", "catton": "carton", "cactong": "carton",
  ]
}
