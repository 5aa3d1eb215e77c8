import Foundation
import Testing

@testable import LichenServer

/// Work in the background that several people wait for.
@Suite struct JobsTests {
  @Test("What everybody waits for is made once, and again only when it has ended")
  func purpose() async throws {
    let jobs = Jobs(workers: 2)
    let gate = DispatchSemaphore(value: 0)
    let first = try await jobs.begin(owner: 0, purpose: "a park") { _, _ in gate.wait() }
    let second = try await jobs.begin(owner: 0, purpose: "a park") { _, _ in
      Issue.record("begun while the first was under way")
    }
    let other = try await jobs.begin(owner: 0, purpose: "another park") { _, _ in }
    #expect(first == second && other != first)
    gate.signal()
    let last = try await jobs.events(first, owner: 0).reduce(nil as JobEvent?) { $1 }
    #expect(last == .done)
    let third = try await jobs.begin(owner: 0, purpose: "a park") { _, _ in }
    #expect(third != first)
  }
}
