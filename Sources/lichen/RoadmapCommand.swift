import ArgumentParser
import LichenAnalysis
import LichenEngine

struct RoadmapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roadmap",
    abstract: "Says what to build in which year under yearly capital and permit waits.",
    discussion: """
      Spreads what is worth building over years: capital of each year, waits for permits, plants \
      before what runs through them, streams that come and go. The order is worth most in net present \
      value, with its proof; two more searches say what limits and waits cost.

      EXAMPLES
        lichen roadmap my-park --from 2026 --years 8 --budget-per-year 200000
        lichen roadmap my-park --budget-per-year 300000,100000 --carry-over --steps-per-year 4
        lichen roadmap my-park --after heat-link,steam-plant -o result
        lichen roadmap my-region --effort 2000 -o result --cluster slurm --units 20
      """)

  @OptionGroup var answer: AnswerOptions
  @OptionGroup var cluster: ClusterChoice

  @Option(help: "First year; by default the park's base year.") var from: Int?
  @Option(help: "How many years.") var years: Int = 10

  @Option(
    help: """
      Most that may be invested in each year, in the park's currency; several with commas, the last \
      for all years after.
      """)
  var budgetPerYear: String?

  @Flag(help: "What a year leaves over may be invested later.") var carryOver = false

  @Option(help: "Equal parts of a year in which things may begin: 1, 2, 4 or 12.")
  var stepsPerYear: Int = 1

  @Option(help: "Days of building of what needs capital.") var buildingDays: Double = 0

  @Option(help: "Waits for permits: longest, typical, shortest or none.")
  var wait: PermitWait = .longest

  @Flag(help: "Consider all that could pay in some year, not only the best plans.") var all = false

  @Option(
    help: """
      LATER,EARLIER: the first begins only in a step after the second. Ids of exchanges, plants or \
      measures; may be repeated.
      """)
  var after: [String] = []

  @Option(help: "Real discount rate per year as a fraction; by default the park's.")
  var discountRate: Double?

  func validate() throws {
    try cluster.checkFolder(answer.output)
    let problems = try options(from: from ?? 2000).problems
    if !problems.isEmpty { throw UsageError(RoadmapError.badOptions(problems).description) }
  }

  func run() throws {
    try answer.run(by: cluster) { result in
      var options = try options(from: from ?? result.plan.park.settings.baseYear)
      options.timeLimit = result.plan.options.timeLimit
      options.nodeLimit = result.plan.options.nodeLimit
      options.relativeGap = result.plan.options.relativeGap
      return .roadmap(options)
    }
  }

  private func options(from: Int) throws -> RoadmapOptions {
    var problems: [String] = []
    var options = RoadmapOptions(from: from, years: years)
    options.periodsPerYear = stepsPerYear
    options.carriesOver = carryOver
    options.buildingDays = buildingDays
    options.wait = wait
    options.scope = all ? .all : .plans
    options.discountRate = discountRate
    for text in budgetPerYear?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
      if let budget = Double(text) {
        options.budgets.append(budget)
      } else {
        problems.append("--budget-per-year: '\(text)' is no number")
      }
    }
    if carryOver, budgetPerYear == nil { problems.append("--carry-over needs --budget-per-year") }
    for text in after {
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) {
        options.precedences.append(Precedence(later: parts[0], earlier: parts[1]))
      } else {
        problems.append("--after: '\(text)' is no pair; write LATER,EARLIER")
      }
    }
    if !problems.isEmpty { throw UsageError(problems.joined(separator: "; ") + ".") }
    return options
  }
}

extension PermitWait: ExpressibleByArgument {}
