import LichenAnalysis
import LichenDomain

/// Writes levers in the words of a language.
struct LeverWriter {
  let park: Park
  let form: LeverForm
  let language: Language
  let names: SiteNames

  init(park: Park, form: LeverForm, language: Language) {
    self.park = park
    self.form = form
    self.language = language
    names = SiteNames(park.enterprises)
  }

  private var currency: Currency { park.settings.currency }
  private var symbol: String { language.symbol(currency).trimmingSpaces() }

  func label(_ subject: Lever.Subject) -> String {
    switch subject {
    case .carbonPrice: language.text("serve.room.lever.carbon-price")
    case .landfillFee: language.text("serve.room.lever.landfill")
    case .electricityPrice: language.text("serve.room.lever.power")
    case .waterPrice: language.text("serve.room.lever.water")
    case .distanceLimit: language.text("serve.room.lever.distance")
    case .capitalBudget: language.text("serve.room.lever.budget")
    case .carbonFloor: language.text("serve.room.lever.objective")
    case .year: language.text("serve.room.lever.year")
    case .lawDate: language.text("serve.room.lever.law-date")
    case .rule(let id): id.rawValue
    case .enterprise(let id), .size(let id): names.short(id)
    case .facility(let id): park.facility(id).map { $0.name } ?? id.rawValue
    }
  }

  private func value(_ lever: Lever) -> String { form.values[lever.id] ?? lever.baseline }

  func slider(_ lever: Lever) -> LeverView.Slider? {
    switch lever.control {
    case .number(let least, let most, let step, let allowsNone):
      return number(lever, least: least, most: most, step: step, allowsNone: allowsNone)
    case .share(let most, let standing):
      if case .size = lever.subject { return nil }
      return share(lever, most: most, standing)
    case .either, .day: return nil
    }
  }

  private func number(
    _ lever: Lever, least: Double, most: Double, step: Double, allowsNone: Bool
  ) -> LeverView.Slider {
    let value = value(lever)
    let number = Double(value)
    // Another scenario may ask for more than the slider would.
    let top = max(most, number ?? most)
    let base = Double(lever.baseline)
    return LeverView.Slider(
      field: lever.id, label: label(lever.subject), unit: unit(lever.subject),
      shownUnit: number == nil ? "" : unit(lever.subject),
      position: number.map(plain) ?? (lever.subject == .carbonFloor ? plain(least) : plain(top)),
      least: plain(least), most: plain(top), step: plain(step),
      amount: number.map { amount($0, lever.subject) } ?? language.text("serve.room.none"),
      baseline: language.text(
        "serve.room.baseline",
        ["value": base.map { amount($0, lever.subject) } ?? language.text("serve.room.none")]),
      tick: base.map { tick($0, least, top) } ?? "",
      limit: allowsNone
        ? [LeverView.Limit(field: lever.id, isLifted: number == nil)] : [],
      standing: "", notes: notes(lever.subject))
  }

  private func share(_ lever: Lever, most: Double, _ standing: Lever.Standing) -> LeverView.Slider {
    let percent = Double(value(lever)) ?? 100
    let top = max(most, percent)
    let per = standing.per.isEmpty ? symbol : "\(symbol)/\(language.unitText(standing.per))"
    return LeverView.Slider(
      field: lever.id, label: label(lever.subject),
      unit: standing.amount > 0 ? per : "%", shownUnit: standing.amount > 0 ? per : "%",
      position: plain(percent), least: "0", most: plain(top), step: "5",
      amount: standing.amount > 0
        ? language.significant(standing.amount * percent / 100) : plain(percent),
      baseline: language.text(
        "serve.room.baseline",
        [
          "value": standing.amount > 0
            ? language.significant(standing.amount) : language.percent(1)
        ]),
      tick: tick(100, 0, top), limit: [],
      standing: standing.amount > 0 ? "\(standing.amount)" : "", notes: [])
  }

  func day(_ lever: Lever) -> LeverView.Slider? {
    guard case .day = lever.control else { return nil }
    return LeverView.Slider(
      field: lever.id, label: label(lever.subject), unit: "", shownUnit: "",
      position: value(lever), least: "",
      most: "", step: "", amount: "",
      baseline: language.text(
        "serve.room.baseline",
        ["value": CalendarDate(lever.baseline).map { language.date($0) } ?? lever.baseline]),
      tick: "", limit: [], standing: "", notes: [])
  }

  private func unit(_ subject: Lever.Subject) -> String {
    switch subject {
    case .carbonPrice: "\(symbol)/t \(language.unitText("CO2e"))"
    case .distanceLimit: "km"
    case .capitalBudget: symbol
    case .carbonFloor: language.text("format.per-year", ["value": "t \(language.unitText("CO2e"))"])
    default: ""
    }
  }

  private func amount(_ value: Double, _ subject: Lever.Subject) -> String {
    // A year is a name, not an amount.
    subject == .year ? plain(value) : language.plain(value, digits: 6)
  }

  private func notes(_ subject: Lever.Subject) -> [String] {
    subject == .carbonFloor ? [language.text("serve.room.lever.objective.how")] : []
  }

  /// As HTML writes numbers.
  private func plain(_ value: Double) -> String {
    let text = "\(value == 0 ? 0 : value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Attributes cannot place a mark where no style may stand in the page, so it is drawn.
  private func tick(_ value: Double, _ least: Double, _ most: Double) -> String {
    guard most > least else { return "" }
    let share = min(1, max(0, (value - least) / (most - least)))
    return
      "<svg class=\"bt\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      + "<path d=\"M\(SVG.number(share * 1000)) 0V10\"/></svg>"
  }

  func box(_ lever: Lever) -> LeverView.Box? {
    guard case .either(let usual, let other) = lever.control else { return nil }
    let value = value(lever)
    return LeverView.Box(
      field: lever.id, label: label(lever.subject), hints: hints(lever.subject), yes: usual,
      no: other, isOn: value == usual, isChanged: value != lever.baseline)
  }

  /// What a rule is about.
  private func hints(_ subject: Lever.Subject) -> [String] {
    guard case .rule(let id) = subject,
      let rule = park.catalogue.rules.first(where: { $0.id == id })
    else { return [] }
    return [language.term(rule.subject)]
  }

  func size(_ lever: Lever) -> LeverView.Size? {
    guard case .size = lever.subject else { return nil }
    let value = value(lever)
    let usual = ["25", "50", "75", "100", "125", "150", "200", "300"]
    let all = usual.contains(value) ? usual : usual + [value]
    return LeverView.Size(
      field: lever.id, label: label(lever.subject),
      choices: all.map {
        LeverView.Choice(
          choice: $0, label: language.percent((Double($0) ?? 0) / 100), isChosen: $0 == value)
      }, isChanged: value != lever.baseline)
  }
}
