import LichenDomain

extension ParkRows {
  static func option(_ row: RowReader) -> OptionRow {
    var option = OptionRow(
      id: row.identifierText("id", required: true),
      enterprise: row.identifierText("enterprise", required: true), location: row.location)
    option.name = row.text("name")
    option.kind = row.text("kind")
    option.stream = row.identifierText("stream")
    option.change = row.number("change")
    option.unit = row.singleUnit()
    option.capital = row.number("capital", in: .notNegative)
    option.saving = row.number("saving")
    option.currency = row.currency("currency")?.code ?? ""
    option.co2 = row.number("co2")
    option.lifetime = row.number("lifetime", in: .positive)
    option.status = row.word("status", among: MeasureStatus.allCases.map(\.rawValue))
    option.notes = row.text("notes")
    option.provenance = row.provenance
    if option.change != nil, option.stream.isEmpty {
      row.error(
        "missing-value", "stream", expected: "the output or input whose quantity changes")
    }
    return option
  }

  static func facility(_ row: RowReader) -> FacilityRow {
    var facility = FacilityRow(
      id: row.identifierText("id", required: true), location: row.location)
    facility.name = row.text("name")
    facility.enterprise = row.identifierText("enterprise")
    facility.latitude = row.number("lat", in: .latitude)
    facility.longitude = row.number("lon", in: .longitude)
    checkCoordinate(row)
    // Ids hold neither, so either parts them.
    facility.routes = row.requiredText("routes").split { $0 == ";" || $0.isWhitespace }
      .map(String.init)
    facility.capacity = row.number("capacity", in: .notNegative)
    facility.unit = row.singleUnit()
    if facility.capacity != nil, facility.unit.isEmpty {
      row.error("missing-value", "unit", expected: "the unit of the capacity, such as t/yr")
    }
    facility.capital = row.number("capex", in: .notNegative)
    facility.running = row.number("opex", in: .notNegative)
    facility.currency = row.currency("currency")?.code ?? ""
    facility.lifetime = row.number("lifetime", in: .positive)
    facility.notes = row.text("notes")
    facility.provenance = row.provenance
    return facility
  }

  static func profile(_ row: RowReader) -> ProfileRow {
    var profile = ProfileRow(
      id: row.identifierText("id", required: true),
      months: ParkSchemas.months.map { row.requiredNumber($0.0, in: .notNegative) },
      location: row.location)
    profile.notes = row.text("notes")
    profile.provenance = row.provenance
    return profile
  }

  static func storage(_ row: RowReader) -> StorageRow {
    var storage = StorageRow(
      id: row.identifierText("id", required: true),
      stream: row.identifierText("stream", required: true), location: row.location)
    storage.name = row.text("name")
    storage.capacity = row.number("capacity", in: .notNegative)
    storage.unit = row.text("unit")
    storage.capital = row.number("capex", in: .notNegative)
    storage.running = row.number("opex", in: .notNegative)
    storage.currency = row.currency("currency")?.code ?? ""
    storage.lifetime = row.number("lifetime", in: .positive)
    storage.loss = row.number("loss", in: .share)
    storage.keeps = wholeMonths(row)
    storage.notes = row.text("notes")
    storage.provenance = row.provenance
    return storage
  }

  private static func wholeMonths(_ row: RowReader) -> Int? {
    guard let months = row.number("keeps", in: .notNegative) else { return nil }
    guard let whole = Int(exactly: months) else {
      row.error(
        "not-whole", "keeps", found: NumberText.shortest(months), expected: "a number of months")
      return nil
    }
    return whole
  }

  static func actual(_ row: RowReader) -> ActualRow {
    var actual = ActualRow(
      id: row.identifierText("id", required: true), subject: row.requiredText("subject"),
      location: row.location)
    actual.period = row.requiredText("period")
    actual.quantity = row.number("quantity", in: .notNegative)
    actual.unit = row.singleUnit()
    actual.money = row.number("money")
    actual.currency = row.currency("currency")?.code ?? ""
    actual.notes = row.text("notes")
    actual.provenance = row.provenance
    return actual
  }

  static func progress(_ row: RowReader) -> ProgressRow {
    var progress = ProgressRow(subject: row.requiredText("subject"), location: row.location)
    if row.text("status").isEmpty { row.reportMissing("status") }
    progress.status = row.word("status", among: ProgressStatus.allCases.map(\.rawValue))
    if row.text("date").isEmpty { row.reportMissing("date") }
    progress.date = row.date("date")
    progress.notes = row.text("notes")
    progress.provenance = row.provenance
    return progress
  }

  static func classification(_ row: RowReader) -> ClassificationRow {
    var classification = ClassificationRow(
      text: row.requiredText("text"), location: row.location)
    classification.sector = row.text("sector")
    classification.material = row.requiredText("material")
    classification.wasteCode = row.text("waste_code")
    classification.date = row.text("date")
    classification.by = row.text("by")
    classification.notes = row.text("notes")
    classification.source = row.text("source")
    return classification
  }
}
