import LichenDomain

/// Those who work out the pieces of an analysis: the threads of this process, or many machines.
public protocol Workforce: Sendable {
  /// What comes of every piece, in order.
  /// - Parameters:
  ///   - pieces: That need nothing of one another.
  ///   - piece: Works out one; what it gives must not depend on who asks, when, or what was asked before.
  /// - Throws: What the first piece throws that fails.
  func map<Value: Codable & Sendable>(
    _ pieces: Pieces, _ piece: @escaping @Sendable (Int) throws -> Value
  ) throws -> [Value]
}

extension Workforce {
  /// A single piece that uses all threads of whoever works it out.
  /// - Throws: What the piece throws.
  func one<Value: Codable & Sendable>(
    _ name: String, size: Int, _ piece: @escaping @Sendable () throws -> Value
  ) throws -> Value {
    try map(Pieces(name, count: 1, isThreaded: true) { _ in size }) { _ in try piece() }[0]
  }
}

/// Pieces of an analysis that are worked out together.
public struct Pieces: Sendable {
  /// Differs from that of all other pieces of the same analysis.
  public let name: String
  public let count: Int
  /// Whether each piece uses several threads by itself.
  public let isThreaded: Bool
  /// Links of what a piece plans, all its plans together. Estimates of time rest on it, answers do not.
  public let size: @Sendable (Int) -> Int

  public init(
    _ name: String, count: Int, isThreaded: Bool = false, size: @escaping @Sendable (Int) -> Int
  ) {
    self.name = name
    self.count = count
    self.isThreaded = isThreaded
    self.size = size
  }
}

/// The threads of this process.
public struct OwnThreads: Workforce {
  private let count: Int

  public init(_ count: Int) { self.count = count }

  public func map<Value: Codable & Sendable>(
    _ pieces: Pieces, _ piece: @escaping @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    try Threads.map(pieces.count, threads: pieces.isThreaded ? 1 : count) { index in
      Result { try piece(index) }
    }.map { try $0.get() }
  }
}
