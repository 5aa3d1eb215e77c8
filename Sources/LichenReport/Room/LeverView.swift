import LichenAnalysis
import LichenDomain

/// The levers of a park as a form shows them, set to a scenario.
public struct LeverView: Sendable {
  /// A slider.
  public struct Slider: Sendable {
    public let field: String
    public let label: String
    public let unit: String
    /// The same; blank while there is no limit.
    public let shownUnit: String
    /// Of the field, where it has a number; an end of the range where it has none.
    public let position: String
    public let least: String
    public let most: String
    public let step: String
    /// In words of the language.
    public let amount: String
    public let baseline: String
    /// Says where the baseline is on the slider; blank where there is none.
    public let tick: String
    /// One box, or none, that lifts the limit.
    public let limit: [Limit]
    /// What 100 % are, for the script; blank where the field is no share.
    public let standing: String
    public let notes: [String]
  }

  public struct Limit: Sendable {
    public let field: String
    public let isLifted: Bool
  }

  /// A box of two words.
  public struct Box: Sendable {
    public let field: String
    public let label: String
    /// What it is about; one text or none.
    public let hints: [String]
    /// What the box says ticked, and not ticked.
    public let yes: String
    public let no: String
    public let isOn: Bool
    public let isChanged: Bool
  }

  public struct Choice: Sendable {
    public let choice: String
    public let label: String
    public let isChosen: Bool
  }

  public struct Size: Sendable {
    public let field: String
    public let label: String
    public let choices: [Choice]
    public let isChanged: Bool
  }

  public struct Other: Sendable {
    public let field: String
    public let key: String
    public let text: String
  }

  /// Prices and limits.
  public let sliders: [Slider]
  /// The year, one or none.
  public let years: [Slider]
  /// Prices that nothing here rests on.
  public let unknown: [String]
  public let day: [Slider]
  /// Rules that decide about planned exchanges, then those that decide about others.
  public let rules: [Box]
  public let moreRules: [Box]
  public let enterprises: [Box]
  public let sizes: [Size]
  public let facilities: [Box]
  public let sectors: [Choice]
  public let newSize: String
  public let neighbours: [Choice]
  public let others: [Other]
  public let hasNewcomer: Bool
  public let hasSizes: Bool
  public let hasRules: Bool
  public let hasMoreRules: Bool
  public let hasFacilities: Bool
  public let hasOthers: Bool

  public init(_ levers: ParkLevers, _ form: LeverForm, park: Park, language: Language) {
    let writer = LeverWriter(park: park, form: form, language: language)
    sliders = levers.levers.filter { $0.subject != .year }.compactMap(writer.slider)
    years = levers.levers.filter { $0.subject == .year }.compactMap(writer.slider)
    unknown = levers.unknown.map {
      language.text("serve.room.lever.unknown", ["lever": writer.label($0)])
    }
    day = levers.levers.compactMap(writer.day)
    let rules = levers.levers.compactMap { lever -> Box? in
      if case .rule = lever.subject { return writer.box(lever) }
      return nil
    }
    let shown = max(min(levers.plannedRules, Self.mostRules), min(rules.count, 4))
    self.rules = Array(rules.prefix(shown))
    moreRules = Array(rules.dropFirst(shown))
    enterprises = levers.levers.compactMap { lever -> Box? in
      if case .enterprise = lever.subject { return writer.box(lever) }
      return nil
    }
    sizes = levers.levers.compactMap(writer.size)
    facilities = levers.levers.compactMap { lever -> Box? in
      if case .facility = lever.subject { return writer.box(lever) }
      return nil
    }
    sectors = levers.newcomer.sectors.map {
      Choice(
        choice: $0.id, label: "\(language.name($0.names)) (\(language.unitText($0.unit.id)))",
        isChosen: form.values[Newcomer.Field.sector] == $0.id)
    }.sorted { $0.label < $1.label }
    newSize = form.values[Newcomer.Field.size] ?? ""
    neighbours = levers.newcomer.neighbours.map {
      Choice(
        choice: $0.id.rawValue, label: writer.names.short($0.id),
        isChosen: form.values[Newcomer.Field.neighbour] == $0.id.rawValue)
    }
    others = form.others.map {
      Other(field: LeverForm.other, key: "\($0.key)=\($0.value)", text: "\($0.key) = \($0.value)")
    }
    hasNewcomer = form.values[Newcomer.Field.sector] != nil
    hasSizes = sizes.contains(where: \.isChanged)
    hasRules = !self.rules.isEmpty
    hasMoreRules = !moreRules.isEmpty
    hasFacilities = !facilities.isEmpty
    hasOthers = !others.isEmpty
  }

  private static let mostRules = 8
}
