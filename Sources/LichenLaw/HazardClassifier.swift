import LichenDomain

/// Says whether an output is hazardous where its donor is, from waste code, measurements and material.
///
/// Lists, classes and limits are data; nothing here knows a country. An entry that is hazardous, or
/// not, whatever is measured settles the question. A presumed entry is hazardous until every limit is
/// known to be kept. Of a mirror pair the declared one is followed, and its assessment stays open. A
/// value that reaches a limit makes every other stream hazardous. Without a known entry the material's
/// own flag decides.
public struct HazardClassifier: Sendable {
  private let catalogue: Catalogue
  private let date: CalendarDate

  /// - Parameter date: Day on which limits are read.
  public init(catalogue: Catalogue, date: CalendarDate) {
    self.catalogue = catalogue
    self.date = date
  }

  /// - Parameters:
  ///   - wasteCode: Six digits of the list used where the donor is.
  ///   - measured: Lowest and highest value of each measured property, in the catalogue's units.
  ///   - jurisdiction: Where the donor is.
  /// - Complexity: O(l) for l hazard limits.
  public func finding(
    material: MaterialID, wasteCode: String?, measured: [PropertyID: ClosedRange<Double>],
    jurisdiction: String
  ) -> HazardFinding {
    let row = catalogue.materials[material]
    let list = catalogue.wasteList(of: jurisdiction)
    let entry = wasteCode.flatMap { list?.entries[$0] }.flatMap { $0.reading == .silent ? nil : $0 }
    // Goods, utilities and water are not waste as long as nobody codes them as such.
    let isJudged = wasteCode != nil || row?.legalKind == .residue
    let findings = isJudged ? limitFindings(measured, in: jurisdiction) : LimitFindings()
    var finding = HazardDraft(entry: entry, limits: findings)
    if let entry, let list {
      finding.read(entry, of: list)
    } else {
      if let wasteCode { finding.noteUnlisted(wasteCode, list: list) }
      finding.read(material, row)
    }
    finding.compare(with: row, named: material)
    return finding.finding
  }

  // MARK: Limits

  private func limitFindings(_ measured: [PropertyID: ClosedRange<Double>], in place: String)
    -> LimitFindings
  {
    let chain = Set(catalogue.regionChain(of: place))
    var findings = LimitFindings()
    for limit in catalogue.law.hazardLimits
    where chain.contains(limit.jurisdiction) && limit.isInForce(on: date) {
      findings.add(limit, measured[limit.property], dryShare: dryShare(measured))
    }
    return findings
  }

  /// Lowest and highest share of dry solids; `nil` when neither they nor the moisture are measured.
  private func dryShare(_ measured: [PropertyID: ClosedRange<Double>]) -> ClosedRange<Double>? {
    func range(_ name: String) -> ClosedRange<Double>? {
      PropertyID(name).flatMap { measured[$0] }
    }
    if let solids = range("dry_solids") {
      return share(solids.lowerBound)...share(solids.upperBound)
    }
    return range("moisture").map { share(100 - $0.upperBound)...share(100 - $0.lowerBound) }
  }

  private func share(_ percent: Double) -> Double { min(1, max(0, percent / 100)) }
}

/// How the limits of a place compare with what was measured.
struct LimitFindings {
  var above: [(limit: HazardLimit, reason: HazardReason)] = []
  var below: [HazardLimit] = []
  var open: [HazardReason] = []

  /// Whether limits exist, all are known to be kept, and all can be relied on for that.
  var allKept: Bool {
    // A figure that nobody has read may warn, but not clear.
    !below.isEmpty && above.isEmpty && open.isEmpty
      && below.allSatisfy { $0.confidence != .estimated }
  }

  mutating func add(
    _ limit: HazardLimit, _ range: ClosedRange<Double>?, dryShare: ClosedRange<Double>?
  ) {
    guard let range else {
      open.append(HazardReason(.openUnmeasured, values(of: limit, found: nil)))
      return
    }
    // Dry waste has the highest limit; what reaches that is above, whatever the moisture.
    let scale = Self.scale(of: limit, dryShare: dryShare)
    if let value = Self.reached(limit, by: range, scale: scale.upperBound) {
      above.append((limit, HazardReason(.measuredAbove, values(of: limit, found: value))))
    } else if Self.reached(limit, by: range, scale: scale.lowerBound) != nil {
      open.append(HazardReason(.openDryContent, values(of: limit, found: range.upperBound)))
    } else {
      below.append(limit)
    }
  }

  /// The value that reaches a bound, read strictly: the worst that may occur.
  private static func reached(
    _ limit: HazardLimit, by range: ClosedRange<Double>, scale: Double
  ) -> Double? {
    if let maximum = limit.maximum, range.upperBound >= maximum * scale { return range.upperBound }
    if let minimum = limit.minimum, range.lowerBound <= minimum * scale { return range.lowerBound }
    return nil
  }

  private static func scale(of limit: HazardLimit, dryShare: ClosedRange<Double>?)
    -> ClosedRange<Double>
  {
    guard limit.scaling == .dryContent else { return 1...1 }
    let share = dryShare ?? 0...1
    return (1 + 19 * share.lowerBound) / 20...(1 + 19 * share.upperBound) / 20
  }

  private func values(of limit: HazardLimit, found: Double?) -> [String: String] {
    let bounds = [
      limit.minimum.map { "≤ \(Self.text($0))" }, limit.maximum.map { "≥ \(Self.text($0))" },
    ]
    return [
      "property": limit.property.rawValue, "found": found.map(Self.text) ?? "",
      "limit": bounds.compactMap(\.self).joined(separator: ", "), "unit": limit.unit,
      "class": limit.hazardClass, "instrument": limit.instrument, "article": limit.article,
    ]
  }

  /// Shortest form: `4`, `12.5`.
  private static func text(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
