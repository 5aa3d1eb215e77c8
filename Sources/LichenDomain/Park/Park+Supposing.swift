extension Park {
  /// The same park under supposed figures, without checking anything again.
  ///
  /// Streams of the park itself keep their quantities; see `Stream.supposing`.
  /// - Parameters:
  ///   - figures: Values by id of a figure; without a range.
  ///   - rates: Values by id of a quotation; positive.
  /// - Complexity: O(k) for k values, once the catalogue's table of figures is copied.
  public func supposing(figures: [String: Double], rates: [String: Double]) -> Park {
    var park = self
    for (id, value) in figures {
      guard let figure = park.catalogue.figures[id] else { continue }
      park.catalogue.figures[id] = figure.supposing(value)
    }
    if !rates.isEmpty {
      park.catalogue.exchangeRates = ExchangeRates(
        catalogue.exchangeRates.rates.map { rate in
          rates[rate.id].map { rate.supposing($0) } ?? rate
        })
    }
    return park
  }

  /// The same park with these streams in place of its own of the same id.
  /// - Complexity: O(n) in the number of streams.
  public func supposing(
    outputs: [StreamID: OutputStream], inputs: [StreamID: InputStream]
  ) -> Park {
    var park = self
    park.outputs = self.outputs.map { outputs[$0.id] ?? $0 }
    park.inputs = self.inputs.map { inputs[$0.id] ?? $0 }
    return park
  }

  /// The same park without some legal rules.
  public func lifting(_ rules: Set<RuleID>) -> Park {
    var park = self
    park.rulesSwitchedOff.formUnion(rules)
    return park
  }

  /// The same park where an enterprise also holds a licence.
  /// - Complexity: O(enterprises).
  public func granting(_ licence: String, to holder: EnterpriseID) -> Park {
    var park = self
    guard let index = index(ofEnterprise: holder) else { return park }
    park.enterprises[index].licences.insert(licence)
    return park
  }
}

extension Figure {
  func supposing(_ value: Double) -> Figure {
    Figure(
      id: id, name: name, value: Estimate(value), measure: measure, per: per, region: region,
      year: year, source: source, confidence: confidence)
  }
}

extension ExchangeRate {
  func supposing(_ value: Double) -> ExchangeRate {
    ExchangeRate(
      id: id, base: base, quote: quote, rate: Estimate(value), year: year, source: source,
      confidence: confidence)
  }
}

extension OutputStream {
  /// The same stream with another yearly quantity [reference units/a].
  public func supposing(yearly: Double) -> OutputStream {
    var stream = self
    stream.quantity = quantity.map {
      StreamQuantity(yearly: Estimate(yearly), declared: $0.declared)
    }
    return stream
  }
}

extension InputStream {
  /// The same stream with another yearly quantity [reference units/a].
  public func supposing(yearly: Double) -> InputStream {
    var stream = self
    stream.quantity = quantity.map {
      StreamQuantity(yearly: Estimate(yearly), declared: $0.declared)
    }
    return stream
  }
}

extension Route {
  /// The same route with another ratio or treatment cost; `nil` keeps what it has.
  public func supposing(ratio: Double?, treatmentCost: Double?) -> Route {
    var route = self
    if let ratio { route.ratio = Estimate(ratio) }
    if let treatmentCost {
      route.treatmentCost = self.treatmentCost.map {
        Money(Estimate(treatmentCost), $0.currency, year: $0.year)
      }
    }
    return route
  }
}
