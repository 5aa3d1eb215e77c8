/// What a heap can order.
protocol HeapItem: BitwiseCopyable {
  /// Whether this item leaves the heap before another.
  func precedes(_ other: Self) -> Bool
}

/// A binary heap in one block of memory that grows; pushing and popping take O(log count).
final class BinaryHeap<Item: HeapItem> {
  private var base: UnsafeMutablePointer<Item>
  private var room = 64
  private var count = 0

  init() { base = .allocate(capacity: room) }

  deinit { base.deallocate() }

  func removeAll() { count = 0 }

  func push(_ item: Item) {
    if count == room {
      let larger = UnsafeMutablePointer<Item>.allocate(capacity: 2 * room)
      larger.update(from: base, count: count)
      base.deallocate()
      base = larger
      room *= 2
    }
    var place = count
    count += 1
    while place > 0, item.precedes(base[(place - 1) / 2]) {
      base[place] = base[(place - 1) / 2]
      place = (place - 1) / 2
    }
    base[place] = item
  }

  /// Takes out the item that precedes all others.
  func pop() -> Item? {
    guard count > 0 else { return nil }
    let first = base[0]
    count -= 1
    let last = base[count]
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= count { break }
      if child + 1 < count, base[child + 1].precedes(base[child]) { child += 1 }
      if !base[child].precedes(last) { break }
      base[place] = base[child]
      place = child
    }
    base[place] = last
    return first
  }
}
