import LichenTestSupport

/// The worked cases as a document for lawyers.
enum WorkedCaseDocument {
  private static let titles = [
    ("VN", "Viet Nam"), ("EU", "European Union"), ("DK", "Denmark"), ("WA", "Western Australia"),
    ("TH", "Thailand"), ("INT", "Across borders"),
  ]

  static func text(_ cases: [WorkedCase]) -> String {
    var text = """
      # Law: worked cases

      \(cases.count) legal questions with the answer that the legal text gives, and why. The answers were \
      written down from the texts and the rule table first; a test then asks the engine all of them. \
      **This is not legal advice**, and many rules are recalled rather than read: see \
      [README-law.md](../data/catalogue/README-law.md).

      How to read a row: a stream of a donor goes to a receiver for a use on a day. Donor and receiver \
      are different enterprises unless it says so, and hold no licence unless one is named. *Not \
      hazardous (material)* means that no waste code was declared; a code is one of the donor's own \
      list. "No rule" is a gap in the table, not a clearance.

      The table itself is `Tests/LichenLawTests/WorkedCases.csv`.

      """
    for (group, title) in titles {
      let own = cases.filter { $0["case"].hasPrefix("\(group)-") }
      text += "\n## \(title)\n\n"
      text += "| case | stream | hazardous | from → to | use | date | verdict | rule | because |\n"
      text += "|---|---|---|---|---|---|---|---|---|\n"
      for example in own { text += row(example) }
    }
    return text
  }

  private static func row(_ example: WorkedCase) -> String {
    let code = example["code"].isEmpty ? "" : "; code \(example["code"])"
    let properties =
      example["properties"].isEmpty
      ? "" : "; " + example["properties"].replacing(";", with: ", ").replacing("=", with: " ")
    let cells = [
      example["case"], example["stream"] + " (`\(example["material"])`\(code)\(properties))",
      example["hazard"].replacing(": ", with: " (") + ")", way(example),
      example["use"]
        + (example["replaces"].isEmpty ? "" : " instead of `\(example["replaces"])`"),
      example["date"], "**\(example["verdict"])**", rule(example), example["reason"],
    ]
    return "| " + cells.joined(separator: " | ") + " |\n"
  }

  private static func way(_ example: WorkedCase) -> String {
    func party(_ place: String, _ licences: String) -> String {
      licences.isEmpty ? place : "\(place) with \(licences.replacing(";", with: ", "))"
    }
    if example["parties"] == "same" {
      return party(example["donor"], example["donor_licences"]) + ", one enterprise"
    }
    return party(example["donor"], example["donor_licences"]) + " → "
      + party(example["receiver"], example["receiver_licences"])
  }

  private static func rule(_ example: WorkedCase) -> String {
    if !example["rules"].isEmpty {
      return "\(example["rules"].replacing(";", with: ", ")): \(example["authority"])"
    }
    let met = example.list("also").filter { $0.hasSuffix("=licence-held") }
      .map { $0.replacing("=licence-held", with: "") }
    return met.isEmpty ? "no rule" : "met: " + met.joined(separator: ", ")
  }
}
