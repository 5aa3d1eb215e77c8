import LichenAnalysis
import LichenDomain
import LichenStore

/// What a link to the room says: the changes, the scenarios beside them, and whose sight of the park it is.
struct RoomState: Sendable, Equatable {
  /// In order of key.
  var changes: [PlainChange] = []
  /// Kept scenarios that stand beside; `nil` for the usual ones.
  var beside: [String]?
  /// The scenario that was opened, from which a kept one will branch.
  var origin: String?
  /// The park without the firms that asked not to be shown, by choice.
  var isOpen = false

  /// Names of fields that are no lever's.
  enum Field {
    static let beside = "with"
    static let origin = "from"
    static let sight = "sight"
    static let open = "open"
  }

  /// - Throws: `Refusal.bad` for a field that says what its lever cannot.
  init(_ fields: [(name: String, value: String)], levers: ParkLevers, subject: RoomPlanner.Subject)
    throws
  {
    do {
      changes = try levers.changes(of: fields)
    } catch let error as ParkLevers.BadField {
      throw Refusal.bad("\(error.field)=\(error.value)")
    }
    let named = fields.filter { $0.name == Field.beside }.map(\.value)
    // An empty field says that none is wanted.
    beside = named.isEmpty ? nil : named.filter { !$0.isEmpty }
    origin = fields.last { $0.name == Field.origin }?.value
    if origin == "" { origin = nil }
    isOpen = subject.isOpen && subject.hasChoice
  }

  init() {}

  /// The same state as fields, only what differs from the park as declared.
  func fields(_ levers: ParkLevers) -> [(name: String, value: String)] {
    let form = levers.form(of: changes)
    var fields = form.values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    fields += form.others.map { (LeverForm.other, "\($0.key)=\($0.value)") }
    if let beside {
      fields += (beside.isEmpty ? [""] : beside).map { (Field.beside, $0) }
    }
    if let origin { fields.append((Field.origin, origin)) }
    if isOpen { fields.append((Field.sight, Field.open)) }
    return fields
  }

  func query(_ levers: ParkLevers) -> String {
    let pairs = fields(levers).map {
      "\($0.name.encodedForQuery)=\($0.value.encodedForQuery)"
    }
    return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
  }
}

extension SavedScenario {
  /// In order of key.
  var plainChanges: [PlainChange] { changes.map { PlainChange($0.key, $0.value) }.sorted() }
}
