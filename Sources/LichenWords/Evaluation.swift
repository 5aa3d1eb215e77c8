import Foundation
import LichenDomain

/// How often the true label is among the first proposals.
public struct EvaluationRow: Sendable, Hashable, Codable {
  /// `lichen`, or a baseline.
  public let method: String
  public let withSector: Bool
  /// `all`, `en`, `vi`.
  public let language: String
  /// `code`, `group` (sub-chapter), `chapter`, `material`, `vietnamese code`.
  public let measure: String
  public let rows: Int
  public let cases: Int
  /// Shares 0...1.
  public let top1: Double
  public let top3: Double
  public let top10: Double
  /// 95 % interval of `top1` and `top10`, by resampling cases.
  public let interval1: [Double]
  public let interval10: [Double]
}

/// Proposals of a certain score, and how many of them were right.
public struct ReliabilityBin: Sendable, Hashable, Codable {
  public let list: String
  public let from: Double
  public let to: Double
  public let count: Int
  public let meanScore: Double
  public let shareRight: Double
}

/// Judges ranked proposals against labelled texts.
public struct Evaluation: Sendable, Codable {
  public let rows: [EvaluationRow]
  public let bins: [ReliabilityBin]
  /// Expected calibration error of first proposals, by list.
  public let calibrationError: [String: Double]
  /// First proposals that were clear: how many, and how many of them right, by list.
  public let clear: [String: [Int]]

  static let resamples = 1000
  private static let levels: [(name: String, digits: Int)] = [
    ("code", 6), ("group", 4), ("chapter", 2),
  ]

  /// Place of the truth of one text, by measure; `nil` where there is no label.
  private struct Judged {
    let row: LabelledText
    let withSector: Bool
    let method: String
    let places: [String: Int]
  }

  /// - Parameter rows: Labelled texts that neither weights nor terms have seen.
  public init(classifier: Classifier, rows labelled: [LabelledText]) {
    let baselines = [
      TermFrequencyBaseline(lexicon: classifier.maker.lexicon, name: "TF-IDF, English titles") {
        $0.plainEnglish
      },
      TermFrequencyBaseline(lexicon: classifier.maker.lexicon, name: "TF-IDF, titles in both") {
        $0.plainEnglish + " " + $0.plainVietnamese
      },
    ]
    var judged: [Judged] = []
    var certainty = CertaintyLog()
    for row in labelled.sorted(by: { $0.id < $1.id }) {
      for withSector in [true, false] {
        let found = classifier.scored(
          TargetKind.allCases, row.text, sector: withSector ? row.sector : "",
          isic: withSector ? row.isic : "")
        judged.append(
          Judged(
            row: row, withSector: withSector, method: "lichen",
            places: Self.places(row) {
              (found[$0] ?? []).map(\.id)
            }))
        if withSector { certainty.note(found, row) }
      }
      for baseline in baselines {
        judged.append(
          Judged(
            row: row, withSector: false, method: baseline.name,
            places: Self.places(row) {
              baseline.ranked($0, row.text)
            }))
      }
    }
    rows = Self.table(judged, methods: ["lichen"] + baselines.map(\.name))
    bins = certainty.bins
    calibrationError = certainty.errors
    clear = certainty.clear
  }

  /// Groups and chapters take the place of their first code.
  private static func places(_ row: LabelledText, _ ranked: (TargetKind) -> [String]) -> [String:
    Int]
  {
    var places: [String: Int] = [:]
    if !row.europeanCode.isEmpty {
      let codes = ranked(.european)
      for level in levels {
        var seen: [String] = []
        let truth = row.europeanCode.prefix(level.digits)
        places[level.name] = Int.max
        for code in codes {
          let group = String(code.prefix(level.digits))
          if group == truth {
            places[level.name] = seen.count
            break
          }
          if seen.last != group, !seen.contains(group) { seen.append(group) }
          if seen.count > 10 { break }
        }
      }
    }
    if !row.material.isEmpty {
      places["material"] = ranked(.material).firstIndex(of: row.material) ?? Int.max
    }
    if !row.vietnameseCode.isEmpty {
      places["vietnamese code"] = ranked(.vietnamese).firstIndex(of: row.vietnameseCode) ?? Int.max
    }
    return places
  }

  private static func table(_ judged: [Judged], methods: [String]) -> [EvaluationRow] {
    var rows: [EvaluationRow] = []
    for language in ["all", "en", "vi"] {
      for measure in levels.map(\.name) + ["material", "vietnamese code"] {
        for method in methods {
          for withSector in method == "lichen" ? [true, false] : [false] {
            let chosen = judged.filter {
              $0.method == method && $0.withSector == withSector
                && (language == "all" || $0.row.language == language) && $0.places[measure] != nil
            }
            if chosen.isEmpty { continue }
            rows.append(
              row(
                chosen, method: method, withSector: withSector, language: language, measure: measure
              ))
          }
        }
      }
    }
    return rows
  }

  private static func row(
    _ chosen: [Judged], method: String, withSector: Bool, language: String, measure: String
  ) -> EvaluationRow {
    let byCase = Dictionary(grouping: chosen, by: \.row.group)
    let groups = byCase.keys.sorted().map { byCase[$0]?.compactMap { $0.places[measure] } ?? [] }
    func share(_ limit: Int) -> Double {
      Double(chosen.count { ($0.places[measure] ?? Int.max) < limit }) / Double(chosen.count)
    }
    return EvaluationRow(
      method: method, withSector: withSector, language: language, measure: measure,
      rows: chosen.count, cases: groups.count, top1: share(1), top3: share(3), top10: share(10),
      interval1: interval(groups, limit: 1), interval10: interval(groups, limit: 10))
  }

  /// Percentile bootstrap over cases, seeded, so that a second run gives the same figures.
  private static func interval(_ groups: [[Int]], limit: Int) -> [Double] {
    var state: UInt64 = 20_251_122
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    let counts = groups.map { (hits: $0.count { $0 < limit }, all: $0.count) }
    let shares = (0..<resamples).map { _ -> Double in
      var hits = 0
      var all = 0
      for _ in groups {
        let drawn = counts[Int(next() % UInt64(counts.count))]
        hits += drawn.hits
        all += drawn.all
      }
      return Double(hits) / Double(max(1, all))
    }.sorted()
    return [shares[Int(0.025 * Double(resamples))], shares[Int(0.975 * Double(resamples)) - 1]]
  }
}
