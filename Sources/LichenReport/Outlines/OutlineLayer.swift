/// An outline file cannot be used.
public enum OutlineError: Error, Equatable, CustomStringConvertible {
  case notAnOutline(file: String)
  case cutShort(file: String)

  public var description: String {
    switch self {
    case .notAnOutline(let file): "\(file) is no outline file: it does not begin with LCOAST1."
    case .cutShort(let file): "\(file) ends before its last block."
    }
  }
}

/// Rings of land and water of the whole world at one fineness; see `data/outlines/README.md` for its layout.
///
/// Only the table of blocks is read at first; points are decoded for the part of the world that a map
/// shows.
public struct OutlineLayer: Sendable {
  /// An upright rectangle in quanta, east and north up.
  struct Range: Sendable {
    var west: Int
    var south: Int
    var east: Int
    var north: Int

    func meets(_ other: Range) -> Bool {
      west <= other.east && other.west <= east && south <= other.north && other.south <= north
    }
  }

  enum Kind: UInt8 { case rings, part, lastPart }

  struct Block: Sendable {
    let kind: Kind
    let range: Range
    /// Its bytes in the file.
    let bytes: Swift.Range<Int>
  }

  /// Quanta per degree.
  let quanta: Double
  let blocks: [Block]
  private let bytes: [UInt8]

  private static let head = Array("LCOAST1\n".utf8)
  private static let entrySize = 21

  /// - Parameter file: Name of the file, for errors.
  /// - Throws: `OutlineError`.
  public init(_ bytes: [UInt8], file: String) throws(OutlineError) {
    guard bytes.starts(with: Self.head) else { throw OutlineError.notAnOutline(file: file) }
    let table = Self.head.count + 8
    guard bytes.count >= table else { throw OutlineError.cutShort(file: file) }
    let count = Self.number(bytes, Self.head.count + 4)
    let start = table + count * Self.entrySize
    guard count >= 0, bytes.count >= start else { throw OutlineError.cutShort(file: file) }
    var blocks: [Block] = []
    blocks.reserveCapacity(count)
    for index in 0..<count {
      let entry = table + index * Self.entrySize
      let next = entry + Self.entrySize
      let begin = start + Self.number(bytes, entry + 17)
      let end = index + 1 < count ? start + Self.number(bytes, next + 17) : bytes.count
      guard let kind = Kind(rawValue: bytes[entry]), begin <= end, end <= bytes.count else {
        throw OutlineError.cutShort(file: file)
      }
      let range = Range(
        west: Self.number(bytes, entry + 1), south: Self.number(bytes, entry + 5),
        east: Self.number(bytes, entry + 9), north: Self.number(bytes, entry + 13))
      blocks.append(Block(kind: kind, range: range, bytes: begin..<end))
    }
    quanta = Double(Self.number(bytes, Self.head.count))
    self.blocks = blocks
    self.bytes = bytes
  }

  /// Four bytes, lowest first, with sign.
  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    var value: UInt32 = 0
    for index in (0..<4).reversed() { value = value << 8 | UInt32(bytes[place + index]) }
    return Int(Int32(bitPattern: value))
  }

  /// Rings of which some line may cross a rectangle, or that may hold it; parts far from it are cut short.
  ///
  /// A part of a ring outside the rectangle lies wholly on one side of it, so its first point stands
  /// for all of it: the line from there to the next part crosses the rectangle no more than the part.
  /// - Parameters:
  ///   - range: In quanta; may reach beyond 180 degrees.
  ///   - visit: Is given each ring once, as points east and north [quanta].
  /// - Complexity: O(blocks + points of the blocks that meet the rectangle).
  func rings(near range: Range, _ visit: ([(x: Int, y: Int)]) -> Void) {
    var ring: [(x: Int, y: Int)] = []
    for block in blocks {
      let isNear = block.range.meets(range)
      var reader = OutlineReader(
        bytes: bytes, place: block.bytes.lowerBound, end: block.bytes.upperBound)
      let corner = (x: block.range.west, y: block.range.south)
      if block.kind == .rings {
        guard isNear else { continue }
        while !reader.isAtEnd { visit(reader.points(from: corner)) }
        continue
      }
      let part = reader.points(from: corner, limit: isNear ? nil : 1)
      // The last point is the first of the next part.
      ring += isNear ? part.dropLast() : part[...]
      if block.kind == .lastPart {
        visit(ring)
        ring = []
      }
    }
  }
}

/// Decodes the steps of a block.
struct OutlineReader {
  private let bytes: [UInt8]
  private var place: Int
  private let end: Int

  init(bytes: [UInt8], place: Int, end: Int) {
    self.bytes = bytes
    self.place = place
    self.end = end
  }

  var isAtEnd: Bool { place >= end }

  /// The next number; 0 behind the end.
  private mutating func number() -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while place < end {
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 127) << shift
      if byte < 128 || shift > 49 { break }
      shift += 7
    }
    return Int(value >> 1) ^ -Int(value & 1)
  }

  /// The points of the next ring or part.
  /// - Parameter limit: Most points that are decoded; the rest must not be asked for.
  mutating func points(from corner: (x: Int, y: Int), limit: Int? = nil) -> [(x: Int, y: Int)] {
    // A point takes two bytes at least: a damaged count cannot ask for more than there is.
    let count = min(max(0, number()), (end - place) / 2)
    var points: [(x: Int, y: Int)] = []
    points.reserveCapacity(min(count, limit ?? count))
    var last = corner
    for _ in 0..<min(count, limit ?? count) {
      last = (last.x + number(), last.y + number())
      points.append(last)
    }
    return points
  }
}

/// The outlines that ship with the data: a fine layer and one for wide views.
public struct OutlineAtlas: Sendable {
  let fine: OutlineLayer
  let coarse: OutlineLayer

  public init(fine: OutlineLayer, coarse: OutlineLayer) {
    self.fine = fine
    self.coarse = coarse
  }

  /// The source's own word on how near its shores are to the truth: nine points in ten within 500 m.
  static let accuracyKm = 0.5
  /// The coarse layer is thinned by about 2 km: at half a kilometre per pixel, 4 px.
  static let coarseFrom = 0.5

  func layer(kilometresPerPixel: Double) -> OutlineLayer {
    kilometresPerPixel >= Self.coarseFrom ? coarse : fine
  }
}
