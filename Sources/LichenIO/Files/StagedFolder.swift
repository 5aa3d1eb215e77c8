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

/// A folder that is filled beside its target and then takes the target's name: readers see all of it
/// or nothing.
package struct StagedFolder {
  /// A file to write: name without folders, and content.
  package struct File {
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// Writes `files` as the folder `target`, making its parent folders if need be.
  /// - Parameters:
  ///   - replacing: Take the place of a folder that holds something.
  ///   - keeping: Which entries of the replaced folder are carried over.
  /// - Throws: `FileWritingError`; the target is then as it was.
  package static func write(
    _ files: [File], to target: String, replacing: Bool, keeping: (String) -> Bool = { _ in false }
  ) throws(FileWritingError) {
    var target = target
    while target.count > 1, target.hasSuffix("/") { target.removeLast() }
    let existing = try entries(of: target)
    if let existing, !existing.isEmpty, !replacing { throw .folderNotEmpty(path: target) }
    if existing != nil { target = resolved(target) }
    try makeFolder(TemporaryName.split(target).folder)
    let staging = TemporaryName.sibling(of: target)
    StagingRegistry.insert(staging)
    defer { StagingRegistry.remove(staging) }
    do throws(FileWritingError) {
      try fill(staging, with: files, shownAs: target)
      let written = Set(files.map(\.name))
      for name in existing ?? [] where keeping(name) && !written.contains(name) {
        try copy("\(target)/\(name)", to: "\(staging)/\(name)")
      }
      try exchange(staging, with: target, exists: existing != nil)
    } catch {
      try? FileManager.default.removeItem(atPath: staging)
      throw error
    }
    AtomicFile.flushFolder(of: target)
  }

  /// Refuses a folder that holds something; one that is not there is as good as empty.
  package static func checkEmpty(_ folder: URL) throws(FileWritingError) {
    if let found = try entries(of: folder.path), !found.isEmpty {
      throw .folderNotEmpty(path: folder.path)
    }
  }

  /// Names in the folder; `nil` when there is none.
  private static func entries(of path: String) throws(FileWritingError) -> [String]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .isNoFolder(path: path) }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw .cannotWrite(path: path, reason: "the folder cannot be listed")
    }
  }

  private static func resolved(_ path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  private static func makeFolder(_ path: String) throws(FileWritingError) {
    var status = stat()
    if path.isEmpty || stat(path, &status) == 0 { return }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: path, reason: "the folder cannot be made")
    }
  }

  private static func fill(_ staging: String, with files: [File], shownAs target: String)
    throws(FileWritingError)
  {
    guard mkdir(staging, 0o777) == 0 else {
      throw .cannotWrite(path: target, reason: TemporaryName.systemReason)
    }
    for file in files {
      try AtomicFile.writeNew(
        [file.bytes], path: "\(staging)/\(file.name)", shownAs: "\(target)/\(file.name)")
    }
  }

  private static func copy(_ source: String, to target: String) throws(FileWritingError) {
    do {
      try FileManager.default.copyItem(atPath: source, toPath: target)
    } catch {
      throw .cannotWrite(path: source, reason: "the file cannot be carried over")
    }
  }

  /// Gives the staged folder the target's name. A folder that stood there steps aside first and comes
  /// back if the second step fails.
  private static func exchange(_ staging: String, with target: String, exists: Bool)
    throws(FileWritingError)
  {
    let aside = TemporaryName.sibling(of: target)
    if exists, rename(target, aside) != 0 {
      throw .cannotWrite(path: target, reason: TemporaryName.systemReason)
    }
    guard rename(staging, target) == 0 else {
      let reason = TemporaryName.systemReason
      if exists { rename(aside, target) }
      throw .cannotWrite(path: target, reason: reason)
    }
    if exists { try? FileManager.default.removeItem(atPath: aside) }
  }
}
