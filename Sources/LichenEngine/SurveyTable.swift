import Foundation

/// Surveys of several parks as a table in Markdown.
public struct SurveyTable: Sendable {
  private let surveys: [ParkSurvey]

  public init(_ surveys: [ParkSurvey]) { self.surveys = surveys }

  /// Share of documented exchanges with declared ends that are candidates, over all parks, 0...1;
  /// `nil` when there are none.
  public var recall: Double? {
    let declared = surveys.reduce(0) { $0 + $1.declared }
    return declared == 0 ? nil : Double(surveys.reduce(0) { $0 + $1.found }) / Double(declared)
  }

  /// - Parameter withSeconds: Times differ from run to run; a comparison leaves them out.
  public func markdown(withSeconds: Bool = true) -> String {
    var header = [
      "park", "year", "enterprises", "streams", "declared", "blueprint", "unmatched", "documented",
      "both ends", "found", "blocked", "missed", "planned", "candidates", "undocumented",
      "value k/a",
      "t CO2e/a", "gap",
    ]
    if withSeconds { header.append("s") }
    let rows = surveys.map { survey in
      cells(survey) + (withSeconds ? [String(format: "%.2f", survey.seconds)] : [])
    }
    let lines = [header, header.map { _ in "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
      + "\n\n" + summary + "\n\n" + remarks
  }

  private func cells(_ survey: ParkSurvey) -> [String] {
    let known = survey.streams - survey.unmatched
    func percent(_ count: Int) -> String {
      survey.streams == 0
        ? "–" : "\(Int((Double(count) / Double(survey.streams) * 100).rounded())) %"
    }
    return [
      "[\(survey.name)](\(survey.name)/README.md)", "\(survey.year)", "\(survey.enterprises)",
      "\(survey.streams)", percent(known - survey.fromBlueprint), percent(survey.fromBlueprint),
      "\(survey.unmatched)", "\(survey.documented)", "\(survey.declared)", "\(survey.found)",
      "\(survey.blocked.count)", "\(survey.missed.count)", "\(survey.planned)",
      "\(survey.candidates)",
      "\(survey.undocumented)", "\(Self.grouped(survey.money / 1000)) \(survey.currency)",
      Self.grouped(survey.carbonTonnes),
      survey.status == .optimal && survey.gap <= 1e-9
        ? "0 (proven)" : String(format: "%.2f %%", survey.gap * 100),
    ]
  }

  private var summary: String {
    let declared = surveys.reduce(0) { $0 + $1.declared }
    let found = surveys.reduce(0) { $0 + $1.found }
    let share = recall.map { String(format: "%.0f %%", $0 * 100) } ?? "–"
    return "Recall of documented exchanges whose two ends are declared: \(found) of \(declared) "
      + "(\(share))."
  }

  /// Every documented exchange that is blocked or missed, with the reason.
  private var remarks: String {
    let lines = surveys.flatMap { survey in
      survey.blocked.map {
        "- \(survey.name) \(survey.year), \($0.exchange): blocked: "
          + $0.reasons.map { $0.replacing("-", with: " ") }.joined(separator: ", ")
      } + grouped(survey)
    }
    return lines.isEmpty
      ? "No documented exchange is blocked or missed." : lines.joined(separator: "\n")
  }

  private func grouped(_ survey: ParkSurvey) -> [String] {
    Dictionary(grouping: survey.missed, by: \.reasons).sorted {
      $0.key.joined() < $1.key.joined()
    }.map { reasons, remarks in
      "- \(survey.name) \(survey.year), missed, \(reasons.joined(separator: ", ")): "
        + remarks.map(\.exchange).sorted().joined(separator: ", ")
    }
  }

  private static func grouped(_ value: Double) -> String {
    let digits = String(format: "%.0f", abs(value))
    var text = ""
    for (offset, digit) in digits.reversed().enumerated() {
      if offset > 0, offset % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (value <= -0.5 ? "−" : "") + String(text.reversed())
  }

  /// Where a document holds the table.
  public static let section = MarkedSection("survey")
}
