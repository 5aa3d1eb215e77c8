import LichenAnalysis
import LichenDomain
import LichenGraph
import LichenMatching

/// What stands beside a plan: what is not in it, what it is measured by, and what it rests on.
extension ReportDocument {
  struct WhyNot: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
      let number: String
      let id: String
      let from: EnterpriseID
      let fromName: String
      let to: EnterpriseID
      let toName: String
      let outputName: String
      let inputName: String
      let legalEffect: LegalEffect
      let blockers: [Blocker.Kind]
      let reasons: [Reason]
      let moneyChange: Double?
      let carbonKgChange: Double?
    }

    struct Reason: Encodable, Sendable {
      let what: String
      /// Absent where nothing is known to lift it.
      let lift: String?
    }

    struct Group: Encodable, Sendable {
      let kind: String
      /// Of all, told or not.
      let count: Int
      let entries: [Entry]
    }

    let groups: [Group]
    /// Whether every change of known economics was worked out.
    let isComplete: Bool

    init(_ context: ReportContext) {
      isComplete = context.result.whyNot.isComplete
      groups = WhyNotList(context).groups.map { group in
        Group(
          kind: group.kind.rawValue, count: group.entries.count,
          entries: group.rows.map { Self.entry($0, context) })
      }
    }

    private static func entry(_ row: WhyNotList.Row, _ context: ReportContext) -> Entry {
      let candidate = row.entry.candidate
      return Entry(
        number: row.number, id: candidate.id, from: candidate.output.enterprise,
        fromName: context.donor(candidate), to: candidate.input.enterprise,
        toName: context.receiver(candidate), outputName: context.stream(candidate.output),
        inputName: context.stream(candidate.input), legalEffect: candidate.verdict.effect,
        blockers: candidate.blockers.map(\.kind),
        reasons: WhyNotView.reasons(row.entry, context).map {
          Reason(what: $0.what, lift: $0.lift.isEmpty ? nil : $0.lift)
        },
        moneyChange: row.entry.moneyChange, carbonKgChange: row.entry.carbonChange)
    }
  }

  /// An exchange that is documented for the park, and what became of it.
  struct Documented: Encodable, Sendable {
    let id: String
    let name: String
    let fromName: String
    let toName: String
    let outcome: String
    /// Absent unless planned.
    let rank: Int?

    static func all(_ context: ReportContext) -> [Documented] {
      let ranks = Dictionary(
        uniqueKeysWithValues: context.exchanges.map { ($0.candidate.id, $0.rank) })
      return context.result.rediscovery.documented.map { entry in
        Documented(
          id: entry.exchange.id, name: entry.exchange.name,
          fromName: context.names.short(entry.exchange.from),
          toName: context.names.short(entry.exchange.to), outcome: word(entry.outcome),
          rank: entry.candidate.flatMap { ranks[$0.id] })
      }
    }

    private static func word(_ outcome: RediscoveredExchange.Outcome) -> String {
      switch outcome {
      case .endUndeclared: "undeclared"
      case .noRoute: "no-route"
      case .blocked: "blocked"
      case .foundUnquantified: "unquantified"
      case .notChosen: "not-chosen"
      case .planned: "planned"
      }
    }
  }

  /// A published figure of the park beside the plan's.
  struct Published: Encodable, Sendable {
    let id: String
    let name: String
    let value: Double?
    let unit: String
    let year: Int?
    /// Absent when the plan has no like figure.
    let planValue: Double?
    let source: String

    static func all(_ context: ReportContext) -> [Published] {
      let totals = PublishedTotals(context)
      return context.park.totals.sorted { $0.id < $1.id }.map { row in
        Published(
          id: row.id, name: row.name, value: row.value, unit: row.unit, year: row.year,
          planValue: row.value == nil ? nil : totals.counterpart(of: row)?.value,
          source: row.provenance.source)
      }
    }
  }

  /// A stream whose words nobody has explained, with what they may mean.
  struct Unmatched: Encodable, Sendable {
    struct Meaning: Encodable, Sendable {
      let id: String
      let name: String
      /// Estimated probability, 0...1.
      let score: Double

      init(_ meaning: SuggestedMeanings.Meaning) {
        id = meaning.id
        name = meaning.name
        score = meaning.score
      }
    }

    let stream: StreamID
    let enterprise: EnterpriseID
    let isOutput: Bool
    let words: String
    let materials: [Meaning]
    let codes: [Meaning]

    static func all(_ context: ReportContext, _ meanings: [SuggestedMeanings]) -> [Unmatched] {
      let known = Dictionary(meanings.map { ($0.stream, $0) }) { first, _ in first }
      return context.park.unmatched.map { stream in
        Unmatched(
          stream: stream.id, enterprise: stream.enterprise, isOutput: stream.isOutput,
          words: stream.text, materials: (known[stream.id]?.materials ?? []).map(Meaning.init),
          codes: (known[stream.id]?.codes ?? []).map(Meaning.init))
      }
    }
  }

  /// How far the plan's value may move, and what to find out first.
  struct Uncertainty: Encodable, Sendable {
    struct Spread: Encodable, Sendable {
      let low: Double
      let typical: Double
      let mean: Double
      let high: Double

      init(_ spread: UncertaintyResult.Spread) {
        low = spread.low
        typical = spread.typical
        mean = spread.mean
        high = spread.high
      }
    }

    struct Measurement: Encodable, Sendable {
      let what: String
      let range: String
      let why: String
      let ranks: [Int]
    }

    let text: String
    /// Share of the samples between low and high, 0...1.
    let coverage: Double
    let money: Spread
    let carbonKg: Spread
    let lossShare: Double
    let measurements: [Measurement]

    /// - Returns: `nil` where the page does not tell it.
    init?(_ result: UncertaintyResult, _ context: ReportContext) {
      guard UncertaintyView(context, result) != nil else { return nil }
      text = uncertaintyText(result, language: context.language)
      coverage = result.options.coverage
      money = Spread(result.money)
      carbonKg = Spread(result.carbon)
      lossShare = result.lossShare
      measurements = result.measurements.prefix(UncertaintyView.count).map { item in
        let text = measurementText(item, language: context.language, plan: context.plan)
        return Measurement(
          what: text.what, range: text.range, why: text.why, ranks: item.ranks)
      }
    }
  }

  struct AssumptionFacts: Encodable, Sendable {
    let reference: String
    let name: String
    /// Absent for a row that holds no single figure.
    let value: Estimate?
    let unit: String
    let region: String
    let year: Int?
    let confidence: Confidence
    /// Of the gross money flow, 0...1; absent where none rests on it.
    let moneyShare: Double?
    let carbonShare: Double?
    let ranks: [Int]
    let source: String

    init(_ use: AssumptionUse) {
      reference = use.use.reference
      name = use.assumption.name
      value = use.assumption.value
      unit = use.assumption.unit
      region = use.assumption.region
      year = use.assumption.year
      confidence = use.assumption.confidence
      moneyShare = use.moneyShare
      carbonShare = use.carbonShare
      ranks = use.use.ranks
      source = use.assumption.source
    }
  }

  struct Source: Encodable, Sendable {
    let id: String
    let table: String
    let row: String
    let figure: String
    let source: String
    let url: String?
    /// Absent when the row does not say: declared by the enterprise itself.
    let confidence: Confidence?
    let usedBy: [String]

    init(_ source: ReportSource) {
      id = source.reference
      table = source.table
      row = source.row
      figure = source.figure
      self.source = source.source
      url = source.url
      confidence = source.confidence
      usedBy = source.usedBy
    }
  }

  /// The answer to one question, as the page tells it; figures are in the file of their own.
  struct Section: Encodable, Sendable {
    struct Block: Encodable, Sendable {
      struct Table: Encodable, Sendable {
        let columns: [String]
        let rows: [[String]]
        let total: [String]
      }

      let kind: String
      /// Absent for a table.
      let text: String?
      let table: Table?

      init(_ block: AnalysisSection.Block) {
        switch block {
        case .heading(let text): self.init("heading", text: text)
        case .paragraph(let text): self.init("paragraph", text: text)
        case .note(let text): self.init("note", text: text)
        case .chart(let chart): self.init("chart", text: chart.caption)
        case .table(let table):
          self.init(
            "table",
            table: Table(
              columns: table.columns.map(\.title), rows: table.rows, total: table.total))
        }
      }

      private init(_ kind: String, text: String? = nil, table: Table? = nil) {
        self.kind = kind
        self.text = text
        self.table = table
      }
    }

    let id: String
    let title: String
    let lead: String
    let blocks: [Block]

    init(_ section: AnalysisSection) {
      id = section.id
      title = section.title
      lead = section.lead
      blocks = section.blocks.map(Block.init)
    }
  }
}
