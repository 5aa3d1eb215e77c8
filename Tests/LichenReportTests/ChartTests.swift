import LichenTestSupport
import Testing

@testable import LichenReport

/// Charts of any figures stay inside their frame and know no figure that is none.
@Suite struct ChartTests {
  @Test(arguments: UInt64(1)...40) func axesHoldTheirValuesAndTicks(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let scale: Double = random.element(of: [1e-6, 1, 1e3, 1e9])
    let values = (0..<random.whole(in: 1...9)).map { _ in scale * random.number(in: -1...1) }
    for isTight in [false, true] {
      for holdsZero in [false, true] {
        let axis = ChartAxis(values, holdsZero: holdsZero, isTight: isTight)
        #expect(axis.lower < axis.upper)
        let room = 1e-9 * (axis.upper - axis.lower)
        for value in values + (holdsZero ? [0] : []) {
          #expect(value >= axis.lower - room && value <= axis.upper + room)
        }
        #expect(axis.ticks.count >= 1 && axis.ticks.count <= 14)
        for tick in axis.ticks {
          #expect(tick >= axis.lower - room && tick <= axis.upper + room)
        }
        for (one, next) in zip(axis.ticks, axis.ticks.dropFirst()) { #expect(one < next) }
      }
    }
  }

  @Test func chartsWithoutSpreadAreDrawn() {
    let language = ReportFixture.language
    let charts: [AnalysisChart.Kind] = [
      .bars(BarChart([], unit: "t")),
      .bars(BarChart([.init("a", value: 0, text: "0")], unit: "t")),
      .bars(BarChart([.init("a", value: -5, low: -9, high: 3, text: "−5")], unit: "t")),
      .plot(
        PlotChart(
          x: .init("x"), y: .init("y"), series: [.init("", [(2, 3)], form: .dots)],
          language: language)),
      .plot(PlotChart(x: .init("x"), y: .init("y"), series: [], language: language)),
      .blocks(BlockChart([], x: "x", y: "y", language: language)),
      .blocks(
        BlockChart([.init("a", width: 0, height: 0)], x: "x", y: "y", language: language)),
      .spans(SpanChart(rows: [], columns: [], end: 0, legend: [])),
    ]
    for kind in charts {
      for width in [360.0, 860] {
        let svg = AnalysisChart(kind, caption: "chart").svg(width: width)
        #expect(!svg.contains("nan") && !svg.contains("inf") && svg.hasSuffix("</svg>"))
      }
    }
  }

  /// Gains are filled and right of zero, losses hollow and left of it.
  @Test func barsTellGainsFromLosses() throws {
    let chart = BarChart(
      [.init("gain", value: 10, text: "+10"), .init("loss", value: -10, text: "−10")], unit: "k€")
    let svg = chart.svg(width: 600, label: "balance")
    let bars = svg.matches(
      of: #/<rect x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)"[^>]*class="(b1|bo)"/#)
    try #require(bars.count == 2)
    #expect(bars[0].3 == "b1" && bars[1].3 == "bo")
    let zero = try #require(Double(bars[0].1))
    let start = try #require(Double(bars[1].1))
    let width = try #require(Double(bars[1].2))
    #expect(abs(start + width - zero) <= 0.2)
  }
}
