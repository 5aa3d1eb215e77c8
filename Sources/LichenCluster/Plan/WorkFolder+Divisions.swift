import Foundation
import LichenIO
import LichenPlanning

/// Prices at the borders of blocks, as a table of the stage that they were made for.
extension WorkFolder {
  func write(_ divisions: [LinkDivision], stage: Int, model: PlanningModel) throws {
    if divisions.isEmpty { return }
    var text = "cut,link,head_benefit,head_fixed\n"
    for (cut, division) in divisions.enumerated() {
      for (place, link) in division.links.enumerated() {
        text +=
          "\(cut),\(model.linkNames[link]),\(division.headMoney[place]),\(division.headFixed[place])\n"
      }
    }
    let file = divisionFile(stage)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try AtomicFile.write(text, to: file)
  }

  /// - Parameter cuts: Links of each cut, in the order in which they were written.
  /// - Throws: `WorkError.damagedManifest` for a table that is not of these cuts.
  func divisions(of stage: Int, cuts: [[Int]]) throws(WorkError) -> [LinkDivision] {
    if cuts.isEmpty { return [] }
    let file = divisionFile(stage)
    func damaged(_ reason: String) -> WorkError {
      .damagedManifest(path: file.path, reason: reason)
    }
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw damaged("it is not there")
    }
    var rows = text.utf8.split(separator: UInt8(ascii: "\n")).dropFirst().makeIterator()
    var divisions: [LinkDivision] = []
    for (cut, links) in cuts.enumerated() {
      var money: [Double] = []
      var fixed: [Double] = []
      for _ in links {
        let cells = rows.next().map { $0.split(separator: UInt8(ascii: ",")) } ?? []
        guard cells.count == 4, Int(Substring(cells[0])) == cut,
          let profit = Double(Substring(cells[2])), let cost = Double(Substring(cells[3]))
        else { throw damaged("it is cut off or changed") }
        money.append(profit)
        fixed.append(cost)
      }
      divisions.append(LinkDivision(links: links, headMoney: money, headFixed: fixed))
    }
    return divisions
  }
}
