import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads `programme/priors.csv`: shares with the parameters of their distributions.
public enum PriorReader {
  private static let schema = TableSchema(
    "priors",
    header: "id,name,value,low,high,unit,alpha,beta,formula,inputs,confidence,notes")

  /// - Returns: The rows that are shares with both parameters, in order of id.
  /// - Throws: `ValidationError` with everything that is wrong.
  public static func read(file: URL) throws(ValidationError) -> [AcceptancePrior] {
    let log = IssueLog()
    let name = file.lastPathComponent
    var priors: [AcceptancePrior] = []
    if let bytes = FileBytes.read(path: file.path, name: name, log: log),
      let table = CSVParser.parse(bytes, file: name, log: log)
    {
      priors = TableReader(table, schema: schema, log: log).compactMap(prior)
    }
    try log.throwIfErrors()
    return priors.sorted { $0.id < $1.id }
  }

  private static func prior(_ row: RowReader) -> AcceptancePrior? {
    let id = row.identifierText("id", required: true)
    let name = row.requiredText("name")
    let alpha = row.number("alpha", in: .positive)
    let beta = row.number("beta", in: .positive)
    let confidence = row.requiredConfidence()
    guard let alpha, let beta else { return nil }
    return AcceptancePrior(id: id, name: name, alpha: alpha, beta: beta, confidence: confidence)
  }
}
