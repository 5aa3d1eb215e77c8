import LichenPlanning

/// The tables of flows. A capacity is written only where it is less than what both ends allow.
extension InstanceWriter {
  private static let flowColumns = [
    "ratio", "benefit", "fixed", "minimum", "capacity", "co2", "capex",
  ]

  var links: [UInt8] {
    let model = instance.model
    let bounds = FlowBounds(model)
    let hasRequired = model.links.contains { isDirect($0) && $0.isRequired }
    let columns = ["id", "output", "input"] + Self.flowColumns + ["permit"]
    var table = TableWriter(
      columns + (hasRequired ? ["required"] : []), expecting: model.links.count)
    for (index, link) in model.links.enumerated() {
      guard let output = link.output, let input = link.input else { continue }
      table.text(model.linkNames[index])
      table.text(instance.outputIDs[output])
      table.text(instance.inputIDs[input])
      write(link, bounds, to: &table)
      writePermits(of: index, to: &table)
      if hasRequired { table.text(link.isRequired ? "yes" : "no") }
      table.endRow()
    }
    return table.bytes
  }

  var facilityLinks: [UInt8] {
    let model = instance.model
    let bounds = FlowBounds(model)
    let legs = model.links.indices.filter { !isDirect(model.links[$0]) }
    let hasPermits = legs.contains { !model.permits(of: $0).isEmpty }
    let hasRequired = legs.contains { model.links[$0].isRequired }
    var table = TableWriter(
      ["id", "facility", "side", "stream"] + Self.flowColumns + (hasPermits ? ["permit"] : [])
        + (hasRequired ? ["required"] : []))
    for index in legs {
      let link = model.links[index]
      table.text(model.linkNames[index])
      switch (link.source, link.target) {
      case (.output(let output), .facility(let facility)):
        table.text(model.facilities[facility].name)
        table.text("in")
        table.text(instance.outputIDs[output])
      case (.facility(let earlier), .facility(let facility)):
        table.text(model.facilities[facility].name)
        table.text("in")
        table.text(model.facilities[earlier].name)
      case (.facility(let facility), .input(let input)):
        table.text(model.facilities[facility].name)
        table.text("out")
        table.text(instance.inputIDs[input])
      case (.output, .input): continue
      }
      write(link, bounds, to: &table)
      if hasPermits { writePermits(of: index, to: &table) }
      if hasRequired { table.text(link.isRequired ? "yes" : "no") }
      table.endRow()
    }
    return table.bytes
  }

  private func isDirect(_ link: PlanningModel.Link) -> Bool {
    link.output != nil && link.input != nil
  }

  private func write(
    _ link: PlanningModel.Link, _ bounds: FlowBounds, to table: inout TableWriter
  ) {
    for figure in [link.ratio, link.money, link.fixedCost, link.lower] { table.number(figure) }
    if link.upper < bounds.most(of: link) { table.number(link.upper) } else { table.blank() }
    table.number(link.carbon)
    table.number(link.capital)
  }

  private func writePermits(of index: Int, to table: inout TableWriter) {
    let model = instance.model
    let names = model.permits(of: index).map { model.permits[Int($0)].name }
    if names.isEmpty { table.blank() } else { table.text(names.joined(separator: " ")) }
  }
}
