/// What a reader must know of the coast behind a map.
enum OutlineNote {
  /// - Parameter maps: The versions of one map; an outline of any counts.
  static func sentences(_ maps: [MapDrawing], _ language: Language) -> [String] {
    guard maps.contains(where: { $0.outline != nil }) else { return [] }
    let metres = language.number(OutlineAtlas.accuracyKm * 1000)
    var notes = [
      language.text(
        "map.note.coast", ["accuracy": metres + Language.narrowGap + "m"])
    ]
    let wet = Set(maps.flatMap(\.namesOnWater)).sorted()
    if !wet.isEmpty {
      notes.append(
        language.plural("map.note.water", count: wet.count, ["names": language.list(wet)]))
    }
    return notes
  }
}
