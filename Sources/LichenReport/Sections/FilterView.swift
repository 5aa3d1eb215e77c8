/// The form that filters drawings and lists; a page without script does not show it.
struct FilterView {
  struct Option {
    let optionNumber: Int
    let optionName: String
  }

  let materialOptions: [Option]
  let enterpriseOptions: [Option]
  let statusOptions: [Option]

  /// Fewer exchanges are seen at a glance.
  private static let least = 4

  /// - Returns: `nil` for so few exchanges that there is nothing to filter.
  init?(_ context: ReportContext) {
    guard context.exchanges.count >= Self.least else { return nil }
    let index = ExchangeIndex(context)
    func options(_ names: [String]) -> [Option] {
      names.enumerated().map { Option(optionNumber: $0 + 1, optionName: $1) }
    }
    materialOptions = options(index.materials.map(context.material))
    enterpriseOptions = options(index.enterprises.map(context.names.short))
    statusOptions = options(
      index.effects.map { context.language.text("effect.\($0.rawValue)") })
  }
}
