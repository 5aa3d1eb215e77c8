/// What a heap can hold: plain values with a strict order.
protocol HeapItem: BitwiseCopyable {
  /// Whether this one leaves the heap first.
  func precedes(_ other: Self) -> Bool
}

/// A binary heap that keeps its memory when emptied; one thread at a time.
///
/// Its state stands behind a pointer, because it is used in inner loops, where checks for exclusive
/// access to a class's variables would show.
final class BinaryHeap<Item: HeapItem> {
  private struct State {
    var items: UnsafeMutablePointer<Item>
    var count = 0
    var capacity: Int
  }

  private let state: UnsafeMutablePointer<State>

  init() {
    state = .allocate(capacity: 1)
    state.initialize(to: State(items: .allocate(capacity: 64), capacity: 64))
  }

  deinit {
    state.pointee.items.deallocate()
    state.deallocate()
  }

  func removeAll() { state.pointee.count = 0 }

  /// - Complexity: O(log count).
  func push(_ item: Item) {
    if state.pointee.count == state.pointee.capacity { grow() }
    let items = state.pointee.items
    var place = state.pointee.count
    state.pointee.count += 1
    while place > 0, item.precedes(items[(place - 1) / 2]) {
      items[place] = items[(place - 1) / 2]
      place = (place - 1) / 2
    }
    items[place] = item
  }

  /// Takes out the first of all.
  /// - Complexity: O(log count).
  func pop() -> Item? {
    guard state.pointee.count > 0 else { return nil }
    let items = state.pointee.items
    state.pointee.count -= 1
    let count = state.pointee.count
    let (first, last) = (items[0], items[count])
    var place = 0
    while 2 * place + 1 < count {
      var child = 2 * place + 1
      if child + 1 < count, items[child + 1].precedes(items[child]) { child += 1 }
      if !items[child].precedes(last) { break }
      items[place] = items[child]
      place = child
    }
    items[place] = last
    return first
  }

  private func grow() {
    let old = state.pointee
    let larger = UnsafeMutablePointer<Item>.allocate(capacity: 2 * old.capacity)
    larger.update(from: old.items, count: old.count)
    old.items.deallocate()
    state.pointee.items = larger
    state.pointee.capacity = 2 * old.capacity
  }
}
