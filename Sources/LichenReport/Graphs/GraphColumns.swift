import LichenDomain
import LichenMatching

/// Facts of nodes and links that every format of the network carries; named as in `exchanges.csv`.
struct GraphColumns: Sendable {
  private let context: ReportContext

  init(_ context: ReportContext) { self.context = context }

  var nodes: [GraphColumn<PlanNetwork.Node>] {
    typealias Column = GraphColumn<PlanNetwork.Node>
    let context = context
    return [
      Column("kind") { $0.plant == nil ? "enterprise" : "plant" },
      Column("name") { $0.name },
      Column("enterprise") { $0.enterprise.id.rawValue },
      Column("sector") { $0.plant == nil ? Self.text($0.enterprise.sector) : nil },
      Column("isic") { $0.plant == nil ? Self.text($0.enterprise.isic) : nil },
      Column("zone") { Self.text($0.zone) },
      Column(flag: "takes_part") { $0.takesPart },
      Column("product") { $0.plant?.facility.product.rawValue },
      Column("product_name") { $0.plant.map { context.material($0.facility.product) } },
      Column(number: "made_per_year") { $0.plant?.made },
      Column("made_unit") { node in
        node.plant.flatMap { context.park.material($0.facility.product)?.referenceUnit.id }
      },
      Column(number: "intake_per_year") { $0.plant?.intake },
      Column("intake_unit") { $0.plant?.facility.intakeUnit.id },
      Column(number: "capacity_per_year") { $0.plant?.facility.capacity },
    ]
  }

  var links: [GraphColumn<PlanNetwork.Link>] {
    ends + flow + law + balance
  }

  private typealias LinkColumn = GraphColumn<PlanNetwork.Link>

  private var ends: [LinkColumn] {
    [
      LinkColumn("kind") { $0.rank == nil ? "leg" : "exchange" },
      LinkColumn("name") { $0.name },
      LinkColumn(whole: "rank") { $0.rank },
      LinkColumn("exchange") { $0.subject },
      LinkColumn("donor") { $0.source },
      LinkColumn("receiver") { $0.target },
    ]
  }

  private var flow: [LinkColumn] {
    [
      LinkColumn("output_material") { $0.flow.material.rawValue },
      LinkColumn("output_material_name") { $0.flow.materialName },
      LinkColumn("stream") { $0.flow.stream },
      LinkColumn(number: "quantity_per_year") { $0.flow.quantity },
      LinkColumn("unit") { $0.flow.unit },
      LinkColumn(number: "tonnes_per_year") { $0.flow.tonnes },
      LinkColumn("mode") { $0.flow.mode },
      LinkColumn(number: "distance_km") { $0.flow.km },
      LinkColumn(flag: "required") { $0.isRequired },
    ]
  }

  private var law: [LinkColumn] {
    let language = context.language
    return [
      LinkColumn("law") { $0.effect?.rawValue },
      LinkColumn("law_word") { link in
        link.effect.map { language.text("effect.\($0.rawValue)") }
      },
      LinkColumn("law_rules") { link in
        link.verdict.map { ResultTables.words($0.applying.map(\.id.rawValue)) }
      },
      LinkColumn("law_confidence") { $0.verdict?.confidence?.rawValue },
      LinkColumn("confidence") { $0.confidence.rawValue },
      LinkColumn("confidence_word") { language.text("confidence.\($0.confidence.rawValue)") },
    ]
  }

  private var balance: [LinkColumn] {
    let currency = context.currency.code
    return [
      LinkColumn("currency") { _ in currency },
      LinkColumn(number: "money_per_year_low") { $0.balance.money.low },
      LinkColumn(number: "money_per_year") { $0.balance.money.typical },
      LinkColumn(number: "money_per_year_high") { $0.balance.money.high },
      LinkColumn("unknown_money") { ResultTables.words($0.balance.unknownMoney) },
      LinkColumn(number: "co2e_kg_per_year_low") { $0.balance.carbon.low },
      LinkColumn(number: "co2e_kg_per_year") { $0.balance.carbon.typical },
      LinkColumn(number: "co2e_kg_per_year_high") { $0.balance.carbon.high },
      LinkColumn("unknown_co2e") { ResultTables.words($0.balance.unknownCarbon) },
      LinkColumn(number: "capital") { $0.balance.capital.typical },
    ]
  }

  private static func text(_ text: String) -> String? { text.isEmpty ? nil : text }
}
