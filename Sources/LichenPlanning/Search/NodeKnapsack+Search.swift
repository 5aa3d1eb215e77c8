/// Best-first search over the openings of one node.
extension NodeKnapsack {
  /// - Returns: An upper bound; the best set found is kept.
  func search(included: UInt64, _ stepLimit: Int) -> Double {
    branches.removeAll()
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
      guard let next = branches.pop() else { break }
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
      branches.push(Branch(included: included, excluded: excluded, bound: bound))
    } else {
      memory.pointee.closed = max(memory.pointee.closed, bound)
    }
  }

  /// Bound of a branch: what is included pays its cost and earns its profit, what is undecided earns
  /// along its envelope. `trial` becomes the set of items that are filled.
  func relax(_ included: UInt64, _ excluded: UInt64) -> Double {
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
}
