import LichenDomain

/// A finding while its reasons are put together.
struct HazardDraft {
  private let entry: WasteCode?
  private let limits: LimitFindings
  private var isHazardous = false
  private var basis = HazardFinding.Basis.material
  private var reasons: [HazardReason] = []
  private var contradictions: [HazardReason] = []
  private var open: [HazardReason] = []
  private var confidences: [Confidence] = []

  init(entry: WasteCode?, limits: LimitFindings) {
    self.entry = entry
    self.limits = limits
  }

  var finding: HazardFinding {
    HazardFinding(
      isHazardous: isHazardous, basis: basis, reasons: reasons, contradictions: contradictions,
      open: open, confidence: confidences.min())
  }

  mutating func read(_ entry: WasteCode, of list: WasteList) {
    let values = [
      "code": WasteCode.spaced(entry.code), "class": entry.listClass, "list": list.name,
      "title": entry.description,
    ]
    confidences.append(entry.confidence)
    switch entry.reading {
    case .hazardous: settle(true, .code, HazardReason(.codeHazardous, values))
    case .nonHazardous:
      settle(false, .code, HazardReason(.codeNonHazardous, values))
      contradictions += limits.above.map { _, reason in
        HazardReason(.contradictsMeasurement, values.merging(reason.values) { own, _ in own })
      }
    case .presumedHazardous: readPresumed(values)
    case .mirrorHazardous:
      settle(true, .code, HazardReason(.codeMirrorHazardous, values))
      open.append(HazardReason(.openAssessment, values))
    case .mirrorNonHazardous:
      readDeclaredHarmless(HazardReason(.codeMirrorNonHazardous, values))
      if !isHazardous { open.append(HazardReason(.openAssessment, values)) }
    case .ordinary: readDeclaredHarmless(HazardReason(.codeOrdinary, values))
    case .silent: break
    }
  }

  private mutating func readPresumed(_ values: [String: String]) {
    let presumed = HazardReason(.codePresumed, values)
    if !limits.above.isEmpty {
      condemn()
      reasons.append(presumed)
    } else if limits.allKept {
      settle(false, .measured, HazardReason(.measuredBelow, values))
      reasons.append(presumed)
      confidences += limits.below.map(\.confidence)
      // The shipped limits are those that the catalogue's properties can express.
      open.append(HazardReason(.openLimits, values))
    } else {
      settle(true, .assumed, presumed)
      open += limits.open
      if limits.open.isEmpty { open.append(HazardReason(.openLimits, values)) }
    }
  }

  private mutating func readDeclaredHarmless(_ reason: HazardReason) {
    if limits.above.isEmpty {
      settle(false, .code, reason)
      open += limits.open.filter { $0.kind == .openDryContent }
    } else {
      condemn()
      contradictions.append(
        HazardReason(
          .contradictsMeasurement,
          reason.values.merging(limits.above[0].reason.values) { own, _ in own }))
    }
  }

  mutating func noteUnlisted(_ code: String, list: WasteList?) {
    reasons.append(
      HazardReason(.codeUnlisted, ["code": WasteCode.spaced(code), "list": list?.name ?? ""]))
  }

  mutating func read(_ id: MaterialID, _ material: Material?) {
    let values = ["material": id.rawValue]
    if !limits.above.isEmpty {
      condemn()
    } else if material?.isHazardous == true {
      settle(true, .material, HazardReason(.materialHazardous, values))
    } else {
      settle(false, .material, HazardReason(.materialNonHazardous, values))
      open += limits.open.filter { $0.kind == .openDryContent }
    }
    if let material, basis == .material { confidences.append(material.confidence) }
  }

  /// Reports a code that says something else than the material's own flag.
  mutating func compare(with material: Material?, named id: MaterialID) {
    guard let entry, let material, let declared = entry.reading.isHazardousAsDeclared,
      declared != material.isHazardous, entry.reading != .presumedHazardous
    else { return }
    contradictions.append(
      HazardReason(
        .contradictsMaterial,
        [
          "code": WasteCode.spaced(entry.code), "class": entry.listClass,
          "material": id.rawValue,
        ]))
  }

  private mutating func settle(
    _ hazardous: Bool, _ basis: HazardFinding.Basis, _ reason: HazardReason
  ) {
    isHazardous = hazardous
    self.basis = basis
    reasons.append(reason)
  }

  /// Hazardous by measurement.
  private mutating func condemn() {
    isHazardous = true
    basis = .measured
    reasons += limits.above.map(\.reason)
    confidences += limits.above.map(\.limit.confidence)
  }
}
