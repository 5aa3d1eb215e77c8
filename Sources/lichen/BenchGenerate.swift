import ArgumentParser
import Foundation
import LichenBench

struct BenchGenerate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Makes an instance from a seed.",
    discussion: """
      Equal options give equal bytes on every machine. Families: clustered, dense, nation, corridor, \
      scarce, transport. Variants: A plain, B shared permits, C facilities, D budget, K at most 3 \
      partners, F CO2 floor; letters combine, as in BD.

      EXAMPLES
        lichen bench generate --family clustered --enterprises 1000 --seed 1 -o c1000
        lichen bench generate --family dense --enterprises 60 --seed 3 --variant DK -o d60
        lichen bench generate --family transport --enterprises 12x21 --seed 1 -o t12x21
      """)

  @Option(help: "Which family.") var family: InstanceRequest.Family
  @Option(help: "How many enterprises; for transport also SUPPLIERSxRECEIVERS.")
  var enterprises: String
  @Option(help: "Start of the random numbers, a whole number.") var seed: UInt64
  @Option(help: "A, or letters of B, C, D, K and F.") var variant = "A"
  @Option(name: .shortAndLong, help: "Folder to write.", completion: .directory)
  var output: String
  @Flag(help: "Take the place of what is there.") var replace = false

  func validate() throws { _ = try request() }

  func run() throws {
    let instance = InstanceGenerator.instance(try request())
    try InstanceWriter.write(instance, to: URL(fileURLWithPath: output), replacing: replace)
    Console.say(InstanceSummary(instance).text)
  }

  private func request() throws -> InstanceRequest {
    guard let variant = InstanceRequest.Variant(variant) else {
      throw UsageError("--variant is '\(variant)'; accepted: \(InstanceRequest.Variant.accepted).")
    }
    if family == .transport, variant != [] {
      throw UsageError("--variant must be A for the family transport.")
    }
    let parts = enterprises.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    if family == .transport, parts.count == 2, let suppliers = parts[0], let receivers = parts[1],
      (1...1_000_000).contains(suppliers), (1...1_000_000).contains(receivers)
    {
      return InstanceRequest(
        family: family, enterprises: suppliers + receivers, seed: seed, suppliers: suppliers)
    }
    guard parts.count == 1, let count = parts[0], (2...10_000_000).contains(count) else {
      throw UsageError(
        "--enterprises is '\(enterprises)'; accepted: a whole number from 2 on"
          + (family == .transport ? ", or SUPPLIERSxRECEIVERS as in 12x21." : "."))
    }
    return InstanceRequest(family: family, enterprises: count, seed: seed, variant: variant)
  }
}

extension InstanceRequest.Family: ExpressibleByArgument {}
