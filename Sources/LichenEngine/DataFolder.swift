import Foundation

/// Finds the shipped data: catalogue, languages, report template, schemas.
public struct DataFolder: Sendable {
  public let url: URL

  public init(url: URL) { self.url = url }

  public var catalogue: URL { url.appendingPathComponent("catalogue") }
  public var programme: URL { url.appendingPathComponent("programme") }
  /// What made-up nations are drawn from.
  public var nations: URL { url.appendingPathComponent("nations") }
  public var report: URL { url.appendingPathComponent("report") }
  /// Pages of the server.
  public var serve: URL { url.appendingPathComponent("serve") }
  /// Coasts behind maps.
  public var outlines: URL { url.appendingPathComponent("outlines") }
  /// Labelled texts, and the model fitted on them.
  public var words: URL { url.appendingPathComponent("words") }
  public var wordModel: URL { words.appendingPathComponent("model.json") }
  public var schemas: URL { url.appendingPathComponent("schemas") }

  public func language(_ code: String) -> URL {
    url.appendingPathComponent("language").appendingPathComponent("\(code).json")
  }

  /// Looks, in this order, at `explicit`, the environment variable `LICHEN_DATA`, `share/lichen`
  /// beside the command's `bin`, and a `data` folder in any folder above the command or the working
  /// folder.
  /// - Parameters:
  ///   - explicit: Folder named by the user; nothing else is tried.
  ///   - environment: Environment variables.
  ///   - executable: Path of the running command.
  /// - Throws: `EngineError.noData` with the places that were tried.
  public static func locate(
    explicit: String?, environment: [String: String], executable: URL, workingFolder: URL
  ) throws -> DataFolder {
    var tried: [String] = []
    func holdsCatalogue(_ url: URL) -> Bool {
      tried.append(url.path)
      return FileManager.default.fileExists(
        atPath: url.appendingPathComponent("catalogue/materials.csv").path)
    }
    for path in [explicit, environment["LICHEN_DATA"]].compactMap({ $0 }) {
      let url = URL(fileURLWithPath: path)
      if holdsCatalogue(url) { return DataFolder(url: url) }
      throw EngineError.noData(tried: tried)
    }
    let resolved = executable.resolvingSymlinksInPath()
    let installed = resolved.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("share/lichen")
    if holdsCatalogue(installed) { return DataFolder(url: installed) }
    for start in [resolved.deletingLastPathComponent(), workingFolder] {
      var folder = start.standardizedFileURL
      for _ in 0..<8 {
        let url = folder.appendingPathComponent("data")
        if holdsCatalogue(url) { return DataFolder(url: url) }
        folder = folder.deletingLastPathComponent()
      }
    }
    throw EngineError.noData(tried: tried)
  }
}

/// A run cannot begin or end, for a reason outside the park's data.
public enum EngineError: Error, CustomStringConvertible, Equatable {
  case noData(tried: [String])
  case unreadable(path: String, reason: String)
  case noPlanBeside(path: String)
  case facilitiesInPlan

  public var description: String {
    switch self {
    case .noData(let tried):
      "No data folder with catalogue/materials.csv was found. Name it with --data or LICHEN_DATA. "
        + "Looked in: \(tried.joined(separator: ", "))."
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    case .noPlanBeside(let path):
      "There is no park beside \(path). Name the park that the plan is for with --park."
    case .facilitiesInPlan:
      "The plan opens shared plants, whose uncertainty is not worked out; plan without facilities.csv."
    }
  }
}
