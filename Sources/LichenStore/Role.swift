/// What kind of user somebody is.
public enum Role: String, Sendable, Codable, CaseIterable {
  /// Users, invitations, backups, all parks.
  case administrator
  /// The whole of the parks that they are given.
  case expert
  /// The board's view of the parks that they are given.
  case board
  /// One enterprise of a park: its own streams, its own exchanges.
  case enterprise
  /// Example parks, benchmarks, the programming interface.
  case researcher
}

/// How much of a park somebody sees.
public enum Sight: Sendable, Hashable {
  /// Everything that was declared.
  case whole
  /// What a board may see: firms that asked for it are neither named nor figured.
  case board
  /// What these enterprises may see: ids as in the park's tables.
  case enterprises(Set<String>)
}

/// What may be done to a park; each needs a sight of it, some a role.
public enum Deed: Sendable, Hashable, CaseIterable {
  /// Read in the own sight.
  case see
  /// Read everything: declarations, runs, all editions of reports.
  case seeWhole
  /// Ask what would be, and keep scenarios.
  case suppose
  /// Plan the park as declared.
  case run
  /// Change what is declared.
  case edit
  /// Ask a partner to be named, and answer.
  case agree
}

/// Whoever asks, with the parks that they were given.
public struct Viewer: Sendable, Hashable {
  /// A park, and the enterprise in it that the user speaks for.
  public struct Grant: Sendable, Hashable {
    public let park: String
    public let enterprise: String?

    public init(park: String, enterprise: String? = nil) {
      self.park = park
      self.enterprise = enterprise
    }
  }

  public let id: Int64
  public let name: String
  public let role: Role
  /// ISO 639-1 code.
  public let language: String
  public let grants: Set<Grant>

  public init(id: Int64, name: String, role: Role, language: String, grants: Set<Grant>) {
    self.id = id
    self.name = name
    self.role = role
    self.language = language
    self.grants = grants
  }

  /// How much of a park the viewer sees; `nil` if nothing, as if it were not there.
  /// - Parameter isExample: The park ships with Lichen.
  public func sight(of park: String, isExample: Bool) -> Sight? {
    switch role {
    case .administrator: return .whole
    case .expert: return isGiven(park) || isExample ? .whole : nil
    case .researcher: return isExample || isGiven(park) ? .whole : nil
    case .board: return isGiven(park) ? .board : nil
    case .enterprise:
      let own = Set(grants.filter { $0.park == park }.compactMap(\.enterprise))
      return own.isEmpty ? nil : .enterprises(own)
    }
  }

  /// Whether the viewer may do something to a park that they see.
  public func may(_ deed: Deed, _ sight: Sight, isExample: Bool) -> Bool {
    switch (deed, sight) {
    case (.see, _): true
    case (.seeWhole, .whole), (.run, .whole): true
    case (.suppose, .whole), (.suppose, .board): true
    case (.edit, .whole): role == .administrator || (role == .expert && !isExample)
    case (.agree, .enterprises): true
    default: false
    }
  }

  private func isGiven(_ park: String) -> Bool { grants.contains { $0.park == park } }
}
