import LichenDomain
import LichenIO

/// What `instance.json` says.
struct InstanceSettings {
  static let fileName = "instance.json"

  var name = ""
  var source = ""
  var licence = ""
  var budget: Double?
  var carbonFloor: Double?
  var partnerLimit: Int?
  var bestKnown: BestKnown?
}

/// Reads `instance.json`; every fault goes to the log.
struct InstanceSettingsReader {
  static let keys = [
    "name", "version", "source", "licence", "budget", "co2_floor", "max_partners", "best_known",
  ]
  static let knownKeys = ["objective", "bound", "proved_by"]

  private let log: IssueLog
  private let place = SourceLocation(file: InstanceSettings.fileName)

  init(log: IssueLog) { self.log = log }

  func settings(_ bytes: [UInt8]) -> InstanceSettings {
    var settings = InstanceSettings()
    let document: JSONValue
    do {
      document = try JSONParser.parse(bytes)
    } catch {
      log.error(
        "malformed-json", at: place.at(row: error.line),
        found: "column \(error.column): \(error.reason)", expected: "JSON")
      return settings
    }
    guard document.members != nil else {
      log.error("wrong-type", at: place, found: document.shown, expected: "an object")
      return settings
    }
    reportUnknown(in: document, among: Self.keys, path: "")
    settings.name = text(document, "name")
    if settings.name.isEmpty, document["name"]?.string != nil {
      log.error("missing-value", at: place, field: "name", expected: "a name")
    }
    checkVersion(document)
    settings.source = text(document, "source")
    settings.licence = text(document, "licence")
    settings.budget = number(document["budget"], "budget", accepts: { $0 >= 0 })
    settings.carbonFloor = number(document["co2_floor"], "co2_floor", accepts: { _ in true })
    settings.partnerLimit = number(
      document["max_partners"], "max_partners", expected: "a whole number above 0",
      accepts: { $0 >= 1 && $0 <= 1e9 && $0 == $0.rounded() }
    ).map { Int($0) }
    settings.bestKnown = bestKnown(document["best_known"])
    return settings
  }

  private func checkVersion(_ document: JSONValue) {
    let version = document["version"]
    guard let version else { return reportMissing("version") }
    if version != .string(Instance.formatVersion) && version != .number(1) {
      log.error(
        "unknown-version", at: place, field: "version", found: version.shown,
        expected: "\"\(Instance.formatVersion)\", the version of the format")
    }
  }

  private func text(_ document: JSONValue, _ key: String) -> String {
    guard let value = document[key] else {
      reportMissing(key)
      return ""
    }
    if let text = value.string { return text }
    log.error("wrong-type", at: place, field: key, found: value.shown, expected: "a text")
    return ""
  }

  private func number(
    _ value: JSONValue?, _ key: String, expected: String = "a number, 0 or more",
    accepts: (Double) -> Bool
  ) -> Double? {
    switch value {
    case nil, .null: return nil
    case .number(let number) where accepts(number): return number
    case .some(let other):
      log.error("out-of-range", at: place, field: key, found: other.shown, expected: expected)
      return nil
    }
  }

  private func bestKnown(_ value: JSONValue?) -> BestKnown? {
    guard let value, value != .null else { return nil }
    guard value.members != nil else {
      log.error(
        "wrong-type", at: place, field: "best_known", found: value.shown, expected: "an object")
      return nil
    }
    reportUnknown(in: value, among: Self.knownKeys, path: "best_known.")
    func figure(_ key: String) -> Double? {
      number(
        value[key], "best_known.\(key)", expected: "a finite number or null", accepts: { _ in true }
      )
    }
    let known = BestKnown(
      objective: figure("objective"), bound: figure("bound"),
      provedBy: value["proved_by"]?.string ?? "")
    if let objective = known.objective, let bound = known.bound,
      bound < objective - 1e-9 * abs(objective)
    {
      log.error(
        "bound-below-objective", at: place, field: "best_known.bound",
        found: NumberText.shortest(bound),
        expected: "at least the objective \(NumberText.shortest(objective))")
    }
    return known
  }

  private func reportMissing(_ key: String) {
    log.error("missing-value", at: place, field: key, expected: "\(key) must be given")
  }

  private func reportUnknown(in object: JSONValue, among keys: [String], path: String) {
    for member in object.members ?? [] where !keys.contains(member.key) {
      log.error(
        "unknown-key", at: place, field: path + member.key, found: member.key,
        expected: keys.joined(separator: ", "),
        hint: Spelling.suggestion(for: member.key, among: keys))
    }
  }
}
