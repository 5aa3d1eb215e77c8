import LichenIO
import LichenPlanning

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes an instance's folder; equal instances are equal bytes, and what is written reads back as
/// the same instance.
public struct InstanceWriter: Sendable {
  let instance: Instance
  private var model: PlanningModel { instance.model }

  private init(_ instance: Instance) { self.instance = instance }

  /// Writes the folder as a whole or not at all.
  /// - Parameter replacing: Take the place of a folder that holds something.
  /// - Throws: `FileWritingError`.
  public static func write(_ instance: Instance, to folder: URL, replacing: Bool = false)
    throws(FileWritingError)
  {
    try StagedFolder.write(
      files(instance).map { StagedFolder.File(name: $0.name, bytes: $0.bytes) }, to: folder.path,
      replacing: replacing)
  }

  /// The folder's files; tables that need not be there are left out when they have no rows.
  /// - Complexity: O(links · log links), for the order of facility links.
  public static func files(_ instance: Instance) -> [(name: String, bytes: [UInt8])] {
    let writer = InstanceWriter(instance)
    var files: [(String, [UInt8])] = [
      (InstanceSettings.fileName, Array(writer.settings.text.utf8)),
      (InstanceTable.outputs.fileName, writer.outputs),
      (InstanceTable.inputs.fileName, writer.inputs),
      (InstanceTable.links.fileName, writer.links),
    ]
    let model = instance.model
    if !model.permits.isEmpty { files.append((InstanceTable.permits.fileName, writer.permits)) }
    if !model.facilities.isEmpty {
      files.append((InstanceTable.facilities.fileName, writer.facilities))
      files.append((InstanceTable.facilityLinks.fileName, writer.facilityLinks))
    }
    if !model.blends.isEmpty { files.append((InstanceTable.blends.fileName, writer.blends)) }
    if !model.measures.isEmpty { files.append((InstanceTable.measures.fileName, writer.measures)) }
    return files
  }

  private var settings: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(instance.name)), .init("version", .string(instance.version)),
      .init("source", .string(instance.source)), .init("licence", .string(instance.licence)),
    ]
    if let budget = model.capitalBudget { members.append(.init("budget", .number(budget))) }
    if let floor = model.carbonFloor { members.append(.init("co2_floor", .number(floor))) }
    if let limit = model.partnerLimit {
      members.append(.init("max_partners", .number(Double(limit))))
    }
    if let known = instance.bestKnown {
      func figure(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
      members.append(
        .init(
          "best_known",
          .object([
            .init("objective", figure(known.objective)), .init("bound", figure(known.bound)),
            .init("proved_by", .string(known.provedBy)),
          ])))
    }
    return .object(members)
  }

  private var outputs: [UInt8] {
    var table = TableWriter(["id", "supply"])
    for (id, supply) in zip(instance.outputIDs, model.supplies) {
      table.text(id)
      table.number(supply)
      table.endRow()
    }
    return table.bytes
  }

  private var inputs: [UInt8] {
    let hasLeast = model.leastNeeds.contains { $0 > 0 }
    var table = TableWriter(["id", "demand"] + (hasLeast ? ["least"] : []))
    for (index, id) in instance.inputIDs.enumerated() {
      table.text(id)
      table.number(model.needs[index])
      if hasLeast { table.number(model.leastNeeds[index]) }
      table.endRow()
    }
    return table.bytes
  }

  private var permits: [UInt8] {
    var table = TableWriter(["id", "cost"])
    for permit in model.permits {
      table.text(permit.name)
      table.number(permit.annualCost)
      table.endRow()
    }
    return table.bytes
  }

  private var facilities: [UInt8] {
    var table = TableWriter(["id", "capacity", "opening", "capex"])
    for facility in model.facilities {
      table.text(facility.name)
      table.number(facility.capacity)
      table.number(facility.openingCost)
      table.number(facility.capital)
      table.endRow()
    }
    return table.bytes
  }

  private var blends: [UInt8] {
    var table = TableWriter(["id", "link", "excess"])
    for blend in model.blends {
      for (link, excess) in zip(blend.links, blend.excess) {
        table.text(blend.name)
        table.text(model.linkNames[link])
        table.number(excess)
        table.endRow()
      }
    }
    return table.bytes
  }

  private var measures: [UInt8] {
    var table = TableWriter(InstanceTable.measures.columns.map(\.name))
    for measure in model.measures {
      table.text(measure.name)
      if let output = measure.output {
        table.text(instance.outputIDs[output])
      } else {
        table.blank()
      }
      if let input = measure.input { table.text(instance.inputIDs[input]) } else { table.blank() }
      for figure in [measure.shift, measure.money, measure.carbon, measure.capital] {
        table.number(figure)
      }
      table.text(measure.isRequired ? "yes" : "no")
      table.endRow()
    }
    return table.bytes
  }
}
