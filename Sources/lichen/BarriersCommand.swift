import ArgumentParser
import LichenAnalysis
import LichenEngine

struct BarriersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "barriers",
    abstract: "Says what each legal rule, licence and permit costs the park.",
    discussion: """
      Plans again without each rule, with each missing licence granted, and with each permit free; \
      then two at a time. Ranks them by what lifting brings, and says what lifting takes.

      EXAMPLES
        lichen barriers my-park
        lichen barriers my-park -o result
        lichen barriers my-park --pairs 0 --json | jq '.singles[0]'
      """)

  @OptionGroup var answer: AnswerOptions

  @Option(help: "Pairs that are tried; 0 to 10000.") var pairs: Int = 40

  func validate() throws {
    if !(0...10_000).contains(pairs) {
      throw UsageError("--pairs is \(pairs); expected 0 to 10000.")
    }
  }

  func run() throws {
    var options = BarrierOptions()
    options.pairs = pairs
    try answer.run { engine, result in
      [try engine.barriers(of: result, options: options)]
    }
  }
}
