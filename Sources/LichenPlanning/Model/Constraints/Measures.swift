/// Efficiency measures: taken or not, each shifting one supply or need.
extension MIPBuilder {
  func addMeasures(to program: inout MIPModel, _ weights: PlanningModel.Weights) {
    for index in measures {
      let measure = model.measures[index]
      program.addColumn(
        MIPColumn(
          name: "measure_\(measure.name)", lower: measure.isRequired ? 1 : 0, upper: 1,
          objective: model.value(of: measure, weights), isInteger: true))
    }
  }

  /// Positions of measures that shift a stream, by stream.
  func measuresByStream(_ key: (PlanningModel.Measure) -> Int?) -> [Int: [Int]] {
    let shifting = measures.indices.filter {
      key(measure($0)) != nil && measure($0).shift != 0
    }
    return Dictionary(grouping: shifting) { key(measure($0)) ?? 0 }
  }

  /// Capital of measures, divided by `scale`.
  func capitalEntries(firstMeasure: Int, scale: Double) -> [(Int, Double)] {
    measures.indices.compactMap {
      measure($0).capital > 0 ? (firstMeasure + $0, measure($0).capital / scale) : nil
    }
  }
}
