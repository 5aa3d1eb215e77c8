import LichenDomain

extension ParkRows {
  static func enterprise(_ row: RowReader) -> EnterpriseRow {
    var enterprise = EnterpriseRow(
      id: row.identifierText("id", required: true), name: row.requiredText("name"),
      location: row.location)
    enterprise.sector = row.text("sector")
    enterprise.isic = row.text("isic")
    enterprise.latitude = row.number("lat", in: .latitude)
    enterprise.longitude = row.number("lon", in: .longitude)
    checkCoordinate(row)
    enterprise.zone = row.text("zone")
    enterprise.jurisdiction = row.text("jurisdiction")
    enterprise.licences = row.list("licences")
    enterprise.blueprint = row.text("blueprint")
    enterprise.size = row.size()
    enterprise.disclosure =
      Disclosure(rawValue: row.word("disclosure", among: Disclosure.allCases.map(\.rawValue)))
      ?? .open
    enterprise.agreedWith = row.list("agreed_with")
    enterprise.notes = row.text("notes")
    enterprise.provenance = row.provenance
    return enterprise
  }

  static func checkCoordinate(_ row: RowReader) {
    let hasLatitude = !row.text("lat").isEmpty
    let hasLongitude = !row.text("lon").isEmpty
    guard hasLatitude != hasLongitude else { return }
    row.error(
      "incomplete-coordinate", hasLatitude ? "lon" : "lat",
      expected: "both lat and lon, or neither")
  }

  static func output(_ row: RowReader) -> OutputRow {
    var output = OutputRow(
      id: row.identifierText("id", required: true),
      enterprise: row.identifierText("enterprise", required: true),
      material: row.text("material"), location: row.location)
    output.name = row.text("name")
    output.wasteCode = row.text("waste_code")
    output.quantity = row.declaredQuantity()
    output.currentRoute = row.word(
      "current_route", among: CurrentRoute.allCases.map(\.rawValue))
    output.disposalCost = row.number("disposal_cost")
    output.disposalCostCurrency = row.currency("disposal_cost_currency")?.code ?? ""
    output.minimumLot = row.number("minimum_lot", in: .notNegative)
    (output.fromYear, output.toYear) = row.years()
    output.profile = row.text("profile")
    output.notes = row.text("notes")
    output.basis = row.basis()
    output.provenance = row.provenance
    return output
  }

  static func input(_ row: RowReader) -> InputRow {
    var input = InputRow(
      id: row.identifierText("id", required: true),
      enterprise: row.identifierText("enterprise", required: true),
      material: row.text("material"), location: row.location)
    input.name = row.text("name")
    input.quantity = row.declaredQuantity()
    input.price = row.number("price")
    input.priceCurrency = row.currency("price_currency")?.code ?? ""
    input.maximumShare = row.number("max_share", in: .share)
    input.minimumLot = row.number("minimum_lot", in: .notNegative)
    (input.fromYear, input.toYear) = row.years()
    input.profile = row.text("profile")
    input.notes = row.text("notes")
    input.basis = row.basis()
    input.provenance = row.provenance
    return input
  }
}

extension RowReader {
  fileprivate func years() -> (Int?, Int?) {
    let first = year("from_year")
    let last = year("to_year")
    checkOrder(first, last, columns: ("from_year", "to_year"))
    return (first, last)
  }

  /// `nil` for the enterprise's own statement.
  fileprivate func basis() -> Basis? {
    word("basis", among: ["declared", "blueprint"]) == "blueprint" ? .blueprint : nil
  }

  /// Size of a plant; one figure or a range.
  fileprivate func size() -> DeclaredQuantity {
    let size = DeclaredQuantity(
      typical: number("size", in: .notNegative), low: number("size_low", in: .notNegative),
      high: number("size_high", in: .notNegative), unit: text("size_unit"))
    let given = [size.low, size.typical, size.high].compactMap(\.self)
    if given != given.sorted() {
      reportReversed(
        low: size.low, typical: size.typical, high: size.high,
        column: size.low == nil ? "size_high" : "size_low")
    }
    if !given.isEmpty, size.unit.isEmpty {
      error(
        "missing-value", "size_unit", expected: "the unit of the size: t/yr, employees, ha")
    }
    return size
  }

  /// The unit cell, which must name one unit; the unit's existence is checked with the catalogue.
  func singleUnit() -> String {
    let text = text("unit")
    let lowered = text.lowercased()
    let separators = [";", ",", "|", "\n", "+", " and ", " or ", " & ", " và ", " hoặc "]
    if separators.contains(where: lowered.contains) {
      error(
        "two-units", "unit", found: text, expected: "one unit, such as t/yr",
        hint: "write one row per unit: a stream has one quantity in one unit")
    }
    return text
  }

  fileprivate func declaredQuantity() -> DeclaredQuantity {
    var quantity = DeclaredQuantity(
      typical: number("quantity", in: .notNegative),
      low: number("quantity_low", in: .notNegative),
      high: number("quantity_high", in: .notNegative), unit: singleUnit(),
      period: periodText(), hours: number("hours", in: .hours))
    let given = [quantity.low, quantity.typical, quantity.high].compactMap(\.self)
    if given != given.sorted() {
      reportReversed(
        low: quantity.low, typical: quantity.typical, high: quantity.high,
        column: quantity.low == nil ? "quantity_high" : "quantity_low")
    }
    if !given.isEmpty, quantity.unit.isEmpty {
      error(
        "missing-value", "unit", expected: "the unit of the quantity, such as t/yr")
    }
    let isBlank = text("quantity").isEmpty
    if isBlank { quantity.typical = Self.middle(quantity.low, quantity.high) }
    if isBlank, quantity.typical == nil, !given.isEmpty {
      log.warning(
        "incomplete-range", at: location, field: "quantity",
        expected: "quantity, or both quantity_low and quantity_high",
        hint: "one end of a range does not quantify the stream")
    }
    return quantity
  }

  private func periodText() -> String {
    let text = text("period")
    if !text.isEmpty, Period(parsing: text) == nil {
      reportUnknown(text, "period", accepted: Period.allCases.map(\.rawValue))
    }
    return text
  }
}
