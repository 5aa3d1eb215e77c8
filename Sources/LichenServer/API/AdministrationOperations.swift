import LichenStore

/// People, invitations and the log of changes. To everybody but administrators none of it is there.
struct AdministrationOperations: Sendable {
  var operations: [APIOperation] {
    [
      .get("/people", query: APICall.pageFields, access: .administrator) { call in
        try call.page(try await call.desk.people(), id: { "\($0.id)" }, PersonView.init)
      },
      .get("/people/{person}", access: .administrator) { call in
        try .json(PersonView(try await person(call)))
      },
      .write(.patch, "/people/{person}", access: .administrator, change),
      .write(.put, "/people/{person}/grants", access: .administrator, give),
      .write(
        .delete, "/people/{person}/grants", query: ["park", "enterprise"], access: .administrator,
        body: nil
      ) { call in
        guard let park = call.query("park") else {
          throw APIQuery.refusal("missing-field", "park", found: nil, expected: "a park")
        }
        let grant = Viewer.Grant(park: park, enterprise: call.query("enterprise"))
        return try await set(grant, isGiven: false, call)
      },
      .get("/invitations", query: APICall.pageFields, access: .administrator) { call in
        try call.page(
          try await call.desk.invitations(), id: { "\($0.id)" }, InvitationView.init)
      },
      .write(.post, "/invitations", access: .administrator, invite),
      .write(.delete, "/invitations/{invitation}", access: .administrator, body: nil) { call in
        try await call.desk.revoke(invitation: try call.number("invitation"))
        return .nothing
      },
      .get("/audit", query: APICall.pageFields, access: .administrator, audit),
    ]
  }

  private struct GrantView: Encodable {
    let park: String
    let enterprise: String?
  }

  private struct PersonView: Encodable {
    let id: Int64
    let name: String
    let email: String
    let role: String
    let grants: [GrantView]
    let isDisabled: Bool

    init(_ person: Person) {
      id = person.id
      name = person.name
      email = person.email
      role = person.role.rawValue
      grants = person.grants.map { GrantView(park: $0.park, enterprise: $0.enterprise) }
        .sorted { ($0.park, $0.enterprise ?? "") < ($1.park, $1.enterprise ?? "") }
      isDisabled = person.isDisabled
    }
  }

  private struct InvitationView: Encodable {
    let id: Int64
    let role: String
    let park: String?
    let enterprise: String?
    let note: String
    let expires: String

    init(_ open: OpenInvitation) {
      id = open.id
      role = open.invitation.role.rawValue
      park = open.invitation.park
      enterprise = open.invitation.enterprise
      note = open.invitation.note
      expires = open.expires.timestamp
    }
  }

  private func person(_ call: APICall) async throws -> Person {
    let id: Int64 = try call.number("person")
    guard let person = try await call.desk.people().first(where: { $0.id == id }) else {
      throw StoreError.notFound
    }
    return person
  }

  @Sendable private func change(_ call: APICall) async throws -> APIAnswer {
    let body = try call.body()
    let isDisabled = body.flag("is_disabled", required: true) ?? false
    try body.finish()
    let before = try await person(call)
    try call.check(try APITag.tag(PersonView(before)))
    try await call.desk.set(disabled: isDisabled, user: before.id)
    return try .json(PersonView(try await person(call)))
  }

  @Sendable private func give(_ call: APICall) async throws -> APIAnswer {
    let body = try call.body()
    let park = body.required("park", most: 63)
    let enterprise = body.text("enterprise", least: 1)
    try body.finish()
    return try await set(
      Viewer.Grant(park: park, enterprise: enterprise), isGiven: true, call)
  }

  private func set(_ grant: Viewer.Grant, isGiven: Bool, _ call: APICall) async throws
    -> APIAnswer
  {
    try await call.desk.set(grant, of: call.number("person"), isGiven)
    return try .json(PersonView(try await person(call)))
  }

  private struct MadeView: Encodable {
    let role: String
    let park: String?
    let enterprise: String?
    let note: String
    /// The only time that it is told.
    let link: String
  }

  @Sendable private func invite(_ call: APICall) async throws -> APIAnswer {
    let body = try call.body()
    let role = body.choice("role", Role.self)
    let park = body.text("park", least: 1, most: 63)
    let enterprise = body.text("enterprise", least: 1)
    let note = body.text("note") ?? ""
    let needsPark = role == .board || role == .enterprise
    if needsPark, park == nil { body.note("missing-field", "park") }
    if role == .enterprise, enterprise == nil { body.note("missing-field", "enterprise") }
    if role != .enterprise, enterprise != nil {
      body.note("contradiction", "enterprise", expected: "only with the role enterprise")
    }
    try body.finish()
    guard let role else { return .nothing }
    let secret = try await call.desk.invite(
      Invitation(role: role, park: park, enterprise: enterprise, note: note))
    return try .json(
      MadeView(
        role: role.rawValue, park: park, enterprise: enterprise, note: note,
        link: call.site.link("/join/\(secret.text)", call.request)), status: .created)
  }

  private struct EntryView: Encodable {
    let id: Int64
    let at: String
    let who: String
    let park: String?
    let action: String
    let subject: String
    let before: String?
    let after: String?

    init(_ entry: AuditEntry) {
      id = entry.id
      at = entry.at.timestamp
      who = entry.who
      park = entry.park
      action = entry.action
      subject = entry.subject
      before = entry.before
      after = entry.after
    }
  }

  @Sendable private func audit(_ call: APICall) async throws -> APIAnswer {
    let limit = try call.limit()
    let before = try call.cursor().map { cursor in
      guard let id = Int64(cursor.id) else {
        throw APIQuery.refusal("bad-cursor", "cursor", found: nil, expected: nil)
      }
      return id
    }
    let entries = try await call.desk.audit(limit: limit + 1, before: before)
    let next =
      entries.count > limit ? APICursor(id: "\(entries[limit - 1].id)", place: 0).text : nil
    return try .json(APIPage(items: entries.prefix(limit).map(EntryView.init), next: next))
  }
}
