/// Exact maximum of Σ p·x − f·y with Σ x ≤ C, m·y ≤ x ≤ u·y and Σ y ≤ K, by best-first search over
/// the openings under the bound of the concave envelopes, branching on the one item that the bound
/// fills in part. Under a count limit each opening is charged a price that the limit gives back.
///
/// Complexity: exponential in the worst case; beyond a number of search steps the value is the best
/// found and the bound still holds. Typical nodes take a few steps, each linear in the items.
final class NodeKnapsack {
  /// A set of decisions about the first 64 items, and its bound.
  struct Branch: HeapItem {
    var included: UInt64
    var excluded: UInt64
    var bound: Double

    func precedes(_ other: Branch) -> Bool { bound > other.bound }
  }

  struct Memory {
    var storage: Storage
    var count = 0
    var capacity = 0.0
    var countLimit = Int32.max
    /// Price of an opening under the count limit.
    var charge = 0.0
    var best = 0.0
    /// What `prepare` gave away of the items' gains, since they were added.
    var gift = 0.0
    /// Best bound among branches that were given up.
    var closed = -Double.infinity
    // Of the last relaxation: the undecided item filled in part, or -1, and the last one filled; how
    // many are open; whether an included item may have got less than its least.
    var critical = -1
    var lastFilled = -1
    var open: Int32 = 0
    var isShort = false
  }

  /// Relative distance to the best at which a branch is given up; its bound still counts.
  static let tolerance = 1e-5

  /// Everything that changes stands behind one pointer, because reads of a class's own variables are
  /// checked for exclusive access each time.
  let memory: UnsafeMutablePointer<Memory>
  var items: UnsafeMutablePointer<KnapsackItem> { memory.pointee.storage.items }
  var chosen: UnsafeMutablePointer<Bool> { memory.pointee.storage.chosen }
  /// The set under trial.
  var trial: UnsafeMutablePointer<Bool> { memory.pointee.storage.trial }
  private var amounts: UnsafeMutablePointer<Double> { memory.pointee.storage.amounts }
  var byProfit: UnsafeMutablePointer<Int32> { memory.pointee.storage.byProfit }
  /// Open branches, best bound first.
  let branches = BinaryHeap<Branch>()

  /// Room for so many items.
  struct Storage {
    let size: Int
    let items: UnsafeMutablePointer<KnapsackItem>
    let chosen: UnsafeMutablePointer<Bool>
    let trial: UnsafeMutablePointer<Bool>
    let amounts: UnsafeMutablePointer<Double>
    let byProfit: UnsafeMutablePointer<Int32>

    init(size: Int) {
      self.size = size
      items = .allocate(capacity: size)
      chosen = .allocate(capacity: size)
      trial = .allocate(capacity: size)
      amounts = .allocate(capacity: size)
      byProfit = .allocate(capacity: size)
    }

    func deallocate() {
      items.deallocate()
      chosen.deallocate()
      trial.deallocate()
      amounts.deallocate()
      byProfit.deallocate()
    }
  }

  init() {
    memory = .allocate(capacity: 1)
    memory.initialize(to: Memory(storage: Storage(size: 64)))
  }

  deinit {
    memory.pointee.storage.deallocate()
    memory.deallocate()
  }

  private func grow() {
    let old = memory.pointee.storage
    let larger = Storage(size: 2 * old.size)
    larger.items.update(from: old.items, count: count)
    memory.pointee.storage = larger
    old.deallocate()
  }

  func removeAll() {
    memory.pointee.count = 0
    memory.pointee.gift = 0
  }

  /// Adds a link that may pay; others are better left out.
  func add(_ item: KnapsackItem) {
    if memory.pointee.count == memory.pointee.storage.size { grow() }
    items[memory.pointee.count] = item
    memory.pointee.count += 1
  }

  var count: Int { memory.pointee.count }
  /// Value of the best set found.
  var value: Double { memory.pointee.best }

  /// Calls `body` with every open link and its amount.
  func forEachOpen(_ body: (_ link: Int, _ amount: Double) -> Void) {
    for index in 0..<count where chosen[index] { body(Int(items[index].link), amounts[index]) }
  }

  /// - Returns: An upper bound on the maximum, equal to `value` up to `tolerance` if the search was
  ///   complete; minus infinity if mandatory links do not fit.
  func solve(capacity: Double, countLimit: Int32 = .max, stepLimit: Int = 200) -> Double {
    memory.pointee.capacity = capacity
    memory.pointee.countLimit = countLimit
    memory.pointee.charge = 0
    memory.pointee.best = 0
    let count = count
    if count == 0 { return 0 }
    let mandatory = prepare()
    let gift = memory.pointee.gift
    for index in 0..<count { chosen[index] = false }
    var most = 0.0
    for index in 0..<count { most += items[index].upper }
    if most <= capacity, count <= countLimit {
      for index in 0..<count {
        chosen[index] = true
        byProfit[index] = Int32(index)
      }
      memory.pointee.best = fill(chosen)
      return memory.pointee.best + gift
    }
    if count > Int(countLimit) { chargeOpenings() }
    sort()
    if mandatory > 0 { memory.pointee.best = -.infinity }
    if mandatory > 63 { return boundWithoutMandatory() + gift }
    var least = 0.0
    for index in 0..<mandatory { least += items[index].lower }
    if least > capacity * (1 + 1e-12) || mandatory > countLimit { return -.infinity }
    let bound = search(included: (1 << UInt64(mandatory)) - 1, stepLimit)
    if memory.pointee.best > -.infinity { _ = fill(chosen) }
    return bound + gift
  }

  /// Readies the items. One that gains by opening and needs no amount is opened at once; under a count
  /// limit its gain is given away instead, which only raises the bound.
  /// - Returns: How many items are mandatory.
  private func prepare() -> Int {
    var mandatory = 0
    let isLimited = count > Int(memory.pointee.countLimit)
    for index in 0..<count {
      if items[index].profit < 0 { items[index].upper = items[index].lower }
      if items[index].fixed < 0, items[index].lower <= 0, !items[index].isMandatory {
        if isLimited {
          memory.pointee.gift -= items[index].fixed
          items[index].fixed = 0
        } else {
          items[index].isMandatory = true
        }
      }
      items[index].envelop(charge: 0)
      if items[index].isMandatory { mandatory += 1 }
    }
    return mandatory
  }

  /// Bound where more items are mandatory than can be decided: their costs are paid beforehand.
  private func boundWithoutMandatory() -> Double {
    var paid = 0.0
    memory.pointee.charge = 0
    for index in 0..<count {
      items[index].envelop(charge: 0)
      guard items[index].isMandatory else { continue }
      paid += items[index].fixed
      items[index].slope = items[index].profit
      items[index].length = items[index].upper
    }
    sort()
    return relax(0, 0) - paid
  }

  /// The price of an opening at which about as many items as allowed fill the capacity.
  private func chargeOpenings() {
    var high = 0.0
    for index in 0..<count { high = max(high, items[index].best) }
    var low = 0.0
    for _ in 0..<12 {
      let middle = (low + high) / 2
      if openings(at: middle) > Double(memory.pointee.countLimit) {
        low = middle
      } else {
        high = middle
      }
    }
    memory.pointee.charge = high
    for index in 0..<count { items[index].envelop(charge: high) }
  }

  /// How many items the relaxation opens if each opening is charged.
  private func openings(at charge: Double) -> Double {
    for index in 0..<count { items[index].envelop(charge: charge) }
    sort()
    var left = memory.pointee.capacity
    var open = 0.0
    for index in 0..<count {
      guard left > 0, items[index].slope > 0 else { break }
      let taken = min(left, items[index].length)
      open += items[index].length > 0 ? taken / items[index].length : 1
      left -= taken
    }
    return open
  }

  /// By slope of the envelope, mandatory ones first; and by profit.
  private func sort() {
    let items = items
    Self.sort(items, count) {
      $0.slope > $1.slope || ($0.slope == $1.slope && $0.link < $1.link)
    }
    for index in 0..<count { byProfit[index] = Int32(index) }
    Self.sort(byProfit, count) {
      let (left, right) = (items[Int($0)].profit, items[Int($1)].profit)
      return left > right || (left == right && $0 < $1)
    }
  }

  /// Few elements are quickest put in place one by one.
  private static func sort<Element: BitwiseCopyable>(
    _ base: UnsafeMutablePointer<Element>, _ count: Int, by precedes: (Element, Element) -> Bool
  ) {
    if count > 24 {
      var buffer = UnsafeMutableBufferPointer(start: base, count: count)
      return buffer.sort(by: precedes)
    }
    for index in 1..<max(1, count) {
      let element = base[index]
      var place = index
      while place > 0, precedes(element, base[place - 1]) {
        base[place] = base[place - 1]
        place -= 1
      }
      base[place] = element
    }
  }

  /// Value of a set, minus infinity if its least amounts do not fit; amounts are written.
  func fill(_ set: UnsafeMutablePointer<Bool>) -> Double {
    let count = count
    let amounts = amounts
    var left = memory.pointee.capacity
    var value = 0.0
    for index in 0..<count {
      amounts[index] = 0
      if set[index] {
        let item = items[index]
        amounts[index] = item.lower
        left -= item.lower
        value += item.profit * item.lower - item.fixed
      }
    }
    // Rounding only: amounts given back as they were add up to the capacity.
    if left < -1e-9 * max(1, memory.pointee.capacity) { return -.infinity }
    left = max(0, left)
    for place in 0..<count {
      let index = Int(byProfit[place])
      guard set[index], items[index].profit > 0 else { continue }
      let more = min(left, items[index].upper - items[index].lower)
      amounts[index] += more
      value += items[index].profit * more
      left -= more
    }
    return value
  }
}
