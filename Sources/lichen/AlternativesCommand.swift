import ArgumentParser
import LichenAnalysis
import LichenEngine

struct AlternativesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alternatives",
    abstract: "Says which exchanges nearly all good plans have, and which are a free choice.",
    discussion: """
      Looks at every plan within a margin of the best: exchanges that all of them have, that some \
      have, that none has, with least and most flow; and lists the best other networks.

      EXAMPLES
        lichen alternatives my-park
        lichen alternatives my-park --within 5% --networks 50 -o result
      """)

  @OptionGroup var answer: AnswerOptions

  @Option(help: "Part of the best value that a plan may miss: 2% or 0.02.")
  var within: Share = Share(0.02)

  @Option(help: "Networks that are listed; 1 to 1000.") var networks: Int = 20

  func validate() throws {
    if !(1...1000).contains(networks) {
      throw UsageError("--networks is \(networks); expected 1 to 1000.")
    }
  }

  func run() throws {
    var options = AlternativesOptions()
    options.within = within.value
    options.networks = networks
    try answer.run { engine, result in
      [try engine.alternatives(of: result, options: options)]
    }
  }
}

/// A part of a whole, written `2%` or `0.02`.
struct Share: ExpressibleByArgument {
  /// 0..<1.
  let value: Double

  init(_ value: Double) { self.value = value }

  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else {
      return nil
    }
    value = isPercent ? number / 100 : number
    guard value >= 0, value < 1 else { return nil }
  }

  var defaultValueDescription: String { "\(value)" }
}
