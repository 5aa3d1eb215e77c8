extension PlanningModel {
  /// Components by themselves: only their streams, facilities, permits and mixtures, each in the order of the whole
  /// model. Solving the excerpt and solving its components within the whole model is the same work in the same order.
  /// - Parameter parts: Of `components()`.
  /// - Complexity: O(links · log links) of the parts, plus O(streams) of the whole.
  public func excerpt(_ parts: [Part]) -> Excerpt {
    var builder = ExcerptBuilder(self)
    return builder.excerpt(
      parts.flatMap(\.links).sorted().map { Excerpt.Member(link: $0, role: .whole) },
      measures: parts.flatMap(\.measures).sorted())
  }
}
