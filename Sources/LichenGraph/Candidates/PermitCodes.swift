import LichenDomain

/// A step that one enterprise takes once for one material, in one word; in the order of
/// `PermitNeed.Key`. Room for 16 million enterprises, and a million materials and rules.
public struct PermitCode: Hashable, Comparable, Sendable {
  private let bits: UInt64

  /// - Parameters:
  ///   - holder: Place among the park's enterprises.
  ///   - material: Place among the catalogue's materials in order of id.
  ///   - rule: Place among the catalogue's rules.
  init(holder: Int, material: Int, rule: Int) {
    bits = UInt64(holder) << 40 | UInt64(material) << 20 | UInt64(rule)
  }

  var holder: Int { Int(bits >> 40) }
  var material: Int { Int(bits >> 20 & 0xFFFFF) }
  var rule: Int { Int(bits & 0xFFFFF) }

  public static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }
}

/// Numbers of holders, materials and rules, by which permits are kept in one word.
final class PermitCodes: Sendable {
  private let park: Park
  private let prices: [(oneOff: LedgerAmount, annual: LedgerAmount)]
  private let materials: [MaterialID]
  private let materialIndex: [MaterialID: Int]
  private let ruleIndex: [RuleID: Int]

  init(park: Park, permits: PermitBook) {
    self.park = park
    prices = park.catalogue.rules.map(permits.prices)
    materials = park.catalogue.materials.keys.sorted()
    materialIndex = Dictionary(
      uniqueKeysWithValues: materials.enumerated().map { ($0.element, $0.offset) })
    ruleIndex = Dictionary(
      park.catalogue.rules.enumerated().map { ($0.element.id, $0.offset) }
    ) { first, _ in first }
  }

  func material(_ id: MaterialID) -> Int { materialIndex[id] ?? 0 }

  func code(_ key: PermitNeed.Key) -> PermitCode {
    PermitCode(
      holder: park.index(ofEnterprise: key.holder) ?? 0, material: material(key.material),
      rule: ruleIndex[key.rule] ?? 0)
  }

  func need(_ code: PermitCode) -> PermitNeed {
    let rule = park.catalogue.rules[code.rule]
    return PermitNeed(
      key: PermitNeed.Key(
        holder: park.enterprises[code.holder].id, material: materials[code.material],
        rule: rule.id),
      rule: rule, oneOff: prices[code.rule].oneOff, annual: prices[code.rule].annual)
  }
}
