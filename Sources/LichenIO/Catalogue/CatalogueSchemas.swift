import LichenDomain

/// The tables of the catalogue.
enum CatalogueSchemas {
  private typealias Column = TableSchema.Column

  private static let confidences = Confidence.allCases.map(\.rawValue)

  static let materials = TableSchema(
    name: "materials", title: "Materials", primaryKey: ["id"],
    columns: [
      Column("id", .identifier, "Short name"),
      Column("name_en", .text, "English name"),
      Column("name_vi", .text, "Vietnamese name"),
      Column("parent", .identifier, "Category or broader material"),
      Column("phase", .choice(Phase.allCases.map(\.rawValue)), "State in which it moves"),
      Column("unit", .choice(["t", "m3", "GJ", "MWh", "unit"]), "Reference unit"),
      Column("density_t_per_m3", .number(.positive), "Density as moved [t/m3]"),
      Column("lhv_gj_per_t", .number(.notNegative), "Lower heating value as moved [GJ/t]"),
      Column("heat_gj_per_t", .number(.notNegative), "Usable heat of steam or hot water [GJ/t]"),
      Column("normal_density_kg_per_nm3", .number(.positive), "Density of a gas [kg/Nm3]"),
      Column("temperature_c", .number(.any), "Typical supply level [°C]"),
      Column("pressure_bar", .number(.notNegative), "Typical supply pressure [bar]"),
      Column("legal_kind", .choice(LegalKind.allCases.map(\.rawValue)), "What the law sees in it"),
      Column("low_codes", .list, "European waste codes that commonly apply, parted by ;"),
      Column("hs_code", .text, "Customs heading"),
      Column("hazardous", .boolean, "Hazardous unless shown otherwise"),
      Column("biogenic", .boolean, "Its combustion CO2 is biogenic"),
      Column("notes"),
      Column("source", .text, "Source of the row"),
      Column("confidence", .choice(confidences), "Confidence in the row"),
      Column("value_confidence", .choice(confidences), "Confidence in its numbers"),
    ])

  static let routes = TableSchema(
    name: "routes", title: "Routes from an output material to an input material",
    primaryKey: ["id"],
    columns: [
      Column("id", .identifier, "Short name: output__input"),
      Column("output_material", .identifier, "Material or category given"),
      Column("input_material", .identifier, "Material replaced"),
      Column("ratio", .number(.positive), "Input replaced per reference unit of output"),
      Column("ratio_low", .number(.positive), "Lowest ratio"),
      Column("ratio_high", .number(.positive), "Highest ratio"),
      Column("ratio_basis", .text, "What the ratio rests on"),
      Column(
        "ratio_rule", .choice(RatioRule.allCases.map(\.rawValue)),
        "How the ratio follows from the materials"),
      Column("use", .choice(RouteUse.allCases.map(\.rawValue)), "What happens to the output"),
      Column("pretreatment", .text, "Treatment on the way"),
      Column("cost_low", .number(.any), "Treatment cost per unit of output, low"),
      Column("cost_typical", .number(.any), "Treatment cost per unit of output"),
      Column("cost_high", .number(.any), "Treatment cost per unit of output, high"),
      Column("cost_currency", .text, "Currency code"),
      Column("cost_year", .year, "Price year"),
      Column("electricity_kwh", .number(.any), "Electricity needed per unit of output [kWh]"),
      Column("heat_gj", .number(.any), "Heat needed per unit of output [GJ]; negative = gained"),
      Column("residue_share", .number(.share), "Share left over by the treatment"),
      Column("max_km", .number(.positive), "Greatest sensible distance [km]"),
      Column("quality_limits", .text, "Quality limits in words"),
      Column("example", .text, "Where it is done"),
      Column("source", .text, "Source of the row"),
      Column("confidence", .choice(confidences), "Confidence in the row"),
      Column("ratio_confidence", .choice(confidences), "Confidence in the ratio"),
      Column("limits_confidence", .choice(confidences), "Confidence in the limits"),
      Column("cost_confidence", .choice(confidences), "Confidence in the cost"),
      Column("notes"),
    ])

  /// Every table that the catalogue's folder must hold.
  static let all: [TableSchema] = [
    TableSchema(
      "jurisdictions", header: "code,name,parent,currency,kind,waste_list,groups,residues"),
    TableSchema(
      "units", header: "id,name,dimension,factor,aliases,exact,source,confidence,notes"),
    TableSchema("categories", header: "id,name_en,name_vi,parent"),
    materials.requiringAll,
    routes.requiringAll,
    TableSchema(
      "route_limits", header: "route,property,minimum,maximum,unit,source,confidence"),
    TableSchema("properties", header: "id,name_en,name_vi,unit,aliases"),
    TableSchema(
      "factors",
      header: "id,name,value,low,high,per,region,year,category,material,source,confidence,notes"),
    TableSchema(
      "costs",
      header: "id,name,low,typical,high,currency,per,region,year,category,source,confidence,"
        + "verified_fields,notes"),
    TableSchema(
      "exchange_rates", header: "id,base,quote,low,rate,high,year,source,confidence,notes"),
    TableSchema(
      "parameters", header: "id,name,low,typical,high,unit,region,year,source,confidence,notes"),
    TableSchema("defaults", header: "role,material,region,entries,confidence,notes"),
    TableSchema(
      "transport",
      header: "mode,phases,cost_role,handling_role,co2_role,capex_role,reach_km,detour,notes,"
        + "source,confidence"),
    TableSchema(
      "waste_lists",
      header: "id,name,class_column,title_column,whole,source,confidence,notes"),
    TableSchema("waste_classes", header: "list,class,reading,name,notes"),
    TableSchema(
      "hazard_limits",
      header: "jurisdiction,property,minimum,maximum,unit,scaling,class,instrument,article,"
        + "in_force_from,in_force_to,source,confidence,notes"),
    TableSchema("checklists", header: "rule,order,question,settled_by,source,confidence"),
    TableSchema("licences", header: "key,name,jurisdictions,meaning,source,confidence"),
    TableSchema(
      "typical_options",
      header: "id,sector,name_en,name_vi,acts_on,share_low,share_typical,share_high,payback_low,"
        + "payback_typical,payback_high,capital_basis,lifetime_years,co2_note,source,confidence,"
        + "payback_confidence,notes"),
    TableSchema(
      "sectors",
      header: "id,name_en,name_vi,isic,reference,unit,small,medium,large,employee_low,"
        + "employee_typical,employee_high,hectare_low,hectare_typical,hectare_high,season,source,"
        + "confidence,notes"),
    TableSchema(
      "blueprints",
      header: "sector,direction,stream,material,low,typical,high,unit,fate,current_route,quality,"
        + "properties,group,role,source,confidence,notes"),
    TableSchema(
      "places",
      header: "id,name_en,name_vi,aliases,kind,jurisdiction,lat,lon,accuracy_km,source,confidence,"
        + "notes"),
    TableSchema(
      "rules",
      header: "id,jurisdiction,instrument,article,subject,effect,step,holder,decides,status,hazard,"
        + "uses,materials,code_prefixes,inputs,border,donor_in,receiver_in,donor_licence,"
        + "receiver_licence,parties,unless_licence,displaces,days_low,days_high,cost_low,"
        + "cost_typical,cost_high,cost_currency,in_force_from,in_force_to,source,confidence,"
        + "days_confidence,cost_confidence,notes"),
  ]

  /// The file of one waste list; it may hold further columns of its own.
  static func wasteList(_ id: String, classColumn: String, titleColumn: String) -> TableSchema {
    var names = ["code", "confidence"]
    for name in [classColumn, titleColumn] where !names.contains(name) && !name.isEmpty {
      names.append(name)
    }
    var schema = TableSchema("waste_codes_\(id)", header: names.joined(separator: ","))
    schema.allowsOtherColumns = true
    return schema
  }
}
