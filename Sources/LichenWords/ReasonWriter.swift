/// Says in a few words what speaks for a target.
struct ReasonWriter {
  let lexicon: Lexicon
  let query: WordQuery
  let agreements: [Int: TermMatcher.Agreement]
  let isic: String
  let sector: String
  /// Targets whose codes count as a reason.
  let likelyMaterials: [Int]

  func reasons(_ index: Int) -> [String] {
    let target = lexicon.targets[index]
    var reasons: [String] = []
    if let row = agreements[index]?.bestTerm { reasons.append(name(lexicon.terms[row], target)) }
    if target.kind == .european {
      for material in likelyMaterials where lexicon.targets[material].codes.contains(target.id) {
        reasons.append("code of \(lexicon.targets[material].id)")
        break
      }
    }
    let strength: Double? =
      switch target.kind {
      case .material: query.sector.materials[target.id]
      case .european: query.sector.subChapters[String(target.id.prefix(4))]
      case .vietnamese: nil
      }
    if (strength ?? 0) >= 0.3 { reasons.append("sector \(isic.isEmpty ? sector : isic)") }
    return reasons.isEmpty ? [Proposal.noEvidence] : reasons
  }

  private func name(_ term: Term, _ target: Target) -> String {
    switch term.origin {
    case .synonym: "synonym '\(term.text)' (synonyms.csv)"
    case .name: "name '\(term.text)' (materials.csv)"
    case .example: "labelled text '\(term.text)' (calibration.csv)"
    case .title, .part:
      switch target.kind {
      case .material: "part of the name '\(target.title)' (materials.csv)"
      case .european: "title of \(Self.spaced(target.id))"
      case .vietnamese: "title of \(target.id) (waste_codes_vn.csv)"
      }
    }
  }

  /// `100101` as printed in the list, `10 01 01`.
  static func spaced(_ code: String) -> String {
    guard code.count == 6 else { return code }
    let digits = Array(code)
    return "\(digits[0])\(digits[1]) \(digits[2])\(digits[3]) \(digits[4])\(digits[5])"
  }
}
