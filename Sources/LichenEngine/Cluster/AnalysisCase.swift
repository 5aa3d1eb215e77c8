import Foundation
import LichenAnalysis
import LichenCluster
import LichenDomain
import LichenGraph
import LichenIO
import LichenMatching
import LichenPlanning

/// A question about a plan with all that it takes to ask it again in another process, without a search.
struct AnalysisCase: Sendable {
  let park: ParkArchive
  /// Tables of the catalogue: a worker's own may be another.
  let catalogue: ParkArchive
  let inquiry: Inquiry

  struct Inquiry: Codable, Sendable {
    let planning: PlanningRecord
    let limits: Limits
    let plan: PlanSearchResult
    let question: SampledQuestion
  }

  /// When searches may stop.
  struct Limits: Codable, Sendable {
    let time: Duration?
    /// [bytes]
    let memory: Int?
    let effort: Int?
    let gap: Double
    let exactLimit: Int
  }

  /// - Throws: `FileWritingError`, `CocoaError` if the catalogue cannot be read.
  init(_ question: SampledQuestion, of result: MatchResult, engine: Engine) throws {
    let (plan, options) = (result.plan, result.plan.options)
    let study = try engine.study(of: result)
    let certificate = plan.certificate
    park = try ParkArchive(plan.park.declaration)
    catalogue = try ParkArchive(folder: engine.data.catalogue)
    inquiry = Inquiry(
      planning: PlanningRecord(options, of: plan.park),
      limits: Limits(
        time: options.timeLimit, memory: options.memoryLimit, effort: options.nodeLimit,
        gap: options.relativeGap, exactLimit: options.exactLimit),
      plan: PlanSearchResult(
        flows: study.flows, isOpen: study.isOpen, isTaken: study.isTaken,
        status: certificate.status, stopReason: certificate.stopReason,
        objective: certificate.incumbent, bound: certificate.bound,
        components: certificate.components, solverName: certificate.solver, solverVersion: ""),
      question: question)
  }

  /// Park and plan that do not belong together.
  struct Mismatch: Error, CustomStringConvertible {
    var description: String { "the plan that is asked about is none of this park" }
  }

  // MARK: Files

  private static let parkFile = "park.json"
  private static let catalogueFile = "catalogue.json"
  private static let inquiryFile = "inquiry.json"

  /// - Throws: `EncodingError`.
  func files() throws -> [(name: String, bytes: [UInt8])] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [
      (Self.parkFile, Array(try park.data())), (Self.catalogueFile, Array(try catalogue.data())),
      (Self.inquiryFile, Array(try encoder.encode(inquiry))),
    ]
  }

  /// - Throws: `DecodingError`.
  init(_ files: [String: Data]) throws {
    func file(_ name: String) -> Data { files[name] ?? Data() }
    park = try ParkArchive(data: file(Self.parkFile))
    catalogue = try ParkArchive(data: file(Self.catalogueFile))
    inquiry = try JSONDecoder().decode(Inquiry.self, from: file(Self.inquiryFile))
  }

  // MARK: Asking again

  /// Asks the question again of the same plan.
  /// - Throws: What the workforce throws; `ValidationError`, `PlanningError` for what is not what it was.
  func ask(_ engine: Engine, by workforce: any Workforce, threads: Int) throws {
    let engine = try catalogue.withFolder { try engine.withCatalogue(from: $0, is: catalogue) }
    let park = try engine.park(park, overrides: inquiry.planning.overrides)
    let limits = inquiry.limits
    var options = inquiry.planning.options(limits: PlanLimits(gap: limits.gap))
    options.timeLimit = limits.time
    options.memoryLimit = limits.memory
    options.nodeLimit = limits.effort
    options.exactLimit = limits.exactLimit
    options.threads = threads
    let graph = CandidateGenerator(park: park).graph(threads: threads)
    let problem = try PlanningProblem(graph: graph, options: options)
    let (model, found) = (problem.model, inquiry.plan)
    guard model.links.count == found.flows.count, model.measures.count == found.isTaken.count
    else { throw Mismatch() }
    let plan = Plan(graph: graph, problem: problem, options: options, result: found)
    _ = try engine.finding(inquiry.question, graph: graph, plan: plan, by: workforce)
  }
}

extension Engine {
  /// The engine with these tables, itself if they are its own.
  fileprivate func withCatalogue(from folder: URL, is archive: ParkArchive) throws -> Engine {
    if try ParkArchive(folder: data.catalogue) == archive { return self }
    return try Engine(data: data, catalogue: CatalogueReader.read(folder: folder), solver: solver)
  }
}
