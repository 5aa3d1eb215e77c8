import Foundation

/// What a child process is told to do.
public struct RunRequest: Sendable, Hashable, Codable {
  public let instance: InstanceReference
  public let algorithm: String
  public let isRandom: Bool
  /// Program and arguments of an external algorithm.
  public let command: [String]?
  public let limits: RunLimits
  public let version: String

  public init(
    instance: InstanceReference, algorithm: String, isRandom: Bool, command: [String]?,
    limits: RunLimits, version: String
  ) {
    self.instance = instance
    self.algorithm = algorithm
    self.isRandom = isRandom
    self.command = command
    self.limits = limits
    self.version = version
  }

  /// The same run of an instance that lies beside the request, unless it is generated.
  /// - Parameter contents: Hash of the instance's files: equal requests are about equal instances.
  public func inUnit(contents: String) -> RunRequest {
    RunRequest(
      instance: instance.inUnit(contents: contents), algorithm: algorithm, isRandom: isRandom,
      command: command,
      limits: limits, version: version)
  }

  public var key: RunRecord.Key {
    RunRecord.Key(
      instance: instance.name, algorithm: algorithm, seconds: limits.seconds, seed: limits.seed,
      threads: limits.threads, version: version)
  }
}
