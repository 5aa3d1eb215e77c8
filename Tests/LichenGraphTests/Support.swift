import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

/// All candidates of a park under a catalogue.
func candidates(_ builder: ParkBuilder, _ catalogue: Catalogue = Fixtures.catalogue) throws
  -> [Candidate]
{
  try Array(CandidateGenerator(park: builder.park(catalogue)).graph().candidates)
}

/// The only candidate of a park.
func only(
  _ builder: ParkBuilder, _ catalogue: Catalogue = Fixtures.catalogue,
  at location: Testing.SourceLocation = #_sourceLocation
) throws -> Candidate {
  let found = try candidates(builder, catalogue)
  #expect(found.count == 1, sourceLocation: location)
  return try #require(found.first, sourceLocation: location)
}

/// The standard catalogue after a change.
func catalogue(_ change: (inout CatalogueParts) -> Void) -> Catalogue {
  var parts = CatalogueParts.standard
  change(&parts)
  return parts.catalogue
}

extension Candidate {
  /// The per-unit or fixed line of a term.
  func line(_ term: LedgerTerm) -> LedgerLine? {
    (ledger.perUnit + ledger.fixed).first { $0.term == term }
  }

  var kinds: [Blocker.Kind] { blockers.map(\.kind) }

  func argument(_ name: String, of kind: Blocker.Kind) -> BlockerArgument? {
    blockers.first { $0.kind == kind }?.arguments[name]
  }
}

extension BlockerArgument {
  var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }
}

/// Equal but for rounding of the last digits.
func close(_ value: Double?, _ expected: Double, within tolerance: Double = 1e-9) -> Bool {
  value.map { abs($0 - expected) <= tolerance * max(1, abs(expected)) } ?? false
}

/// Equal in all three figures but for rounding.
func close(_ value: Estimate?, _ low: Double, _ typical: Double, _ high: Double) -> Bool {
  guard let value else { return false }
  return close(value.low, low) && close(value.typical, typical) && close(value.high, high)
}
