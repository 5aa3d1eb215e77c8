import Foundation
import LichenDomain
import LichenMatching
import LichenTestSupport

@testable import LichenReport

/// Random parks whose hidden firms carry names that occur nowhere else, so that a search finds every leak.
struct SecretPark {
  let result: MatchResult
  let hidden: Set<EnterpriseID>

  /// A park in which every firm but one is a stranger; `agreed` of them have agreed with it to be named.
  static func around(
    _ reader: String, seed: UInt64, agreed: Set<String> = []
  ) throws -> MatchResult {
    var park = RandomParks.park(seed: seed, enterprises: 4...8, outputs: 4...14, inputs: 4...14)
    let others = Set(park.declaration.enterprises.map(\.id)).subtracting([reader])
    for index in park.declaration.enterprises.indices {
      let id = park.declaration.enterprises[index].id
      if id == reader {
        park.declaration.enterprises[index].agreedWith = agreed.intersection(others).sorted()
          .map { "zqfirm-\($0)" }
      } else if agreed.contains(id) {
        park.declaration.enterprises[index].agreedWith = [reader]
      }
    }
    park.rename(others)
    return try ReportFixture.match(park.park())
  }

  /// - Returns: `nil` where no planned exchange touches a hidden firm.
  init?(seed: UInt64, enterprises: ClosedRange<Int> = 4...9) throws {
    var park = RandomParks.park(
      seed: seed, enterprises: enterprises, outputs: 4...14, inputs: 4...14)
    var random = SeededGenerator(seed: seed &+ 4711)
    let secret = Set(park.declaration.enterprises.map(\.id).filter { _ in random.chance(0.4) })
    for index in park.declaration.enterprises.indices
    where secret.contains(park.declaration.enterprises[index].id) {
      park.declaration.enterprises[index].disclosure = .confidential
    }
    park.rename(secret)
    result = try ReportFixture.match(park.park())
    hidden = Set(
      result.plan.park.enterprises.filter { $0.disclosure == .confidential }.map(\.id))
    let isTouched = result.plan.exchanges.contains {
      hidden.contains($0.candidate.output.enterprise)
        || hidden.contains($0.candidate.input.enterprise)
    }
    if !isTouched { return nil }
  }

  /// What no reader of the board's edition may find: names and ids of hidden firms and their streams.
  var secrets: [String] {
    let park = result.plan.park
    let streams: [any LichenDomain.Stream] = park.outputs + park.inputs
    return hidden.flatMap { [$0.rawValue, park.enterprise($0)?.name ?? ""] }
      + streams.filter { hidden.contains($0.enterprise) }.flatMap { [$0.id.rawValue, $0.name] }
  }
}

extension Report {
  /// The text of every format that is text, and of every cell of the tables.
  func everyText() throws -> String {
    let page = try HTMLReport.render(self, assets: ReportFixture.assets())
    let document = String(decoding: try JSONEncoder().encode(ReportDocument(self)), as: UTF8.self)
    let tables = ReportTables(self).tables.flatMap(\.rows).joined().joined(separator: "\n")
    let graphs = [
      GeoJSONReport.render(self), GraphMLReport.render(self), DOTReport.render(self),
      MermaidReport.render(self),
    ]
    let book = "\(ReportSpreadsheet.make(self))"
    return ([page, document, tables, book] + graphs).joined(separator: "\n").lowercased()
  }
}

extension ParkBuilder {
  /// Gives enterprises and their streams ids and names that begin with `zq`.
  fileprivate mutating func rename(_ ids: Set<String>) {
    func new(_ id: String) -> String { ids.contains(id) ? "zqfirm-\(id)" : id }
    var streams: Set<String> = []
    for index in declaration.enterprises.indices {
      let id = declaration.enterprises[index].id
      declaration.enterprises[index].id = new(id)
      declaration.enterprises[index].name = ids.contains(id) ? "Zqname \(id)" : id
    }
    for index in declaration.outputs.indices
    where ids.contains(declaration.outputs[index].enterprise) {
      streams.insert(declaration.outputs[index].id)
      declaration.outputs[index].enterprise = new(declaration.outputs[index].enterprise)
      declaration.outputs[index].id = "zqout-\(declaration.outputs[index].id)"
      declaration.outputs[index].name = "Zqstream \(index)"
    }
    for index in declaration.inputs.indices where ids.contains(declaration.inputs[index].enterprise)
    {
      streams.insert(declaration.inputs[index].id)
      declaration.inputs[index].enterprise = new(declaration.inputs[index].enterprise)
      declaration.inputs[index].id = "zqin-\(declaration.inputs[index].id)"
      declaration.inputs[index].name = "Zqneed \(index)"
    }
    func stream(_ id: String) -> String {
      streams.contains(id) ? (id.hasPrefix("o") ? "zqout-\(id)" : "zqin-\(id)") : id
    }
    for index in declaration.properties.indices {
      declaration.properties[index].stream = stream(declaration.properties[index].stream)
    }
    for index in declaration.exchanges.indices {
      declaration.exchanges[index].from = new(declaration.exchanges[index].from)
      declaration.exchanges[index].to = new(declaration.exchanges[index].to)
      declaration.exchanges[index].output = stream(declaration.exchanges[index].output)
      declaration.exchanges[index].input = stream(declaration.exchanges[index].input)
    }
    for index in declaration.distances.indices {
      declaration.distances[index].from = new(declaration.distances[index].from)
      declaration.distances[index].to = new(declaration.distances[index].to)
    }
  }
}
