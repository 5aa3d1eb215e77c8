import Foundation
import LichenBench
import LichenDomain
import LichenIO
import LichenMatching

extension Engine {
  /// Instances of a park under the scenarios of a sweep, one at a time.
  /// - Parameters:
  ///   - base: Where paths of the sweep begin.
  ///   - body: Is given a name that no other case of the park has, and the case's instance.
  /// - Throws: `ValidationError` for a park, or a scenario of it, that is unsound; what `body` throws.
  public func forEachInstance(
    of line: Sweep.ParkLine, base: URL, _ body: (String, Instance) throws -> Void
  ) throws {
    let place = URL(fileURLWithPath: line.park, relativeTo: base)
    let park = try park(at: place)
    let groups = Set(line.scenarios).subtracting([Sweep.ParkLine.declared]).sorted()
      .map { $0.split(separator: "+").map(String.init) }
    let (names, book) = try ScenarioFiles.read(
      groups.flatMap { $0.map { $0.contains("/") ? base.appendingPathComponent($0).path : $0 } },
      park: place)
    var called = names[...]
    var scenarios: [String: [String]] = [Sweep.ParkLine.declared: []]
    for group in groups {
      scenarios[group.joined(separator: "+")] = Array(called.prefix(group.count))
      called = called.dropFirst(group.count)
    }
    for (scenario, changes) in line.cases {
      let combined = try book.combined(
        scenarios[scenario] ?? [scenario], at: SourceLocation(file: "the sweep"),
        flags: ScenarioFiles.flags(changes))
      let changed = try self.scenario(combined, of: park)
      let name = ([park.settings.name, scenario] + changes).joined(separator: ":")
      try body(
        name.replacing("/", with: "_"), instance(changed.park, options: changed.options))
    }
  }
}
