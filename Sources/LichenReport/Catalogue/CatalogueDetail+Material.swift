import LichenDomain

/// What the catalogue says about a material or a family of materials.
extension CatalogueIndex {
  func materialFacts(_ text: String, _ list: inout FactList) {
    guard let id = MaterialID(text) else { return }
    let lineage = catalogue.lineage(of: id)
    list.add("belongs to", lineage.dropFirst().map(\.rawValue).joined(separator: " → "))
    list.add("holds", members(of: id))
    if let material = catalogue.materials[id] { describe(material, &list) }
    list.add("routes from it", routes { lineage.contains($0.output) })
    list.add("routes to it", routes { lineage.contains($0.input) })
    list.add("defaults", defaults(of: lineage))
    list.add(
      "rules",
      catalogue.rules.filter { rule in rule.materials.contains { lineage.contains($0) } }
        .map { "\($0.id): \($0.effect.rawValue), \($0.instrument) \($0.article)" })
    if let material = catalogue.materials[id] {
      list.add("notes", material.notes)
      list.add("source", material.source)
      list.add(
        "confidence",
        material.confidence.rawValue
          + (material.valueConfidence.map { ", figures \($0.rawValue)" } ?? ""))
    }
  }

  private func describe(_ material: Material, _ list: inout FactList) {
    list.add("moves as", "\(material.phase.rawValue), counted in \(material.referenceUnit.id)")
    list.add("density", material.conversion.densityTonnesPerCubicMetre, "t/m3")
    list.add("gas density", material.conversion.normalDensityKgPerCubicMetre, "kg/Nm3")
    list.add("heating value", material.conversion.heatingValueGJPerTonne, "GJ/t")
    list.add("usable heat", material.conversion.heatContentGJPerTonne, "GJ/t")
    list.add("temperature", material.temperatureCelsius, "°C")
    list.add("pressure", material.pressureBar, "bar")
    list.add("in law", material.legalKind.rawValue)
    list.add("hazardous", material.isHazardous ? "yes" : "no")
    list.add("biogenic", material.isBiogenic ? "yes" : "no")
    list.add(
      "waste codes",
      material.wasteCodes.map { code in
        let entry = WasteCode.digits(of: code).flatMap { catalogue.wasteCodes[$0] }
        return "\(code) \(entry?.description ?? "")"
      })
  }

  private func members(of id: MaterialID) -> [String] {
    let families = catalogue.categories.values.filter { $0.parent == id }.map(\.id.rawValue)
    let materials = catalogue.materials.values.filter { $0.parent == id }.map(\.id.rawValue)
    return [(families + materials).sorted().joined(separator: ", ")]
  }

  private func routes(where isWanted: (Route) -> Bool) -> [String] {
    catalogue.routes.filter(isWanted).map {
      "\($0.id): \($0.use.rawValue), \(CatalogueText.ratio($0))"
    }
  }

  /// Per role, the rows of the nearest ancestor that has any, with their figures.
  private func defaults(of lineage: [MaterialID]) -> [String] {
    let byRole = Dictionary(grouping: catalogue.defaults) { $0.role }
    return byRole.keys.sorted().flatMap { role -> [String] in
      let rows = byRole[role] ?? []
      for ancestor in lineage {
        let own = rows.filter { $0.material == ancestor }
        if own.isEmpty { continue }
        return own.sorted { $0.region < $1.region }.map { rule in
          let figures = rule.entries.compactMap { catalogue.figures[$0] }
          let text = figures.map { "\(CatalogueText.figure($0)) [\($0.id)]" }
          return "\(role) \(rule.region): \(text.joined(separator: " + "))"
        }
      }
      return []
    }
  }
}
