import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Names for temporaries beside their target: hidden, and unique in this machine's live processes.
enum TemporaryName {
  private static let counter = Mutex<Int>(0)

  /// `.report.html.lichen-412-7.tmp` beside `/some/folder/report.html`.
  static func sibling(of path: String) -> String {
    let number = counter.withLock { value in
      value += 1
      return value
    }
    let parts = split(path)
    // A long name must not grow beyond the file system's 255 bytes.
    let name = String(decoding: parts.name.utf8.prefix(180), as: UTF8.self)
    return "\(parts.folder)/.\(name).lichen-\(getpid())-\(number).tmp"
  }

  /// Folder (`.` if none is given) and last component of a path.
  static func split(_ path: String) -> (folder: String, name: String) {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return (".", String(path)) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "" : String(folder), String(path[path.index(after: slash)...]))
  }

  /// The system's words for the last failed call.
  static var systemReason: String { String(cString: strerror(errno)) }
}
