import LichenDomain

/// Fills what enterprises did not declare with the typical flows of their sector.
///
/// Yearly flow = size × amount per size × amount of the blueprint's row; low and high multiply as
/// well. A stream of the same material, of a broader or of a narrower one, is the enterprise's own
/// statement, whatever its year or quantity, and keeps the blueprint's row out; so does any stream of
/// the row's group. Nothing that was declared is changed.
public struct ParkFiller: Sendable {
  private let park: Park
  private let catalogue: Catalogue
  private let words: MaterialWords

  /// - Parameter park: A checked park, so that every reference resolves.
  public init(park: Park) {
    self.park = park
    catalogue = park.catalogue
    words = MaterialWords(park)
  }

  /// A stream that was estimated from a blueprint.
  public struct AddedStream: Sendable, Hashable {
    public let id: String
    public let enterprise: EnterpriseID
    public let flow: BlueprintFlow
    /// Reference units of the material per year; `nil` without a size.
    public let yearly: Estimate?
  }

  public struct Result: Sendable {
    public let declaration: ParkDeclaration
    /// In order of enterprise, kind and name.
    public let added: [AddedStream]
    /// What is worth knowing: enterprises without a blueprint or size.
    public let issues: [ValidationIssue]
  }

  /// The declaration with the missing streams added.
  /// - Parameter chosen: Enterprises that are filled; `nil` fills all.
  /// - Complexity: O(n · m) for n declared streams and m rows of a blueprint, per enterprise.
  public func filled(only chosen: Set<EnterpriseID>? = nil) -> Result {
    var declaration = park.declaration
    var added: [AddedStream] = []
    var issues: [ValidationIssue] = []
    var taken = Set(declaration.outputs.map(\.id) + declaration.inputs.map(\.id))
    for enterprise in park.enterprises where chosen?.contains(enterprise.id) ?? true {
      if enterprise.blueprint.isEmpty {
        issues += suggestion(for: enterprise)
        continue
      }
      guard let sector = catalogue.sectorBook.sector(enterprise.blueprint) else { continue }
      let scale = try? sector.scale(of: enterprise.size, units: catalogue.units)
      let flows = missingFlows(of: enterprise)
      if scale == nil, !flows.isEmpty { issues.append(missingSize(of: enterprise, sector)) }
      for flow in flows {
        let id = StreamName.unused(
          "\(enterprise.id)-\(StreamName.slug(flow.name))", among: &taken)
        let row = FilledRow(
          id: id, enterprise: enterprise, sector: sector, flow: flow, scale: scale)
        switch flow.kind {
        case .output: declaration.outputs.append(row.output)
        case .input: declaration.inputs.append(row.input)
        }
        declaration.properties += row.properties
        added.append(
          AddedStream(id: id, enterprise: enterprise.id, flow: flow, yearly: row.yearly))
      }
    }
    return Result(declaration: declaration, added: added, issues: issues.sortedByPlace())
  }

  /// Rows of the blueprint that no declared stream speaks of.
  private func missingFlows(of enterprise: Enterprise) -> [BlueprintFlow] {
    let flows = catalogue.sectorBook.flows(of: enterprise.blueprint)
    let declared = declaredMaterials(of: enterprise)
    func isDeclared(_ flow: BlueprintFlow) -> Bool {
      guard let material = flow.material else { return declared.names.contains(flow.name) }
      let own = flow.kind == .output ? declared.outputs : declared.inputs
      return own.contains { isRelated($0, material) }
    }
    let declaredGroups = Set(flows.filter { !$0.group.isEmpty && isDeclared($0) }.map(\.group))
    return flows.filter { flow in
      // What a plant buys matters only if something of the catalogue can stand in for it.
      let isUseful = flow.material != nil || flow.kind == .output
      return flow.isEmitted && isUseful && !isDeclared(flow)
        && !declaredGroups.contains(flow.group)
    }
  }

  private struct Declared {
    var outputs: Set<MaterialID> = []
    var inputs: Set<MaterialID> = []
    var names: Set<String> = []
  }

  private func declaredMaterials(of enterprise: Enterprise) -> Declared {
    var declared = Declared()
    let id = enterprise.id.rawValue
    for row in park.declaration.outputs where row.enterprise == id {
      declared.names.insert(row.name.isEmpty ? row.material : row.name)
      let text = row.material.isEmpty ? row.name : row.material
      if let material = words.meaning(of: text, sector: enterprise.sector).material {
        declared.outputs.insert(material.id)
      }
    }
    for row in park.declaration.inputs where row.enterprise == id {
      declared.names.insert(row.name.isEmpty ? row.material : row.name)
      let text = row.material.isEmpty ? row.name : row.material
      if let material = words.meaning(of: text, sector: enterprise.sector).material {
        declared.inputs.insert(material.id)
      }
    }
    return declared
  }

  private func isRelated(_ left: MaterialID, _ right: MaterialID) -> Bool {
    catalogue.lineage(of: left).contains(right) || catalogue.lineage(of: right).contains(left)
  }

  private func suggestion(for enterprise: Enterprise) -> [ValidationIssue] {
    let near = catalogue.sectorBook.suggestions(for: enterprise.sector, isic: enterprise.isic)
    if near.isEmpty { return [] }
    return [
      ValidationIssue(
        .warning, code: "no-blueprint", at: enterprise.location, field: "blueprint",
        found: [enterprise.sector, enterprise.isic].filter { !$0.isEmpty }.joined(separator: ", "),
        expected: "an id of sectors.csv, to fill what is not declared",
        hint: "nothing was filled; possible: \(near.map(\.id).joined(separator: ", "))")
    ]
  }

  private func missingSize(of enterprise: Enterprise, _ sector: Sector) -> ValidationIssue {
    ValidationIssue(
      .warning, code: "no-size", at: enterprise.location, field: "size",
      found: enterprise.size.unit.isEmpty ? nil : enterprise.size.unit,
      expected: "a number in \(sector.acceptedSizeUnits)",
      hint: "the streams of \(enterprise.id) are listed without quantity and not planned")
  }
}
