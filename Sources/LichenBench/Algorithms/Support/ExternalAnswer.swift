import Foundation
import LichenDomain
import LichenIO
import LichenPlanning

/// The files that an external command leaves.
struct ExternalAnswer {
  let folder: URL

  /// - Throws: `ExternalCommandError`, or `ValidationError` for a table that is none.
  func plan(of model: PlanningModel) throws -> NetworkPlan {
    guard let table = try table("plan.csv", ["id", "quantity"]) else {
      throw AlgorithmRefusal.noPlan("the command wrote no plan.csv")
    }
    var plan = NetworkPlan(idle: model)
    let links = Dictionary(
      model.linkNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for row in 0..<table.rowCount {
      let cells = Array(table.row(row))
      guard let link = links[cells[0]] else {
        throw wrong("plan.csv", table.lines[row], cells[0], "the id of a link")
      }
      plan.flows[link] += try number(cells[1], "plan.csv", table.lines[row])
    }
    guard let taken = try measures(in: "measures.csv", of: model) else { return plan }
    for measure in taken { plan.isTaken[measure] = true }
    return plan
  }

  private func measures(in file: String, of model: PlanningModel) throws -> [Int]? {
    guard let table = try table(file, ["id"]) else { return nil }
    return try (0..<table.rowCount).map { row in
      let name = table.row(row).first ?? ""
      guard let measure = model.measures.firstIndex(where: { $0.name == name }) else {
        throw wrong(file, table.lines[row], name, "the id of a measure")
      }
      return measure
    }
  }

  /// `nil` if nothing was claimed.
  func bound() throws -> Double? {
    let file = folder.appendingPathComponent("bound.txt")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    return try number(text.trimmingCharacters(in: .whitespacesAndNewlines), "bound.txt", 1)
  }

  func curve() throws -> [ProgressPoint]? {
    let file = "progress.csv"
    guard let table = try table(file, ["seconds", "incumbent", "bound"]) else { return nil }
    return try (0..<table.rowCount).map { row in
      let cells = Array(table.row(row))
      func known(_ cell: String) throws -> Double? {
        cell.isEmpty ? nil : try number(cell, file, table.lines[row])
      }
      return ProgressPoint(
        seconds: try number(cells[0], file, table.lines[row]), incumbent: try known(cells[1]),
        bound: try known(cells[2]))
    }
  }

  private func table(_ name: String, _ columns: [String]) throws -> CSVTable? {
    let url = folder.appendingPathComponent(name)
    guard let data = try? Data(contentsOf: url) else { return nil }
    let table = try CSVParser.parse(Array(data), file: name).table
    guard table.header == columns else {
      throw wrong(
        name, table.headerLine, table.header.joined(separator: ","),
        columns.joined(separator: ","))
    }
    return table
  }

  private func number(_ text: String, _ file: String, _ line: Int) throws -> Double {
    guard let value = Double(text), value.isFinite else {
      throw wrong(file, line, text, "a finite number with a decimal point")
    }
    return value
  }

  private func wrong(_ file: String, _ line: Int, _ found: String, _ expected: String)
    -> ExternalCommandError
  {
    .badAnswer(file: file, line: line, found: found, expected: expected)
  }
}
