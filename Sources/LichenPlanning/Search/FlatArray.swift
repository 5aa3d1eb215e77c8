/// A block of memory of fixed size for the inner loops of the search.
///
/// Reads and writes go through `base`, unchecked in release builds; whoever writes must be alone.
final class FlatArray<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating element: Element, count: Int) {
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: element, count: max(1, count))
    self.count = count
  }

  convenience init(_ elements: some Collection<Element>) {
    guard let first = elements.first else {
      self.init(uninitialized: 0)
      return
    }
    self.init(repeating: first, count: elements.count)
    for (index, element) in elements.enumerated() { base[index] = element }
  }

  private init(uninitialized count: Int) {
    base = .allocate(capacity: 1)
    self.count = count
  }

  deinit { base.deallocate() }

  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  func fill(_ element: Element) { base.update(repeating: element, count: count) }

  func copy(_ other: FlatArray) {
    precondition(other.count == count, "Flat arrays of different sizes.")
    base.update(from: other.base, count: count)
  }

  var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

/// Rows of indices in two flat arrays: row `i` holds `members[starts[i]..<starts[i + 1]]`.
final class FlatRows: Sendable {
  let starts: FlatArray<Int32>
  let members: FlatArray<Int32>

  /// Groups `0..<keys.count` by key, ascending within each row; negative keys are left out.
  /// - Complexity: O(keys + rows).
  init(rows: Int, keys: [FlatArray<Int32>]) {
    starts = FlatArray(repeating: 0, count: rows + 1)
    for key in keys {
      for index in 0..<key.count where key[index] >= 0 { starts[Int(key[index]) + 1] += 1 }
    }
    for row in 0..<rows { starts[row + 1] += starts[row] }
    members = FlatArray(repeating: 0, count: Int(starts[rows]))
    let next = FlatArray<Int32>(repeating: 0, count: rows + 1)
    next.copy(starts)
    for index in 0..<(keys.first?.count ?? 0) {
      for key in keys where key[index] >= 0 {
        let row = Int(key[index])
        members[Int(next[row])] = Int32(index)
        next[row] += 1
      }
    }
  }

  init(_ rows: [[Int]]) {
    starts = FlatArray(repeating: 0, count: rows.count + 1)
    for (row, members) in rows.enumerated() { starts[row + 1] = starts[row] + Int32(members.count) }
    members = FlatArray(rows.flatMap { $0.map(Int32.init) })
  }

  func range(_ row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row + 1]) }

  func callAsFunction(_ row: Int) -> UnsafeBufferPointer<Int32> {
    let range = range(row)
    return UnsafeBufferPointer(start: members.base + range.lowerBound, count: range.count)
  }
}
