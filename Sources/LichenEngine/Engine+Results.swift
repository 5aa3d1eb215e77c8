import Foundation
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Results that were written earlier.
extension Engine {
  /// A match as it was written by `lichen match`, without searching again: the plan is read and checked, and what
  /// explains it is worked out anew.
  /// - Parameters:
  ///   - plan: The `plan.json`; the declarations stand in the folder `park` beside it.
  /// - Throws: `PlanDocumentError` if the file is no plan, `RefusedPlanError` for one that does not follow from its
  ///   declarations, `ValidationError` if these are unsound, `EngineError` for files that are missing.
  public func result(plan url: URL, control: SolveControl = SolveControl()) throws -> MatchResult {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: url)
    } catch {
      throw EngineError.unreadable(path: url.path, reason: "\(error.localizedDescription)")
    }
    let folder = ResultFolder(url: url.deletingLastPathComponent())
    guard FileManager.default.fileExists(atPath: folder.park.path) else {
      throw EngineError.noPlanBeside(path: url.path)
    }
    return try result(
      plan: bytes, declaration: declaration(at: folder.park).declaration, control: control)
  }

  /// The same of a plan and the declarations that it was made from.
  /// - Throws: `PlanDocumentError`, `RefusedPlanError`, `ValidationError`.
  public func result(
    plan bytes: Data, declaration: ParkDeclaration, control: SolveControl = SolveControl()
  ) throws -> MatchResult {
    let park = try park(declaration, of: PlanJSON.decode(bytes))
    let (plan, differences) = try PlanChecker(park: park).rebuilt(bytes)
    guard differences.isEmpty, let rebuilt = plan else {
      throw RefusedPlanError(differences: differences)
    }
    return MatchResult(
      graph: rebuilt.graph, plan: rebuilt.plan,
      rediscovery: Rediscovery(plan: rebuilt.plan, generator: rebuilt.generator),
      whyNot: try WhyNotAnalysis(
        plan: rebuilt.plan, graph: rebuilt.graph, solver: solver, control: control))
  }
}

/// A plan that does not follow from its declarations.
public struct RefusedPlanError: Error, CustomStringConvertible {
  public let differences: [PlanDifference]

  public var description: String {
    let count = differences.count
    return
      "The plan is refused: \(count) difference\(count == 1 ? "" : "s") from the declarations; "
      + "the first: \(differences.first?.description ?? "none"). `lichen verify` lists all."
  }
}
