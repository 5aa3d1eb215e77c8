import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenMatching
import LichenPlanning

/// Where the shipped data are, and in which language to speak.
struct DataOptions: ParsableArguments {
  @Option(name: .customLong("data"), help: "Folder of catalogue, languages and report templates.")
  var dataFolder: String?

  func engine() throws -> Engine {
    let executable =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return try Engine(
      data: DataFolder.locate(
        explicit: dataFolder, environment: ProcessInfo.processInfo.environment,
        executable: URL(fileURLWithPath: executable),
        workingFolder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath)))
  }
}

/// Settings that replace the park's own for one run.
struct ParkOptions: ParsableArguments {
  @Argument(
    help: "Folder of the park, datapackage.json and its tables, or an Excel workbook (.xlsx).",
    completion: .file())
  var park: String

  @Option(help: "Year whose rows are matched, instead of the park's base year.")
  var year: Int?

  @Option(help: "Day on which the law is read, as YYYY-MM-DD.")
  var lawDate: String?

  @Option(help: "Existing exchanges: greenfield, free or kept.")
  var existing: ExistingExchanges?

  @Flag(help: "Estimate undeclared streams from sector blueprints.") var fill = false

  var url: URL { URL(fileURLWithPath: park) }

  func validate() throws {
    if let lawDate, CalendarDate(lawDate) == nil {
      throw UsageError("--law-date is '\(lawDate)'; expected a day as YYYY-MM-DD.")
    }
    if let year, !(1900...2200).contains(year) {
      throw UsageError("--year is \(year); expected 1900 to 2200.")
    }
  }

  func overrides() -> Engine.Overrides {
    var overrides = Engine.Overrides()
    overrides.baseYear = year
    overrides.lawDate = lawDate.flatMap { CalendarDate($0) }
    overrides.existingExchanges = existing
    return overrides
  }

  /// Reads the park and tells its warnings.
  func load(_ engine: Engine, quiet: Bool = false) throws -> Park {
    let declared = try engine.park(at: url, overrides: overrides())
    let park = fill ? try engine.filled(declared).park : declared
    if !quiet { for warning in park.warnings { Console.note(warning.description) } }
    return park
  }
}

/// What to plan for and within which limits.
struct PlanOptions: ParsableArguments {
  @Option(
    help: """
      net-benefit, carbon, benefit-then-carbon, carbon-then-benefit or carbon-priced. Default: the \
      park's carbon price decides between net-benefit and carbon-priced.
      """)
  var objective: PlanObjective?

  @Option(help: "Price of CO2e for the carbon-priced objective, per t in the park's currency.")
  var carbonPrice: Double?

  @Option(help: "Capital that the plan may spend, in the park's currency.")
  var budget: Double?

  @Option(
    name: .customLong("co2-floor"), help: "Least t of CO2e that the plan must avoid per year.")
  var carbonFloor: Double?

  @Option(help: "Most exchanges that one stream may have.")
  var partners: Int?

  @Option(
    name: .customLong("require"),
    help: "Exchange that must be built, OUTPUT:INPUT or OUTPUT:INPUT:ROUTE. May be repeated.")
  var required: [String] = []

  @Option(
    name: .customLong("forbid"), help: "Exchange that must not be built. May be repeated.")
  var forbidden: [String] = []

  @Option(
    help: "Seconds after which the search stops with the best plan and its gap; 0 is unlimited.")
  var timeLimit: Double = 300

  @Option(
    help: """
      Effort per component, about ms of one processor, instead of a time limit: the same plan on any \
      machine.
      """)
  var effort: Int?

  @Option(
    help: "MB of memory at which the search stops with the best plan and its gap; 0 is unlimited.")
  var memoryLimit: Int = 0

  @Option(help: "Proven relative gap at which the search may stop; 0 asks for a proven optimum.")
  var gap: Double = 0

  @Option(help: "Components solved side by side; the plan does not depend on it.")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    func check(_ value: Double?, _ flag: String, most: Double = .greatestFiniteMagnitude) throws {
      if let value, !(value >= 0 && value <= most) {
        throw UsageError(
          "\(flag) is \(value); it must be a number that is not below zero"
            + (most < 1e300 ? ", at most \(Console.number(most))." : "."))
      }
    }
    try check(carbonPrice, "--carbon-price")
    try check(budget, "--budget")
    try check(carbonFloor, "--co2-floor")
    try check(timeLimit, "--time-limit", most: 1e9)
    try check(Double(memoryLimit), "--memory-limit", most: 1e9)
    try check(gap, "--gap")
    if let effort, effort < 1 { throw UsageError("--effort must be at least 1.") }
    if let partners, partners < 1 { throw UsageError("--partners must be at least 1.") }
    if threads < 1 { throw UsageError("--threads must be at least 1.") }
    for text in required + forbidden where LinkSelector(text) == nil {
      throw UsageError("'\(text)' names no exchange; write OUTPUT:INPUT or OUTPUT:INPUT:ROUTE.")
    }
  }

  func planning(_ settings: ParkSettings) -> PlanningOptions {
    var options = PlanningOptions(settings: settings)
    if let carbonPrice {
      options.carbonPrice = carbonPrice
      options.objective = .carbonPriced
    }
    if let objective { options.objective = objective }
    options.capitalBudget = budget ?? options.capitalBudget
    options.carbonFloor = carbonFloor.map { $0 * 1000 } ?? options.carbonFloor
    options.partnerLimit = partners ?? options.partnerLimit
    options.required = required.compactMap { LinkSelector($0) }.sorted()
    options.forbidden = forbidden.compactMap { LinkSelector($0) }.sorted()
    options.timeLimit = timeLimit > 0 && effort == nil ? .seconds(timeLimit) : nil
    options.nodeLimit = effort
    options.memoryLimit = memoryLimit > 0 ? memoryLimit << 20 : nil
    options.relativeGap = gap
    options.threads = threads
    return options
  }
}

extension ExistingExchanges: ExpressibleByArgument {}
extension PlanObjective: ExpressibleByArgument {}
