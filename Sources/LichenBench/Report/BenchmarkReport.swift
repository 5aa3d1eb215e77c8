import Foundation
import LichenDomain

/// A benchmark as one page of HTML that needs nothing else: tables, plots, no network, no library.
public struct BenchmarkReport: Sendable {
  let result: BenchmarkResult

  public init(_ result: BenchmarkResult) { self.result = result }

  static func exponential(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

  /// The whole page.
  public func html() -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <title>Benchmark \(Markup.escape(result.set))</title>
    <style>\(BenchmarkStyle.css)</style>
    </head>
    <body><div class="wrap">
    <header class="top"><span class="lo">Lichen</span><span>Benchmark of symbiosis planning</span>
    <nav><a href="#a">Result</a><a href="#p">Profile</a><a href="#t">Anytime</a>\
    <a href="#s">Scaling</a><a href="#r">All runs</a><a href="#m">Algorithms</a></nav></header>
    \(headline())\(plots())\(runs())\(methods())
    <footer class="foot">\(Markup.escape(result.machine.text)). Started \
    \(Markup.escape(result.machine.started)).</footer>
    </div>
    <script>\(BenchmarkStyle.script)</script>
    </body></html>
    """
  }

  // MARK: Headline

  private func headline() -> String {
    let count = result.instances.count
    let accepted = result.records.count { $0.value != nil }
    return """
      <section id="a"><p class="eyebrow">Set \(Markup.escape(result.set)), \(count) instances, \
      \(FigureWords.seconds(result.seconds)) s and \(result.threads) \
      thread\(result.threads == 1 ? "" : "s") per run</p>
      <h1>\(Markup.escape(sentence))</h1>
      <p class="lead">\(result.records.count) runs; the plans of \(accepted) were added up anew and \
      accepted in exact arithmetic. Gaps are measured to the best objective known for each instance.</p>
      \(wrongAnswers())\(ranking())</section>
      """
  }

  /// What the reader should take away: who comes closest, and how close.
  private var sentence: String {
    let lines = algorithmLines().filter { $0.solved == result.instances.count }
    guard let best = lines.min(by: { ($0.meanGap ?? 9, $0.cpu) < ($1.meanGap ?? 9, $1.cpu) }),
      let gap = best.meanGap
    else { return "No algorithm has a plan for every instance" }
    return gap <= 1e-8
      ? "\(best.name) reaches the best known value on every instance"
      : "\(best.name) comes closest: \(FigureWords.percent(gap)) from the best known on average"
  }

  private func wrongAnswers() -> String {
    if result.wrong.isEmpty { return "<p class=\"ok\">No wrong answer.</p>" }
    let items = result.wrong.map { "<li>\(Markup.escape($0.description))</li>" }
    return "<ul class=\"bad\">\(items.joined())</ul>"
  }

  private struct AlgorithmTotals {
    let name: String
    let isRandom: Bool
    let solved: Int
    let best: Int
    let proved: Int
    let meanGap: Double?
    let worstGap: Double?
    let cpu: Double
    let peak: Double
  }

  private func algorithmLines() -> [AlgorithmTotals] {
    result.algorithms.map { algorithm in
      let lines = result.summaries.filter { $0.algorithm == algorithm.name }
      let gaps = lines.compactMap(\.medianGap)
      return AlgorithmTotals(
        name: algorithm.name, isRandom: algorithm.isRandom, solved: gaps.count,
        best: gaps.count { $0 <= 1e-6 }, proved: lines.count { $0.status == .optimal },
        meanGap: gaps.isEmpty ? nil : gaps.reduce(0, +) / Double(gaps.count),
        worstGap: lines.compactMap(\.worstGap).max(),
        cpu: lines.reduce(0) { $0 + $1.cpuSeconds }, peak: lines.map(\.peakMegabytes).max() ?? 0)
    }
  }

  private func ranking() -> String {
    let rows = algorithmLines().map { line in
      [
        line.name + (line.isRandom ? " (seeds)" : ""), "\(line.solved)", "\(line.best)",
        "\(line.proved)", FigureWords.percent(line.meanGap), FigureWords.percent(line.worstGap),
        FigureWords.seconds(line.cpu), FigureWords.value(line.peak, digits: 3),
      ]
    }
    return table(
      [
        "algorithm", "plans", "best known reached", "proved", "mean gap", "worst gap",
        "CPU s, sum", "peak MB",
      ], rows, right: Set(1...7), keys: nil)
  }

  // MARK: Plots

  private func plots() -> String {
    var text = section(
      "p", "Performance profile",
      "Share of instances on which an algorithm comes within 1 % of the best known, in at most so many"
        + " times the seconds of the fastest (Dolan and Moré 2002). A line that ends below 100 % did"
        + " not get there on the others.", profile()?.svg())
    text += section(
      "t", "Anytime curves",
      "Mean gap over all instances against time; thin lines are bounds, measured to the same best known."
        + " The integrals in the table below are seconds times gap (Berthold 2013).",
      anytime()?.svg())
    let scaling = scaling()
    let slopes = scaling.map { found in
      found.slopes.map { line in
        "\(line.name) \(FigureWords.value(line.slope, digits: 3)) (\(line.points))"
      }.joined(separator: " · ")
    }
    text += section(
      "s", "Scaling",
      "Seconds to a gap of 1 % against links, on logarithmic axes. Slope of the fitted power law, and"
        + " instances behind it: \(slopes ?? "none")", scaling?.plot.svg())
    return text
  }

  private func section(_ id: String, _ title: String, _ lead: String, _ drawing: String?) -> String
  {
    "<section id=\"\(id)\"><h2>\(title)</h2><p class=\"lead\">\(Markup.escape(lead))</p>"
      + (drawing ?? "<p class=\"foot\">Too few runs for this plot.</p>") + "</section>"
  }

  // MARK: Tables

  private func runs() -> String {
    let (header, rows) = result.table()
    let wide = header + ["primal integral s", "dual integral s"]
    let cells = zip(rows, result.summaries).map { row, line in
      row + [line.primalIntegral, line.dualIntegral].map { $0.map(FigureWords.seconds) ?? "" }
    }
    let keys = result.summaries.map { line -> [Double?] in
      [
        nil, nil, nil, line.medianValue, line.medianGap, line.worstGap, line.ownGap,
        line.cpuSeconds, line.wallSeconds, line.peakMegabytes, line.blockingPairs,
        Double(line.accepted), nil, line.primalIntegral, line.dualIntegral,
      ]
    }
    return "<section id=\"r\"><h2>All runs</h2><p class=\"lead\">Medians over seeds where there are"
      + " several; peak memory is the largest. A click on a heading sorts.</p>"
      + table(wide, cells, right: BenchmarkResult.rightColumns.union([13, 14]), keys: keys)
      + notes() + "</section>"
  }

  private func notes() -> String {
    let noted = result.summaries.filter {
      $0.note != nil && ![.optimal, .feasible].contains($0.status)
    }
    if noted.isEmpty { return "" }
    let items = noted.map {
      "<li>\(Markup.escape("\($0.instance), \($0.algorithm): \($0.note ?? "")"))</li>"
    }
    return "<h3>Runs without a plan</h3><ul class=\"foot\">\(items.joined())</ul>"
  }

  private func methods() -> String {
    let rows = result.algorithms.map { [$0.name, $0.summary, $0.isRandom ? "seeds" : ""] }
    let known = result.instances.map { line in
      [
        line.name, "\(line.links)", FigureWords.value(line.best, digits: 9),
        FigureWords.value(line.bound, digits: 9),
      ]
    }
    return "<section id=\"m\"><h2>Algorithms</h2>"
      + table(["name", "what it does", "random"], rows, right: [], keys: nil)
      + "<h2 class=\"sp\">Instances</h2>"
      + table(["instance", "links", "best known", "bound"], known, right: [1, 2, 3], keys: nil)
      + "</section>"
  }

  /// - Parameter keys: What to sort cells by, where their text does not say.
  private func table(
    _ header: [String], _ rows: [[String]], right: Set<Int>, keys: [[Double?]]?
  ) -> String {
    func kind(_ column: Int) -> String { right.contains(column) ? " class=\"r\"" : "" }
    let head = header.enumerated().map {
      "<th\(kind($0)) scope=\"col\"><button>\(Markup.escape($1))</button></th>"
    }
    let body = rows.enumerated().map { place, row in
      let cells = row.enumerated().map { column, cell -> String in
        let key = keys?[place][column].map { " data-k=\"\($0)\"" } ?? ""
        return "<td\(kind(column))\(key)>\(Markup.escape(cell))</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return "<div class=\"sc\"><table class=\"so\"><thead><tr>\(head.joined())</tr></thead><tbody>"
      + "\(body.joined(separator: "\n"))</tbody></table></div>"
  }
}
