import ArgumentParser
import LichenAnalysis
import LichenEngine

struct FinanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finance",
    abstract: "Says what the plan is worth over the years, to the park and to each firm.",
    discussion: """
      Cash flows of every exchange, plant, permit and measure, of every firm and of the park: net \
      present value, every internal rate of return, payback; after tax and with loans and grants if \
      asked; what moves the value; what a tonne of CO2e costs. Nothing is planned anew.

      EXAMPLES
        lichen finance my-park
        lichen finance my-park --tax-rate 0.2 --loan-share 0.7 --loan-rate 0.09 --loan-years 8
        lichen finance my-park --horizon 15 --inflation 0.03 -o result
      """)

  @OptionGroup var answer: AnswerOptions
  @OptionGroup var appraisal: AppraisalOptions

  func validate() throws {
    let problems = try appraisal.options().problems
    if !problems.isEmpty { throw UsageError(FinanceError.badOptions(problems).description) }
  }

  func run() throws {
    let options = try appraisal.options()
    try answer.run { engine, result in
      [try engine.finance(of: result, options: options)]
    }
  }
}

/// Horizon, rates, tax and terms of financing.
struct AppraisalOptions: ParsableArguments {
  @Option(help: "Years; by default the longest life of anything in the plan.") var horizon: Int?

  @Option(help: "Discount rate per year as a fraction; by default the park's, or the catalogue's.")
  var discountRate: Double?

  @Flag(help: "The given discount rate contains the inflation.") var nominal = false

  @Option(help: "Rise of all prices per year as a fraction.") var inflation: Double = 0

  @Option(
    help: "What assets are worth at the horizon: straight-line, sinking-fund or none.")
  var residual: ResidualRule = .straightLine

  @Option(help: "Corporate income tax as a fraction; before tax if not given.") var taxRate: Double?

  @Option(
    help: "Years for which a firm carries a loss forward; if not given it is set off at once.")
  var lossYears: Int?

  @Option(help: "Share of the first investments that a grant pays.") var grantShare: Double?

  @Option(help: "Grant for the whole plan, in the park's currency.") var grant: Double?

  @Option(help: "Share of what grants leave that is borrowed.") var loanShare: Double?

  @Option(help: "Rate of the loan per year as a fraction.") var loanRate: Double?

  @Option(help: "Years of the loan.") var loanYears: Int?

  @Option(help: "First years of the loan in which only interest is paid.") var graceYears: Int = 0

  @Option(help: "annuity or equal-principal.") var repayment: Repayment = .annuity

  @Option(help: "What a green credit takes off the loan's rate.") var rateSubsidy: Double = 0

  @Option(help: "Share of the loan that a guarantor covers.") var guaranteedShare: Double = 0

  @Option(help: "Fee per year on what is covered, as a fraction.") var guaranteeFee: Double = 0

  @Option(help: "Money received per t CO2e avoided, in the park's currency.")
  var carbonIncome: Double = 0

  @Option(help: "How far figures without a range are moved in the sensitivity, as a fraction.")
  var span: Double = 0.2

  /// - Throws: `UsageError` for options that need each other or exclude each other, all at once.
  func options() throws -> FinanceOptions {
    var problems: [String] = []
    var options = FinanceOptions()
    options.horizon = horizon
    options.discountRate = discountRate
    options.isRateNominal = nominal
    options.inflation = inflation
    options.residual = residual
    options.carbonPrice = carbonIncome
    options.span = span
    options.tax = taxRate.map { TaxTerms(rate: $0, carryForwardYears: lossYears) }
    if nominal, discountRate == nil { problems.append("--nominal needs --discount-rate") }
    if lossYears != nil, taxRate == nil { problems.append("--loss-years needs --tax-rate") }
    if grant != nil, grantShare != nil {
      problems.append("--grant and --grant-share exclude each other")
    }
    options.grant = grantShare.map { .share($0) } ?? grant.map { .amount($0) }
    if let share = loanShare, let rate = loanRate, let years = loanYears {
      var loan = LoanTerms(share: share, rate: rate, years: years)
      loan.graceYears = graceYears
      loan.repayment = repayment
      loan.rateSubsidy = rateSubsidy
      loan.guaranteedShare = guaranteedShare
      loan.guaranteeFee = guaranteeFee
      options.loan = loan
    } else if loanShare != nil || loanRate != nil || loanYears != nil {
      problems.append("a loan needs --loan-share, --loan-rate and --loan-years")
    } else if graceYears != 0 || rateSubsidy != 0 || guaranteedShare != 0 || guaranteeFee != 0 {
      problems.append(
        "--grace-years, --rate-subsidy, --guaranteed-share and --guarantee-fee belong to a loan")
    }
    if !problems.isEmpty { throw UsageError(problems.joined(separator: "; ") + ".") }
    return options
  }
}

extension ResidualRule: ExpressibleByArgument {}
extension Repayment: ExpressibleByArgument {}
