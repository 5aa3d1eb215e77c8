import LichenDomain

/// How much may flow between two streams by a route, and what stands against it.
struct FlowLimits {
  /// Least yearly flow once the link is open [reference units of output/a].
  let minimum: Double
  /// Most that supply and need allow [reference units of output/a]; `nil` when unquantified.
  let maximum: Double?
  /// Smaller over larger of supply and need, 0...1; `nil` when either is unknown.
  let fit: Double?
  let blockers: [Blocker]

  /// Kinds of blocker that only quantities decide.
  static let kinds: Set<Blocker.Kind> = [
    .outputUnquantified, .inputUnquantified, .outputEmpty, .inputEmpty, .lotTooLarge,
  ]

  init(_ output: OutputStream, _ input: InputStream, _ route: Route) {
    let ratio = route.ratio.typical
    minimum = max(output.minimumLot, input.minimumLot / ratio)
    var blockers: [Blocker] = []
    func block(_ kind: Blocker.Kind, _ stream: StreamID) {
      blockers.append(Blocker(kind, ["stream": .text(stream.rawValue)]))
    }
    if output.quantity == nil { block(.outputUnquantified, output.id) }
    if input.quantity == nil { block(.inputUnquantified, input.id) }
    guard let supply = output.quantity?.yearly.typical, let need = input.quantity?.yearly.typical
    else {
      (maximum, fit) = (nil, nil)
      self.blockers = blockers
      return
    }
    let wanted = need * input.maximumShare / ratio
    let most = min(supply, wanted)
    maximum = most
    fit = max(supply, wanted) > 0 ? most / max(supply, wanted) : 0
    if supply <= 0 { block(.outputEmpty, output.id) }
    if wanted <= 0 { block(.inputEmpty, input.id) }
    if most > 0, minimum > most {
      blockers.append(
        Blocker(.lotTooLarge, ["lot": .number(minimum), "flow": .number(most)]))
    }
    self.blockers = blockers
  }
}
