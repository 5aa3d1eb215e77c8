import Foundation
import LichenTestSupport
import Testing

@testable import LichenStore

/// Joining, signing in, being slowed down, tokens.
@Suite struct AccountTests {
  private let fixture: StoreFixture
  private var store: Store { fixture.store }

  init() throws { fixture = try StoreFixture() }

  @Test func aSetUpLinkWorksOnceAndANewOneEndsTheOld() async throws {
    let old = try await store.setUpSecret()
    let new = try await store.setUpSecret()
    #expect(try await store.invitation(old) == nil)
    #expect(try await store.invitation(new)?.role == .administrator)
    #expect(try await store.hasAdministrator() == false)
    _ = try await store.accept(
      new, name: "Ada", email: "ada@example.org", password: StoreFixture.password, language: "vi")
    #expect(try await store.hasAdministrator())
    await #expect(throws: StoreError.notFound) {
      try await store.accept(
        new, name: "Eve", email: "eve@example.org", password: StoreFixture.password,
        language: "en")
    }
  }

  @Test func anInvitationRunsOut() async throws {
    let secret = try await store.setUpSecret()
    fixture.clock.move(seconds: Double(Store.invitationSeconds) - 1)
    #expect(try await store.invitation(secret) != nil)
    fixture.clock.move(seconds: 2)
    #expect(try await store.invitation(secret) == nil)
  }

  @Test(arguments: [
    ("", "a@b.c", StoreFixture.password, "name"), ("Ada", "nobody", StoreFixture.password, "email"),
    ("Ada", "a b@c", StoreFixture.password, "email"), ("Ada", "a@b.c", "short", "password"),
  ])
  func whatIsNoNameAddressOrPasswordIsRefused(
    name: String, email: String, password: String, field: String
  ) async throws {
    let secret = try await store.setUpSecret()
    await #expect(throws: StoreError.invalid(field)) {
      try await store.accept(secret, name: name, email: email, password: password, language: "en")
    }
    #expect(try await store.invitation(secret) != nil, "the link can be tried again")
  }

  @Test func anAddressJoinsOnceWhateverItsCase() async throws {
    _ = try await fixture.user(.expert, name: "ada")
    let secret = try await store.setUpSecret()
    await #expect(throws: StoreError.conflict("email")) {
      try await store.accept(
        secret, name: "Ada", email: "ADA@example.org", password: StoreFixture.password,
        language: "en")
    }
  }

  @Test func sessionsBeginEndAndRunOut() async throws {
    let ada = try await fixture.user(.expert, name: "ada")
    let session = try await store.signIn(
      email: "Ada@example.org", password: StoreFixture.password, address: "::1")
    #expect(try await store.session(session)?.viewer == ada)
    let other = try await store.startSession(of: ada.id)
    try await store.signOut(session)
    #expect(try await store.session(session) == nil)
    #expect(try await store.session(other) != nil)
    fixture.clock.move(seconds: Double(Store.sessionSeconds) + 1)
    #expect(try await store.session(other) == nil)
    #expect(try await store.session(Secret("anything")) == nil)
  }

  @Test func wrongPasswordsSlowDownAndAnUnknownUserLooksTheSame() async throws {
    _ = try await fixture.user(.expert, name: "ada")
    for email in ["ada@example.org", "nobody@example.org"] {
      for _ in 0..<Store.mostFailures {
        await #expect(throws: SignInError.wrong) {
          try await store.signIn(email: email, password: "wrong password", address: email)
        }
      }
      await #expect(throws: SignInError.throttled(seconds: 900)) {
        try await store.signIn(email: email, password: StoreFixture.password, address: "else")
      }
    }
    fixture.clock.move(seconds: 901)
    _ = try await store.signIn(
      email: "ada@example.org", password: StoreFixture.password, address: "else")
  }

  @Test func onePlaceThatGuessesManyNamesIsSlowedDown() async throws {
    for number in 0..<Store.mostFailures {
      await #expect(throws: SignInError.wrong) {
        try await store.signIn(email: "\(number)@example.org", password: "x", address: "10.0.0.1")
      }
    }
    await #expect(throws: SignInError.throttled(seconds: 900)) {
      try await store.signIn(email: "new@example.org", password: "x", address: "10.0.0.1")
    }
  }

  @Test func whoIsLockedOutIsOutAtOnce() async throws {
    let boss = try await fixture.user(.administrator, name: "boss")
    let ada = try await fixture.user(.expert, name: "ada")
    let session = try await store.startSession(of: ada.id)
    let token = try await Desk(store, for: ada).makeToken("script")
    #expect(try await store.bearer(token) == ada)
    try await Desk(store, for: boss).set(disabled: true, user: ada.id)
    #expect(try await store.session(session) == nil)
    #expect(try await store.bearer(token) == nil)
    await #expect(throws: SignInError.wrong) {
      try await store.signIn(
        email: "ada@example.org", password: StoreFixture.password, address: "::1")
    }
    await #expect(throws: StoreError.conflict("self")) {
      try await Desk(store, for: boss).set(disabled: true, user: boss.id)
    }
  }

  @Test func nothingSecretIsKeptInTheClear() async throws {
    let ada = try await fixture.user(.expert, name: "ada")
    let session = try await store.startSession(of: ada.id)
    let token = try await Desk(store, for: ada).makeToken("script")
    let link = try await store.setUpSecret()
    try await store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let bytes = try Data(contentsOf: fixture.file)
    for secret in [session.text, token.text, link.text, StoreFixture.password] {
      #expect(bytes.range(of: Data(secret.utf8)) == nil)
    }
    let mode = try FileManager.default.attributesOfItem(atPath: fixture.file.path)[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func passwordsMatchTheirHashOnly() throws {
    let hasher = PasswordHasher(cost: 16)
    let hash = try hasher.hash("Mật khẩu dài")
    #expect(try hasher.matches("Mật khẩu dài", hash))
    #expect(
      try hasher.matches("Ma\u{302}\u{323}t kha\u{302}\u{309}u da\u{300}i", hash),
      "as a Mac types it")
    #expect(try !hasher.matches("Mật khẩu dà", hash))
    #expect(try !hasher.matches("Mật khẩu dài", nil))
    #expect(try hasher.hash("Mật khẩu dài") != hash, "salted")
  }
}
