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
  fileprivate var slope = 0.0
  fileprivate var length = 0.0

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
  fileprivate mutating func envelop(charge: Double) {
    let cost = fixed + charge
    let paysAtOnce = cost < 0 && lower > 0
    length = paysAtOnce ? lower : upper
    slope = length > 0 ? (profit * length - cost) / length : 0
    // However it is rounded, the first piece is no flatter than the second.
    if paysAtOnce { slope = max(slope, profit) }
    if isMandatory { slope = .infinity }
  }
}

/// Exact maximum of Σ p·x − f·y with Σ x ≤ C, m·y ≤ x ≤ u·y and Σ y ≤ K, by best-first search over
/// the openings under the bound of the concave envelopes, branching on the one item that the bound
/// fills in part. Under a count limit each opening is charged a price that the limit gives back.
///
/// Complexity: exponential in the worst case; beyond a number of search steps the value is the best
/// found and the bound still holds. Typical nodes take a few steps, each linear in the items.
final class NodeKnapsack {
  /// A set of decisions about the first 64 items, and its bound.
  private struct Branch {
    var included: UInt64
    var excluded: UInt64
    var bound: Double
  }

  private struct Memory {
    var count = 0
    var capacity = 0.0
    var countLimit = Int32.max
    /// Price of an opening under the count limit.
    var charge = 0.0
    var best = 0.0
    var branches = 0
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

  private let memory: UnsafeMutablePointer<Memory>
  private var items: UnsafeMutablePointer<KnapsackItem>
  private var chosen: UnsafeMutablePointer<Bool>
  private var trial: UnsafeMutablePointer<Bool>
  private var amounts: UnsafeMutablePointer<Double>
  private var byProfit: UnsafeMutablePointer<Int32>
  private var size: Int
  private var heap: UnsafeMutablePointer<Branch>
  private var heapSize: Int

  init() {
    size = 64
    heapSize = 1024
    memory = .allocate(capacity: 1)
    memory.initialize(to: Memory())
    items = .allocate(capacity: size)
    chosen = .allocate(capacity: size)
    trial = .allocate(capacity: size)
    amounts = .allocate(capacity: size)
    byProfit = .allocate(capacity: size)
    heap = .allocate(capacity: heapSize)
  }

  deinit {
    memory.deallocate()
    heap.deallocate()
    release()
  }

  private func release() {
    items.deallocate()
    chosen.deallocate()
    trial.deallocate()
    amounts.deallocate()
    byProfit.deallocate()
  }

  private func grow() {
    let old = (items: items, count: memory.pointee.count)
    let larger = UnsafeMutablePointer<KnapsackItem>.allocate(capacity: 2 * size)
    larger.update(from: old.items, count: old.count)
    release()
    size *= 2
    items = larger
    chosen = .allocate(capacity: size)
    trial = .allocate(capacity: size)
    amounts = .allocate(capacity: size)
    byProfit = .allocate(capacity: size)
  }

  func removeAll() {
    memory.pointee.count = 0
    memory.pointee.gift = 0
  }

  /// Adds a link that may pay; others are better left out.
  func add(_ item: KnapsackItem) {
    if memory.pointee.count == size { grow() }
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
    let count = count
    let items = items
    let byProfit = byProfit
    if count <= 24 {
      for index in 1..<max(1, count) {
        let item = items[index]
        var place = index
        while place > 0, items[place - 1].slope < item.slope {
          items[place] = items[place - 1]
          place -= 1
        }
        items[place] = item
      }
    } else {
      var buffer = UnsafeMutableBufferPointer(start: items, count: count)
      buffer.sort { $0.slope > $1.slope || ($0.slope == $1.slope && $0.link < $1.link) }
    }
    for index in 0..<count { byProfit[index] = Int32(index) }
    if count <= 24 {
      for index in 1..<max(1, count) {
        let item = byProfit[index]
        let profit = items[Int(item)].profit
        var place = index
        while place > 0, items[Int(byProfit[place - 1])].profit < profit {
          byProfit[place] = byProfit[place - 1]
          place -= 1
        }
        byProfit[place] = item
      }
    } else {
      var buffer = UnsafeMutableBufferPointer(start: byProfit, count: count)
      buffer.sort {
        let (left, right) = (items[Int($0)].profit, items[Int($1)].profit)
        return left > right || (left == right && $0 < $1)
      }
    }
  }

  /// Value of a set, minus infinity if its least amounts do not fit; amounts are written.
  private func fill(_ set: UnsafeMutablePointer<Bool>) -> Double {
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

  // MARK: Search

  private func search(included: UInt64, _ stepLimit: Int) -> Double {
    memory.pointee.branches = 0
    memory.pointee.closed = -.infinity
    var branch = Branch(included: included, excluded: 0, bound: relax(included, 0))
    tryFilled()
    for step in 0... {
      if !mayImprove(branch.bound) || step >= stepLimit {
        // The best open branch bounds all others.
        return max(memory.pointee.best, memory.pointee.closed, branch.bound)
      }
      if step > 0 { _ = relax(branch.included, branch.excluded) }
      let item = undecided(branch)
      if item >= 64 {
        memory.pointee.closed = max(memory.pointee.closed, branch.bound)
      } else if item >= 0 {
        let bit: UInt64 = 1 << UInt64(item)
        consider(branch.included | bit, branch.excluded, parent: branch.bound, step)
        consider(branch.included, branch.excluded | bit, parent: branch.bound, step)
      }
      guard let next = pop() else { break }
      branch = next
    }
    return max(memory.pointee.best, memory.pointee.closed)
  }

  /// Whether a branch may hold something notably better; anything is better than nothing.
  private func mayImprove(_ bound: Double) -> Bool {
    let best = memory.pointee.best
    return best == -.infinity ? bound > best : bound > best + Self.tolerance * abs(best)
  }

  /// The item to decide next; -1 if the relaxation is a plan, which has been tried.
  private func undecided(_ branch: Branch) -> Int {
    if memory.pointee.critical >= 0 { return memory.pointee.critical }
    let (open, limit) = (memory.pointee.open, memory.pointee.countLimit)
    let isPlan = !memory.pointee.isShort && open <= limit
    if !isPlan, memory.pointee.lastFilled >= 0 { return memory.pointee.lastFilled }
    guard memory.pointee.charge > 0, open < limit else { return -1 }
    // Openings were too dear, so that a set with more of them may be better.
    let decided = branch.included | branch.excluded
    return ((memory.pointee.lastFilled + 1)..<count).first {
      $0 >= 64 || decided & (1 << UInt64($0)) == 0
    } ?? -1
  }

  /// Bounds a branch, tries what it suggests (always if that is a plan, else only early), and keeps it
  /// if it may hold something better.
  private func consider(_ included: UInt64, _ excluded: UInt64, parent: Double, _ step: Int) {
    if included.nonzeroBitCount > memory.pointee.countLimit { return }
    var least = 0.0
    var rest = included
    while rest != 0 {
      least += items[rest.trailingZeroBitCount].lower
      rest &= rest - 1
    }
    if least > memory.pointee.capacity * (1 + 1e-12) { return }
    let bound = min(parent, relax(included, excluded))
    if memory.pointee.critical < 0 || step < 4 { tryFilled() }
    if mayImprove(bound) {
      push(Branch(included: included, excluded: excluded, bound: bound))
    } else {
      memory.pointee.closed = max(memory.pointee.closed, bound)
    }
  }

  /// Bound of a branch: what is included pays its cost and earns its profit, what is undecided earns
  /// along its envelope. `trial` becomes the set of items that are filled.
  private func relax(_ included: UInt64, _ excluded: UInt64) -> Double {
    let count = count
    let (items, trial, byProfit) = (items, trial, byProfit)
    var state = memory.pointee
    let start = state.charge > 0 ? state.charge * Double(state.countLimit) : 0
    var value = start
    state.open = 0
    for index in 0..<count {
      let isIn = index < 64 && included & (1 << UInt64(index)) != 0
      trial[index] = isIn
      if isIn {
        value -= items[index].fixed + state.charge
        state.open += 1
      }
    }
    var left = state.capacity
    var (place, next) = (0, 0)
    state.critical = -1
    state.lastFilled = -1
    state.isShort = false
    while true {
      while next < count, next < 64, (included | excluded) & (1 << UInt64(next)) != 0 { next += 1 }
      var (profit, amount) = (0.0, 0.0)
      var isPaid = false
      while place < count {
        let index = Int(byProfit[place])
        if index < 64, included & (1 << UInt64(index)) != 0 {
          (profit, amount) = (items[index].profit, items[index].upper)
          isPaid = true
          if left < items[index].lower { state.isShort = true }
          break
        }
        let isOut = index < 64 && excluded & (1 << UInt64(index)) != 0
        // Its first piece is steeper or comes first among equals, and so is always filled before.
        if items[index].length < items[index].upper, !isOut {
          (profit, amount) = (items[index].profit, items[index].upper - items[index].length)
          break
        }
        place += 1
      }
      if left <= 0 { break }
      let slope = next < count ? items[next].slope : 0
      if profit <= 0, slope <= 0 { break }
      if profit > slope || (isPaid && profit == slope), place < count {
        let taken = min(left, amount)
        value += profit * taken
        left -= taken
        place += 1
      } else {
        let taken = min(left, items[next].length)
        value += slope * taken
        left -= taken
        if taken < items[next].length {
          state.critical = next
        } else {
          trial[next] = true
          state.lastFilled = next
          state.open += 1
        }
        next += 1
      }
    }
    // Included items that the loop did not reach need their least all the same.
    var due = 0.0
    for rest in place..<(included == 0 ? place : count) {
      let index = Int(byProfit[rest])
      if index < 64, included & (1 << UInt64(index)) != 0 { due += items[index].lower }
    }
    if due > left { state.isShort = true }
    memory.pointee = state
    return value
  }

  /// Tries the filled items of the last relaxation as a set, with and without the one filled in part,
  /// and with as many more as may be open if openings were charged.
  private func tryFilled() {
    let critical = memory.pointee.critical
    if critical >= 0 {
      trial[critical] = true
      keepIfBetter()
      trial[critical] = false
    }
    keepIfBetter()
    guard memory.pointee.charge > 0 else { return }
    var more = memory.pointee.countLimit - memory.pointee.open
    for index in 0..<count where more > 0 && !trial[index] {
      trial[index] = true
      more -= 1
    }
    keepIfBetter()
  }

  private func keepIfBetter() {
    var open: Int32 = 0
    for index in 0..<count where trial[index] {
      open += 1
      // The weakest are left out; mandatory ones come first.
      if open > memory.pointee.countLimit { trial[index] = false }
    }
    let value = fill(trial)
    if value > memory.pointee.best {
      memory.pointee.best = value
      chosen.update(from: trial, count: count)
    }
  }

  // MARK: Heap of open branches, best bound first

  private func push(_ branch: Branch) {
    if memory.pointee.branches == heapSize {
      let larger = UnsafeMutablePointer<Branch>.allocate(capacity: 2 * heapSize)
      larger.update(from: heap, count: heapSize)
      heap.deallocate()
      heap = larger
      heapSize *= 2
    }
    var place = memory.pointee.branches
    memory.pointee.branches += 1
    while place > 0, heap[(place - 1) / 2].bound < branch.bound {
      heap[place] = heap[(place - 1) / 2]
      place = (place - 1) / 2
    }
    heap[place] = branch
  }

  private func pop() -> Branch? {
    guard memory.pointee.branches > 0 else { return nil }
    let first = heap[0]
    memory.pointee.branches -= 1
    let count = memory.pointee.branches
    let last = heap[count]
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= count { break }
      if child + 1 < count, heap[child + 1].bound > heap[child].bound { child += 1 }
      if heap[child].bound <= last.bound { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = last
    return first
  }
}
