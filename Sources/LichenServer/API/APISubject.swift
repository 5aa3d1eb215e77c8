import Foundation
import LichenDomain
import LichenEngine
import LichenStore

/// A park as whoever asks may suppose about it.
struct APISubject: Sendable {
  let version: ParkVersion
  let content: Data
  /// Firms that asked not to be shown are left out: their names, and what they change, are nobody's guess.
  let isOpen: Bool

  /// - Throws: `StoreError.notFound`; `StoreError.forbidden` for those who may not suppose.
  init(_ call: APICall, park name: String, version: Int?, isOpen: Bool = false) async throws {
    let desk = try call.desk
    let entry = try await desk.park(name)
    guard entry.deeds.contains(.suppose) else { throw StoreError.forbidden }
    // Versions are for those who see the whole.
    if version != nil, entry.sight != .whole { throw StoreError.notFound }
    let found = try await desk.content(of: name, version: version)
    self.version = found.version
    content = found.content
    self.isOpen = isOpen || entry.sight != .whole
  }

  /// The park under changes. Blocks.
  /// - Throws: `ValidationError` with everything wrong with the changes.
  func scenario(_ changes: [SavedScenario.Change], parks: Parks) throws -> ScenarioPark {
    var park = try parks.park(version, content: content)
    if isOpen, !park.declaration.confidentialEnterprises.isEmpty {
      park = try parks.engine.park(park.declaration.opened())
    }
    return try parks.scenario(changes, of: park, named: version.park)
  }
}
