import LichenDomain

/// The balance of an exchange through a shared plant, split between its legs.
///
/// To the plant, per unit that comes in: disposal, transport, treatment, and the stack of what is
/// burnt in the end. From it, per unit of product: purchase and the stack of the fuel replaced. All
/// that is made leaves the plant, so the legs together hold what a direct exchange would, once.
extension LedgerBuilder {
  /// - Parameter output: `nil` where another plant's product comes in.
  func arrival(
    of offered: Material, from output: OutputStream?, at product: Material, route: Route,
    transport: Transport, isHazardous: Bool
  ) -> Ledger {
    var perUnit: [LedgerLine] = []
    if let output {
      perUnit.append(disposal(of: output, offered))
      perUnit += withdrawnCredit(output, product, route: route)
    }
    if route.use == .fuel {
      perUnit.append(
        LedgerLine(
          .combustion, bearer: .receiver, money: .none,
          carbon: stackCarbon(of: offered, route: route).scaled(by: -1)))
    }
    let carriage = carriage(of: offered, by: transport.mode)
    perUnit += carriage.lines(transport, isHazardous: isHazardous)
    perUnit += treatmentLines(offered, output: output, route: route)
    let (fixed, capital) = carriage.fixedLines(transport)
    return Ledger(perUnit: perUnit, fixed: fixed, capital: capital)
  }

  /// The product that another plant takes is bought by nobody, and its own burning stands in its
  /// first leg: only what moving and treating it costs.
  func delivery(
    of product: Material, to input: InputStream, use: RouteUse, transport: Transport
  ) -> Ledger {
    let bought = park.material(input.material) ?? product
    var perUnit = [
      LedgerLine(
        .avoidedPurchase, bearer: .receiver, money: price(of: input, bought),
        carbon: figures.carbon("virgin_co2", for: product, per: product.referenceUnit))
    ]
    if use == .fuel {
      perUnit.append(
        LedgerLine(
          .avoidedCombustion, bearer: .receiver, money: .none,
          carbon: figures.carbon("combustion_co2", for: product, per: product.referenceUnit)))
    }
    let carriage = carriage(of: product, by: transport.mode)
    perUnit += carriage.lines(transport, isHazardous: false)
    let (fixed, capital) = carriage.fixedLines(transport)
    return Ledger(perUnit: perUnit, fixed: fixed, capital: capital)
  }

  /// What is sold or reused already avoids no burden anew: what the product's delivery counts is
  /// taken back here.
  private func withdrawnCredit(_ output: OutputStream, _ product: Material, route: Route)
    -> [LedgerLine]
  {
    guard output.currentRoute.isAlreadyUsed else { return [] }
    func line(_ term: LedgerTerm, _ role: String) -> LedgerLine {
      let amount = figures.carbon(role, for: product, per: product.referenceUnit)
      // Unknown there is left out there, so nothing is to be taken back.
      let carbon = amount.value == nil ? declaredNothing(output) : replaced(amount, by: route)
      return LedgerLine(
        term, bearer: .receiver, money: .none, carbon: carbon.scaled(by: -1),
        remark: "remark.no-new-credit")
    }
    return [line(.avoidedPurchase, "virgin_co2")]
      + (route.use == .fuel ? [line(.avoidedCombustion, "combustion_co2")] : [])
  }
}
