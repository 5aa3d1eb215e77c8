import Foundation
import LichenIO

/// The result as tables for spreadsheets, terminals and documents.
extension BenchmarkResult {
  /// Columns of `results.csv`: one row per run.
  static let columns = [
    "instance", "links", "algorithm", "seed", "threads", "time_limit_s", "status", "stop_rule",
    "value", "gap_to_best_known", "bound", "gap_to_own_bound", "cpu_s", "wall_s", "process_cpu_s",
    "peak_mb", "open_links", "blocking_pairs", "primal_integral_s", "dual_integral_s", "version",
    "note",
  ]

  /// One row per run.
  public func csv() -> [UInt8] {
    func number(_ value: Double?) -> CSVWriter.Cell { value.map { .number($0) } ?? .blank }
    let best = Dictionary(instances.map { ($0.name, $0.best) }, uniquingKeysWith: { $1 })
    let rows = records.map { record -> [CSVWriter.Cell] in
      let known = best[record.key.instance] ?? nil
      let gap = record.value.flatMap { value in
        known.map { $0 == value ? 0 : ($0 - value) / max(abs($0), 1e-10) }
      }
      let horizon = record.key.seconds
      let identity: [CSVWriter.Cell] = [
        .text(record.key.instance), .number(Double(record.links)), .text(record.key.algorithm),
        .text("\(record.key.seed)"), .number(Double(record.key.threads)), .number(horizon),
        .text(record.status.rawValue), .text(record.stopRule ?? ""),
      ]
      let quality: [CSVWriter.Cell] = [
        number(record.value), number(gap), number(record.bound), number(record.ownGap),
        .number(record.cpuSeconds), .number(record.wallSeconds), .number(record.processSeconds),
        .number(record.peakMegabytes), number(record.openLinks.map(Double.init)),
        number(record.blockingPairs.map(Double.init)),
        number(known.map { AnytimeIntegral.primal(record.curve, best: $0, horizon: horizon) }),
        number(
          record.bound == nil
            ? nil : known.map { AnytimeIntegral.dual(record.curve, best: $0, horizon: horizon) }),
      ]
      return identity + quality + [
        .text(record.key.version),
        .text(([record.note].compactMap(\.self) + record.violations).joined(separator: "; ")),
      ]
    }
    return CSVWriter.resultTable(header: Self.columns, rows: rows)
  }

  /// Header and rows of the table for people: one row per instance and algorithm.
  public func table() -> (header: [String], rows: [[String]]) {
    let header = [
      "instance", "algorithm", "status", "value", "gap to best", "worst", "own gap", "CPU s",
      "wall s", "MB", "blocking", "runs", "stopped by",
    ]
    let rows = summaries.map { line in
      [
        line.instance, line.algorithm, line.status.rawValue, FigureWords.value(line.medianValue),
        FigureWords.percent(line.medianGap), FigureWords.percent(line.worstGap),
        FigureWords.percent(line.ownGap), FigureWords.seconds(line.cpuSeconds),
        FigureWords.seconds(line.wallSeconds), FigureWords.value(line.peakMegabytes, digits: 3),
        line.blockingPairs.map { FigureWords.value($0, digits: 6) } ?? "",
        line.accepted == line.runs ? "\(line.runs)" : "\(line.accepted) of \(line.runs)",
        line.stopRule ?? "",
      ]
    }
    return (header, rows)
  }

  /// Columns of `table` that hold figures.
  public static let rightColumns: Set<Int> = [3, 4, 5, 6, 7, 8, 9, 10, 11]

  /// Text of the marked section of a document of results.
  public func markdown() -> String {
    let (header, rows) = table()
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let rule = header.indices.map { Self.rightColumns.contains($0) ? "---:" : "---" }
    var text = [
      "Set `\(set)`, \(FigureWords.seconds(seconds)) s and \(threads) thread\(threads == 1 ? "" : "s") per run; "
        + "\(machine.started).", "", machine.text, "", line(header), line(rule),
    ]
    text += rows.map(line)
    text += ["", "| algorithm | what it does |", "| --- | --- |"]
    text += algorithms.map { line([$0.name, $0.summary]) }
    if !wrong.isEmpty { text += [""] + wrong.map { "- \($0)" } }
    return text.joined(separator: "\n")
  }
}

/// Short words for figures in tables.
enum FigureWords {
  /// Six significant digits by default; empty if unknown.
  static func value(_ value: Double?, digits: Int = 7) -> String {
    guard let value else { return "" }
    if value == 0 { return "0" }
    let size = Int(log10(abs(value)).rounded(.down)) + 1
    let decimals = max(0, digits - max(size, 1))
    var text = String(format: "%.\(min(decimals, 6))f", abs(value))
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return (value < 0 && text != "0" ? "−" : "") + text
  }

  /// Percent with as many digits as tell small gaps apart.
  static func percent(_ share: Double?) -> String {
    guard let share else { return "" }
    let percent = share * 100
    if abs(percent) < 5e-7 { return "0 %" }
    let decimals = abs(percent) >= 10 ? 1 : abs(percent) >= 0.1 ? 2 : abs(percent) >= 0.001 ? 4 : 6
    return (percent < 0 ? "−" : "") + String(format: "%.\(decimals)f %%", abs(percent))
  }

  static func seconds(_ value: Double) -> String {
    String(format: value < 0.1 ? "%.3f" : value < 10 ? "%.2f" : "%.1f", value)
  }
}
