import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenLaw

@Suite("HazardClassifier")
struct HazardClassifierTests {
  private static func limit(
    _ property: String, in jurisdiction: String, minimum: Double? = nil, maximum: Double? = nil,
    scaling: HazardLimit.Scaling? = nil, from: String? = nil, to: String? = nil,
    confidence: Confidence = .verified
  ) -> HazardLimit {
    HazardLimit(
      jurisdiction: jurisdiction, property: .of(property), minimum: minimum, maximum: maximum,
      unit: "u", scaling: scaling, hazardClass: "toxic", instrument: "Order", article: "1",
      inForceFrom: from.map { .of($0) }, inForceTo: to.map { .of($0) }, source: "fixture",
      confidence: confidence)
  }

  private static let limits = [
    limit("ph", in: "VN", minimum: 2, maximum: 12.5), limit("lead", in: "VN", maximum: 300),
    limit("ph", in: "EU", minimum: 2, maximum: 11.5),
  ]

  private func finding(
    _ material: String = "fly_ash", code: String? = nil,
    _ measured: [String: ClosedRange<Double>] = [:], in place: String = "VN",
    limits: [HazardLimit] = limits, date: String = "2024-01-01"
  ) -> HazardFinding {
    var parts = CatalogueParts.standard
    parts.hazardLimits = limits
    return HazardClassifier(catalogue: parts.catalogue, date: .of(date)).finding(
      material: .of(material), wasteCode: code,
      measured: Dictionary(uniqueKeysWithValues: measured.map { (.of($0.key), $0.value) }),
      jurisdiction: place)
  }

  @Test("an entry that is hazardous, or not, whatever is measured settles the question")
  func absolute() {
    let acid = finding(code: "070101", ["ph": 7...7, "lead": 1...1])
    #expect(acid.isHazardous && acid.basis == .code)
    // The ash material is not hazardous: the two declarations contradict each other.
    #expect(acid.contradictions.map(\.kind) == [.contradictsMaterial])
    let ash = finding(code: "100102", ["ph": 13...13], in: "DK")
    #expect(!ash.isHazardous && ash.basis == .code)
    #expect(ash.contradictions.map(\.kind) == [.contradictsMeasurement])
  }

  @Test(
    "a presumed entry is hazardous until every limit is known to be kept",
    arguments: [
      ([:], true, HazardFinding.Basis.assumed), (["ph": 7.0...7], true, .assumed),
      (["ph": 7...7, "lead": 299...299], false, .measured),
      (["ph": 7...7, "lead": 300...300], true, .measured),
      // The worst that may occur counts, at either end.
      (["ph": 7...7, "lead": 10...301], true, .measured),
      (["ph": 1.9...7, "lead": 10...10], true, .measured),
      (["ph": 7...12.5, "lead": 10...10], true, .measured),
    ] as [([String: ClosedRange<Double>], Bool, HazardFinding.Basis)])
  func presumed(
    measured: [String: ClosedRange<Double>], isHazardous: Bool, basis: HazardFinding.Basis
  ) {
    let finding = finding(code: "120605", measured)
    #expect(finding.isHazardous == isHazardous)
    #expect(finding.basis == basis)
  }

  @Test("what is not measured yet is named")
  func open() {
    let open = finding(code: "120605", ["ph": 7...7]).open
    #expect(open.map(\.kind) == [.openUnmeasured])
    #expect(open.first?.values["property"] == "lead")
    #expect(open.first?.values["limit"] == "≥ 300")
  }

  @Test("a figure that nobody has read may warn but never clears")
  func estimatedLimit() {
    let limits = [Self.limit("lead", in: "VN", maximum: 300, confidence: .estimated)]
    let below = finding(code: "120605", ["lead": 1...1], limits: limits)
    #expect(below.isHazardous && below.basis == .assumed)
    #expect(below.open.map(\.kind) == [.openLimits])
    #expect(finding(code: "120613", ["lead": 400...400], limits: limits).isHazardous)
  }

  @Test("without any limit in force nothing clears a presumed entry")
  func noLimits() {
    let past = [Self.limit("lead", in: "VN", maximum: 300, to: "2023-12-31")]
    let finding = finding(code: "120605", ["lead": 1...1], limits: past)
    #expect(finding.isHazardous && finding.basis == .assumed && !finding.open.isEmpty)
  }

  @Test(
    "limits hold on their days only",
    arguments: [
      ("2019-12-31", false), ("2020-01-01", true), ("2021-12-31", true), ("2022-01-01", false),
    ])
  func dates(date: String, isHazardous: Bool) {
    let limits = [
      Self.limit("lead", in: "VN", maximum: 300, from: "2020-01-01", to: "2021-12-31")
    ]
    #expect(
      finding("fly_ash", ["lead": 400...400], limits: limits, date: date).isHazardous == isHazardous
    )
  }

  @Test("of a mirror pair the declared twin is followed and its assessment stays open")
  func mirror() {
    let hazardous = finding(code: "190113", in: "DK")
    #expect(hazardous.isHazardous && hazardous.open.map(\.kind) == [.openAssessment])
    let harmless = finding(code: "190114", in: "DK")
    #expect(!harmless.isHazardous && harmless.open.map(\.kind) == [.openAssessment])
    let measured = finding(code: "190114", ["ph": 11.5...11.5], in: "DK")
    #expect(measured.isHazardous && measured.basis == .measured)
    #expect(measured.contradictions.map(\.kind) == [.contradictsMeasurement])
    #expect(measured.reasons.first?.values["found"] == "11.5")
  }

  @Test("a declared ordinary waste that reaches a limit is hazardous, with the reason")
  func ordinary() {
    #expect(!finding(code: "120613").isHazardous)
    let finding = finding(code: "120613", ["lead": 500...500])
    #expect(finding.isHazardous && finding.basis == .measured)
    #expect(finding.reasons.map(\.kind) == [.measuredAbove])
    #expect(finding.contradictions.map(\.kind) == [.contradictsMeasurement])
  }

  @Test("without a code the material decides, unless a measurement reaches a limit")
  func material() {
    #expect(finding("spent_acid").basis == .material)
    #expect(finding("spent_acid").isHazardous)
    #expect(!finding("fly_ash").isHazardous)
    #expect(finding("fly_ash", ["lead": 300...300]).basis == .measured)
    // What is bought and sold is no waste, so no waste limit speaks of it.
    #expect(!finding("clinker", ["ph": 13...13]).isHazardous)
    #expect(finding("clinker", code: "120613", ["ph": 13...13]).isHazardous)
  }

  @Test("the same number means what the donor's own list says, and nothing in another list")
  func lists() {
    #expect(finding(code: "190113", in: "DK").isHazardous)
    #expect(!finding(code: "190113", in: "VN").isHazardous)
    let unlisted = finding("spent_acid", code: "100105", in: "VN")
    #expect(unlisted.isHazardous && unlisted.basis == .material)
    #expect(unlisted.reasons.map(\.kind) == [.codeUnlisted, .materialHazardous])
    #expect(finding(code: "190113", in: "US").reasons.first?.kind == .codeUnlisted)
  }

  /// T = 0.3: 300·(1 + 19·0.3)/20 = 100.5.
  @Test(
    "a limit for dry waste falls with moisture",
    arguments: [
      (["lead": 100.0...100, "dry_solids": 30...30], false, true),
      (["lead": 101...101, "dry_solids": 30...30], true, true),
      (["lead": 101...101, "moisture": 70...70], true, true),
      // Moisture not known: 300 and more is above for sure, 15 and less is not, between is open.
      (["lead": 300...300], true, true), (["lead": 14.9...14.9], false, true),
      (["lead": 101...101], false, false),
    ] as [([String: ClosedRange<Double>], Bool, Bool)])
  func dryContent(
    measured: [String: ClosedRange<Double>], isHazardous: Bool, isSettled: Bool
  ) {
    let limits = [Self.limit("lead", in: "VN", maximum: 300, scaling: .dryContent)]
    let ordinary = finding(code: "120613", measured, limits: limits)
    #expect(ordinary.isHazardous == isHazardous)
    #expect(ordinary.open.map(\.kind) == (isSettled ? [] : [.openDryContent]))
    // Of a presumed waste, what is open counts against it.
    #expect(
      finding(code: "120605", measured, limits: limits).isHazardous == (isHazardous || !isSettled))
  }

  @Test(
    "more measurements never make a presumed waste look worse than unmeasured",
    arguments: UInt64(0)..<30)
  func monotone(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let measured: [String: ClosedRange<Double>] = [
      "ph": 7...7, "lead": random.number(in: 0...290)...290,
    ].filter { _ in random.chance(0.5) }
    let finding = finding(code: "120605", measured)
    #expect(finding.isHazardous == (measured.count < 2), "seed \(seed)")
    #expect(finding.open.count { $0.kind == .openUnmeasured } == 2 - measured.count, "seed \(seed)")
  }
}
