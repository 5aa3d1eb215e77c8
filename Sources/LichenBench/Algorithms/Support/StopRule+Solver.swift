import LichenPlanning

extension AlgorithmResult.StopRule {
  init(_ reason: MIPResult.StopReason, isProved: Bool) {
    switch reason {
    case .timeLimit, .nodeLimit, .gapLimit: self = .timeLimit
    case .memoryLimit: self = .memoryLimit
    case .cancelled: self = .cancelled
    case .completed, .partialSearch, .solverFailure: self = isProved ? .proof : .finished
    }
  }
}
