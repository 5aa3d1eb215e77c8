import LichenDomain

/// A plot of lines or dots as SVG, with the name of each series at its right end.
struct Plot: Sendable {
  struct Series: Sendable {
    let name: String
    /// Number of the line style, the same in all plots of a report.
    let style: Int
    let points: [(x: Double, y: Double)]
    var isStepped = false
    var hasDots = false
    /// Drawn thinner and without a name: a second line of a series.
    var isCompanion = false
  }

  static let width = 760.0
  static let height = 340.0
  private static let left = 76.0
  private static let right = 178.0
  private static let top = 14.0
  private static let bottom = 46.0
  private static let leading = 14.0

  let label: String
  let x: PlotAxis
  let y: PlotAxis
  let series: [Series]

  func svg() -> String {
    let drawn = series.filter { !$0.points.isEmpty }
    var body = axes()
    for line in drawn { body += draw(line) }
    body += names(drawn.filter { !$0.isCompanion })
    return
      "<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.text(Self.width))"
      + " \(Self.text(Self.height))\" role=\"img\" aria-label=\"\(Markup.escape(label))\">\(body)</svg>"
  }

  private func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let width = Self.width - Self.left - Self.right
    let height = Self.height - Self.top - Self.bottom
    return (Self.left + width * self.x.place(x), Self.top + height * (1 - self.y.place(y)))
  }

  private func axes() -> String {
    var body = ""
    let (left, bottom) = (Self.left, Self.height - Self.bottom)
    let right = Self.width - Self.right
    for tick in x.ticks {
      let place = point(tick, y.lower).x
      body += line(place, Self.top, place, bottom, "grid")
      body += label(x.words(tick), place, bottom + 16, "middle")
    }
    for tick in y.ticks {
      let place = point(x.lower, tick).y
      body += line(left, place, right, place, "grid")
      body += label(y.words(tick), left - 7, place + 4, "end")
    }
    body += line(left, bottom, right, bottom, "axis") + line(left, Self.top, left, bottom, "axis")
    body += label(x.label, (left + right) / 2, Self.height - 8, "middle", "ttl")
    let middle = Self.text((Self.top + bottom) / 2)
    body +=
      "<text class=\"ttl\" text-anchor=\"middle\" transform=\"translate(13 \(middle)) rotate(-90)\">"
      + "\(Markup.escape(y.label))</text>"
    return body
  }

  private func draw(_ series: Series) -> String {
    var data = ""
    var last: (x: Double, y: Double)?
    var dots = ""
    for value in series.points {
      let place = point(value.x, value.y)
      if let last, series.isStepped {
        data += "L\(Self.text(place.x)) \(Self.text(last.y))"
      }
      data += "\(last == nil ? "M" : "L")\(Self.text(place.x)) \(Self.text(place.y))"
      last = place
      if series.hasDots {
        dots +=
          "<circle class=\"d\(series.style % LineStyle.count)\" cx=\"\(Self.text(place.x))\""
          + " cy=\"\(Self.text(place.y))\" r=\"3.2\"/>"
      }
    }
    let kind = series.isCompanion ? " thin" : ""
    let path =
      series.hasDots && !series.isCompanion
      ? "" : "<path class=\"l\(series.style % LineStyle.count)\(kind)\" d=\"\(data)\"/>"
    return "<g><title>\(Markup.escape(series.name))</title>\(path)\(dots)</g>"
  }

  /// Names beside the ends of lines, pushed apart so that none covers another.
  private func names(_ series: [Series]) -> String {
    let edge = Self.width - Self.right
    var ends = series.compactMap { series in
      series.points.last.map { (series: series, end: point($0.x, $0.y)) }
    }
    ends.sort { ($0.end.y, $0.series.name) < ($1.end.y, $1.series.name) }
    var places: [Double] = []
    for end in ends {
      places.append(max(end.end.y, (places.last ?? -.infinity) + Self.leading))
    }
    let overflow = (places.last ?? 0) - (Self.height - Self.bottom)
    if overflow > 0 {
      for index in places.indices.reversed() {
        let limit =
          index == places.count - 1 ? Self.height - Self.bottom : places[index + 1] - Self.leading
        places[index] = min(places[index], limit)
      }
    }
    var body = ""
    for (end, place) in zip(ends, places) {
      let style = end.series.style % LineStyle.count
      body += line(end.end.x + 3, end.end.y, edge + 10, place, "lead")
      body +=
        "<path class=\"l\(style)\" d=\"M\(Self.text(edge + 12)) \(Self.text(place))h18\"/>"
      body += label(end.series.name, edge + 35, place + 4, "start", "n\(style)")
    }
    return body
  }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String)
    -> String
  {
    "<path class=\"\(kind)\" d=\"M\(Self.text(x1)) \(Self.text(y1))L\(Self.text(x2)) \(Self.text(y2))\"/>"
  }

  private func label(
    _ text: String, _ x: Double, _ y: Double, _ anchor: String, _ kind: String = "tk"
  ) -> String {
    "<text class=\"\(kind)\" x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" text-anchor=\"\(anchor)\">"
      + "\(Markup.escape(text))</text>"
  }

  /// A tenth of a pixel is enough.
  static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let rest = abs(tenths) % 10
    return (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10)" + (rest == 0 ? "" : ".\(rest)")
  }
}

/// Styles of lines: six inks times three strokes, so that each algorithm keeps its own in all plots.
enum LineStyle {
  static let inks = 6
  static let strokes = ["", "6 3", "2 3"]
  static let count = inks * strokes.count

  static var css: String {
    (0..<count).map { style in
      let dash = strokes[style / inks]
      let stroke = dash.isEmpty ? "" : ";stroke-dasharray:\(dash)"
      return
        ".l\(style){stroke:var(--c\(style % inks))\(stroke)}.d\(style){fill:var(--c\(style % inks))}"
        + ".n\(style){fill:var(--c\(style % inks))}"
    }.joined(separator: "\n")
  }
}
