import LichenDomain

/// A question of a rule's checklist, and what answers it.
public struct ChecklistState: Hashable, Sendable {
  public let point: ChecklistPoint
  /// `nil` while the point is open.
  public let settledBy: ChecklistPoint.Settlement?

  public var isOpen: Bool { settledBy == nil }
}

/// What an exchange has declared that may answer questions of checklists.
public struct ChecklistEvidence: Sendable {
  public let measured: Set<PropertyID>
  /// Whether the park documents the exchange.
  public let isDocumented: Bool

  public init(measured: Set<PropertyID> = [], isDocumented: Bool = false) {
    self.measured = measured
    self.isDocumented = isDocumented
  }

  /// Reads the evidence for an output and an input of a park.
  public init(output: OutputStream, input: InputStream, in park: Park) {
    self.init(
      measured: Set(output.properties.keys),
      isDocumented: park.exchanges.contains {
        $0.output == output.id && $0.input == input.id
      })
  }
}

extension LegalVerdict {
  /// The checklists of the applying rules, each question once, in order of rule and number.
  public func checklist(_ evidence: ChecklistEvidence, in catalogue: Catalogue) -> [ChecklistState]
  {
    checklist(of: applying, evidence, in: catalogue)
  }

  /// The checklists of some rules of the trace.
  public func checklist(
    of rules: [LegalRule], _ evidence: ChecklistEvidence, in catalogue: Catalogue
  ) -> [ChecklistState] {
    let ids = Set(rules.map(\.id))
    return catalogue.law.checklists.filter { ids.contains($0.rule) }.map { point in
      ChecklistState(
        point: point, settledBy: point.settledBy.first { settles($0, evidence) })
    }
  }

  private func settles(_ settlement: ChecklistPoint.Settlement, _ evidence: ChecklistEvidence)
    -> Bool
  {
    switch settlement {
    case .receiverLicence(let key): facts.receiver.licences.contains(key)
    case .donorLicence(let key): facts.donor.licences.contains(key)
    case .property(let id): evidence.measured.contains(id)
    case .exchange: evidence.isDocumented
    case .wasteCode: facts.wasteCode != nil
    }
  }
}
