/// What becomes of an exchange of the baseline under a scenario, in drawings.
enum LinkFate: Sendable {
  case kept, gained, dropped

  /// Grey dots, whatever the law says of it.
  static let dash = "stroke-dasharray=\"2 3\""

  func word(_ context: ReportContext) -> String {
    switch self {
    case .kept: ""
    case .gained: context.language.text("serve.room.new")
    case .dropped: context.language.text("serve.room.dropped")
    }
  }
}
