import LichenAnalysis
import LichenDomain
import LichenMatching

/// What the ids of exchanges, legs, plants, permits and measures mean to a reader, whatever year their streams
/// hold in.
struct ThingNames {
  private let context: ReportContext
  /// Owner and name by stream.
  private let streams: [String: (owner: EnterpriseID?, name: String)]

  init(_ context: ReportContext) {
    self.context = context
    var streams: [String: (owner: EnterpriseID?, name: String)] = [:]
    let declaration = context.park.declaration
    let rows =
      declaration.outputs.map { ($0.id, $0.enterprise, $0.name, $0.material) }
      + declaration.inputs.map { ($0.id, $0.enterprise, $0.name, $0.material) }
    for (id, owner, name, material) in rows {
      let words = name.isEmpty ? MaterialID(material).map(context.material) ?? material : name
      streams[id] = (EnterpriseID(owner), words)
    }
    self.streams = streams
  }

  /// `Donor → Receiver: stream` for what flows, the own name of what stands.
  func name(_ kind: ProjectItem.Kind, _ id: String) -> String {
    let parts = id.split(separator: ":").map(String.init)
    switch kind {
    case .exchange, .leg:
      guard parts.count > 1 else { return id }
      let pair = context.language.text(
        "exchange.pair", ["from": place(parts[0]), "to": place(parts[1])])
      return streams[parts[0]].map { "\(pair): \($0.name)" } ?? pair
    case .facility: return plant(id)
    case .permit:
      guard parts.count > 2 else { return id }
      return context.language.text(
        "thing.permit",
        [
          "holder": EnterpriseID(parts[0]).map(context.names.short) ?? parts[0],
          "material": MaterialID(parts[1]).map(context.material) ?? parts[1],
          "rule": parts[2],
        ])
    case .measure: return context.park.options.first { $0.id.rawValue == id }?.name ?? id
    }
  }

  /// `stream → Receiver`, for drawings.
  func short(_ kind: ProjectItem.Kind, _ id: String) -> String {
    let parts = id.split(separator: ":").map(String.init)
    guard [.exchange, .leg].contains(kind), parts.count > 1 else { return name(kind, id) }
    return context.language.text(
      "exchange.pair",
      ["from": streams[parts[0]]?.name ?? place(parts[0]), "to": place(parts[1])])
  }

  /// The firm of a stream, or a plant.
  private func place(_ id: String) -> String {
    streams[id]?.owner.map(context.names.short) ?? plant(id)
  }

  private func plant(_ id: String) -> String {
    context.park.facilities.first { $0.id.rawValue == id }?.name ?? id
  }
}
