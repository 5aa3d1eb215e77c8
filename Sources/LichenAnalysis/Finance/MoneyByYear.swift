/// What an exchange, a firm or a park pays and receives year by year, before tax and financing.
///
/// Everything adds up: the park's is the sum over its items, and the sum over its firms.
struct MoneyByYear: Sendable, Hashable {
  /// By year from 0; not negative.
  var gains: [Double]
  /// By year from 0; not positive.
  var costs: [Double]
  /// For CO2e avoided, by year from 0; negative where more is emitted.
  var carbonIncome: [Double]
  /// Paid for assets, by year from 0; not negative.
  var investments: [Double]
  /// Of assets, at the horizon.
  var residual = 0.0
  /// What the books still carry of them then.
  var book = 0.0
  /// By year from 0, on what was paid.
  var depreciation: [Double]
  /// The same on the investments of year 0 alone.
  var firstDepreciation: [Double]
  /// What the books carry at the horizon of the investments of year 0.
  var firstBook = 0.0
  /// Avoided [t CO2e], by year from 0.
  var tonnes: [Double]

  init(horizon: Int) {
    let empty = [Double](repeating: 0, count: horizon + 1)
    (gains, costs, carbonIncome, investments) = (empty, empty, empty, empty)
    (depreciation, firstDepreciation, tonnes) = (empty, empty, empty)
  }

  var horizon: Int { gains.count - 1 }
  /// Paid now.
  var initial: Double { investments[0] }

  /// Gains less costs and investments, the residual value at the end.
  var flow: [Double] {
    var flow = zip(operating, investments).map { $0 - $1 }
    flow[horizon] += residual
    return flow
  }

  /// What is left to pay lenders and owners with, before tax, by year from 0.
  var operating: [Double] { zip(zip(gains, costs), carbonIncome).map { $0.0 + $0.1 + $1 } }

  /// Adds a share of another.
  mutating func add(_ other: MoneyByYear, share: Double = 1) {
    func add(_ key: WritableKeyPath<MoneyByYear, [Double]>) {
      for year in other[keyPath: key].indices {
        self[keyPath: key][year] += other[keyPath: key][year] * share
      }
    }
    for key in [
      \MoneyByYear.gains, \.costs, \.carbonIncome, \.investments, \.depreciation,
      \.firstDepreciation, \.tonnes,
    ] {
      add(key)
    }
    residual += other.residual * share
    book += other.book * share
    firstBook += other.firstBook * share
  }
}
