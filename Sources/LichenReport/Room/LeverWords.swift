import LichenAnalysis
import LichenDomain

/// What a form of levers says, in a few words.
public enum LeverWords {
  private static let most = 3

  /// `Carbon price 60 €/t CO₂e, Gyproc closed`: the first few of what is changed.
  public static func short(
    _ levers: ParkLevers, _ form: LeverForm, park: Park, language: Language
  ) -> String {
    let writer = LeverWriter(park: park, form: form, language: language)
    var texts = levers.levers.filter { form.values[$0.id] != nil }.map(writer.words)
    if let name = form.values[Newcomer.Field.sector],
      let sector = levers.newcomer.sectors.first(where: { $0.id == name })
    {
      texts.append(
        language.text("serve.room.word.newcomer", ["sector": language.name(sector.names)]))
    }
    texts += form.others.map { "\($0.key) \($0.value)" }
    let rest = texts.count - most
    return language.list(Array(texts.prefix(most)))
      + (rest > 0 ? "; " + language.plural("list.more", count: rest) : "")
  }
}

extension LeverWriter {
  /// `Carbon price 60 €/t CO₂e`, `Gyproc closed`.
  func words(_ lever: Lever) -> String {
    let label = label(lever.subject)
    if case .either = lever.control {
      return "\(label) \(language.text("serve.room.word.\(form.values[lever.id] ?? "")"))"
    }
    if case .size = lever.subject, let percent = form.values[lever.id].flatMap({ Double($0) }) {
      return "\(label) \(language.percent(percent / 100))"
    }
    if case .day = lever.control {
      let day = form.values[lever.id].flatMap { CalendarDate($0) }
      return "\(label) \(day.map { language.date($0) } ?? "")"
    }
    guard let slider = slider(lever) else { return label }
    let isNumber = slider.amount.contains { $0.isNumber }
    return [label, slider.amount, isNumber ? slider.unit : ""].filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
