extension MaterialWords {
  /// The words of a checked park: names of its catalogue and what it has confirmed.
  public init(_ park: Park) {
    self.init(
      catalogue: park.catalogue,
      classifications: park.declaration.classifications.compactMap { row in
        MaterialID(row.material).map {
          Classification(
            text: row.text, sector: row.sector, material: $0, wasteCode: row.wasteCode)
        }
      })
  }
}
