import LichenDomain

/// What a form of levers says: the value of each field, and changes that no lever makes.
public struct LeverForm: Sendable, Equatable {
  /// By name of field; fields that are not here say what stands.
  public var values: [String: String]
  /// Changes of keys that have no lever, as a file or a program may bring; in order of key.
  public var others: [PlainChange]

  public init(values: [String: String] = [:], others: [PlainChange] = []) {
    self.values = values
    self.others = others
  }

  /// Field of a change that no lever makes, as `KEY=VALUE`.
  public static let other = "change"
}

extension ParkLevers {
  /// A field that says what its lever cannot.
  public struct BadField: Error, Equatable {
    public let field: String
    public let value: String
  }

  /// The changes that the fields of a form make, in order of key.
  ///
  /// Fields that are no lever's are no business of this; of two of one name the later holds, so that a hidden field
  /// can speak for a box that is not ticked.
  /// - Throws: `BadField` for the first field that says what its lever cannot.
  public func changes(of fields: [(name: String, value: String)]) throws -> [PlainChange] {
    var said: [String: String] = [:]
    var changes: [String: PlainChange] = [:]
    for (name, value) in fields {
      said[name] = value
      guard name == LeverForm.other, let mark = value.firstIndex(of: "=") else { continue }
      let key = String(value[..<mark])
      changes[key] = PlainChange(key, String(value[value.index(after: mark)...]))
    }
    for lever in levers {
      guard let value = said[lever.id] else { continue }
      guard let made = lever.changes(value) else {
        throw BadField(field: lever.id, value: value)
      }
      for change in made { changes[change.key] = change }
    }
    let sector = said[Newcomer.Field.sector] ?? ""
    guard
      let settled = newcomer.changes(
        sector: sector, size: said[Newcomer.Field.size] ?? "",
        neighbour: said[Newcomer.Field.neighbour] ?? "")
    else { throw BadField(field: Newcomer.Field.sector, value: sector) }
    for change in settled { changes[change.key] = change }
    return changes.values.sorted()
  }

  /// The form that makes these changes; what no lever can say is kept beside it.
  public func form(of changes: [PlainChange]) -> LeverForm {
    var left = Dictionary(changes.map { ($0.key, $0.value) }) { _, last in last }
    var values: [String: String] = [:]
    for lever in levers {
      guard let value = lever.value(of: left), value != lever.baseline else { continue }
      values[lever.id] = value
      for key in lever.keys { left[key] = nil }
    }
    if let (fields, keys) = newcomer.fields(of: left) {
      values.merge(fields) { _, new in new }
      for key in keys { left[key] = nil }
    }
    // A change to what stands already changes nothing.
    for lever in levers where lever.keys.count == 1 && left[lever.keys[0]] == lever.baseline {
      left[lever.keys[0]] = nil
    }
    return LeverForm(
      values: values, others: left.map { PlainChange($0.key, $0.value) }.sorted())
  }

  public func lever(_ id: String) -> Lever? { levers.first { $0.id == id } }
}
