import LichenDomain

extension Reconciliation {
  /// The declaration with every correction written into its row, and said there.
  ///
  /// Ranges stay as they are; exchanges have no notes, so their source says it.
  public func corrected(_ declaration: ParkDeclaration) -> ParkDeclaration {
    var declaration = declaration
    for correction in corrections {
      switch correction.figure.subject {
      case .output(let id):
        guard let row = declaration.outputs.firstIndex(where: { $0.id == id.rawValue }) else {
          continue
        }
        declaration.outputs[row].notes = Self.joined(
          declaration.outputs[row].notes, note(correction, declaration.outputs[row].quantity))
        declaration.outputs[row].quantity.typical = Self.inside(
          declaration.outputs[row].quantity, correction)
      case .input(let id):
        guard let row = declaration.inputs.firstIndex(where: { $0.id == id.rawValue }) else {
          continue
        }
        declaration.inputs[row].notes = Self.joined(
          declaration.inputs[row].notes, note(correction, declaration.inputs[row].quantity))
        declaration.inputs[row].quantity.typical = Self.inside(
          declaration.inputs[row].quantity, correction)
      case .exchange(let id):
        guard let row = declaration.exchanges.firstIndex(where: { $0.id == id }) else { continue }
        let old = declaration.exchanges[row].quantity.map { "\($0)" } ?? ""
        declaration.exchanges[row].provenance.source = Self.joined(
          declaration.exchanges[row].provenance.source,
          "quantity reconciled with the streams, was \(old)")
        declaration.exchanges[row].quantity = Self.rounded(correction.written)
      case .actual: continue
      }
    }
    return declaration
  }

  private func note(_ correction: Correction, _ quantity: DeclaredQuantity) -> String {
    let old = quantity.typical ?? correction.figure.value / correction.figure.unitFactor
    return "reconciled with the other declarations, was \(old)"
  }

  private static func joined(_ first: String, _ second: String) -> String {
    first.isEmpty ? second : "\(first); \(second)"
  }

  /// The new value; rounding may not push it over an end that the row states.
  private static func inside(_ quantity: DeclaredQuantity, _ correction: Correction) -> Double {
    let value = rounded(correction.written)
    return max(quantity.low ?? value, min(quantity.high ?? value, value))
  }

  /// Twelve significant digits: what lies beyond is rounding of the solver.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var scale = 1.0
    while abs(value) * scale < 1e11 { scale *= 10 }
    while abs(value) * scale >= 1e12 { scale /= 10 }
    return (value * scale).rounded() / scale
  }
}
