/// One link as its node sees it: profit per unit of the node's capacity, cost once open, least and
/// most amount.
struct KnapsackItem: BitwiseCopyable {
  var profit: Double
  var fixed: Double
  var lower: Double
  var upper: Double
  var link: Int32
  var isMandatory = false
  /// Slope and length of the first piece of the concave envelope; a second piece with slope `profit`
  /// follows where opening pays by itself.
  var slope = 0.0
  var length = 0.0

  init(
    profit: Double, fixed: Double, lower: Double, upper: Double, link: Int,
    isMandatory: Bool = false
  ) {
    self.profit = profit
    self.fixed = fixed
    self.lower = lower
    self.upper = upper
    self.link = Int32(truncatingIfNeeded: link)
    self.isMandatory = isMandatory
  }

  /// Best value alone.
  var best: Double { max(profit * upper, profit * lower) - fixed }

  /// Envelope from nothing to the most where opening costs, else to the least and on from there.
  mutating func envelop(charge: Double) {
    let cost = fixed + charge
    let paysAtOnce = cost < 0 && lower > 0
    length = paysAtOnce ? lower : upper
    slope = length > 0 ? (profit * length - cost) / length : 0
    // However it is rounded, the first piece is no flatter than the second.
    if paysAtOnce { slope = max(slope, profit) }
    if isMandatory { slope = .infinity }
  }
}
