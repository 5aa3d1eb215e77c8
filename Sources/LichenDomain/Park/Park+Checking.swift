extension Park {
  /// Checks a declaration against the catalogue and resolves it for its base year.
  ///
  /// Every row is checked, also those of other years; only rows of the base year become streams.
  /// - Parameters:
  ///   - declaration: Rows as read.
  ///   - catalogue: The catalogue, already extended by the park's local rows.
  ///   - warnings: Warnings of the reader, kept with the park.
  /// - Throws: `ValidationError` with every error and warning found.
  /// - Complexity: O(n) in the number of rows.
  public init(
    _ declaration: ParkDeclaration, catalogue: Catalogue, warnings: [ValidationIssue] = []
  ) throws(ValidationError) {
    var checker = ParkChecker(declaration: declaration, catalogue: catalogue)
    checker.issues = warnings
    let park = checker.check()
    if let park, !checker.issues.hasErrors {
      self = park
    } else {
      throw ValidationError(checker.issues)
    }
  }

  /// The same declaration under other settings, for another year or law date.
  public func with(settings: ParkSettings) throws(ValidationError) -> Park {
    var declaration = declaration
    declaration.settings = settings
    return try Park(declaration, catalogue: plainCatalogue)
  }
}

/// Collects what is wrong while a declaration becomes a park.
struct ParkChecker {
  let declaration: ParkDeclaration
  let catalogue: Catalogue
  var issues: [ValidationIssue] = []
  /// Jurisdictions of the sites that name their own.
  let jurisdictions: [String: String]
  /// Sectors and ISIC classes by enterprise.
  let sectors: [String: (sector: String, isic: String)]
  /// By text: which materials it may have meant; the same text stands in many rows.
  var materialHints: [String: String] = [:]

  init(declaration: ParkDeclaration, catalogue: Catalogue) {
    self.declaration = declaration
    self.catalogue = catalogue
    let own = declaration.enterprises.filter { !$0.jurisdiction.isEmpty }
    sectors = Dictionary(declaration.enterprises.map { ($0.id, ($0.sector, $0.isic)) }) {
      first, _ in first
    }
    jurisdictions = Dictionary(own.map { ($0.id, $0.jurisdiction) }) { first, _ in first }
  }

  mutating func check() -> Park? {
    checkSettings()
    let enterprises = declaration.enterprises.compactMap { enterprise($0) } + facilitySites()
    let enterpriseIDs = Set(enterprises.map(\.id))
    if declaration.enterprises.isEmpty {
      report(
        "no-enterprises", at: declaration.places.table("enterprises"),
        expected: "at least one enterprise")
    }
    let properties = streamProperties()
    let profiles = yearProfiles()
    let words = MaterialWords(catalogue: catalogue, classifications: classifications())
    var unmatched: [UnmatchedStream] = []
    var outputs: [OutputStream] = []
    for row in declaration.outputs {
      let isCurrent = holds(from: row.fromYear, to: row.toYear)
      switch output(
        row, words: words, enterprises: enterpriseIDs, properties: properties, profiles: profiles)
      {
      case .stream(let output): if isCurrent { outputs.append(output) }
      case .unmatched(let stream): if isCurrent { unmatched.append(stream) }
      case nil: break
      }
    }
    var inputs: [InputStream] = []
    for row in declaration.inputs {
      let isCurrent = holds(from: row.fromYear, to: row.toYear)
      switch input(
        row, words: words, enterprises: enterpriseIDs, properties: properties, profiles: profiles)
      {
      case .stream(let input): if isCurrent { inputs.append(input) }
      case .unmatched(let stream): if isCurrent { unmatched.append(stream) }
      case nil: break
      }
    }
    checkUniqueness()
    let exchanges = documentedExchanges(enterprises: enterpriseIDs)
    let distances = knownDistances(enterprises: enterpriseIDs)
    let local = localFigures()
    let options = options(outputs: outputs, inputs: inputs, enterprises: enterpriseIDs)
    let facilities = facilities(enterprises: enterpriseIDs)
    let storages = storages(outputs: outputs, inputs: inputs)
    let actuals = actuals()
    let progress = progress()
    if issues.hasErrors { return nil }
    warnAboutEmptyYear(outputs: outputs, inputs: inputs)
    return Park(
      declaration: declaration, catalogue: catalogue, local: local, enterprises: enterprises,
      outputs: outputs, inputs: inputs, exchanges: exchanges, distances: distances,
      options: options, facilities: facilities, storages: storages, actuals: actuals,
      progress: progress, unmatched: unmatched, warnings: issues)
  }

  /// Whether a row with these years holds in the base year.
  func holds(from: Int?, to: Int?) -> Bool {
    let year = declaration.settings.baseYear
    return (from ?? Int.min) <= year && year <= (to ?? Int.max)
  }

  mutating func report(
    _ code: String, _ severity: ValidationIssue.Severity = .error, at location: SourceLocation,
    field: String? = nil, found: String? = nil, expected: String? = nil, hint: String? = nil
  ) {
    issues.append(
      ValidationIssue(
        severity, code: code, at: location, field: field, found: found, expected: expected,
        hint: hint))
  }

  private mutating func checkSettings() {
    let settings = declaration.settings
    if catalogue.jurisdictions[settings.jurisdiction] == nil {
      let place = declaration.places.setting("jurisdiction")
      report(
        "unknown-jurisdiction", at: place.location, field: place.field,
        found: settings.jurisdiction, expected: "a code of jurisdictions.csv",
        hint: Spelling.suggestion(for: settings.jurisdiction, among: catalogue.jurisdictions.keys))
    }
    do {
      if let euro = Currency("EUR") {
        _ = try catalogue.exchangeRates.conversion(
          from: euro, to: settings.currency, year: settings.priceYear)
      }
    } catch {
      let place = declaration.places.setting("currency")
      report(
        "unknown-currency", at: place.location, field: place.field, found: settings.currency.code,
        expected: "a currency of exchange_rates.csv", hint: error.description)
    }
    checkNumber(settings.capitalBudget, "capital_budget", 0...Double.greatestFiniteMagnitude)
    checkNumber(settings.carbonFloor, "co2_floor", 0...1e12)
    checkNumber(settings.carbonPrice, "carbon_price", 0...1e9)
    checkNumber(settings.discountRate, "discount_rate", 0...0.99)
    checkNumber(settings.roadDetour, "road_detour", 1...10)
    checkNumber(settings.distanceLimit, "distance_limit", 0...1e5)
    checkNumber(settings.partnerLimit.map(Double.init), "partner_limit", 1...1e9)
  }

  private mutating func checkNumber(_ value: Double?, _ key: String, _ range: ClosedRange<Double>) {
    guard let value, !range.contains(value) else { return }
    let place = declaration.places.setting(key)
    report(
      "out-of-range", at: place.location, field: place.field, found: "\(value)",
      expected: "\(range.lowerBound) to \(range.upperBound)")
  }

  private mutating func enterprise(_ row: EnterpriseRow) -> Enterprise? {
    guard let id: EnterpriseID = identifier(row.id, "id", row.location) else { return nil }
    var coordinate: Coordinate?
    if let latitude = row.latitude, let longitude = row.longitude {
      coordinate = Coordinate(latitude: latitude, longitude: longitude)
      if coordinate == nil {
        report(
          "out-of-range", at: row.location, field: "lat/lon", found: "\(latitude), \(longitude)",
          expected: "latitude -90 to 90, longitude -180 to 180")
      }
    } else if row.latitude != nil || row.longitude != nil {
      report(
        "half-a-coordinate", at: row.location, field: "lat/lon",
        expected: "both latitude and longitude, or neither")
    }
    checkBlueprint(of: row)
    let code = row.jurisdiction.isEmpty ? declaration.settings.jurisdiction : row.jurisdiction
    if catalogue.jurisdictions[code] == nil, !row.jurisdiction.isEmpty {
      report(
        "unknown-jurisdiction", at: row.location, field: "jurisdiction", found: code,
        expected: "a code of jurisdictions.csv",
        hint: Spelling.suggestion(for: code, among: catalogue.jurisdictions.keys))
    }
    checkLicences(row)
    return Enterprise(
      id: id, name: row.name.isEmpty ? row.id : row.name, sector: row.sector, isic: row.isic,
      coordinate: coordinate, zone: row.zone, jurisdiction: code, licences: Set(row.licences),
      blueprint: row.blueprint, size: row.size, disclosure: row.disclosure,
      agreedWith: agreements(of: row), notes: row.notes, provenance: row.provenance,
      location: row.location)
  }

  /// Partners that an enterprise names; each must exist, else an agreement would be lost unnoticed.
  private mutating func agreements(of row: EnterpriseRow) -> Set<EnterpriseID> {
    if row.agreedWith.isEmpty { return [] }
    let known = Set(declaration.enterprises.map(\.id))
    for id in row.agreedWith where !known.contains(id) {
      report(
        "unknown-enterprise", at: row.location, field: "agreed_with", found: id,
        expected: "an id of enterprises.csv",
        hint: Spelling.suggestion(for: id, among: known))
    }
    return Set(row.agreedWith.compactMap { EnterpriseID($0) })
  }

  mutating func identifier<Subject>(_ text: String, _ field: String, _ location: SourceLocation)
    -> Identifier<Subject>?
  {
    if let id = Identifier<Subject>(text) { return id }
    report(
      "bad-identifier", at: location, field: field, found: text,
      expected: Identifier<Subject>.rule)
    return nil
  }

  private mutating func checkUniqueness() {
    var seen: [String: SourceLocation] = [:]
    func unique(_ id: String, _ location: SourceLocation) -> ValidationIssue? {
      defer { seen[id] = seen[id] ?? location }
      guard let first = seen[id] else { return nil }
      return ValidationIssue(
        code: "duplicate-id", at: location, field: "id", found: id,
        expected: "an id used once", hint: "first used at \(first)")
    }
    issues += declaration.enterprises.compactMap { unique($0.id, $0.location) }
    seen = [:]
    issues += declaration.outputs.compactMap { unique($0.id, $0.location) }
    issues += declaration.inputs.compactMap { unique($0.id, $0.location) }
    seen = [:]
    issues += declaration.exchanges.compactMap { unique($0.id, $0.location) }
    issues += declaration.options.compactMap { unique($0.id, $0.location) }
    seen = [:]
    issues += declaration.actuals.compactMap { unique($0.id, $0.location) }
  }

  private mutating func warnAboutEmptyYear(outputs: [OutputStream], inputs: [InputStream]) {
    let year = declaration.settings.baseYear
    if outputs.isEmpty {
      report(
        "no-outputs", .warning, at: declaration.places.table("outputs"),
        hint: "no output holds in \(year), so there is nothing to exchange")
    }
    if inputs.isEmpty {
      report(
        "no-inputs", .warning, at: declaration.places.table("inputs"),
        hint: "no input holds in \(year), so nothing can be replaced")
    }
  }
}
