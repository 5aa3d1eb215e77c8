import LichenIO
import LichenPlanning

/// The tables of flows.
extension InstanceReading {
  mutating func readLinks(_ rows: inout TableRows) {
    let id = rows.column("id")
    let (output, input) = (rows.column("output"), rows.column("input"))
    let (permit, required) = (rows.column("permit"), rows.column("required"))
    let columns = FlowColumns(rows)
    while rows.next() {
      let source = outputs.find(rows, output)
      let target = inputs.find(rows, input)
      let needed = permits(rows, permit)
      let word = rows.word(required)
      let flow = columns.flow(rows)
      guard linkIDs.add(rows, id) else { continue }
      append(
        flow, from: .output(source ?? 0), to: .input(target ?? 0), line: rows.line,
        isRequired: word == "yes")
      linkPermits.append(needed)
    }
  }

  mutating func readFacilityLinks(_ rows: inout TableRows) {
    let (id, facility) = (rows.column("id"), rows.column("facility"))
    let (side, stream) = (rows.column("side"), rows.column("stream"))
    let (permit, required) = (rows.column("permit"), rows.column("required"))
    let columns = FlowColumns(rows)
    while rows.next() {
      let index = facilityIDs.find(rows, facility)
      let ends = ends(rows, side: rows.word(side), stream: stream, facility: index)
      let needed = permits(rows, permit)
      let word = rows.word(required)
      let flow = columns.flow(rows)
      guard linkIDs.add(rows, id) else { continue }
      append(
        flow, from: ends?.source ?? .output(0), to: ends?.target ?? .input(0), line: rows.line,
        isRequired: word == "yes")
      linkPermits.append(needed)
    }
  }

  /// Where a leg begins and ends; `nil` after a report.
  private mutating func ends(
    _ rows: TableRows, side: String?, stream: TableRows.Column, facility: Int?
  ) -> (source: PlanningModel.Source, target: PlanningModel.Target)? {
    if side == "out" {
      guard let input = inputs.find(rows, stream), let facility else { return nil }
      return (.facility(facility), .input(input))
    }
    guard side == "in", let name = rows.text(stream) else { return nil }
    if let earlier = facilityIDs[name] {
      guard let facility else { return nil }
      if earlier == facility {
        rows.report("feeds-itself", stream, found: name, expected: "an output or another facility")
      }
      return (.facility(earlier), .facility(facility))
    }
    if let output = outputs[name] { return facility.map { (.output(output), .facility($0)) } }
    if facilityIDs.isComplete { outputs.reportUnknown(name, rows, stream) }
    return nil
  }

  private mutating func append(
    _ flow: FlowColumns.Flow, from source: PlanningModel.Source, to target: PlanningModel.Target,
    line: Int, isRequired: Bool = false
  ) {
    drafts.append(
      PlanningModel.Link(
        candidate: drafts.count, source: source, target: target, ratio: flow.ratio,
        money: flow.benefit, carbon: flow.carbon, fixedCost: flow.fixed, capital: flow.capital,
        lower: flow.minimum, upper: flow.capacity, isRequired: isRequired))
    lines.append(Int32(line))
  }

  /// Indices of the permits named in a cell, ascending.
  private mutating func permits(_ rows: TableRows, _ column: TableRows.Column) -> [Int] {
    guard let text = rows.text(column) else { return [] }
    if let only = permitIDs[text] { return [only] }
    var found: Set<Int> = []
    for name in text.split(separator: " ").map(String.init) {
      if let permit = permitIDs[name] {
        found.insert(permit)
      } else {
        permitIDs.reportUnknown(name, rows, column)
      }
    }
    return found.sorted()
  }
}

/// The columns that links and legs share.
private struct FlowColumns {
  struct Flow {
    let ratio: Double
    let benefit: Double
    let fixed: Double
    let minimum: Double
    let capacity: Double
    let carbon: Double
    let capital: Double
  }

  private let ratio: TableRows.Column
  private let benefit: TableRows.Column
  private let fixed: TableRows.Column
  private let minimum: TableRows.Column
  private let capacity: TableRows.Column
  private let carbon: TableRows.Column
  private let capital: TableRows.Column

  init(_ rows: TableRows) {
    ratio = rows.column("ratio")
    benefit = rows.column("benefit")
    fixed = rows.column("fixed")
    minimum = rows.column("minimum")
    capacity = rows.column("capacity")
    carbon = rows.column("co2")
    capital = rows.column("capex")
  }

  /// The figures of a row; harmless ones stand for those that were reported.
  func flow(_ rows: TableRows) -> Flow {
    let least = rows.number(minimum)
    let most = rows.number(capacity, fallback: .infinity)
    if let least, let most, least > most {
      rows.report(
        "minimum-above-capacity", minimum, found: NumberText.shortest(least),
        expected: "at most the capacity \(NumberText.shortest(most))")
    }
    return Flow(
      ratio: rows.number(ratio, fallback: 1) ?? 1, benefit: rows.number(benefit) ?? 0,
      fixed: rows.number(fixed) ?? 0, minimum: least ?? 0, capacity: most ?? .infinity,
      carbon: rows.number(carbon) ?? 0, capital: rows.number(capital) ?? 0)
  }

}
