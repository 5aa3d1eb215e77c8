import LichenDomain

/// Builds the text of one drawing; everything from data is escaped.
struct SVG: Sendable {
  private(set) var body = ""

  /// One decimal is a tenth of a pixel; more would only make the file larger.
  static func number(_ value: Double) -> String {
    tenths(Int((value * 10).rounded()))
  }

  static func tenths(_ tenths: Int) -> String {
    let whole = abs(tenths) / 10
    let rest = abs(tenths) % 10
    return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
  }

  mutating func path(_ data: String, _ attributes: String) {
    body += "<path d=\"\(data)\" \(attributes)/>"
  }

  /// A path with a tooltip of its own.
  mutating func path(_ data: String, _ attributes: String, title: String) {
    body += "<path d=\"\(data)\" \(attributes)><title>\(Markup.escape(title))</title></path>"
  }

  mutating func circle(_ centre: Point, radius: Double, _ attributes: String) {
    body +=
      "<circle cx=\"\(Self.number(centre.x))\" cy=\"\(Self.number(centre.y))\""
      + " r=\"\(Self.number(radius))\" \(attributes)/>"
  }

  mutating func rectangle(_ box: Box, _ attributes: String) {
    body +=
      "<rect x=\"\(Self.number(box.x))\" y=\"\(Self.number(box.y))\""
      + " width=\"\(Self.number(box.width))\" height=\"\(Self.number(box.height))\""
      + " \(attributes)/>"
  }

  mutating func text(_ text: String, at point: Point, anchor: String, _ attributes: String = "") {
    body +=
      "<text x=\"\(Self.number(point.x))\" y=\"\(Self.number(point.y))\""
      + " text-anchor=\"\(anchor)\"\(attributes.isEmpty ? "" : " " + attributes)>"
      + Markup.escape(text) + "</text>"
  }

  /// A group with a tooltip.
  mutating func group(_ attributes: String, title: String? = nil, _ draw: (inout SVG) -> Void) {
    body += "<g \(attributes)>"
    if let title { body += "<title>\(Markup.escape(title))</title>" }
    draw(&self)
    body += "</g>"
  }

  /// A group that leads somewhere, by mouse and by keyboard.
  /// - Parameter label: Read out in place of it.
  mutating func link(
    _ target: String, _ attributes: String, label: String, _ draw: (inout SVG) -> Void
  ) {
    body +=
      "<a href=\"\(Markup.escape(target))\" aria-label=\"\(Markup.escape(label))\" \(attributes)>"
    body += "<title>\(Markup.escape(label))</title>"
    draw(&self)
    body += "</a>"
  }

  /// The whole drawing.
  /// - Parameter label: Read out in place of the drawing.
  func drawing(width: Double, height: Double, label: String, _ attributes: String) -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\""
      + " viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\""
      + " role=\"img\" aria-label=\"\(Markup.escape(label))\" \(attributes)>\(body)</svg>"
  }

  static func curve(_ curve: Curve) -> String {
    "M\(pair(curve.start))Q\(pair(curve.control)) \(pair(curve.end))"
  }

  static func polygon(_ points: [Point]) -> String {
    "M" + points.map(pair).joined(separator: "L") + "Z"
  }

  static func pair(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }
}

/// Estimates how wide text is, since nothing here can measure a font.
enum TextMetrics {
  /// Widths in em of common sans-serif faces, rounded up.
  static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    var em = 0.0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "i", "j", "l", "I", ".", ",", "'", "|", ":", ";", "!": em += 0.29
      case "f", "t", "r", " ", "(", ")", "-", "/", "\u{00A0}": em += 0.37
      case "m", "w", "M", "W", "@", "%": em += 0.88
      case "A"..."Z": em += 0.7
      case _ where scalar.value >= 0x2E80: em += 1.02
      case _ where scalar.properties.canonicalCombiningClass != .notReordered: continue
      default: em += 0.6
      }
    }
    return em * size * (isBold ? 1.11 : 1)
  }

  /// Breaks text between words into at most `lines` lines; the rest becomes an ellipsis.
  static func wrap(_ text: String, width: Double, size: Double, lines: Int = 2) -> [String] {
    var result: [String] = []
    var line = ""
    let words = text.split(separator: " ").map(String.init)
    for (index, word) in words.enumerated() {
      let extended = line.isEmpty ? word : "\(line) \(word)"
      if line.isEmpty || self.width(extended, size: size) <= width {
        line = extended
      } else if result.count + 1 < lines {
        result.append(line)
        line = word
      } else {
        line = ([line] + words[index...]).joined(separator: " ")
        break
      }
    }
    result.append(line)
    return result.map { clip($0, width: width, size: size) }
  }

  /// Shortens text to a width with an ellipsis.
  static func clip(_ text: String, width: Double, size: Double) -> String {
    guard self.width(text, size: size) > width else { return text }
    var kept = text
    while !kept.isEmpty, self.width(kept + "…", size: size) > width { kept.removeLast() }
    return String(kept).trimmingSpaces() + "…"
  }
}
