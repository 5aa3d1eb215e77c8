#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What to build when: the planning problem over several periods, free of any solver's conventions.
///
/// maximise Σ over periods of v^end·(Σ w·x + Σ running) less the present value of what is paid for assets,
/// with x the flow of an arc and each asset begun once, in one period, or never; see docs, "Road map".
public struct RoadmapModel: Sendable {
  /// Something that is paid for once and is there from its beginning on.
  public struct Asset: Sendable, Hashable {
    public let kind: ProjectItem.Kind
    public let name: String
    /// Paid at the first beginning, and again at the end of each life [park currency].
    public let capital: Double
    /// [a]; positive.
    public let life: Double
    /// Periods from paying to beginning: the time of building, or the wait for a permit.
    public let lead: Int
    /// First period in which it may begin.
    public let earliest: Int
    /// It is there from the first period on, at no cost.
    public let isThere: Bool
    /// It existed before the road map; it need not be used.
    public let existed: Bool
    /// It must begin at some time.
    public let isRequired: Bool
    public let prerequisites: [Prerequisite]
    /// By period: whether it can be of use.
    public let uses: [Bool]
    /// Paid or saved per year while it is there and of use, by period; costs negative
    /// [park currency/a].
    public let running: [Double]
    /// Avoided per year while it is there and of use, by period [kg CO2e/a].
    public let carbon: [Double]

    public init(
      kind: ProjectItem.Kind, name: String, capital: Double, life: Double, lead: Int = 0,
      earliest: Int = 0, isThere: Bool = false, existed: Bool = false, isRequired: Bool = false,
      prerequisites: [Prerequisite] = [], uses: [Bool], running: [Double], carbon: [Double]
    ) {
      self.kind = kind
      self.name = name
      self.capital = capital
      self.life = life
      self.lead = lead
      self.earliest = earliest
      self.isThere = isThere
      self.existed = existed
      self.isRequired = isRequired
      self.prerequisites = prerequisites
      self.uses = uses
      self.running = running
      self.carbon = carbon
    }

    /// Last period in which it is of use; −1 if never.
    public var lastUse: Int { uses.lastIndex(of: true) ?? -1 }
  }

  /// An asset that must have begun `lag` periods before, or earlier.
  public struct Prerequisite: Sendable, Hashable {
    public let asset: Int
    public let lag: Int

    public init(_ asset: Int, lag: Int = 0) {
      self.asset = asset
      self.lag = lag
    }
  }

  /// Where a flow begins or ends.
  public enum End: Sendable, Hashable {
    /// Index in the supplies or needs of the period.
    case stream(Int)
    /// Index in the plants of the model.
    case plant(Int)
  }

  /// What an asset may carry in one period; amounts per year.
  public struct Arc: Sendable, Hashable {
    public let asset: Int
    public let source: End
    public let target: End
    /// Units served or made per unit moved.
    public let ratio: Double
    /// [park currency per unit]
    public let money: Double
    /// [kg CO2e per unit]
    public let carbon: Double
    public let lower: Double
    public let upper: Double
  }

  /// Change of a supply or need while an asset is there [units/a].
  public struct Shift: Sendable, Hashable {
    public let asset: Int
    public let supply: Int?
    public let need: Int?
    public let amount: Double
  }

  /// Σ excess·x ≤ 0 over arcs of one period.
  public struct Blend: Sendable, Hashable {
    public let arcs: [Int]
    public let excess: [Double]
  }

  /// One period; all amounts per year.
  public struct Period: Sendable, Hashable {
    public var arcs: [Arc] = []
    public var supplies: [Double] = []
    public var needs: [Double] = []
    public var shifts: [Shift] = []
    public var blends: [Blend] = []

    public init() {}
  }

  /// A shared plant: what comes in times its ratio goes out.
  public struct Plant: Sendable, Hashable {
    public let asset: Int
    /// [units/a]
    public let capacity: Double
  }

  public var assets: [Asset]
  public var plants: [Plant]
  public var periods: [Period]
  public var periodsPerYear: Int
  /// Real, per year.
  public var rate: Double
  /// Worth of CO2e in the objective [park currency/kg].
  public var carbonValue = 0.0
  /// Most that may be paid in each year, the last for all years after [park currency]; empty is
  /// unlimited.
  public var budgets: [Double] = []
  /// What a year leaves over may be spent later.
  public var carriesOver = false
  /// Most that first investments may cost together, permits apart [park currency].
  public var totalBudget: Double?
  /// Most open arcs per stream.
  public var partnerLimit: Int?

  /// [a]
  public var yearsPerPeriod: Double { 1 / Double(periodsPerYear) }
  public var years: Int { (periods.count + periodsPerYear - 1) / periodsPerYear }
  var end: Double { Double(periods.count) * yearsPerPeriod }

  /// Most that may be paid in a year; `nil` is unlimited.
  public func budget(ofYear year: Int) -> Double? {
    budgets.isEmpty ? nil : budgets[min(year, budgets.count - 1)]
  }

  /// (1 + r)^−time.
  func discount(_ time: Double) -> Double { pow(1 + rate, -time) }

  /// Discount of what a period brings, at its end, times its length.
  func weight(ofPeriod period: Int) -> Double {
    discount(Double(period + 1) * yearsPerPeriod) * yearsPerPeriod
  }

  /// A payment for an asset: when [a], and how much [park currency].
  struct Payment: Sendable, Hashable {
    let time: Double
    let amount: Double

    /// Year in which it falls.
    var year: Int { Int(time + 1e-9) }
  }

  /// What is paid for an asset that begins in a period: at first, and at the end of each life while it can
  /// still be of use.
  func payments(for index: Int, from begin: Int) -> [Payment] {
    let asset = assets[index]
    guard asset.capital != 0, !asset.isThere else { return [] }
    var payments = [
      Payment(time: Double(begin - asset.lead) * yearsPerPeriod, amount: asset.capital)
    ]
    let end = Double(asset.lastUse + 1) * yearsPerPeriod
    var lives = 1.0
    while true {
      let time = Double(begin) * yearsPerPeriod + lives * asset.life
      guard time < end - 1e-9 else { return payments }
      payments.append(Payment(time: time, amount: asset.capital))
      lives += 1
    }
  }

  /// Worth at the end of the horizon of an asset that begins in a period: the present value of the
  /// annuities that its last life has left; nothing if it is of no use in the last period.
  func residual(of index: Int, from begin: Int) -> Double {
    let asset = assets[index]
    guard asset.capital != 0, !asset.isThere, asset.lastUse == periods.count - 1 else { return 0 }
    let lives = Double(payments(for: index, from: begin).count - 1)
    let age = end - (Double(begin) * yearsPerPeriod + lives * asset.life)
    return asset.capital
      * AssetSchedule.sinkingFund(rate: rate, age: max(0, age), life: asset.life)
  }

  /// Present value of what an asset costs that begins in a period, running costs apart.
  func cost(of index: Int, from begin: Int) -> Double {
    payments(for: index, from: begin).reduce(0) { $0 + $1.amount * discount($1.time) }
      - residual(of: index, from: begin) * discount(end)
  }

  /// What an asset brings in a period while it is there [objective/a].
  func runningValue(of index: Int, in period: Int) -> Double {
    let asset = assets[index]
    guard asset.uses[period] else { return 0 }
    return asset.running[period] + carbonValue * asset.carbon[period]
  }

  func value(of arc: Arc) -> Double { arc.money + carbonValue * arc.carbon }
}
