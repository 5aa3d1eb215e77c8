import Foundation
import LichenBench
import LichenDomain
import LichenPlanning
import Testing

/// An instance's folder for one test, removed when the value goes.
final class InstancesFolder {
  let url: URL

  /// The smallest folder that reads: one output, one input, one link.
  static let plain = [
    "instance.json": #"{"name": "tiny", "version": "1", "source": "here", "licence": "none"}"#,
    "outputs.csv": "id,supply\no1,10\n",
    "inputs.csv": "id,demand\ni1,8\n",
    "links.csv":
      "id,output,input,ratio,benefit,fixed,minimum,capacity,co2,capex,permit\nl1,o1,i1,2,5,3,1,,0,0,\n",
  ]

  /// - Parameter changes: Texts by file name in place of the plain ones.
  init(_ changes: [String: String] = [:]) throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-bench-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in Self.plain.merging(changes, uniquingKeysWith: { $1 }) {
      try text.write(to: url.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: url.appendingPathComponent(name))
  }

  func read() throws -> (instance: Instance, warnings: [ValidationIssue]) {
    try InstanceReader.read(folder: url)
  }

  /// Issues of a folder that must not read.
  func issues() -> [ValidationIssue] {
    do {
      _ = try InstanceReader.read(folder: url)
      return []
    } catch {
      return error.issues
    }
  }
}

/// Whether two instances say the same, figure by figure.
func expectEqual(
  _ left: Instance, _ right: Instance, sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let texts = [left, right].map { instance in
    [instance.name, instance.version, instance.source, instance.licence]
      + instance.outputIDs + instance.inputIDs + instance.model.linkNames
  }
  #expect(texts[0] == texts[1], sourceLocation: sourceLocation)
  #expect(left.bestKnown == right.bestKnown, sourceLocation: sourceLocation)
  let (one, other) = (left.model, right.model)
  #expect(one.links == other.links, sourceLocation: sourceLocation)
  #expect(one.linkPermits == other.linkPermits, sourceLocation: sourceLocation)
  #expect(one.supplies == other.supplies, sourceLocation: sourceLocation)
  #expect(one.needs == other.needs, sourceLocation: sourceLocation)
  #expect(one.leastNeeds == other.leastNeeds, sourceLocation: sourceLocation)
  #expect(one.permits == other.permits, sourceLocation: sourceLocation)
  #expect(one.facilities == other.facilities, sourceLocation: sourceLocation)
  #expect(one.blends == other.blends, sourceLocation: sourceLocation)
  #expect(one.measures == other.measures, sourceLocation: sourceLocation)
  #expect(one.capitalBudget == other.capitalBudget, sourceLocation: sourceLocation)
  #expect(one.carbonFloor == other.carbonFloor, sourceLocation: sourceLocation)
  #expect(one.partnerLimit == other.partnerLimit, sourceLocation: sourceLocation)
}
