import ArgumentParser
import Foundation
import LichenEngine
import LichenIO
import LichenWords

/// Judges the proposals against labelled texts.
struct ClassifyEvaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Says how often the right label is among the first proposals, beside a baseline.",
    discussion: """
      EXAMPLES
        lichen classify evaluate
        lichen classify evaluate --ablation     what each kind of evidence is worth (minutes)
      """)

  @Option(name: .customLong("set"), help: "Labelled texts; default: words/test.csv of the data.")
  var file: String?
  @Option(
    help: "Document whose text between the marks of the evaluation is replaced by the new tables.",
    completion: .file())
  var update: String?
  @Flag(help: "Cross-validate on words/calibration.csv without one kind of evidence at a time.")
  var ablation = false
  @OptionGroup var data: DataOptions
  @Flag(help: "Print as JSON.") var json = false

  func run() throws {
    let engine = try data.engine()
    if ablation { return try printAblation(engine) }
    let set =
      file.map { URL(fileURLWithPath: $0) } ?? engine.data.words.appendingPathComponent("test.csv")
    let evaluation = try engine.evaluation(on: set)
    if let update {
      return try MarkedSection("evaluation").update(update, with: evaluation.markdown)
    }
    if json { return try Console.sayJSON(evaluation) }
    Console.say(evaluation.markdown)
  }

  private func printAblation(_ engine: Engine) throws {
    let set =
      file.map { URL(fileURLWithPath: $0) }
      ?? engine.data.words.appendingPathComponent("calibration.csv")
    var results = try engine.training(on: set).ablation()
    let examples = try engine.training(on: set, usesExamples: true)
    results.append(
      (
        "with labelled texts of other cases as terms",
        examples.heldOut(Set(Feature.allCases), hasSector: true)
      ))
    Console.say("| evidence | code top-1 | top-3 | top-10 | material top-1 | top-3 | top-10 |")
    Console.say("|---|---|---|---|---|---|---|")
    for (name, result) in results {
      let shares = (result.european + result.material).map { String(format: "%.1f", $0 * 100) }
      Console.say("| \(name) | \(shares.joined(separator: " | ")) |")
    }
  }
}

/// Fits the model anew.
struct ClassifyFit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fits weights and calibration on the labelled texts of words/calibration.csv.")

  @Option(
    name: .customLong("set"), help: "Labelled texts; default: words/calibration.csv of the data.")
  var file: String?
  @Option(name: .shortAndLong, help: "File to write; default: standard output.") var output: String?
  @OptionGroup var data: DataOptions

  func run() throws {
    let engine = try data.engine()
    let set =
      file.map { URL(fileURLWithPath: $0) }
      ?? engine.data.words.appendingPathComponent("calibration.csv")
    let model = try engine.training(on: set).model().encoded()
    guard let output else {
      return Console.say(String(decoding: model, as: UTF8.self).trimmingCharacters(in: .newlines))
    }
    try AtomicFile.write(model, to: URL(fileURLWithPath: output))
  }
}
