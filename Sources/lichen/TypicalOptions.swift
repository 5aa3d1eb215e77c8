import Foundation
import LichenDomain

/// Measures that enterprises of the park's sectors commonly take.
struct TypicalOptions {
  private let rows: [Row]

  private struct Row: Encodable {
    let enterprise: String
    let option: String
    let name: String
    let actsOn: String
    let share: Estimate
    let paybackYears: Estimate?
    let confidence: String
    let source: String
  }

  init(_ park: Park) {
    // What is for anyone stands once, not once per enterprise.
    let general = park.catalogue.typicalOptions.filter { $0.sector == "any" }
    rows =
      park.enterprises.flatMap { enterprise in
        park.catalogue.typicalOptions.filter {
          $0.sector != "any" && $0.isFor(isic: enterprise.isic, blueprint: enterprise.blueprint)
        }.map { Self.row($0, for: enterprise.id.rawValue) }
      } + general.map { Self.row($0, for: "any") }
  }

  private static func row(_ option: TypicalOption, for enterprise: String) -> Row {
    Row(
      enterprise: enterprise, option: option.id, name: option.names.english,
      actsOn: option.actsOn.rawValue, share: option.share, paybackYears: option.payback,
      confidence: option.confidence.rawValue, source: option.source)
  }

  func print(json: Bool) throws {
    if json {
      return try Console.sayJSON(rows)
    }
    func range(_ estimate: Estimate?, times factor: Double, decimals: Int) -> String {
      guard let estimate else { return "unknown" }
      return [estimate.low, estimate.high]
        .map { Console.number($0 * factor, decimals: decimals) }.joined(separator: "–")
    }
    Console.say(
      Console.table(
        ["enterprise", "option", "what", "saves of", "%", "payback a", "confidence"],
        rows.map {
          [
            $0.enterprise, $0.option, String($0.name.prefix(60)), $0.actsOn,
            range($0.share, times: 100, decimals: 0),
            range($0.paybackYears, times: 1, decimals: 1), $0.confidence,
          ]
        }, right: [4, 5]))
    Console.say(
      "\(rows.count) typical measures; put the ones that fit into options.csv with figures of the "
        + "plant, and name them in kind.")
  }
}
