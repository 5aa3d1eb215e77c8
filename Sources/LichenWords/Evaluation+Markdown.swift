import Foundation

extension Evaluation {
  /// The tables of `data/words/README.md`.
  public var markdown: String {
    [
      mainTable, "Scores of first proposals against how often they were right (with sector):",
      reliabilityTable, clearTable,
    ].joined(separator: "\n\n")
  }

  private var mainTable: String {
    let header = """
      | measure | language | method | rows | cases | top-1 % | 95 % interval | top-3 % | top-10 % | \
      95 % interval |
      |---|---|---|---|---|---|---|---|---|---|
      """
    let measures = ["code", "group", "chapter", "material", "vietnamese code"]
    let lines = measures.flatMap { measure in
      rows.filter { $0.measure == measure }.map { row in
        let method =
          row.method == "lichen"
          ? (row.withSector ? "lichen, with sector" : "lichen, without sector") : row.method
        let cells = [
          measure, row.language, method, "\(row.rows)", "\(row.cases)", Self.percent(row.top1),
          Self.range(row.interval1), Self.percent(row.top3), Self.percent(row.top10),
          Self.range(row.interval10),
        ]
        return "| \(cells.joined(separator: " | ")) |"
      }
    }
    return ([header] + lines).joined(separator: "\n")
  }

  private var reliabilityTable: String {
    let lines = bins.map { bin in
      let range = String(format: "%.1f–%.1f", bin.from, bin.to)
      return "| \(bin.list) | \(range) | \(bin.count) | \(Self.percent(bin.meanScore)) | "
        + "\(Self.percent(bin.shareRight)) |"
    }
    return
      (["| list | score | first proposals | mean score % | right % |", "|---|---|---|---|---|"]
      + lines).joined(separator: "\n")
  }

  private var clearTable: String {
    let lines = calibrationError.keys.sorted().map { list in
      let counts = clear[list] ?? [0, 0]
      let error = Self.percent(calibrationError[list] ?? 0)
      return "| \(list) | \(error) | \(counts[0]) | \(counts[1]) |"
    }
    return
      ([
        "| list | expected calibration error, points | clear proposals | right among them |",
        "|---|---|---|---|",
      ] + lines).joined(separator: "\n")
  }

  private static func percent(_ share: Double) -> String { String(format: "%.1f", share * 100) }

  private static func range(_ interval: [Double]) -> String {
    interval.map(percent).joined(separator: "–")
  }
}
