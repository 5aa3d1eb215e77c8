import Foundation
import LichenEngine
import LichenStore

extension Server {
  /// Makes a new database ready: example parks, and a link for the first administrator while there is none.
  /// - Returns: The secret of the link; `nil` once an administrator is there.
  public func prepare() async throws -> String? {
    try await loadExamples()
    return try await store.hasAdministrator() ? nil : store.setUpSecret().text
  }

  /// Parks that ship with Lichen; those that are there already stay as they are.
  private func loadExamples() async throws {
    let system = Desk(
      store, for: Viewer(id: 0, name: "Lichen", role: .administrator, language: "en", grants: []))
    let there = Set(try await system.parks().map(\.name))
    let folder = engine.data.url.appendingPathComponent("parks")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() where !there.contains(name) {
      let url = folder.appendingPathComponent(name)
      guard
        FileManager.default.fileExists(atPath: url.appendingPathComponent("enterprises.csv").path)
      else { continue }
      let archive = try ParkArchive(folder: url)
      let park = try engine.park(archive)
      _ = try await system.add(
        park: name, title: park.settings.title, content: archive.data(), note: "ships with Lichen",
        isExample: true)
    }
  }
}
