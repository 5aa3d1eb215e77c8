import LichenDomain

/// Levers of prices: the carbon price in money, the others as a share of the figures that stand.
///
/// A price of the catalogue is one figure, or a few that add up, for many materials; moving the figure keeps their
/// ranges and their relation. Streams that declare a price of their own move by the same share.
struct PriceLevers {
  let carbon: Lever
  let shares: [Lever]
  let unknown: [Lever.Subject]

  init(_ park: Park) {
    carbon = Self.carbon(park)
    let found = [
      Self.landfill(park), Self.electricity(park), Self.water(park),
    ]
    shares = found.compactMap(\.lever)
    unknown = found.compactMap { $0.lever == nil ? $0.subject : nil }
  }

  /// Up to twice the highest of what stands, what the catalogue knows, and 100 EUR/t.
  private static func carbon(_ park: Park) -> Lever {
    let settings = park.settings
    let known = park.catalogue.answer("carbon_price", for: nil, in: settings.jurisdiction)
    let catalogued = known.flatMap { money($0.figures, park)?.amount } ?? 0
    let euros =
      Currency("EUR").flatMap {
        try? park.catalogue.exchangeRates.conversion(
          from: $0, to: settings.currency, year: settings.priceYear
        ).factor
      } ?? 1
    let top = RoundScale.above(2 * max(settings.carbonPrice, catalogued, 100 * euros))
    return Lever(
      "carbon_price", .carbonPrice,
      .number(least: 0, most: top, step: top / 40, allowsNone: false),
      baseline: Lever.text(settings.carbonPrice))
  }

  private typealias Found = (subject: Lever.Subject, lever: Lever?)

  /// Fees of landfills for what leaves today without a buyer.
  private static func landfill(_ park: Park) -> Found {
    let streams = park.outputs.filter { !$0.currentRoute.isAlreadyUsed }
    let declared = streams.filter { $0.currentRoute == .landfill && $0.disposalCost != nil }
    let answers = streams.filter { $0.disposalCost == nil }.compactMap {
      park.catalogue.answer("disposal_cost", for: $0.material, in: park.settings.jurisdiction)
    }.filter {
      $0.figures.allSatisfy { $0.id.hasPrefix("landfill") || $0.id.contains("_landfill") }
    }
    return (
      .landfillFee,
      share(
        "landfill_fee", .landfillFee, figures: answers.map(\.figures),
        streams: declared.map { "stream.\($0.id).disposal_cost" },
        amount: declared.first?.disposalCost, of: declared.first.map(\.material), park)
    )
  }

  private static func electricity(_ park: Park) -> Found {
    let grid = park.catalogue.answer(
      "electricity_price", for: nil, in: park.settings.jurisdiction)
    let inputs = park.inputs.filter { park.material($0.material)?.phase == .electricity }
    let declared = inputs.filter { $0.price != nil }
    let answers = inputs.filter { $0.price == nil }.compactMap {
      park.catalogue.answer("price", for: $0.material, in: park.settings.jurisdiction)
    }
    return (
      .electricityPrice,
      share(
        "power_price", .electricityPrice,
        figures: (grid.map { [$0.figures] } ?? []) + answers.map(\.figures),
        streams: declared.map { "stream.\($0.id).price" },
        amount: declared.first?.price, of: declared.first.map(\.material), park)
    )
  }

  private static func water(_ park: Park) -> Found {
    let inputs = park.inputs.filter { park.material($0.material)?.phase == .water }
    let declared = inputs.filter { $0.price != nil }
    let answers = inputs.filter { $0.price == nil }.compactMap {
      park.catalogue.answer("price", for: $0.material, in: park.settings.jurisdiction)
    }
    return (
      .waterPrice,
      share(
        "water_price", .waterPrice, figures: answers.map(\.figures),
        streams: declared.map { "stream.\($0.id).price" },
        amount: declared.first?.price, of: declared.first.map(\.material), park)
    )
  }

  /// - Parameter figures: Each list adds up to one price; the first is shown.
  private static func share(
    _ id: String, _ subject: Lever.Subject, figures: [[Figure]], streams: [String],
    amount: Money?, of material: MaterialID?, _ park: Park
  ) -> Lever? {
    let ids = Set(figures.flatMap { $0.map(\.id) }).sorted()
    let keys = ids.map { "figure.\($0)" } + streams.sorted()
    if keys.isEmpty { return nil }
    let counted = Dictionary(grouping: figures) { $0.map(\.id) }
    let usual = counted.max {
      ($0.value.count, $1.key.joined()) < ($1.value.count, $0.key.joined())
    }?.value.first
    let standing: Lever.Standing
    if let usual, let found = money(usual, park) {
      standing = found
    } else if let amount, let unit = material.flatMap({ park.material($0)?.referenceUnit.id }) {
      standing = Lever.Standing(amount: amount.amount.typical, per: unit)
    } else {
      standing = Lever.Standing(amount: 0, per: "")
    }
    return Lever(id, subject, .share(most: 300, standing: standing), baseline: "100", keys: keys)
  }

  /// The sum of figures in the park's currency.
  private static func money(_ figures: [Figure], _ park: Park) -> Lever.Standing? {
    guard let first = figures.first, figures.allSatisfy({ $0.per == first.per }) else { return nil }
    var sum = 0.0
    for figure in figures {
      guard let currency = Currency(figure.measure),
        let conversion = try? park.catalogue.exchangeRates.conversion(
          from: currency, to: park.settings.currency, year: figure.year)
      else { return nil }
      sum += figure.value.typical * conversion.factor
    }
    return Lever.Standing(amount: sum, per: first.per)
  }
}
