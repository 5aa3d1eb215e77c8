import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads whole files with a limit on their size.
package enum FileBytes {
  /// Larger files are refused before they are read [bytes].
  package static let maximumSize = 100_000_000

  /// Content of a regular file, or `nil` with an issue in `log`.
  /// - Parameter name: How the file is called in issues.
  package static func read(
    path: String, name: String, log: IssueLog, maximumSize: Int = maximumSize
  ) -> [UInt8]? {
    let place = SourceLocation(file: name)
    // Without O_NONBLOCK, opening a pipe would wait for its writer for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let isMissing = errno == ENOENT || errno == ENOTDIR
      log.error(
        isMissing ? "missing-file" : "unreadable-file", at: place,
        hint: isMissing ? "there is no such file" : TemporaryName.systemReason)
      return nil
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      log.error("unreadable-file", at: place, expected: "a regular file")
      return nil
    }
    let size = Int(status.st_size)
    guard size <= maximumSize else {
      log.error(
        "file-too-large", at: place, found: megabytes(size),
        expected: "at most \(megabytes(maximumSize))",
        hint: "split the table or remove what does not belong to it")
      return nil
    }
    guard let bytes = readAll(descriptor, count: size) else {
      log.error("unreadable-file", at: place, hint: TemporaryName.systemReason)
      return nil
    }
    return bytes
  }

  /// What a path leads to.
  enum Start: Equatable {
    case none, folder
    /// The first bytes of a regular file.
    case bytes([UInt8])
  }

  /// Looks at the first bytes of a file.
  static func start(path: String, count: Int) -> Start {
    var status = stat()
    guard stat(path, &status) == 0 else { return .none }
    if status.st_mode & S_IFMT == S_IFDIR { return .folder }
    guard status.st_mode & S_IFMT == S_IFREG else { return .none }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .none }
    defer { close(descriptor) }
    return readAll(descriptor, count: count).map(Start.bytes) ?? .none
  }

  private static func readAll(_ descriptor: Int32, count: Int) -> [UInt8]? {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let base = buffer.baseAddress {
        let step = systemRead(descriptor, base + filled, count - filled)
        if step < 0 && errno == EINTR { continue }
        if step <= 0 {
          failed = step < 0
          break
        }
        filled += step
      }
    }
    return failed ? nil : bytes
  }

  private static func systemRead(
    _ descriptor: Int32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, target, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, target, count)
    #else
      Darwin.read(descriptor, target, count)
    #endif
  }

  private static func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes + 50_000) / 100_000
    return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
  }
}
