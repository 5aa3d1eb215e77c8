/// The attribute that tells the page's script which exchanges a mark of a drawing or a row stands for.
///
/// It holds ranks only, so nothing from data can get into it.
struct ExchangeMark: CustomStringConvertible {
  private let ranks: [Int]

  /// - Parameter ranks: Ranks beyond those that the page tells in detail are left out.
  init(_ ranks: some Sequence<Int>) {
    self.ranks = Set(ranks).filter { $0 <= ReportContext.most }.sorted()
  }

  /// `data-x="1 5"`; empty without ranks.
  var description: String {
    ranks.isEmpty ? "" : "data-x=\"\(ranks.map { String($0) }.joined(separator: " "))\""
  }
}
