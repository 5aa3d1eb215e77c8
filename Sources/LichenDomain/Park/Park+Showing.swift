/// What one reader may see of a park's tables.
public struct ParkView: Sendable {
  /// Enterprises of which everything is shown.
  public var open: Set<EnterpriseID>
  /// Enterprises that stand in for others, without anything declared but a name.
  public var stands: [Enterprise] = []
  /// Streams that are shown, of open enterprises and of those that stand in.
  public var outputs: [OutputStream]
  public var inputs: [InputStream]

  public init(open: Set<EnterpriseID>, outputs: [OutputStream], inputs: [InputStream]) {
    self.open = open
    self.outputs = outputs
    self.inputs = inputs
  }
}

extension Park {
  /// The same park with nothing in it but what a view shows.
  ///
  /// Published totals, reports of what flowed and stages are left out: they speak of the whole park. The
  /// declaration holds the settings alone.
  public func showing(_ view: ParkView) -> Park {
    let shown = Set((view.outputs.map(\.id)) + view.inputs.map(\.id))
    return Park(
      declaration: ParkDeclaration(settings: settings), catalogue: catalogue,
      local: LocalFigures(figures: overrides, rulesOff: rulesSwitchedOff),
      enterprises: enterprises.filter { view.open.contains($0.id) } + view.stands,
      outputs: view.outputs, inputs: view.inputs,
      exchanges: exchanges.filter { view.open.contains($0.from) && view.open.contains($0.to) },
      distances: distances.filter {
        view.open.contains($0.key.from) && view.open.contains($0.key.to)
      },
      options: options.filter { view.open.contains($0.enterprise) },
      facilities: facilities.filter { view.open.contains($0.site) },
      storages: storages.filter { shown.contains($0.stream) }, actuals: [], progress: [],
      unmatched: unmatched.filter { view.open.contains($0.enterprise) }, warnings: [])
  }
}

extension Enterprise {
  /// An enterprise that stands for another: nothing but an id and a name, and the place if it may be known.
  public init(standIn id: EnterpriseID, name: String, coordinate: Coordinate? = nil) {
    self.init(
      id: id, name: name, sector: "", isic: "", coordinate: coordinate, zone: "", jurisdiction: "",
      licences: [], blueprint: "", size: DeclaredQuantity(), disclosure: .confidential,
      agreedWith: [], notes: "", provenance: Provenance(), location: SourceLocation(file: ""))
  }
}

extension OutputStream {
  /// The same material without anything that its enterprise declared.
  public func veiled(as id: StreamID, of enterprise: EnterpriseID) -> OutputStream {
    OutputStream(
      id: id, enterprise: enterprise, name: "", material: material, wasteCode: nil, quantity: nil,
      unitFactor: nil, currentRoute: .unknown, disposalCost: nil, minimumLot: 0, properties: [:],
      profile: nil, notes: "", basis: .declared, provenance: Provenance(),
      location: SourceLocation(file: ""))
  }

  /// The same stream without its amount.
  public func withoutQuantity() -> OutputStream {
    var stream = self
    stream.quantity = nil
    return stream
  }
}

extension InputStream {
  /// The same material without anything that its enterprise declared.
  public func veiled(as id: StreamID, of enterprise: EnterpriseID) -> InputStream {
    InputStream(
      id: id, enterprise: enterprise, name: "", material: material, quantity: nil, unitFactor: nil,
      price: nil, maximumShare: 1, minimumLot: 0, properties: [:], profile: nil, notes: "",
      basis: .declared, provenance: Provenance(), location: SourceLocation(file: ""))
  }

  /// The same stream without its amount.
  public func withoutQuantity() -> InputStream {
    var stream = self
    stream.quantity = nil
    return stream
  }
}

extension Facility {
  /// The same plant at a site that stands in for its own, without its size and costs.
  public func veiled(at site: EnterpriseID) -> Facility {
    Facility(
      id: id, name: name, site: site, processes: processes, product: product, use: use,
      intakeUnit: intakeUnit, capacity: nil, capital: nil, running: nil, lifetime: nil, notes: "",
      provenance: Provenance(), location: SourceLocation(file: ""))
  }
}
