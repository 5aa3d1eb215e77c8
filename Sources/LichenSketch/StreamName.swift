import LichenDomain

/// Makes ids of names: lower-case ASCII letters and digits parted by `-`.
enum StreamName {
  /// Longest id that a name makes, so that enterprise and stream together stay below the rule's 80.
  static let maximumLength = 38

  /// Letters of other scripts lose their marks where they have an ASCII base, else they part words.
  static func slug(_ name: String) -> String {
    var words: [String] = []
    var word = ""
    for scalar in name.lowercased().unicodeScalars {
      if let letter = base(of: scalar) {
        word.unicodeScalars.append(letter)
      } else if scalar.properties.canonicalCombiningClass == .notReordered, !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    var text = ""
    for word in words {
      let next = text.isEmpty ? word : text + "-" + word
      if next.utf8.count > maximumLength { break }
      text = next
    }
    if text.isEmpty { text = String(words.first?.prefix(maximumLength) ?? "") }
    return text
  }

  private static let marked: [(String, Unicode.Scalar)] = [
    ("àáảãạăằắẳẵặâầấẩẫậäå", "a"), ("èéẻẽẹêềếểễệë", "e"), ("ìíỉĩịï", "i"),
    ("òóỏõọôồốổỗộơờớởỡợöø", "o"), ("ùúủũụưừứửữựü", "u"), ("ỳýỷỹỵ", "y"), ("đ", "d"), ("ç", "c"),
    ("ñ", "n"),
  ]

  private static func base(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) { return scalar }
    return marked.first { $0.0.unicodeScalars.contains(scalar) }?.1
  }

  /// `wanted`, or the same with the lowest number behind it that is not taken yet.
  static func unused(_ wanted: String, among taken: inout Set<String>) -> String {
    var id = wanted
    var number = 2
    while taken.contains(id) {
      id = "\(wanted)-\(number)"
      number += 1
    }
    taken.insert(id)
    return id
  }
}
