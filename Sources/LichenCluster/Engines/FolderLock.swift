import Foundation

/// A lock that ends with the process that holds it, however it ends.
enum FolderLock {
  /// Waits for the lock, runs a body, and lets go.
  /// - Throws: `WorkError.engine` if the file cannot be made, or what the body throws.
  static func whileHolding<Value>(_ file: URL, _ body: () throws -> Value) throws -> Value {
    try whileHolding(file, LOCK_EX, body)
  }

  /// Runs a body unless somebody else holds the lock.
  /// - Throws: `WorkError.inUse`, `.engine` if the file cannot be made, or what the body throws.
  static func ifFree<Value>(_ file: URL, _ body: () throws -> Value) throws -> Value {
    try whileHolding(file, LOCK_EX | LOCK_NB, body)
  }

  private static func whileHolding<Value>(
    _ file: URL, _ operation: Int32, _ body: () throws -> Value
  ) throws -> Value {
    let handle = open(file.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
    guard handle >= 0 else {
      throw WorkError.engine("\(file.path) cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { close(handle) }
    while flock(handle, operation) != 0 {
      if errno == EWOULDBLOCK {
        throw WorkError.inUse(path: file.deletingLastPathComponent().path)
      }
      if errno != EINTR {
        throw WorkError.engine("\(file.path) cannot be locked: \(String(cString: strerror(errno)))")
      }
    }
    return try body()
  }
}
