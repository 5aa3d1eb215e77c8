import LichenDomain

/// What leaves the receiver's stack: no longer that of the fuel replaced, now that of the by-product.
///
/// The purchase line counts what making and bringing the fuel emits, these lines count what burning it
/// emits, so that a fuel's carbon stands in the ledger once. Steam and heat burn nothing at the
/// receiver. Biogenic CO2 is in no factor.
extension LedgerBuilder {
  /// - Parameter noCredit: What is counted instead where the output is used already and nothing is
  ///   avoided anew; `nil` where it is not.
  func combustionLines(
    _ offered: Material, _ bought: Material, route: Route, noCredit: LedgerAmount?
  ) -> [LedgerLine] {
    // The same material on both sides burns as before.
    guard !route.isDirectUse, [.fuel, .heat, .gas].contains(route.use) else { return [] }
    let fuel = figures.carbon("combustion_co2", for: bought, per: bought.referenceUnit)
    // A fuel of the rule is burnt by definition; any other input is if it has a stack factor.
    let isBurnt = fuel.value != nil || !route.ratioReferences.isEmpty
    var lines: [LedgerLine] = []
    if isBurnt {
      lines.append(
        LedgerLine(
          .avoidedCombustion, bearer: .receiver, money: .none,
          carbon: noCredit ?? replaced(fuel, by: route),
          remark: noCredit == nil ? nil : "remark.no-new-credit"))
    }
    let stack = stackCarbon(of: offered, route: route)
    // Gas routes to other ends than burning, as CO2 for carbonation, have no stack.
    if route.use == .fuel || (route.use == .gas && isBurnt && stack.value != nil) {
      lines.append(
        LedgerLine(.combustion, bearer: .receiver, money: .none, carbon: stack.scaled(by: -1)))
    }
    return lines
  }

  /// Stack CO2e per reference unit of output, of what is really burnt.
  func stackCarbon(of offered: Material, route: Route) -> LedgerAmount {
    let (id, ratio) = route.served
    guard id != route.output, let burnt = park.material(id) else {
      return figures.carbon("combustion_co2", for: offered, per: offered.referenceUnit)
    }
    let amount = figures.carbon("combustion_co2", for: burnt, per: burnt.referenceUnit)
    guard let value = amount.value else { return .unknown }
    return LedgerAmount(
      value: value * ratio, basis: amount.basis,
      confidence: [amount.confidence, route.ratioConfidence].compactMap(\.self).min(),
      references: amount.references + route.references)
  }
}
