import ExternalSolvers
import Foundation
import GLPKSolver
import LichenPlanning
import LichenTestSupport
import Testing

/// Every solver behind the one protocol, as far as it is installed here.
enum BackEnd: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case glpk, glpsol, cbc, highs

  /// The solver, or why there is none.
  var found: Result<any MIPSolver, SolverNotInstalled> {
    switch self {
    case .glpk: .success(GLPKSolver())
    case .glpsol: Self.foundGLPSOL.map { $0 }
    case .cbc: Self.foundCBC.map { $0 }
    case .highs: Self.foundHiGHS.map { $0 }
    }
  }

  private static let foundGLPSOL = GLPSOLSolver.find()
  private static let foundCBC = CBCSolver.find()
  private static let foundHiGHS = HiGHSSolver.find(python: Repository.judgesPython)

  var isInstalled: Bool { (try? found.get()) != nil }

  static let installed = allCases.filter(\.isInstalled)
  static let commands = installed.filter { $0 != .glpk }

  var testDescription: String { rawValue }
}

extension MIPSolver {
  /// Solves on a thread of its own: tests share a small pool of threads, and a wait for another
  /// process must not hold one of them.
  func solveOffPool(
    _ model: MIPModel, options: MIPOptions = MIPOptions(), control: SolveControl = SolveControl()
  ) async throws -> MIPResult {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result { try self.solve(model, options: options, control: control) })
      }
    }
  }
}
