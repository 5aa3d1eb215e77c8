import LichenDomain

extension LegalEffect {
  /// Class of the style sheet that carries the colour.
  var styleClass: String {
    switch self {
    case .allowed: "lg-allowed"
    case .endOfWaste: "lg-eow"
    case .notification: "lg-notification"
    case .permit: "lg-permit"
    case .prohibited: "lg-prohibited"
    }
  }

  /// Dash pattern of a line of `width` px; empty for a solid line. Status shows in colour, dash and
  /// word, so that none is needed alone.
  func dash(width: Double) -> String {
    func attribute(_ parts: [Double]) -> String {
      let text = parts.map { SVG.number($0) }.joined(separator: " ")
      return "stroke-dasharray=\"\(text)\""
    }
    switch self {
    case .allowed: return ""
    case .endOfWaste: return attribute([max(11, width), 3, 2, 3])
    case .notification: return attribute([max(13, 1.2 * width), max(4, 0.4 * width)])
    case .permit: return attribute([max(5, 0.7 * width), max(3, 0.43 * width)])
    case .prohibited: return attribute([1.5, 4])
    }
  }
}

/// Small drawings inside text and tables.
enum Glyph {
  /// A short line in the style of a legal status.
  static func line(_ effect: LegalEffect) -> String {
    let dash: String =
      switch effect {
      case .allowed: ""
      case .endOfWaste: " stroke-dasharray=\"8 2.5 2 2.5\""
      case .notification: " stroke-dasharray=\"9 3\""
      case .permit: " stroke-dasharray=\"4 2.2\""
      case .prohibited: " stroke-dasharray=\"1.5 2.5\""
      }
    return "<svg viewBox=\"0 0 22 8\" aria-hidden=\"true\"><path d=\"M0 4h22\"\(dash)/></svg>"
  }

  /// A bar with its range: gains filled to the right of zero, losses hollow to its left.
  /// - Parameters:
  ///   - low: End of the range; the same as `value` for none.
  ///   - extent: Smallest and largest figure of the column, zero included.
  static func bar(
    _ value: Double, low: Double, high: Double, extent: (Double, Double), isMoney: Bool
  ) -> String {
    let width = 90.0
    let span = extent.1 - extent.0
    guard span > 0 else { return "" }
    func x(_ value: Double) -> Double {
      2 + (min(max(value, extent.0), extent.1) - extent.0) / span * (width - 4)
    }
    let zero = x(0)
    let left = min(zero, x(value))
    let long = max(1, abs(x(value) - zero))
    var svg = SVG()
    svg.rectangle(
      Box(x: left, y: 2, width: long, height: 10),
      "class=\"\(value < 0 ? "bo" : isMoney ? "b1" : "b2")\"")
    if low < high {
      svg.path("M\(SVG.number(x(low))) 7H\(SVG.number(x(high)))", "class=\"wh\"")
    }
    if extent.0 < 0 { svg.path("M\(SVG.number(zero)) 0V14", "class=\"ax\"") }
    return "<svg class=\"bar\" viewBox=\"0 0 90 14\" preserveAspectRatio=\"none\""
      + " aria-hidden=\"true\">\(svg.body)</svg>"
  }

  /// A part of a whole as a thin bar below its figure; nothing below half a per cent.
  static func share(_ part: Double, of whole: Double) -> String {
    guard whole > 0, part / whole >= 0.005 else { return "" }
    return "<i class=\"sb\" style=\"width:\(SVG.number(min(1, part / whole) * 100))%\"></i>"
  }

  /// A dot on a grey segment on a line from 0: a figure with its range.
  static func range(_ value: Estimate) -> String {
    guard !value.isExact else { return "" }
    let low = min(0, value.low)
    let high = max(0, value.high)
    let width = 160.0
    func x(_ value: Double) -> Double { 6 + (value - low) / (high - low) * (width - 12) }
    var svg = SVG()
    svg.path("M2 6H158", "class=\"ax\"")
    svg.path("M\(SVG.number(x(0))) 2V10", "class=\"ax\"")
    svg.path("M\(SVG.number(x(value.low))) 6H\(SVG.number(x(value.high)))", "class=\"rg\"")
    svg.circle(Point(x: x(value.typical), y: 6), radius: 4, "class=\"pt\"")
    return "<svg class=\"rf\" viewBox=\"0 0 160 12\" aria-hidden=\"true\">\(svg.body)</svg>"
  }
}
