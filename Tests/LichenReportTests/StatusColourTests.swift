import Foundation
import Testing

/// The five status colours, as readers with every kind of colour vision see them.
@Suite struct StatusColourTests {
  private static let statuses = ["allowed", "eow", "notification", "permit", "prohibited"]

  /// Variables of the style sheet in light and in dark.
  private static func palettes() throws -> [[String: Colour]] {
    let css = try ReportFixture.assets().css
    return css.matches(of: #/:root\{([^}]*)\}/#).map { match in
      var colours: [String: Colour] = [:]
      for entry in match.1.matches(of: #/--([a-z0-9]+):(#[0-9a-f]{3,6})/#) {
        colours[String(entry.1)] = Colour(hex: String(entry.2))
      }
      return colours
    }
  }

  /// Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision
  /// Deficiency, IEEE TVCG 15 (2009), table of matrices, severity 1.0; on linear RGB.
  private static let visions: [(name: String, matrix: [[Double]])] = [
    ("normal", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  /// Pairs 1, 7 and 17 of Sharma, Wu and Dalal, The CIEDE2000 color-difference formula, 2005, table 1.
  @Test(arguments: [
    ([50.0, 2.6772, -79.7751], [50.0, 0, -82.7485], 2.0425),
    ([50, 0, 0], [50, -1, 2], 2.3669), ([50, 2.5, 0], [73, 25, -18], 27.1492),
  ])
  func differencesAreThoseOfThePaper(first: [Double], second: [Double], difference: Double) {
    #expect(abs(Colour.difference(first, second) - difference) < 1e-4)
  }

  /// A difference of 10 is seen at a glance; thin lines also differ in dash and carry a word.
  @Test func noTwoStatusesFallTogetherForAnyEye() throws {
    let palettes = try Self.palettes()
    try #require(palettes.count == 2)
    for (scheme, palette) in zip(["light", "dark"], palettes) {
      for vision in Self.visions {
        let seen = try Self.statuses.map { try #require(palette[$0]).seen(by: vision.matrix).lab }
        for first in seen.indices {
          for second in seen.indices where second > first {
            let difference = Colour.difference(seen[first], seen[second])
            #expect(
              difference >= 10,
              "\(scheme), \(vision.name): \(Self.statuses[first]) and \(Self.statuses[second])")
          }
        }
      }
    }
  }

  /// WCAG 2.2: text 4.5 to 1 (1.4.3), bars and marks 3 to 1 (1.4.11).
  @Test func textAndMarksStandOut() throws {
    for palette in try Self.palettes() {
      for ground in ["bg", "panel", "land"] {
        let page = try #require(palette[ground])
        for name in Self.statuses + ["ink", "ink2", "ink3"] {
          let colour = try #require(palette[name])
          #expect(colour.contrast(with: page) >= 4.5, "\(name) on \(ground)")
        }
        let mark = try #require(palette["bar2"])
        #expect(mark.contrast(with: page) >= 3, "bar2 on \(ground)")
      }
    }
  }
}

/// A colour of a screen, in linear light, 0...1.
private struct Colour {
  let red: Double
  let green: Double
  let blue: Double

  init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// - Parameter hex: `#rgb` or `#rrggbb`.
  init?(hex: String) {
    var digits = hex.dropFirst().compactMap(\.hexDigitValue)
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    guard digits.count == 6 else { return nil }
    let parts = stride(from: 0, to: 6, by: 2).map { index -> Double in
      let value = Double(digits[index] * 16 + digits[index + 1]) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    self.init(red: parts[0], green: parts[1], blue: parts[2])
  }

  func seen(by matrix: [[Double]]) -> Colour {
    let parts = matrix.map { min(1, max(0, $0[0] * red + $0[1] * green + $0[2] * blue)) }
    return Colour(red: parts[0], green: parts[1], blue: parts[2])
  }

  /// Relative luminance of WCAG 2.
  private var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  func contrast(with other: Colour) -> Double {
    let pair = [luminance, other.luminance].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  /// CIE L*a*b* under D65.
  var lab: [Double] {
    let x = 0.4124564 * red + 0.3575761 * green + 0.1804375 * blue
    let y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    let z = 0.0193339 * red + 0.1191920 * green + 0.9503041 * blue
    func f(_ t: Double) -> Double {
      t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116
    }
    let (fx, fy, fz) = (f(x / 0.95047), f(y), f(z / 1.08883))
    return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
  }

  /// CIEDE2000, after Sharma, Wu and Dalal 2005.
  static func difference(_ first: [Double], _ second: [Double]) -> Double {
    let chroma = (hypot(first[1], first[2]) + hypot(second[1], second[2])) / 2
    let g = 0.5 * (1 - sqrt(pow(chroma, 7) / (pow(chroma, 7) + pow(25, 7))))
    func polar(_ lab: [Double]) -> (chroma: Double, hue: Double) {
      let a = lab[1] * (1 + g)
      let angle = a == 0 && lab[2] == 0 ? 0 : atan2(lab[2], a) * 180 / .pi
      return (hypot(a, lab[2]), angle < 0 ? angle + 360 : angle)
    }
    let (one, two) = (polar(first), polar(second))
    let isGrey = one.chroma * two.chroma == 0
    var turn = isGrey ? 0 : two.hue - one.hue
    if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
    let lightnessStep = second[0] - first[0]
    let chromaStep = two.chroma - one.chroma
    let hueStep = 2 * sqrt(one.chroma * two.chroma) * sin(turn / 2 * .pi / 180)
    let lightness = (first[0] + second[0]) / 2
    let mean = (one.chroma + two.chroma) / 2
    var hue = one.hue + two.hue
    if !isGrey {
      hue =
        abs(one.hue - two.hue) <= 180
        ? hue / 2 : hue < 360 ? (hue + 360) / 2 : (hue - 360) / 2
    }
    func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
    let t =
      1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6)
      - 0.2 * cosine(4 * hue - 63)
    let square = pow(lightness - 50, 2)
    let l = lightnessStep / (1 + 0.015 * square / sqrt(20 + square))
    let c = chromaStep / (1 + 0.045 * mean)
    let h = hueStep / (1 + 0.015 * mean * t)
    let rotation =
      -2 * sqrt(pow(mean, 7) / (pow(mean, 7) + pow(25, 7)))
      * sin(60 * exp(-pow((hue - 275) / 25, 2)) * .pi / 180)
    return sqrt(l * l + c * c + h * h + rotation * c * h)
  }
}
