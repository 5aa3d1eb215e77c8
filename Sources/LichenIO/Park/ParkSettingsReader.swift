import LichenDomain

/// Reads the key `lichen` of `datapackage.json`, or the same keys of a workbook's sheet.
struct ParkSettingsReader {
  private static let packagePlace = SourceLocation(file: ParkFolder.packageName)
  static let format = 1
  static let keys = [
    "format", "jurisdiction", "currency", "base_year", "price_year", "law_date", "discount_rate",
    "carbon_price", "road_detour", "distance_limit", "capital_budget", "co2_floor",
    "partner_limit", "existing_exchanges",
  ]

  private let object: JSONValue
  private let log: IssueLog
  /// Written before a key in messages.
  private var prefix = "lichen."
  /// Where each key stands, and where those that are missing should.
  private var places: [String: SourceLocation] = [:]
  private var place = Self.packagePlace

  /// - Parameter folder: Its name stands in for a missing `name`.
  /// - Returns: `nil` if something that is needed is missing or wrong; each is in `log`.
  static func settings(_ package: JSONValue, folder: String, log: IssueLog) -> ParkSettings? {
    let texts = ParkSettingsReader(object: package, log: log, prefix: "")
    let name = texts.text("name") ?? TemporaryName.split(folder).name
    let title = texts.text("title") ?? name
    guard let lichen = package["lichen"], lichen != .null else {
      log.error(
        "missing-key", at: packagePlace, field: "lichen",
        expected: "an object with jurisdiction, currency and base_year")
      return nil
    }
    guard lichen.members != nil else {
      log.error(
        "wrong-type", at: packagePlace, field: "lichen", found: lichen.shown,
        expected: "an object with jurisdiction, currency and base_year")
      return nil
    }
    return ParkSettingsReader(object: lichen, log: log).settings(name: name, title: title)
  }

  /// - Parameter stem: Stands in for a missing `name`.
  /// - Returns: `nil` if something that is needed is missing or wrong; each is in `log`.
  static func settings(_ reading: SettingsSheet.Reading, stem: String, log: IssueLog)
    -> ParkSettings?
  {
    var reader = ParkSettingsReader(object: reading.object, log: log)
    reader.prefix = ""
    reader.places = reading.places
    reader.place = reading.sheet
    let name = reader.text("name") ?? stem.lowercased()
    return reader.settings(name: name, title: reader.text("title") ?? name)
  }

  private func settings(name: String, title: String) -> ParkSettings? {
    checkKeys()
    checkFormat()
    let jurisdiction = requiredText("jurisdiction", expected: "a code such as DK")
    let currency = requiredText("currency", expected: "a code such as EUR").flatMap(currency)
    let baseYear = integer("base_year", in: .year, required: true)
    let priceYear = integer("price_year", in: .year)
    let lawDate = date("law_date")
    let discountRate = number("discount_rate", in: .rate)
    let carbonPrice = number("carbon_price", in: .notNegative)
    let roadDetour = number("road_detour", in: .atLeastOne)
    let distanceLimit = number("distance_limit", in: .notNegative)
    let capitalBudget = number("capital_budget", in: .notNegative)
    let carbonFloor = number("co2_floor", in: .notNegative)
    let partnerLimit = integer("partner_limit", in: .atLeastOne)
    let existing = existingExchanges()
    guard let jurisdiction, let currency, let baseYear,
      let lawDate = lawDate ?? CalendarDate(year: baseYear, month: 12, day: 31)
    else { return nil }
    return ParkSettings(
      name: name, title: title, jurisdiction: jurisdiction, currency: currency,
      baseYear: baseYear, priceYear: priceYear ?? baseYear, lawDate: lawDate,
      discountRate: discountRate, carbonPrice: carbonPrice ?? 0, roadDetour: roadDetour,
      distanceLimit: distanceLimit, capitalBudget: capitalBudget, carbonFloor: carbonFloor,
      partnerLimit: partnerLimit,
      existingExchanges: existing ?? .free)
  }

  private func place(of key: String) -> SourceLocation { places[key] ?? place }

  private func checkKeys() {
    // A workbook's keys are known by then, and name and title are among them.
    guard prefix == "lichen." else { return }
    for member in object.members ?? [] where !Self.keys.contains(member.key) {
      log.warning(
        "unknown-key", at: place, field: "lichen.\(member.key)", found: member.key,
        hint: "the key is ignored"
          + (Spelling.suggestion(for: member.key, among: Self.keys).map { "; \($0)" } ?? ""))
    }
  }

  private func checkFormat() {
    guard let format = value("format"), format != .number(Double(Self.format)) else { return }
    log.error(
      "unsupported-format", at: place(of: "format"), field: prefix + "format", found: format.shown,
      expected: "\(Self.format)",
      hint: "this program reads format \(Self.format); the park was written for another version")
  }

  /// The value of a key; `null` counts as absent.
  private func value(_ key: String) -> JSONValue? {
    let value = object[key]
    return value == .null ? nil : value
  }

  private func error(_ code: String, _ key: String, _ value: JSONValue?, _ expected: String) {
    log.error(
      code, at: place(of: key), field: prefix + key, found: value?.shown, expected: expected,
      hint: code == "out-of-range" && expected.hasSuffix("at least 0")
        ? "\(key) must not be below zero" : nil)
  }

  private func text(_ key: String) -> String? {
    guard let value = value(key) else { return nil }
    guard let text = value.string?.trimmingSpaces(), !text.isEmpty else {
      error("wrong-type", key, value, "a text in quotes")
      return nil
    }
    return text
  }

  private func requiredText(_ key: String, expected: String) -> String? {
    if value(key) == nil { error("missing-key", key, nil, expected) }
    return text(key)
  }

  private func currency(_ code: String) -> Currency? {
    let currency = Currency(code)
    if currency == nil {
      error("invalid-currency", "currency", .string(code), "three letters, such as EUR")
    }
    return currency
  }

  private func number(_ key: String, in range: NumberRange, of kind: String = "a number")
    -> Double?
  {
    guard let value = value(key) else { return nil }
    let expected = range.description(of: kind)
    guard case .number(let number) = value else {
      error("wrong-type", key, value, prefix.isEmpty ? expected : expected + ", without quotes")
      return nil
    }
    guard range.contains(number) else {
      error("out-of-range", key, value, expected)
      return nil
    }
    return number
  }

  private func integer(_ key: String, in range: NumberRange, required: Bool = false) -> Int? {
    if required, value(key) == nil {
      error("missing-key", key, nil, range.description(of: "a whole number"))
    }
    guard let number = number(key, in: range, of: "a whole number") else { return nil }
    guard let whole = Int(exactly: number) else {
      error("wrong-type", key, .number(number), "a whole number")
      return nil
    }
    return whole
  }

  private func date(_ key: String) -> CalendarDate? {
    guard let text = text(key) else { return nil }
    guard let date = CalendarDate(text) else {
      error("invalid-date", key, .string(text), "a day written YYYY-MM-DD")
      return nil
    }
    return date
  }

  private func existingExchanges() -> ExistingExchanges? {
    guard let text = text("existing_exchanges") else { return nil }
    guard let existing = ExistingExchanges(rawValue: text) else {
      let accepted = ExistingExchanges.allCases.map(\.rawValue)
      log.error(
        "unknown-value", at: place(of: "existing_exchanges"), field: prefix + "existing_exchanges",
        found: text,
        expected: accepted.joined(separator: ", "),
        hint: Spelling.suggestion(for: text, among: accepted))
      return nil
    }
    return existing
  }
}
