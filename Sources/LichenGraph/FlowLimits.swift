import LichenDomain

/// How much may flow between two streams: the bare figures.
struct FlowBounds: Sendable, Hashable {
  /// Least yearly flow once the link is open [reference units of output/a].
  let minimum: Double
  /// Most that supply and need allow [reference units of output/a]; `nil` when unquantified.
  let maximum: Double?
  /// Smaller over larger of supply and need, 0...1; `nil` when either is unknown.
  let fit: Double?
  let blockers: BlockerSet

  /// What the bounds ask of one end [its reference units/a].
  struct End: Sendable {
    /// Supply, or need; `nil` when unquantified.
    let yearly: Double?
    let minimumLot: Double
  }

  /// - Parameters:
  ///   - share: Of the need that by-products may cover, 0...1.
  ///   - ratio: Reference units of input per reference unit of output.
  init(_ output: End, _ input: End, share: Double, ratio: Double) {
    minimum = max(output.minimumLot, input.minimumLot / ratio)
    var blockers: BlockerSet = []
    if output.yearly == nil { blockers.insert(.outputUnquantified) }
    if input.yearly == nil { blockers.insert(.inputUnquantified) }
    guard let supply = output.yearly, let need = input.yearly else {
      (maximum, fit) = (nil, nil)
      self.blockers = blockers
      return
    }
    let wanted = need * share / ratio
    let most = min(supply, wanted)
    maximum = most
    fit = max(supply, wanted) > 0 ? most / max(supply, wanted) : 0
    if supply <= 0 { blockers.insert(.outputEmpty) }
    if wanted <= 0 { blockers.insert(.inputEmpty) }
    if most > 0, minimum > most { blockers.insert(.lotTooLarge) }
    self.blockers = blockers
  }

  init(_ output: OutputStream, _ input: InputStream, _ route: Route) {
    self.init(
      End(yearly: output.quantity?.yearly.typical, minimumLot: output.minimumLot),
      End(yearly: input.quantity?.yearly.typical, minimumLot: input.minimumLot),
      share: input.maximumShare, ratio: route.ratio.typical)
  }
}

/// How much may flow between two streams by a route, and what stands against it.
struct FlowLimits {
  let bounds: FlowBounds
  let blockers: [Blocker]

  /// Kinds of blocker that only quantities decide.
  static let kinds: Set<Blocker.Kind> = [
    .outputUnquantified, .inputUnquantified, .outputEmpty, .inputEmpty, .lotTooLarge,
  ]

  init(_ output: OutputStream, _ input: InputStream, _ route: Route) {
    let bounds = FlowBounds(output, input, route)
    self.bounds = bounds
    func named(_ kind: Blocker.Kind, _ stream: StreamID) -> Blocker {
      Blocker(kind, ["stream": .text(stream.rawValue)])
    }
    blockers = bounds.blockers.kinds.map { kind in
      switch kind {
      case .outputUnquantified, .outputEmpty: named(kind, output.id)
      case .inputUnquantified, .inputEmpty: named(kind, input.id)
      default:
        Blocker(kind, ["lot": .number(bounds.minimum), "flow": .number(bounds.maximum ?? 0)])
      }
    }
  }
}
