import Foundation
import LichenCluster
import LichenIO
import LichenPlanning

/// What a nation's plan says to people: every exchange with its firms, and sums by zone and by material.
struct NationTables {
  private let folder: WorkFolder
  private let merged: MergedInstance
  private let owners: [String: StreamOwner]
  private let currency: String

  init(_ folder: WorkFolder, _ merged: MergedInstance) throws {
    self.folder = folder
    self.merged = merged
    owners = try folder.streamOwners()
    currency = try folder.nationRecord().currency
  }

  /// Sums of exchanges.
  private struct Sum {
    var exchanges = 0
    var money = 0.0
    var carbon = 0.0
    var capital = 0.0

    mutating func add(_ link: PlanningModel.Link, flow: Double) {
      exchanges += 1
      money += link.money * flow - link.fixedCost
      carbon += link.carbon * flow
      capital += link.capital
    }

    var cells: [CSVWriter.Cell] {
      [.integer(exchanges), .number(money), .number(carbon), .number(capital)]
    }
  }

  /// Writes `exchanges.csv`, `zones.csv` and `materials.csv`.
  ///
  /// Value is in what the plan is best at, before permits, which several exchanges share.
  /// - Throws: `FileWritingError`.
  func write(to target: URL) throws {
    let (model, ids) = (merged.instance.model, merged.instance)
    let figures = ["value_per_year", "kg_co2e_per_year", "\(currency)_invested"]
    var exchanges = CSVWriter(guardsFormulas: true)
    exchanges.write(
      header: [
        "exchange", "from", "from_zone", "to", "to_zone", "material", "replaces", "quantity",
      ] + figures)
    var zones: [[String]: Sum] = [:]
    var materials: [[String]: Sum] = [:]
    for (index, flow) in merged.result.flows.enumerated() where merged.result.isOpen[index] {
      let link = model.links[index]
      guard let output = link.output, let input = link.input,
        let from = owners[ids.outputIDs[output]], let to = owners[ids.inputIDs[input]]
      else { continue }
      var sum = Sum()
      sum.add(link, flow: flow)
      exchanges.write(
        [
          .text(model.linkNames[index]), .text(from.enterprise), .text(from.zone),
          .text(to.enterprise), .text(to.zone), .text(from.material), .text(to.material),
          .number(flow),
        ] + sum.cells.dropFirst())
      zones[[from.zone, to.zone], default: Sum()].add(link, flow: flow)
      materials[[from.material, to.material], default: Sum()].add(link, flow: flow)
    }
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    func write(_ name: String, _ keys: [String], _ sums: [[String]: Sum]) throws {
      let rows = sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        .map { $0.key.map(CSVWriter.Cell.text) + $0.value.cells }
      try AtomicFile.write(
        CSVWriter.resultTable(header: keys + ["exchanges"] + figures, rows: rows),
        to: target.appendingPathComponent(name))
    }
    try AtomicFile.write(exchanges.bytes, to: target.appendingPathComponent("exchanges.csv"))
    try write("zones.csv", ["from_zone", "to_zone"], zones)
    try write("materials.csv", ["material", "replaces"], materials)
  }
}
