import LichenDomain

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

/// Finds the files of a data package.
enum ParkFolder {
  static let packageName = "datapackage.json"

  private static let packagePlace = SourceLocation(file: packageName)

  /// Names of visible files and folders, in order; `nil` with an issue if there is nothing to read.
  static func entries(
    of folder: String, expected: String = "the folder of a park", log: IssueLog
  ) -> [String]? {
    let place = SourceLocation(file: folder)
    var status = stat()
    guard stat(folder, &status) == 0 else {
      log.error("missing-folder", at: place, expected: expected)
      return nil
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      log.error(
        "not-a-folder", at: place, expected: expected,
        hint: "name the folder that holds the tables, or a workbook (.xlsx)")
      return nil
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      log.error("unreadable-folder", at: place, hint: "permission to list the folder is missing")
      return nil
    }
    let visible = names.filter { !$0.hasPrefix(".") }.sorted()
    if visible.isEmpty {
      log.error("empty-folder", at: place, expected: expected, hint: "the folder holds no files")
      return nil
    }
    return visible
  }

  /// The parsed description, or `nil` with an issue.
  static func package(in folder: String, entries: [String], log: IssueLog) -> JSONValue? {
    guard entries.contains(packageName) else {
      log.error(
        "missing-datapackage", at: packagePlace, expected: "a file \(packageName)",
        hint: entries.contains(NationFolder.fileName)
          ? "this is a nation: each folder of zones/ is a park, and lichen shard takes all of them"
          : Spelling.suggestion(for: packageName, among: entries)
            ?? "lichen new makes an empty park to copy it from")
      return nil
    }
    guard let bytes = FileBytes.read(path: "\(folder)/\(packageName)", name: packageName, log: log),
      let text = TextDecoding.utf8(from: bytes, file: packageName, log: log)
    else { return nil }
    do {
      let package = try JSONParser.parse(text)
      guard package.members != nil else {
        log.error(
          "wrong-type", at: packagePlace, found: package.shown, expected: "an object in { }")
        return nil
      }
      return package
    } catch {
      log.error(
        "invalid-json", at: SourceLocation(file: packageName, row: error.line),
        found: "line \(error.line), position \(error.column): \(error.reason)",
        expected: "a JSON object")
      return nil
    }
  }

  /// Path inside the folder of each known table.
  static func tables(
    _ package: JSONValue?, in folder: String, entries: [String], log: IssueLog
  ) -> [String: String] {
    var paths: [String: String] = [:]
    var isListed: Set<String> = []
    for resource in resources(package, log: log) {
      guard let (name, path) = target(of: resource, log: log) else { continue }
      isListed.insert(name)
      if let first = paths[name] {
        log.error(
          "duplicate-resource", at: packagePlace, field: "resources", found: path,
          expected: "each table once", hint: "\(first) is the table \(name) already")
      } else if isSafe(path, in: folder, log: log) {
        paths[name] = path
      }
    }
    for schema in ParkSchemas.all where !isListed.contains(schema.name) {
      guard let file = entries.first(where: { $0.lowercased() == schema.fileName }) else {
        continue
      }
      paths[schema.name] = file
      if package != nil {
        log.warning(
          "unlisted-table", at: SourceLocation(file: file),
          hint: "the file is read although resources in \(packageName) does not list it")
      }
    }
    return paths
  }

  private static func resources(_ package: JSONValue?, log: IssueLog) -> [JSONValue] {
    guard let package else { return [] }
    switch package["resources"] {
    case .array(let resources): return resources
    case nil, .null:
      log.error(
        "missing-key", at: packagePlace, field: "resources", expected: "a list of the tables")
    case let other?:
      log.error(
        "wrong-type", at: packagePlace, field: "resources", found: other.shown,
        expected: "a list of the tables")
    }
    return []
  }

  /// Table and path that a resource names; issues for anything else.
  private static func target(of resource: JSONValue, log: IssueLog) -> (
    name: String, path: String
  )? {
    guard resource.members != nil else {
      log.error(
        "wrong-type", at: packagePlace, field: "resources", found: resource.shown,
        expected: "an object with name and path")
      return nil
    }
    var value = resource["path"]
    if case .array(let parts)? = value, parts.count == 1 { value = parts[0] }
    guard let path = value?.string, !path.isEmpty else {
      log.error(
        value == nil ? "missing-key" : "wrong-type", at: packagePlace, field: "resources.path",
        found: value?.shown, expected: "the name of one file")
      return nil
    }
    let stem = TemporaryName.split(path).name.lowercased()
    let names = [resource["name"]?.string?.lowercased(), String(stem.prefix { $0 != "." })]
    let known = ParkSchemas.all.map(\.name)
    if let name = names.compactMap(\.self).first(where: known.contains) { return (name, path) }
    let shown = resource["name"]?.string ?? path
    log.warning(
      "unknown-table", at: packagePlace, field: "resources", found: shown,
      expected: known.joined(separator: ", "),
      hint: "the table is ignored"
        + (Spelling.suggestion(for: shown, among: known).map { "; \($0)" } ?? ""))
    return nil
  }

  /// Whether `path` names something inside the folder, also behind symbolic links.
  private static func isSafe(_ path: String, in folder: String, log: IssueLog) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isOutside =
      path.hasPrefix("/") || path.hasPrefix("~") || path.contains("\\") || path.contains("://")
      || path.utf8.contains(0) || parts.contains("..")
    if isOutside || leavesFolder(path, folder: folder) {
      log.error(
        "unsafe-path", at: packagePlace, field: "resources.path", found: path,
        expected: "a file inside the park's folder")
      return false
    }
    return true
  }

  private static func leavesFolder(_ path: String, folder: String) -> Bool {
    guard let root = resolved(folder), let target = resolved("\(folder)/\(path)") else {
      return false
    }
    return !target.hasPrefix(root == "/" ? "/" : root + "/")
  }

  private static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
