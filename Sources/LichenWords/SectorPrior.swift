import Foundation
import LichenDomain

/// How well codes and materials fit the donor's industry.
struct SectorPrior: Sendable {
  /// Strength 0...1 by sub-chapter (four digits), chapter (two) and material id.
  struct Strengths: Sendable {
    var subChapters: [String: Double] = [:]
    var chapters: [String: Double] = [:]
    var materials: [String: Double] = [:]

    var isEmpty: Bool { subChapters.isEmpty && materials.isEmpty }
  }

  private struct Row: Sendable {
    let sector: WordTables.Sector
    let words: Set<String>
    let foldedWords: Set<String>
  }

  private let rows: [Row]
  /// Rarity of a word among the industries; `processing` tells less than `brewery`.
  private let rarity: [String: Double]
  private let unknownRarity: Double

  /// A row of the donor's own class; of the class above or below; found by words alone.
  private static let exact = 1.0
  private static let broader = 0.6
  private static let narrower = 0.35

  init(_ sectors: [WordTables.Sector]) {
    rows = sectors.sorted { $0.isic < $1.isic }.map { sector in
      let text = WordText(sector.wordsEnglish + " " + sector.wordsVietnamese)
      return Row(sector: sector, words: Set(text.kept), foldedWords: Set(text.folded))
    }
    var counts: [String: Int] = [:]
    for row in rows {
      for word in row.words.union(row.foldedWords) { counts[word, default: 0] += 1 }
    }
    let total = Double(rows.count)
    rarity = counts.mapValues { log(1 + total / Double($0)) }
    unknownRarity = log(1 + total / 8)
  }

  /// Strengths for a class, or for the sector's words where the class is unknown to the table.
  func strengths(sector: String, isic: String) -> Strengths {
    let digits = isic.isEmpty && sector.allSatisfy(\.isNumber) ? sector : isic.filter(\.isNumber)
    var strengths = Strengths()
    for row in rows where !digits.isEmpty {
      let own = row.sector.isic
      if own == digits {
        merge(row, Self.exact, into: &strengths)
      } else if digits.hasPrefix(own) {
        merge(row, Self.broader, into: &strengths)
      } else if own.hasPrefix(digits) || own.prefix(3) == digits.prefix(3) {
        merge(row, Self.narrower, into: &strengths)
      }
    }
    merge(strengths: named(WordText(sector)), into: &strengths)
    return strengths
  }

  /// Strengths of the industries that a text names.
  func named(_ text: WordText) -> Strengths {
    var strengths = Strengths()
    guard !text.kept.isEmpty else { return strengths }
    // Sums in a fixed order: the last digit must not depend on the order of a set.
    let words = Set(text.hasDiacritics ? text.kept : text.folded).sorted()
    let whole = words.reduce(0) { $0 + (rarity[$1] ?? unknownRarity) }
    for row in rows {
      let own = text.hasDiacritics ? row.words : row.foldedWords
      let shared = words.reduce(0) { $0 + (own.contains($1) ? rarity[$1] ?? 0 : 0) }
      if shared > 0 { merge(row, shared / max(whole, 2 * unknownRarity), into: &strengths) }
    }
    return strengths
  }

  private func merge(_ row: Row, _ strength: Double, into strengths: inout Strengths) {
    for sub in row.sector.subChapters {
      let chapter = String(sub.prefix(2))
      strengths.subChapters[sub] = max(strengths.subChapters[sub] ?? 0, strength)
      strengths.chapters[chapter] = max(strengths.chapters[chapter] ?? 0, strength)
    }
    for material in row.sector.materials {
      strengths.materials[material.rawValue] = max(
        strengths.materials[material.rawValue] ?? 0, strength)
    }
  }

  private func merge(strengths other: Strengths, into strengths: inout Strengths) {
    strengths.subChapters.merge(other.subChapters) { max($0, $1) }
    strengths.chapters.merge(other.chapters) { max($0, $1) }
    strengths.materials.merge(other.materials) { max($0, $1) }
  }
}
