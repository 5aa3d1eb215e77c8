import LichenDomain

extension Language {
  /// `€` for EUR; the code, after a space, where the language has no symbol.
  func symbol(_ currency: Currency) -> String {
    let key = "currency.\(currency.code)"
    return has(key) ? text(key) : Self.narrowGap + currency.code
  }

  /// A rounded amount of money for headlines: value and unit apart, as `9.80` and `M€`.
  func moneyParts(_ value: Double, _ currency: Currency) -> (value: String, unit: String) {
    let scale = moneyScale(value, currency)
    return (significant(value / scale.factor), scale.unit)
  }

  func moneyScale(_ value: Double, _ currency: Currency) -> TableScale {
    let (factor, key): (Double, String) =
      switch abs(value) {
      case 999.5e6...: (1e9, "money.billion")
      case 999.5e3..<999.5e6: (1e6, "money.million")
      case 999.5..<999.5e3: (1e3, "money.thousand")
      default: (1, "money.one")
      }
    return TableScale(factor: factor, unit: moneyUnit(key, currency))
  }

  /// `M€`, `tỷ ₫`: one unit, which no line end parts.
  func moneyUnit(_ key: String, _ currency: Currency) -> String {
    text(key, ["currency": symbol(currency)])
      .split { $0 == " " || String($0) == Self.narrowGap }.joined(separator: Self.narrowGap)
  }

  /// `8.30–11.2 M€`: both ends in the unit of the larger one.
  func moneyRange(_ range: Estimate, _ currency: Currency) -> String {
    let scale = moneyScale(max(abs(range.low), abs(range.high)), currency)
    return self.range(
      significant(range.low / scale.factor), significant(range.high / scale.factor))
      + Self.narrowGap + scale.unit
  }

  /// `9.80 M€`.
  public func money(_ value: Double, _ currency: Currency) -> String {
    let parts = moneyParts(value, currency)
    return parts.value + Self.narrowGap + parts.unit
  }

  /// A range whose ends must not be rounded, as a narrower one would claim more: `2.5–3` and `M€`.
  func moneyParts(exact range: ClosedRange<Double>, _ currency: Currency) -> (
    value: String, unit: String
  ) {
    let scale = moneyScale(max(abs(range.lowerBound), abs(range.upperBound)), currency)
    return (exact(range, factor: scale.factor), scale.unit)
  }

  /// Both ends in full, in units of a factor.
  func exact(_ range: ClosedRange<Double>, factor: Double) -> String {
    self.range(
      plain(range.lowerBound / factor, digits: 9), plain(range.upperBound / factor, digits: 9))
  }

  /// A rounded mass for headlines: `179` and `kt`.
  func massParts(tonnes: Double) -> (value: String, unit: String) {
    let scale = massScale(tonnes: tonnes)
    return (significant(tonnes / scale.factor), scale.unit)
  }

  /// The same of a mass: `40–50` and `kt`.
  func massParts(exactKilograms range: ClosedRange<Double>) -> (value: String, unit: String) {
    let tonnes = range.lowerBound / 1000...range.upperBound / 1000
    let scale = massScale(tonnes: max(abs(tonnes.lowerBound), abs(tonnes.upperBound)))
    return (exact(tonnes, factor: scale.factor), scale.unit)
  }

  func massScale(tonnes: Double) -> TableScale {
    let (factor, key): (Double, String) =
      switch abs(tonnes) {
      case 999.5e3...: (1e6, "mass.megatonne")
      case 999.5..<999.5e3: (1e3, "mass.kilotonne")
      case 0.9995..<999.5: (1, "mass.tonne")
      case 0: (1, "mass.tonne")
      default: (1e-3, "mass.kilogram")
      }
    return TableScale(factor: factor, unit: text(key))
  }

  /// `138–212 kt`: both ends in the unit of the larger one.
  func massRange(tonnes range: Estimate) -> String {
    let scale = massScale(tonnes: max(abs(range.low), abs(range.high)))
    return self.range(
      significant(range.low / scale.factor), significant(range.high / scale.factor))
      + Self.narrowGap + scale.unit
  }

  /// `179 kt`.
  public func mass(tonnes: Double) -> String {
    let parts = massParts(tonnes: tonnes)
    return parts.value + Self.narrowGap + parts.unit
  }

  /// A yearly quantity in its own unit, whole from 100 on.
  public func quantity(_ value: Double, unit: String) -> String {
    let shown = abs(value) >= 100 ? number(value) : plain(value)
    return shown + Self.narrowGap + unitText(unit)
  }

  /// A unit as it is printed: `m³`, `t dry`, `CO₂e`; its words are those of the language.
  func unitText(_ id: String) -> String {
    id.split(separator: "/", omittingEmptySubsequences: false).map { part -> String in
      let key = "unit.\(part)"
      return has(key)
        ? text(key)
        : String(part).replacing("m3", with: "m³").replacing("CO2", with: "CO₂").replacing(
          "_", with: " ")
    }.joined(separator: "/")
  }

  /// Days, from low to high.
  func days(_ days: Estimate) -> String {
    plural(
      "days", count: Int(days.high.rounded()),
      ["count": range(number(days.low), number(days.high))])
  }

  /// Items joined by commas.
  func list(_ items: [String]) -> String { items.joined(separator: text("format.list")) }
}

/// The unit in which the tables of a report show one kind of figure.
struct TableScale: Sendable {
  /// Base units in one table unit.
  let factor: Double
  /// As in `k€`.
  let unit: String

  /// Money: whole units of the currency, thousands from 10^5 on, millions from 10^9 on.
  static func money(largest: Double, currency: Currency, language: Language) -> TableScale {
    let (factor, key): (Double, String) =
      switch largest {
      case 1e13...: (1e9, "money.billion")
      case 1e9..<1e13: (1e6, "money.million")
      case 1e5..<1e9: (1e3, "money.thousand")
      default: (1, "money.one")
      }
    return TableScale(factor: factor, unit: language.moneyUnit(key, currency))
  }

  /// CO2e from kg: kilograms below 10 t, kilotonnes from 10 Mt on.
  static func carbon(largestKg: Double, language: Language) -> TableScale {
    let (factor, key): (Double, String) =
      switch largestKg {
      case 1e10...: (1e6, "mass.kilotonne")
      case 1e4..<1e10: (1e3, "mass.tonne")
      default: (1, "mass.kilogram")
      }
    return TableScale(
      factor: factor, unit: language.text("carbon.unit", ["mass": language.text(key)]))
  }
}
