import Foundation
import LichenBench

/// What stands in the `unit.json` of a unit whose candidates are to be made; the park of its streams lies beside it.
public struct CandidateTask: Codable, Sendable, Hashable {
  var kind = "candidates"
  /// How many receivers of each material an output is offered to.
  public let nearest: Int
  /// Name of what the plan is to be best at.
  public let objective: String
  /// Money per t CO2e.
  public let carbonPrice: Double
  /// SHA-256 of the catalogue that the park was divided with; no other may value its candidates.
  public let catalogue: String

  public init(nearest: Int, objective: String, carbonPrice: Double, catalogue: String) {
    self.nearest = nearest
    self.objective = objective
    self.carbonPrice = carbonPrice
    self.catalogue = catalogue
  }
}

/// Makes the planning problem of a unit's park.
public protocol CandidateMaker: Sendable {
  /// - Parameter folder: Holds the tables of a park.
  /// - Throws: `WorkError.otherCatalogue`, `ValidationError` if the park is unsound.
  func part(of folder: URL, task: CandidateTask) throws -> CandidatePart
}

/// The problem of some streams of a nation.
public struct CandidatePart: Sendable {
  public let instance: Instance
  /// Whose each stream with a link is.
  public let streams: [StreamOwner]

  public init(instance: Instance, streams: [StreamOwner]) {
    self.instance = instance
    self.streams = streams
  }
}

/// A stream's enterprise and material, for tables of the result.
public struct StreamOwner: Codable, Sendable, Hashable {
  public let stream: String
  public let enterprise: String
  public let zone: String
  public let material: String

  public init(stream: String, enterprise: String, zone: String, material: String) {
    self.stream = stream
    self.enterprise = enterprise
    self.zone = zone
    self.material = material
  }
}

/// What came of a unit's streams.
struct CandidateOutcome: Codable, Sendable {
  /// Tables of the instance by file name.
  let tables: [String: String]
  let streams: [StreamOwner]

  init(_ part: CandidatePart) {
    tables = Dictionary(
      uniqueKeysWithValues: InstanceWriter.files(part.instance).map {
        ($0.name, String(decoding: $0.bytes, as: UTF8.self))
      })
    streams = part.streams
  }

  /// - Throws: `ValidationError` if the tables are no instance.
  func instance() throws -> Instance {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-part-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in tables {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    return try InstanceReader.read(folder: folder).instance
  }
}
