import LichenDomain
import LichenLaw

extension Candidate {
  /// The same possible exchange as a reader may see it who must not see all of it.
  ///
  /// Its bounds on the flow are left out: they tell the quantities of both streams.
  public func shown(
    from output: OutputStream, to input: InputStream, transport: Transport, ledger: Ledger,
    verdict: LegalVerdict, permits: [PermitNeed]
  ) -> Candidate {
    Candidate(
      id: Self.id(output: output.id, input: input.id, route: route.id), output: output,
      input: input, route: route, transport: transport, ledger: ledger, verdict: verdict,
      permits: permits, blockers: blockers, score: score, unmeasured: unmeasured, mixtures: [],
      minimumFlow: 0, maximumFlow: nil)
  }
}

extension Ledger {
  /// One side of the ledger: the lines that it bears, shared ones by halves.
  /// - Parameters:
  ///   - isDonor: Whether the side is the donor's.
  ///   - keep: Whether a reference may be seen by that side.
  public func side(donor isDonor: Bool, keep: (String) -> Bool) -> Ledger {
    func own(_ lines: [LedgerLine]) -> [LedgerLine] {
      lines.compactMap { line in
        guard let share = line.bearer.share(ofDonor: isDonor) else { return nil }
        func part(_ amount: LedgerAmount) -> LedgerAmount {
          LedgerAmount(
            value: amount.value.map { $0 * share }, basis: amount.basis,
            confidence: amount.confidence, references: amount.references.filter(keep))
        }
        return LedgerLine(
          line.term, bearer: isDonor ? .donor : .receiver, money: part(line.money),
          carbon: part(line.carbon),
          remark: line.remark)
      }
    }
    // Who bears the annuity has paid the investment.
    let paid = fixed.filter { $0.term == .capital }
    let all = paid.compactMap(\.money.value?.typical).reduce(0, +)
    let mine = own(paid).compactMap(\.money.value?.typical).reduce(0, +)
    return Ledger(
      perUnit: own(perUnit), fixed: own(fixed),
      capital: all == 0 ? .zero : capital * (mine / all))
  }
}

extension Bearer {
  /// Share of a line that one side bears; `nil` for none.
  fileprivate func share(ofDonor isDonor: Bool) -> Double? {
    switch self {
    case .both: 0.5
    case .donor: isDonor ? 1 : nil
    case .receiver: isDonor ? nil : 1
    }
  }
}
