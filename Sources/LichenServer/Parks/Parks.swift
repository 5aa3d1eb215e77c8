import Foundation
import LichenDomain
import LichenEngine
import LichenIO
import LichenMatching
import LichenPlanning
import LichenStore
import Synchronization

/// Parks as the engine has them, of what the store keeps; the last few stay in memory.
final class Parks: Sendable {
  let engine: Engine
  private let kept = Mutex<[(version: Int64, park: Park)]>([])
  private static let mostKept = 16
  private let results = Mutex<[(key: String, result: MatchResult)]>([])
  private static let mostResults = 4

  init(engine: Engine) { self.engine = engine }

  /// The park of a version.
  /// - Throws: `ValidationError` if the catalogue no longer takes it, `DecodingError`.
  func park(_ version: ParkVersion, content: Data) throws -> Park {
    if let found = kept.withLock({ $0.first { $0.version == version.id }?.park }) { return found }
    let park = try engine.park(ParkArchive(data: content))
    kept.withLock {
      $0.removeAll { $0.version == version.id }
      $0.append((version.id, park))
      if $0.count > Self.mostKept { $0.removeFirst() }
    }
    return park
  }

  /// A park under changes.
  /// - Parameter name: Of the scenario, for messages.
  /// - Throws: `ValidationError` with everything wrong with the changes.
  func scenario(_ changes: [SavedScenario.Change], of archive: ParkArchive, named name: String)
    throws -> ScenarioPark
  {
    try scenario(changes, of: engine.park(archive), named: name)
  }

  func scenario(_ changes: [SavedScenario.Change], of park: Park, named name: String) throws
    -> ScenarioPark
  {
    let flags = try ScenarioFiles.flags(changes.map { "\($0.key)=\($0.value)" })
    let combined = try ScenarioBook([]).combined(
      [], at: SourceLocation(file: name), flags: flags)
    return try engine.scenario(combined, of: park)
  }

  /// A run's result, made anew from its plan: no search, and nothing that does not follow from the declarations.
  /// - Parameter agreed: Pairs that have agreed here to be named to each other, both ways.
  func result(
    _ run: Run, plan: Data, content: Data, agreed: [(String, String)] = []
  ) throws -> MatchResult {
    let key = ([run.id] + agreed.map { "\($0)>\($1)" }.sorted()).joined(separator: " ")
    if let found = results.withLock({ $0.first { $0.key == key }?.result }) { return found }
    let request = try JSONDecoder().decode(RunRequest.self, from: Data(run.request.utf8))
    var declaration = try scenario(
      request.changes, of: ParkArchive(data: content), named: run.id
    ).park.declaration
    let known = Dictionary(grouping: agreed, by: \.0)
    for index in declaration.enterprises.indices {
      let partners = known[declaration.enterprises[index].id]?.map(\.1) ?? []
      declaration.enterprises[index].agreedWith = Set(
        declaration.enterprises[index].agreedWith + partners
      ).sorted()
    }
    let result = try engine.result(plan: plan, declaration: declaration)
    results.withLock {
      $0.removeAll { $0.key == key }
      $0.append((key, result))
      if $0.count > Self.mostResults { $0.removeFirst() }
    }
    return result
  }
}
