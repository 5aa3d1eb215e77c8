/// Compares names as people type them: case, accents, punctuation and spaces do not count.
enum FoldedName {
  /// `Khối lượng, cao nhất` and `KHOI LUONG cao nhat` both give `khoi luong cao nhat`.
  static func fold(_ text: some StringProtocol) -> String {
    var result = ""
    var needsSpace = false
    for character in text.lowercased() {
      guard character.isLetter || character.isNumber else {
        needsSpace = !result.isEmpty
        continue
      }
      if needsSpace { result.append(" ") }
      needsSpace = false
      result.append(bases[character] ?? character)
    }
    return result
  }

  /// Vietnamese letters and what they are without their marks. Swift compares characters by
  /// canonical equivalence, so composed and decomposed spellings both match.
  private static let bases: [Character: Character] = {
    let families: [(Character, String)] = [
      ("a", "àáảãạăằắẳẵặâầấẩẫậ"), ("d", "đ"), ("e", "èéẻẽẹêềếểễệ"), ("i", "ìíỉĩị"),
      ("o", "òóỏõọôồốổỗộơờớởỡợ"), ("u", "ùúủũụưừứửữự"), ("y", "ỳýỷỹỵ"), ("2", "²"), ("3", "³"),
    ]
    var bases: [Character: Character] = [:]
    for (base, variants) in families { for variant in variants { bases[variant] = base } }
    return bases
  }()
}
