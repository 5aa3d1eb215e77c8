import Foundation
import GLPKSolver
import LichenBench
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenCluster

/// Instances, and whole rounds of work on them.
enum WorkFixture {
  static let work = Work(engine: "1.2.3", solver: GLPKSolver())

  static func instance(
    _ family: InstanceRequest.Family, _ enterprises: Int, seed: UInt64, _ variant: String
  ) throws -> Instance {
    // As every instance is once it has been written: in the order of its tables.
    try Repository.inFolder { folder in
      let place = folder.appendingPathComponent("instance")
      try InstanceWriter.write(
        InstanceGenerator.instance(
          InstanceRequest(
            family: family, enterprises: enterprises, seed: seed,
            variant: try #require(InstanceRequest.Variant(variant)))), to: place)
      return try InstanceReader.read(folder: place).instance
    }
  }

  static func shard(
    _ instance: Instance, _ limits: PlanLimits, units: Int = 4, rounds: Int = 1, to url: URL
  ) throws -> WorkFolder {
    try work.shard(instance, to: url, limits: limits, units: units, rounds: rounds)
  }

  /// Works on all units in an order.
  static func workAll(
    _ folder: WorkFolder, order: (Range<Int>) -> [Int] = { Array($0) }
  ) throws {
    for stage in folder.manifest.stages {
      for index in order(stage.indices) { _ = try work.work(index, in: folder) }
    }
  }

  static func merged(
    _ instance: Instance, _ limits: PlanLimits, units: Int = 4, rounds: Int = 1
  ) throws -> (instance: Instance, result: PlanSearchResult) {
    try Repository.inFolder { folder in
      let made = try shard(
        instance, limits, units: units, rounds: rounds, to: folder.appendingPathComponent("work"))
      try workAll(made)
      return try work.merge(made)
    }
  }
}
