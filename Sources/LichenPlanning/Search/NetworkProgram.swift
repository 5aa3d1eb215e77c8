/// A piece of a network as a program for a MIP solver: links, or one end of links, with their node
/// rows. Flows are shares of the most; column `2k` is the flow of copy `k`, column `2k + 1` its opening.
struct NetworkProgram {
  /// A link with the ends that lie in the piece.
  struct Copy {
    let link: Int
    let profit: Double
    let fixed: Double
    let lower: Double
    let upper: Double
    let hasTail: Bool
    let hasHead: Bool
    let isRequired: Bool
  }

  /// What the piece may use.
  struct Room {
    /// Of a node's capacity.
    var capacity: (Int) -> Double
    /// Open links that a node may still have.
    var partners: (Int) -> Int32
    /// What a facility has made outside the piece, less what it gave away there.
    var product: (Int) -> Double
    /// Whether a facility is open whatever the piece does.
    var isOpen: (Int) -> Bool
    /// Opening cost of a facility, prices of rows included.
    var opening: (Int) -> Double
    /// Worth of a measure, which the piece decides with the measure's node.
    var measureWorth: (Int) -> Double
    /// Cost of a permit of a link; `nil` if the piece does not decide it.
    var permitCost: (_ link: Int, _ permit: Int) -> Double?
    /// Side rows to be kept: limit less what is used outside; empty if they are priced.
    var rows: [Int: Double]

    /// All there is; side rows are left out.
    init(all network: SearchNetwork) {
      capacity = { network.capacity[$0] }
      partners = { network.partnerLimit[$0] }
      product = { _ in 0 }
      isOpen = { _ in false }
      opening = { network.opening[$0] }
      measureWorth = { network.measures[$0].value }
      permitCost = { _, permit in network.permitCost[permit] }
      rows = [:]
    }
  }

  let network: SearchNetwork
  let copies: [Copy]
  private(set) var model = MIPModel(name: "")
  /// Columns of measures, permits and facilities by index.
  private(set) var measureColumns: [(index: Int, column: Int)] = []
  private(set) var permitColumns: [(permit: Int, column: Int)] = []
  private(set) var facilityColumns: [(node: Int, column: Int)] = []

  init(_ network: SearchNetwork, copies: [Copy], room: Room) {
    self.network = network
    self.copies = copies
    addColumns()
    addPermits(room)
    addNodes(room)
    addRows(room)
  }

  private mutating func addColumns() {
    model.columns.reserveCapacity(2 * copies.count + 16)
    for copy in copies {
      model.addColumn(
        MIPColumn(name: "", lower: 0, upper: 1, objective: copy.profit * copy.upper))
      model.addColumn(
        MIPColumn(
          name: "", lower: copy.isRequired ? 1 : 0, upper: 1, objective: -copy.fixed,
          isInteger: true))
    }
    for (index, copy) in copies.enumerated() {
      model.addRow(MIPRow(name: "", upper: 0, entries: [(2 * index, 1), (2 * index + 1, -1)]))
      if copy.lower > 0 {
        model.addRow(
          MIPRow(
            name: "", lower: 0,
            entries: [(2 * index, 1), (2 * index + 1, -copy.lower / copy.upper)]))
      }
    }
  }

  private mutating func addPermits(_ room: Room) {
    guard network.permitCost.count > 0 else { return }
    var columns: [Int: Int] = [:]
    for (index, copy) in copies.enumerated() {
      for member in network.linkPermits(copy.link) {
        let permit = Int(member)
        guard let cost = room.permitCost(copy.link, permit) else { continue }
        let column = columns[permit] ?? model.addColumn(.binary(name: "", objective: -cost))
        if columns[permit] == nil { permitColumns.append((permit, column)) }
        columns[permit] = column
        model.addRow(MIPRow(name: "", upper: 0, entries: [(2 * index + 1, 1), (column, -1)]))
      }
    }
  }

  private mutating func addNodes(_ room: Room) {
    var atNode: [Int: [(copy: Int, isTail: Bool)]] = [:]
    for (index, copy) in copies.enumerated() {
      if copy.hasTail { atNode[Int(network.tail[copy.link]), default: []].append((index, true)) }
      if copy.hasHead { atNode[Int(network.head[copy.link]), default: []].append((index, false)) }
    }
    for (node, users) in atNode.sorted(by: { $0.key < $1.key }) {
      if network.kind[node] == .facility {
        addFacility(node, users, room)
      } else {
        addStream(node, users, room)
      }
    }
  }

  private mutating func addStream(
    _ node: Int, _ users: [(copy: Int, isTail: Bool)], _ room: Room
  ) {
    let capacity = max(0, room.capacity(node))
    let scale = capacity > 0 ? capacity : 1
    var entries = users.map { user -> (Int, Double) in
      let copy = copies[user.copy]
      let ratio = user.isTail ? 1 : network.ratio[copy.link]
      return (2 * user.copy, ratio * copy.upper / scale)
    }
    for member in network.nodeMeasures(node) {
      let index = Int(member)
      let measure = network.measures[index]
      let column = model.addColumn(
        MIPColumn(
          name: "", lower: measure.isRequired ? 1 : 0, upper: 1,
          objective: room.measureWorth(index), isInteger: true))
      measureColumns.append((index, column))
      if measure.shift != 0 { entries.append((column, -measure.shift / scale)) }
    }
    model.addRow(MIPRow(name: "", upper: capacity / scale, entries: entries))
    let partners = room.partners(node)
    if users.count > Int(partners) {
      model.addRow(
        MIPRow(
          name: "", upper: Double(max(0, partners)), entries: users.map { (2 * $0.copy + 1, 1) }))
    }
  }

  private mutating func addFacility(
    _ node: Int, _ users: [(copy: Int, isTail: Bool)], _ room: Room
  ) {
    let capacity = max(0, room.capacity(node))
    let scale = max(1e-9, network.capacity[node])
    let isOpen = room.isOpen(node)
    var column = -1
    if !isOpen {
      column = model.addColumn(.binary(name: "", objective: -room.opening(node)))
      facilityColumns.append((node, column))
    }
    let arriving = users.filter { !$0.isTail }
    let leaving = users.filter(\.isTail)
    var intake = arriving.map { (2 * $0.copy, copies[$0.copy].upper / scale) }
    if !isOpen { intake.append((column, -capacity / scale)) }
    if !intake.isEmpty {
      model.addRow(MIPRow(name: "", upper: isOpen ? capacity / scale : 0, entries: intake))
    }
    let balance = room.product(node) / scale
    model.addRow(
      MIPRow(
        name: "", lower: balance, upper: balance,
        entries: leaving.map { (2 * $0.copy, copies[$0.copy].upper / scale) }
          + arriving.map {
            (2 * $0.copy, -network.ratio[copies[$0.copy].link] * copies[$0.copy].upper / scale)
          }))
    if !isOpen {
      for user in users {
        model.addRow(
          MIPRow(name: "", upper: 0, entries: [(2 * user.copy + 1, 1), (column, -1)]))
      }
    }
  }

  private mutating func addRows(_ room: Room) {
    if room.rows.isEmpty { return }
    let rows = network.rows
    var entries: [Int: [(column: Int, value: Double)]] = [:]
    for (index, copy) in copies.enumerated() {
      for entry in rows.entries(of: copy.link) {
        let row = Int(rows.row[entry])
        let scale = rows.scales[row]
        if rows.perUnit[entry] != 0 {
          entries[row, default: []].append((2 * index, rows.perUnit[entry] * copy.upper / scale))
        }
        if rows.perOpening[entry] != 0 {
          entries[row, default: []].append((2 * index + 1, rows.perOpening[entry] / scale))
        }
      }
    }
    for (index, column) in measureColumns {
      for (row, term) in rows.measureTerms[index] {
        entries[row, default: []].append((column, term / rows.scales[row]))
      }
    }
    for (node, column) in facilityColumns {
      for (row, term) in rows.facilityTerms[node] ?? [] {
        entries[row, default: []].append((column, term / rows.scales[row]))
      }
    }
    for (row, limit) in room.rows.sorted(by: { $0.key < $1.key }) {
      guard let entries = entries[row] else { continue }
      model.addRow(MIPRow(name: "", upper: limit / rows.scales[row], entries: entries))
    }
  }

  /// Values of given flows, by copy, with everything that they need.
  func start(flow: (Int) -> Double, isTaken: (Int) -> Bool) -> [Double] {
    var values = [Double](repeating: 0, count: model.columns.count)
    var touched: Set<Int> = []
    for (index, copy) in copies.enumerated() {
      let amount = flow(copy.link)
      guard amount > 0 || copy.isRequired else { continue }
      values[2 * index] = min(1, amount / copy.upper)
      values[2 * index + 1] = 1
      for permit in network.linkPermits(copy.link) { touched.insert(-1 - Int(permit)) }
      if copy.hasTail { touched.insert(Int(network.tail[copy.link])) }
      if copy.hasHead { touched.insert(Int(network.head[copy.link])) }
    }
    for (permit, column) in permitColumns where touched.contains(-1 - permit) { values[column] = 1 }
    for (node, column) in facilityColumns where touched.contains(node) { values[column] = 1 }
    for (index, column) in measureColumns where isTaken(index) { values[column] = 1 }
    return values
  }
}

extension NetworkProgram.Copy {
  /// A link with both ends.
  init(whole link: Int, of network: SearchNetwork) {
    self.init(
      link: link, profit: network.benefit[link], fixed: network.fixed[link],
      lower: network.lower[link], upper: network.upper[link], hasTail: true, hasHead: true,
      isRequired: network.isRequired[link])
  }
}
