import LichenDomain

/// The tables of a park's data package.
enum ParkSchemas {
  private typealias Column = TableSchema.Column

  /// In the order in which they are written.
  static let all = [
    enterprises, outputs, inputs, properties, exchanges, distances, overrides, totals, options,
    facilities, profiles, storages, actuals, progress, classifications, materials, routes,
  ]

  static func schema(named name: String) -> TableSchema? { all.first { $0.name == name } }

  static let enterprises = TableSchema(
    name: "enterprises", title: "Enterprises and their sites", primaryKey: ["id"],
    columns: [
      Column("id", .identifier, required: true, "Short name used in the other tables"),
      Column("name", .text, required: true, "Name of the enterprise"),
      Column("sector", .text, "Trade in a few words"),
      Column("isic", .text, "ISIC or NACE code"),
      Column("lat", .number(.latitude), "Degrees north, WGS 84"),
      Column("lon", .number(.longitude), "Degrees east, WGS 84"),
      Column("zone", .text, "Zone of the park"),
      Column("jurisdiction", .text, "Jurisdiction, if not the park's"),
      Column("licences", .list, "Licences held, parted by ;"),
      Column("blueprint", .text, "Sector blueprint: fills streams that are not declared"),
      Column("size", .number(.notNegative), "Yearly amount in the blueprint's unit"),
      Column("size_low", .number(.notNegative), "Lowest size"),
      Column("size_high", .number(.notNegative), "Highest size"),
      Column("size_unit", .text, "Unit of the size, or employees, or ha"),
      Column(
        "disclosure", .choice(Disclosure.allCases.map(\.rawValue)),
        "confidential = neither named nor figured in the board's report; blank = open"),
      Column(
        "agreed_with", .list, "Enterprises that may learn this one's name if they agree too; by ;"),
      Column("notes"),
    ] + TableSchema.provenance)

  private static let quantityColumns = [
    Column("quantity", .number(.notNegative), "Amount per period, typical"),
    Column("quantity_low", .number(.notNegative), "Lowest amount per period"),
    Column("quantity_high", .number(.notNegative), "Highest amount per period"),
    Column("unit", .text, "Unit, may carry its period: t/yr, m3/day, MW"),
    Column("period", .text, "year, month, week, day or hour; blank = year or the unit's own"),
    Column("hours", .number(.hours), "Operating hours per year"),
  ]

  private static let materialColumn = Column(
    "material", .text, "Id or name of a catalogue's material, or free text; blank = see name")

  private static let closingColumns =
    [
      Column("minimum_lot", .number(.notNegative), "Smallest yearly delivery, in the row's unit"),
      Column("from_year", .year, "First year in which the row holds"),
      Column("to_year", .year, "Last year in which the row holds"),
      Column("profile", .text, "How it is spread over the year: id in profiles; blank = evenly"),
      Column("notes"),
      Column(
        "basis", .choice(["declared", "blueprint"]),
        "blueprint = a typical flow of the sector; blank = the enterprise's own"),
    ] + TableSchema.provenance

  private static let streamReferences: [TableSchema.Reference] = [
    .init(column: "enterprise", table: "enterprises"),
    .init(column: "profile", table: "profiles"),
  ]

  static let outputs = TableSchema(
    name: "outputs", title: "By-products, wastes, surplus heat and water on offer",
    primaryKey: ["id"], references: streamReferences,
    columns: [
      Column("id", .identifier, required: true, "Short name, not used by any other stream"),
      Column("enterprise", .identifier, required: true, "Who offers it: id in enterprises"),
      Column("name", .text, "Name in the enterprise's own words"),
      materialColumn,
      Column("waste_code", .text, "Six digits of the waste list, if the enterprise declares one"),
    ] + quantityColumns + [
      Column(
        "current_route", .choice(CurrentRoute.allCases.map(\.rawValue)), "What happens to it today"),
      Column("disposal_cost", .number(.any), "Money per one of the row's unit; negative = income"),
      Column("disposal_cost_currency", .text, "Currency code; blank = the park's"),
    ] + closingColumns)

  static let inputs = TableSchema(
    name: "inputs", title: "Materials, heat and water that are bought", primaryKey: ["id"],
    references: streamReferences,
    columns: [
      Column("id", .identifier, required: true, "Short name, not used by any other stream"),
      Column("enterprise", .identifier, required: true, "Who needs it: id in enterprises"),
      Column("name", .text, "Name in the enterprise's own words"),
      materialColumn,
    ] + quantityColumns + [
      Column("price", .number(.any), "Money paid today per one of the row's unit"),
      Column("price_currency", .text, "Currency code; blank = the park's"),
      Column("max_share", .number(.share), "Share that by-products may cover; blank = 1"),
    ] + closingColumns)

  static let properties = TableSchema(
    name: "properties", title: "Measured and required qualities",
    primaryKey: ["stream", "property"],
    columns: [
      Column("stream", .identifier, required: true, "Id of an output (measured) or input (needed)"),
      Column("property", .identifier, required: true, "Id in the catalogue's properties"),
      Column("value", .number(.any), "Typical value"),
      Column("minimum", .number(.any), "Lowest value, measured or required"),
      Column("maximum", .number(.any), "Highest value, measured or required"),
      Column("unit", .text, "Unit; blank = the catalogue's"),
      Column("mixture", .boolean, "An input's limits hold for the mixture of what arrives"),
    ] + TableSchema.provenance)

  static let exchanges = TableSchema(
    name: "exchanges", title: "Exchanges that exist or are documented", primaryKey: ["id"],
    references: [
      .init(column: "from", table: "enterprises"), .init(column: "to", table: "enterprises"),
      .init(column: "output", table: "outputs"), .init(column: "input", table: "inputs"),
    ],
    columns: [
      Column("id", .identifier, required: true, "Short name"),
      Column("from", .identifier, required: true, "Giving enterprise"),
      Column("to", .identifier, required: true, "Receiving enterprise"),
      Column("output", .identifier, "Stream given; blank when it is not declared"),
      Column("input", .identifier, "Need covered; blank when it is not declared"),
      Column("name", .text, "What is exchanged"),
      Column("quantity", .number(.notNegative), "Documented amount"),
      Column("unit", .text, "Unit of the amount, with its period"),
      Column("start_year", .year, "First year"),
      Column("end_year", .year, "Last year"),
      Column("kind", .text, "Kind of exchange"),
    ] + TableSchema.provenance)

  static let distances = TableSchema(
    name: "distances", title: "Known route lengths", primaryKey: ["from", "to", "mode"],
    references: [
      .init(column: "from", table: "enterprises"), .init(column: "to", table: "enterprises"),
    ],
    columns: [
      Column("from", .identifier, required: true, "Where the route begins"),
      Column("to", .identifier, required: true, "Where the route ends"),
      Column("mode", .text, "Transport mode; blank leaves it to the material"),
      Column("km", .number(.positive), required: true, "Length [km]"),
    ] + TableSchema.provenance)

  static let overrides = TableSchema(
    name: "overrides", title: "Local figures in place of the catalogue's", primaryKey: ["key"],
    columns: [
      Column(
        "key", .text, required: true,
        "price.MATERIAL, disposal_cost.MATERIAL, role, figure.ID, rule.ID, rule.ID.from, rule.ID.to"
      ),
      Column("value", .text, required: true, "A number, x1.2, off for a rule, or a day"),
      Column("unit", .text, "Unit of the number"),
    ] + TableSchema.provenance)

  static let measures = [
    "co2", "money", "water", "oil", "coal", "gypsum", "mass", "count", "other",
  ]

  static let totals = TableSchema(
    name: "totals", title: "Published figures to compare a plan with", primaryKey: ["id"],
    columns: [
      Column("id", .identifier, required: true, "Short name"),
      Column("name", .text, required: true, "What was published"),
      Column("measure", .choice(measures), "What it measures"),
      Column("value", .number(.any), "The figure"),
      Column("unit", .text, "Its unit"),
      Column("year", .year, "The year it speaks of"),
    ] + TableSchema.provenance + [Column("notes")])

  static let options = TableSchema(
    name: "options", title: "Efficiency measures that an enterprise could take",
    primaryKey: ["id"], references: [.init(column: "enterprise", table: "enterprises")],
    columns: [
      Column("id", .identifier, required: true, "Short name"),
      Column("enterprise", .identifier, required: true, "Who would take it: id in enterprises"),
      Column("name", .text, "What is done"),
      Column("kind", .text, "Row of the catalogue's typical options"),
      Column("stream", .identifier, "Output or input whose quantity changes"),
      Column("change", .number(.any), "Change of its yearly quantity; negative = less"),
      Column("unit", .text, "Unit of the change"),
      Column("capital", .number(.notNegative), "Investment"),
      Column("saving", .number(.any), "Money saved per year, running costs deducted"),
      Column("currency", .text, "Currency code; blank = the park's"),
      Column("co2", .number(.any), "Avoided emissions [t CO2e per year]"),
      Column("lifetime", .number(.positive), "Years that the measure lasts"),
      Column("status", .choice(MeasureStatus.allCases.map(\.rawValue)), "How far it has come"),
      Column("notes"),
    ] + TableSchema.provenance)

  static let facilities = TableSchema(
    name: "facilities", title: "Shared plants that could be built", primaryKey: ["id"],
    references: [.init(column: "enterprise", table: "enterprises")],
    columns: [
      Column("id", .identifier, required: true, "Short name, not used by any stream"),
      Column("name", .text, "What people call it"),
      Column("enterprise", .identifier, "Who would run it on his site: id in enterprises"),
      Column("lat", .number(.latitude), "Degrees north, if it has a place of its own"),
      Column("lon", .number(.longitude), "Degrees east, if it has a place of its own"),
      Column(
        "routes", .text, required: true,
        "Routes that it can run, parted by a space; two in a row joined by +"),
      Column("capacity", .number(.notNegative), "Most that comes in per year"),
      Column("unit", .text, "Unit of the capacity, with its period"),
      Column("capex", .number(.notNegative), "Investment; blank = unknown, then it is only listed"),
      Column("opex", .number(.notNegative), "Cost per year, whatever flows; blank = unknown"),
      Column("currency", .text, "Currency code; blank = the park's"),
      Column("lifetime", .number(.positive), "Years that it lasts"),
      Column("notes"),
    ] + TableSchema.provenance)

  /// Columns of the months, and their names.
  static let months = [
    ("jan", "January"), ("feb", "February"), ("mar", "March"), ("apr", "April"), ("may", "May"),
    ("jun", "June"), ("jul", "July"), ("aug", "August"), ("sep", "September"),
    ("oct", "October"), ("nov", "November"), ("dec", "December"),
  ]

  static let profiles = TableSchema(
    name: "profiles", title: "How streams are spread over the year", primaryKey: ["id"],
    columns: [
      Column("id", .identifier, required: true, "Short name, for the column profile of a stream")
    ]
      + months.map {
        Column(
          $0.0, .number(.notNegative), required: true,
          "\($0.1), as a share or in any other measure of the year")
      } + [Column("notes")] + TableSchema.provenance)

  static let storages = TableSchema(
    name: "storages", title: "Stores that could be built, or are there", primaryKey: ["id"],
    columns: [
      Column("id", .identifier, required: true, "Short name"),
      Column("name", .text, "What people call it"),
      Column(
        "stream", .identifier, required: true, "Output that waits, or input whose deliveries wait"),
      Column("capacity", .number(.notNegative), "Most that it holds"),
      Column("unit", .text, "Unit of the amount, without a period; blank = the stream's"),
      Column("capex", .number(.notNegative), "Investment; 0 = it is there; blank = unknown"),
      Column("opex", .number(.notNegative), "Cost per year, whatever it holds; blank = unknown"),
      Column("currency", .text, "Currency code; blank = the park's"),
      Column("lifetime", .number(.positive), "Years that it lasts"),
      Column("loss", .number(.share), "Share of the stock gone a month later; blank = unknown"),
      Column("keeps", .number(.notNegative), "Month ends that a delivery may stay; blank = a year"),
      Column("notes"),
    ] + TableSchema.provenance)

  static let actuals = TableSchema(
    name: "actuals", title: "What really flowed", primaryKey: ["id"],
    columns: [
      Column("id", .identifier, required: true, "Short name"),
      Column("subject", .text, required: true, "Id of an exchange or option, or OUTPUT:INPUT"),
      Column("period", .text, required: true, "2024, 2024-Q2 or 2024-05"),
      Column("quantity", .number(.notNegative), "Amount in the period"),
      Column("unit", .text, "Unit of the amount"),
      Column("money", .number(.any), "Money gained in the period"),
      Column("currency", .text, "Currency code; blank = the park's"),
      Column("notes"),
    ] + TableSchema.provenance)

  static let progress = TableSchema(
    name: "progress", title: "When exchanges and measures reached which stage",
    primaryKey: ["subject", "date", "status"],
    columns: [
      Column("subject", .text, required: true, "Id of an exchange or option, or OUTPUT:INPUT"),
      Column(
        "status", .choice(ProgressStatus.allCases.map(\.rawValue)), required: true,
        "Stage that was reached; add a row for each, change none"),
      Column("date", .text, required: true, "Day on which it was reached, YYYY-MM-DD"),
      Column("notes"),
    ] + TableSchema.provenance)

  static let classifications = TableSchema(
    name: "classifications", title: "Confirmed meanings of free texts",
    primaryKey: ["text", "sector"],
    columns: [
      Column("text", .text, required: true, "The enterprise's own words"),
      Column("sector", .text, "Only for enterprises of this sector; blank = any"),
      Column("material", .text, required: true, "Id in the catalogue's materials"),
      Column("waste_code", .text, "Waste code, if confirmed too"),
      Column("date", .text, "Day of the confirmation"),
      Column("by", .text, "Who confirmed it"),
      Column("notes"),
      Column("source", .text, "Where the row comes from: a link or a citation"),
    ])

  static let materials = CatalogueSchemas.materials.requiring([
    "id", "name_en", "phase", "unit", "legal_kind",
  ])

  static let routes = CatalogueSchemas.routes.requiring([
    "id", "output_material", "input_material", "ratio", "use",
  ])
}
