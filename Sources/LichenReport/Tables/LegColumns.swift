import LichenDomain
import LichenMatching

/// Columns of the table of legs through shared plants.
enum LegColumns {
  static func columns(_ park: Park) -> [TableColumn<PlannedLeg>] {
    [
      TableColumn("id") { $0.leg.id },
      TableColumn("from") { $0.leg.giver.rawValue },
      TableColumn("to") { $0.leg.taker.rawValue },
      TableColumn("source") { $0.leg.sourceID },
      TableColumn("target") { $0.leg.targetID },
      TableColumn("material") { $0.leg.material.rawValue },
      TableColumn("route") { $0.leg.route?.id.rawValue ?? "" },
      TableColumn(number: "quantity") { $0.quantity },
      TableColumn("unit") { park.material($0.leg.material)?.referenceUnit.id ?? "" },
      TableColumn(number: "delivers") { $0.delivered },
      TableColumn("mode") { $0.leg.transport.mode?.id ?? "" },
      TableColumn(number: "distance_km") { $0.leg.transport.km },
      TableColumn("law") { $0.leg.verdict?.effect.rawValue ?? "" },
      TableColumn("rules") {
        ResultTables.words($0.leg.verdict?.applying.map(\.id.rawValue) ?? [])
      },
    ] + TableColumn.range("money") { $0.money } + TableColumn.range("carbon_kg") { $0.carbon } + [
      TableColumn(number: "capital") { $0.capital.typical }
    ]
  }
}
