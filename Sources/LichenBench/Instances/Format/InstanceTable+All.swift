/// The tables of the format, in the order in which they are read.
extension InstanceTable {
  public static let all = [
    outputs, inputs, permits, facilities, measures, links, facilityLinks, blends,
  ]

  static let outputs = InstanceTable(
    name: "outputs",
    columns: [
      InstanceColumn("id", .id),
      InstanceColumn("supply", .number(.notNegative), unit: "unit of the output per year"),
    ], isRequired: true)

  static let inputs = InstanceTable(
    name: "inputs",
    columns: [
      InstanceColumn("id", .id),
      InstanceColumn("demand", .number(.notNegative), unit: "unit of the input per year"),
      InstanceColumn(
        "least", .number(.notNegative), unit: "unit of the input per year", fallback: "0",
        isCore: false),
    ], isRequired: true)

  static let permits = InstanceTable(
    name: "permits",
    columns: [
      InstanceColumn("id", .id),
      InstanceColumn("cost", .number(.notNegative), unit: "money per year"),
    ], isRequired: false)

  static let facilities = InstanceTable(
    name: "facilities",
    columns: [
      InstanceColumn("id", .id),
      InstanceColumn("capacity", .number(.notNegative), unit: "units brought in per year"),
      InstanceColumn("opening", .number(.notNegative), unit: "money per year", fallback: "0"),
      InstanceColumn("capex", .number(.notNegative), unit: "money", fallback: "0"),
    ], isRequired: false)

  static let measures = InstanceTable(
    name: "measures",
    columns: [
      InstanceColumn("id", .id, isCore: false),
      InstanceColumn("output", .reference("outputs"), fallback: "none", isCore: false),
      InstanceColumn("input", .reference("inputs"), fallback: "none", isCore: false),
      InstanceColumn(
        "shift", .number(.any), unit: "unit of the stream per year", fallback: "0", isCore: false),
      InstanceColumn("benefit", .number(.any), unit: "money per year", isCore: false),
      InstanceColumn("co2", .number(.any), unit: "CO2e per year", fallback: "0", isCore: false),
      InstanceColumn("capex", .number(.notNegative), unit: "money", fallback: "0", isCore: false),
      InstanceColumn("required", .word(["yes", "no"]), fallback: "no", isCore: false),
    ], isRequired: false)

  static let links = InstanceTable(
    name: "links",
    columns: [
      InstanceColumn("id", .id),
      InstanceColumn("output", .reference("outputs")),
      InstanceColumn("input", .reference("inputs")),
    ] + flowColumns + [
      InstanceColumn("permit", .references("permits"), fallback: "none"),
      InstanceColumn("required", .word(["yes", "no"]), fallback: "no", isCore: false),
    ], isRequired: true)

  static let facilityLinks = InstanceTable(
    name: "facility_links",
    columns: [
      InstanceColumn("id", .id),
      InstanceColumn("facility", .reference("facilities")),
      InstanceColumn("side", .word(["in", "out"])),
      InstanceColumn("stream", .reference("outputs, facilities or inputs")),
    ] + flowColumns + [
      InstanceColumn("permit", .references("permits"), fallback: "none", isCore: false),
      InstanceColumn("required", .word(["yes", "no"]), fallback: "no", isCore: false),
    ], isRequired: false)

  static let blends = InstanceTable(
    name: "blends",
    columns: [
      InstanceColumn("id", .reference("itself: rows of one id are one blend"), isCore: false),
      InstanceColumn("link", .reference("links or facility_links"), isCore: false),
      InstanceColumn("excess", .number(.any), unit: "quality per unit moved", isCore: false),
    ], isRequired: false)

  /// What links and legs to and from facilities have in common.
  private static let flowColumns = [
    InstanceColumn(
      "ratio", .number(.positive), unit: "units of the target per unit moved", fallback: "1"),
    InstanceColumn("benefit", .number(.any), unit: "money per unit moved"),
    InstanceColumn("fixed", .number(.notNegative), unit: "money per year", fallback: "0"),
    InstanceColumn("minimum", .number(.notNegative), unit: "units moved per year", fallback: "0"),
    InstanceColumn(
      "capacity", .number(.notNegative), unit: "units moved per year",
      fallback: "what both ends allow"),
    InstanceColumn("co2", .number(.any), unit: "CO2e per unit moved", fallback: "0"),
    InstanceColumn("capex", .number(.notNegative), unit: "money", fallback: "0"),
  ]
}
