import LichenIO
import LichenPlanning

/// The tables without flows.
extension InstanceReading {
  mutating func readOutputs(_ rows: inout TableRows) {
    let id = rows.column("id")
    let supply = rows.column("supply")
    while rows.next() {
      let value = rows.number(supply)
      if outputs.add(rows, id) { supplies.append(value ?? 0) }
    }
  }

  mutating func readInputs(_ rows: inout TableRows) {
    let id = rows.column("id")
    let demand = rows.column("demand")
    let least = rows.column("least")
    while rows.next() {
      let value = rows.number(demand)
      let needed = rows.number(least)
      if let value, let needed, needed > value {
        rows.report(
          "least-above-demand", least, found: NumberText.shortest(needed),
          expected: "at most the demand \(NumberText.shortest(value))")
      }
      guard inputs.add(rows, id) else { continue }
      needs.append(value ?? 0)
      leastNeeds.append(needed ?? 0)
    }
  }

  mutating func readPermits(_ rows: inout TableRows) {
    let id = rows.column("id")
    let cost = rows.column("cost")
    while rows.next() {
      let value = rows.number(cost)
      guard permitIDs.add(rows, id), let name = permitIDs.names.last else { continue }
      permits.append(PlanningModel.Permit(name: name, annualCost: value ?? 0))
    }
  }

  mutating func readFacilities(_ rows: inout TableRows) {
    let id = rows.column("id")
    let (capacity, opening) = (rows.column("capacity"), rows.column("opening"))
    let capex = rows.column("capex")
    while rows.next() {
      let most = rows.number(capacity)
      let cost = rows.number(opening)
      let capital = rows.number(capex)
      guard facilityIDs.add(rows, id), let name = facilityIDs.names.last else { continue }
      if outputs[name] != nil {
        rows.report(
          "ambiguous-id", id, found: name,
          expected: "a name that no output has, because links may begin at either")
      }
      facilities.append(
        PlanningModel.Facility(
          name: name, capacity: most ?? 0, openingCost: cost ?? 0, capital: capital ?? 0))
    }
  }

  mutating func readMeasures(_ rows: inout TableRows) {
    var ids = NameTable("measures.csv")
    let id = rows.column("id")
    let (output, input) = (rows.column("output"), rows.column("input"))
    let (shift, benefit) = (rows.column("shift"), rows.column("benefit"))
    let (carbon, capex) = (rows.column("co2"), rows.column("capex"))
    let required = rows.column("required")
    while rows.next() {
      let figures = (
        rows.number(shift), rows.number(benefit), rows.number(carbon), rows.number(capex)
      )
      let word = rows.word(required)
      let reduced = outputs.find(rows, output)
      let wanted = inputs.find(rows, input)
      if reduced != nil, wanted != nil {
        rows.report("two-streams", input, expected: "an output or an input, not both")
      }
      guard ids.add(rows, id), let name = ids.names.last else { continue }
      measures.append(
        PlanningModel.Measure(
          name: name, output: reduced, input: wanted, shift: figures.0 ?? 0,
          money: figures.1 ?? 0, carbon: figures.2 ?? 0, capital: figures.3 ?? 0,
          isRequired: word == "yes"))
    }
  }

  /// Rows of one id make one blend, in the order of their first rows; its links ascend.
  mutating func readBlends(_ rows: inout TableRows) {
    let (id, link, excess) = (rows.column("id"), rows.column("link"), rows.column("excess"))
    var names: [String] = []
    var positions: [String: Int] = [:]
    var members: [[Int: Double]] = []
    while rows.next() {
      let value = rows.number(excess)
      let index = linkIDs.find(rows, link)
      guard let name = rows.id(id), let value, let index else { continue }
      let position = positions[name] ?? names.count
      if position == names.count {
        positions[name] = position
        names.append(name)
        members.append([:])
      }
      if members[position].updateValue(value, forKey: index) != nil {
        rows.report(
          "duplicate-row", link, found: linkIDs.names[index], expected: "each link once in a blend")
      }
      if let first = members[position].keys.min(), drafts[first].target != drafts[index].target {
        rows.report(
          "several-receivers", link, found: linkIDs.names[index],
          expected: "links to one receiver in a blend")
      }
    }
    blends = zip(names, members).map { name, terms in
      let sorted = terms.sorted { $0.key < $1.key }
      return PlanningModel.Blend(
        name: name, links: sorted.map(\.key), excess: sorted.map(\.value))
    }
  }
}
