#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes a file so that readers see the old content or the new, never a part.
public enum AtomicFile {
  /// Writes to a hidden temporary in the target's folder, flushes it to disk and renames it.
  ///
  /// A symbolic link is followed; permissions of a file that exists are kept. A device or pipe
  /// (`/dev/null`) is written directly. On failure the temporary is removed and the target is as it
  /// was.
  /// - Throws: `FileWritingError`.
  public static func write(_ data: some Sequence<UInt8>, to url: URL) throws(FileWritingError) {
    try write([Array(data)], path: url.path)
  }

  /// Writes pieces one after the other, each made when the one before is written; see `write(_:to:)`.
  /// - Throws: `FileWritingError`.
  public static func write(pieces: some Sequence<[UInt8]>, to url: URL) throws(FileWritingError) {
    try write(pieces, path: url.path)
  }

  /// Writes `text` as UTF-8; see `write(_:to:)`.
  /// - Throws: `FileWritingError`.
  public static func write(_ text: String, to url: URL) throws(FileWritingError) {
    try write([Array(text.utf8)], path: url.path)
  }

  static func write(_ pieces: some Sequence<[UInt8]>, path: String) throws(FileWritingError) {
    var target = path
    var mode: mode_t = 0o666
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists {
      switch status.st_mode & S_IFMT {
      case S_IFDIR: throw .isFolder(path: path)
      case S_IFREG:
        mode = status.st_mode & 0o777
        target = resolved(path)
      default:
        return try writeDirectly(pieces, path: path)
      }
    }
    let temporary = TemporaryName.sibling(of: target)
    StagingRegistry.insert(temporary)
    defer { StagingRegistry.remove(temporary) }
    do throws(FileWritingError) {
      try writeNew(pieces, path: temporary, mode: mode, keepsMode: exists, shownAs: path)
      guard rename(temporary, target) == 0 else {
        throw .cannotWrite(path: path, reason: TemporaryName.systemReason)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    flushFolder(of: target)
  }

  private static func resolved(_ path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  private static func writeDirectly(_ pieces: some Sequence<[UInt8]>, path: String)
    throws(FileWritingError)
  {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .cannotWrite(path: path, reason: TemporaryName.systemReason)
    }
    defer { close(descriptor) }
    for bytes in pieces { try writeAll(bytes, descriptor, shownAs: path) }
  }

  /// Makes a file that must not exist yet, and flushes it to disk.
  static func writeNew(
    _ pieces: some Sequence<[UInt8]>, path: String, mode: mode_t = 0o666, keepsMode: Bool = false,
    shownAs shown: String
  ) throws(FileWritingError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      throw .cannotWrite(path: shown, reason: TemporaryName.systemReason)
    }
    defer { close(descriptor) }
    if keepsMode { fchmod(descriptor, mode) }
    for bytes in pieces { try writeAll(bytes, descriptor, shownAs: shown) }
    guard fsync(descriptor) == 0 else {
      throw .cannotWrite(path: shown, reason: TemporaryName.systemReason)
    }
  }

  private static func writeAll(_ bytes: [UInt8], _ descriptor: Int32, shownAs path: String)
    throws(FileWritingError)
  {
    var offset = 0
    while offset < bytes.count {
      let written = bytes.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
        #elseif canImport(Musl)
          Musl.write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
        #else
          Darwin.write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
        #endif
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw .cannotWrite(path: path, reason: TemporaryName.systemReason)
      }
      offset += written
    }
  }

  /// Makes a rename survive a power failure; a file system that cannot is no error.
  static func flushFolder(of path: String) {
    let folder = TemporaryName.split(path).folder
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
