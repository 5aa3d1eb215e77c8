/// Finds where an element can be added to a list of a JSON document without writing it anew.
enum JSONListEnd {
  struct Place: Equatable {
    /// Byte behind the last element, or behind the opening bracket.
    let offset: Int
    let isEmpty: Bool
  }

  /// The list behind `key` of the outermost object; `nil` when there is none.
  /// - Parameter bytes: A well-formed document.
  static func find(_ key: String, in bytes: [UInt8]) -> Place? {
    var depth = 0
    var position = 0
    var lastString: Range<Int>?
    var listDepth: Int?
    var lastContent = 0
    var isEmpty = true
    while position < bytes.count {
      let byte = bytes[position]
      let isSpace = [0x20, 0x09, 0x0A, 0x0D].contains(byte)
      switch byte {
      case UInt8(ascii: "\""):
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
          position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        if depth == 1 { lastString = start + 1..<min(position, bytes.count) }
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "["):
        depth += 1
        if depth == 2, listDepth == nil, let name = lastString,
          Array(key.utf8) == Array(bytes[name])
        {
          listDepth = depth
          lastContent = position + 1
          position += 1
          continue
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == listDepth { return Place(offset: lastContent, isEmpty: isEmpty) }
        depth -= 1
      default: break
      }
      if listDepth != nil, !isSpace {
        lastContent = min(position, bytes.count - 1) + 1
        isEmpty = false
      }
      position += 1
    }
    return nil
  }
}
