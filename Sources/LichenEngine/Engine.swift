import Foundation
import GLPKSolver
import LichenDomain
import LichenGraph
import LichenIO
import LichenMatching
import LichenPlanning
import LichenReport

/// Wires one run: files → declaration → park → graph → plan → report.
///
/// The only place where the parts meet; holds the catalogue and no other state.
public struct Engine: Sendable {
  public let data: DataFolder
  public let catalogue: Catalogue
  let solver: any MIPSolver

  /// Loads the catalogue.
  /// - Throws: `ValidationError` if the catalogue itself is unsound.
  public init(data: DataFolder, solver: any MIPSolver = GLPKSolver()) throws {
    self.init(
      data: data, catalogue: try CatalogueReader.read(folder: data.catalogue), solver: solver)
  }

  init(data: DataFolder, catalogue: Catalogue, solver: any MIPSolver) {
    self.data = data
    self.catalogue = catalogue
    self.solver = solver
  }

  /// Settings of a run that replace the park's own; `nil` keeps them.
  public struct Overrides: Sendable {
    public var baseYear: Int?
    public var lawDate: CalendarDate?
    public var carbonPrice: Double?
    public var capitalBudget: Double?
    /// [t CO2e/a]
    public var carbonFloor: Double?
    public var partnerLimit: Int?
    public var existingExchanges: ExistingExchanges?

    public init() {}
  }

  /// Reads and checks a park.
  /// - Parameter folder: Folder of the park, or a workbook (.xlsx).
  /// - Throws: `ValidationError` with everything found wrong.
  public func park(at folder: URL, overrides: Overrides = Overrides()) throws -> Park {
    let (read, issues) = try ParkReader.inspect(at: folder) {
      () throws(ValidationError) in try vocabulary()
    }
    guard var declaration = read else { throw ValidationError(issues) }
    declaration.settings = declaration.settings.replacing(
      baseYear: overrides.baseYear, lawDate: overrides.lawDate,
      carbonPrice: overrides.carbonPrice, capitalBudget: overrides.capitalBudget,
      carbonFloor: overrides.carbonFloor,
      partnerLimit: overrides.partnerLimit, existingExchanges: overrides.existingExchanges)
    if !issues.hasErrors { return try park(declaration, warnings: issues) }
    // Unreadable cells must not hide unknown names: tell everything in one go.
    do {
      _ = try park(declaration)
      throw ValidationError(issues)
    } catch let error as ValidationError {
      throw ValidationError(Self.joined(issues, error.issues))
    }
  }

  /// Both lists; where both speak of one cell, the first has seen it as written.
  private static func joined(_ first: [ValidationIssue], _ second: [ValidationIssue])
    -> [ValidationIssue]
  {
    struct Cell: Hashable {
      let location: SourceLocation
      let field: String?
    }
    let cells = Set(first.map { Cell(location: $0.location, field: $0.field) })
    return first + second.filter { !cells.contains(Cell(location: $0.location, field: $0.field)) }
  }

  /// Checks a declaration.
  /// - Throws: `ValidationError` with everything found wrong.
  public func park(_ declaration: ParkDeclaration, warnings: [ValidationIssue] = []) throws -> Park
  {
    let local = try CatalogueReader.localRows(
      materials: declaration.materials, routes: declaration.routes, base: catalogue)
    return try Park(
      declaration,
      catalogue: catalogue.extended(materials: local.materials, routes: local.routes),
      warnings: warnings)
  }

  /// Plans a park and explains the plan. Blocks; call it off the cooperative pool.
  /// - Parameters:
  ///   - control: Cancels the search; the best plan so far is returned.
  ///   - onProgress: Called from worker threads, one call at a time.
  /// - Throws: `PlanningError` for contradictory options, `MIPSolverError` if the solver fails.
  public func match(
    _ park: Park, options: PlanningOptions, control: SolveControl = SolveControl(),
    onProgress: @escaping @Sendable (PlanProgress) -> Void = { _ in }
  ) throws -> MatchResult {
    let generator = CandidateGenerator(park: park)
    let graph = generator.graph(threads: options.threads)
    let problem = try PlanningProblem(graph: graph, options: options)
    let result = try PlanSolver(solver: solver, options: options)
      .solve(problem.model, control: control, onProgress: onProgress)
    let plan = Plan(graph: graph, problem: problem, options: options, result: result)
    let whyNot = try WhyNotAnalysis(plan: plan, graph: graph, solver: solver, control: control)
    return MatchResult(
      graph: graph, plan: plan, rediscovery: Rediscovery(plan: plan, generator: generator),
      whyNot: whyNot)
  }

  /// The most CO2e that a plan within the other limits avoids [kg/a]; `nil` if there is no such plan
  /// or it is not proven in time.
  /// - Throws: as `match`.
  public func mostCarbon(_ park: Park, options: PlanningOptions) throws -> Double? {
    var options = options
    options.carbonFloor = nil
    options.objective = .carbon
    let graph = CandidateGenerator(park: park).graph()
    let result = try PlanSolver(solver: solver, options: options)
      .solve(PlanningProblem(graph: graph, options: options).model)
    return result.status == .optimal ? result.objective : nil
  }

  /// The whole planning problem as one program, for other solvers.
  /// - Throws: `PlanningError` for contradictory options.
  public func program(_ park: Park, options: PlanningOptions) throws -> MIPModel {
    let graph = CandidateGenerator(park: park).graph()
    let problem = try PlanningProblem(graph: graph, options: options)
    let weights = options.objective.primaryWeights(carbonPrice: options.carbonPrice)
    return MIPBuilder(model: problem.model).program(maximising: weights)
  }

  /// Refuses or confirms a written plan; see `PlanChecker`.
  /// - Throws: `PlanDocumentError` if the file is no plan, `ValidationError` if the park is unsound.
  public func verify(plan: Data, declaration: ParkDeclaration) throws -> [PlanDifference] {
    try PlanChecker(park: park(declaration, of: PlanJSON.decode(plan))).check(plan)
  }

  /// The park that a plan was made for.
  func park(_ declaration: ParkDeclaration, of document: PlanDocument) throws -> Park {
    var declaration = declaration
    declaration.settings = declaration.settings.replacing(
      baseYear: document.park.baseYear, lawDate: document.park.lawDate,
      existingExchanges: document.options.existingExchanges)
    return try park(declaration)
  }

  /// A declaration without rows, for a new park.
  /// - Throws: `ValidationError` naming every option that is not accepted.
  public func emptyPark(
    name: String, title: String?, jurisdiction: String, currency: String, year: Int
  ) throws -> ParkDeclaration {
    let place = SourceLocation(file: "the options")
    var issues: [ValidationIssue] = []
    if catalogue.jurisdictions[jurisdiction] == nil {
      issues.append(
        ValidationIssue(
          code: "unknown-jurisdiction", at: place, field: "jurisdiction", found: jurisdiction,
          expected: catalogue.jurisdictions.keys.sorted().joined(separator: ", "),
          hint: Spelling.suggestion(for: jurisdiction, among: catalogue.jurisdictions.keys)))
    }
    let lawDate = CalendarDate(year: year, month: 1, day: 1)
    if lawDate == nil {
      issues.append(
        ValidationIssue(
          code: "out-of-range", at: place, field: "year", found: "\(year)",
          expected: "a calendar year"))
    }
    let money = Currency(currency)
    if money == nil {
      issues.append(
        ValidationIssue(
          code: "unknown-currency", at: place, field: "currency", found: currency,
          expected: "three letters, as in EUR"))
    }
    guard issues.isEmpty, let money, let lawDate else { throw ValidationError(issues) }
    return ParkDeclaration(
      settings: ParkSettings(
        name: name.lowercased(), title: title ?? name, jurisdiction: jurisdiction,
        currency: money, baseYear: year, priceYear: year, lawDate: lawDate))
  }

  /// How often proposals were carried out in published programmes.
  /// - Throws: `ValidationError` if the table is unsound.
  public func acceptancePriors() throws -> [AcceptancePrior] {
    try PriorReader.read(file: data.programme.appendingPathComponent("priors.csv"))
  }

  /// Strings of a language.
  /// - Throws: `EngineError.unreadable` if the file is missing or malformed, `ValidationError` for unsound terms.
  public func language(_ code: String) throws -> Language {
    let url = data.language(code)
    do {
      let terms = url.deletingPathExtension().appendingPathExtension("csv")
      return try Language(
        json: Data(contentsOf: url),
        terms: FileManager.default.fileExists(atPath: terms.path)
          ? TermReader.read(file: terms) : [:])
    } catch let error as ValidationError {
      throw error
    } catch {
      throw EngineError.unreadable(path: url.path, reason: "\(error)")
    }
  }

  /// Template and style of the report, and the outlines behind its maps.
  /// - Throws: `EngineError.unreadable` if a file is missing or malformed.
  public func reportAssets() throws -> ReportAssets {
    try ReportAssets(folder: data.report, outlines: data.outlines)
  }
}
