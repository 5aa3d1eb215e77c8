import Foundation
import LichenBench
import LichenPlanning

/// Divides a plan into units: components are packed together, large ones cut into blocks under shared prices.
///
/// Deterministic: the merger divides the same source again to know what stands where.
struct PlanSharder: Sendable {
  let instance: Instance
  let limits: PlanLimits

  var model: PlanningModel { instance.model }

  /// What a unit of the first stage holds.
  enum Content: Sendable {
    /// Positions in `parts`.
    case pack([Int])
    /// Position in `cuts`, and the block.
    case block(cut: Int, block: Int)
  }

  /// A component that is cut.
  struct Cut: Sendable {
    /// Position in `parts`.
    let part: Int
    let blocks: BlockCut
  }

  let parts: [PlanningModel.Part]
  let cuts: [Cut]
  let packs: [[Int]]

  /// - Parameters:
  ///   - units: How many units the first stage should have; there are more if blocks are more, fewer if components
  ///     are fewer.
  ///   - isMost: Whether there must not be more: blocks are then made larger.
  init(_ instance: Instance, limits: PlanLimits, units: Int, isMost: Bool = false) {
    self.instance = instance
    self.limits = limits
    let model = instance.model
    let parts = model.components()
    self.parts = parts
    // One limit for all, or objectives in turn, leave nothing to cut.
    let mayCut =
      limits.blockLinks > 0 && limits.objectives.count == 1 && model.carbonFloor == nil
      && !model.isBudgetBinding
    // A block of its own needs a neighbour to differ from.
    let large = parts.indices.filter { mayCut && parts[$0].links.count * 2 > limits.blockLinks * 3 }
    func cut(into size: Int) -> [Cut] {
      large.map { Cut(part: $0, blocks: BlockCut(model, parts[$0], size: size)) }
    }
    var size = limits.blockLinks
    var found = cut(into: size)
    func blockCount() -> Int { found.reduce(0) { $0 + $1.blocks.members.count } }
    while isMost, blockCount() >= max(2, units),
      found.contains(where: { $0.blocks.members.count > 1 })
    {
      size *= 2
      found = cut(into: size)
    }
    cuts = found
    let blocks = blockCount()
    let rest = Set(parts.indices).subtracting(large).sorted()
    packs = Self.packed(rest, into: max(1, units - blocks), parts, limits)
  }

  /// Heaviest first, each into the lightest pack (Graham 1969: at most 4/3 of the best).
  private static func packed(
    _ chosen: [Int], into count: Int, _ parts: [PlanningModel.Part], _ limits: PlanLimits
  ) -> [[Int]] {
    let weights = chosen.map {
      (part: $0, seconds: WorkEstimate.seconds(links: parts[$0].links.count, limits))
    }.sorted { ($1.seconds, $0.part) < ($0.seconds, $1.part) }
    var packs = [(seconds: Double, parts: [Int])](
      repeating: (0, []), count: min(count, max(1, chosen.count)))
    for (part, seconds) in weights {
      let lightest = packs.indices.min { (packs[$0].seconds, $0) < (packs[$1].seconds, $1) } ?? 0
      packs[lightest].seconds += seconds
      packs[lightest].parts.append(part)
    }
    return packs.map { $0.parts.sorted() }.filter { !$0.isEmpty }
  }

  /// Units of the first stage, blocks first: they take longest.
  var contents: [Content] { blockContents + packs.map(Content.pack) }

  /// Units of the later stages.
  var blockContents: [Content] {
    cuts.indices.flatMap { cut in
      cuts[cut].blocks.members.indices.map { Content.block(cut: cut, block: $0) }
    }
  }

  /// What the units of a stage of plans hold; units that are too many hold nothing.
  func contents(of stage: Int, in manifest: WorkManifest) -> [Content] {
    let all = stage == manifest.firstPlan ? contents : blockContents
    let count = manifest.stages[stage].count
    return all + Array(repeating: .pack([]), count: max(0, count - all.count))
  }

  /// The problem of a unit.
  func excerpt(_ content: Content, divisions: [LinkDivision]) -> Excerpt {
    switch content {
    case .pack(let members): model.excerpt(members.map { parts[$0] })
    case .block(let cut, let block):
      cuts[cut].blocks.block(block, of: model, division: divisions[cut])
    }
  }

  /// Divisions to begin with, by cut.
  func firstDivisions() -> [LinkDivision] {
    cuts.map {
      LinkDivision(cutting: $0.blocks.cutLinks, of: parts[$0.part], in: model)
    }
  }

  /// Writes the units of a stage.
  /// - Parameter onProgress: Told how many units are written.
  /// - Throws: `FileWritingError`.
  func write(
    stage: Int, of manifest: WorkManifest, divisions: [LinkDivision], to folder: WorkFolder,
    onProgress: (Int) -> Void = { _ in }
  ) throws {
    let contents = contents(of: stage, in: manifest)
    let first = manifest.stages[stage].first
    let task = try WorkFolder.encoder.encode(PlanTask(limits: limits))
    var entries: [UnitEntry] = []
    for (offset, content) in contents.enumerated() {
      let excerpt = excerpt(content, divisions: divisions)
      var files = InstanceWriter.files(named(excerpt))
      files.append((WorkFolder.taskFile, Array(task)))
      let written = try folder.write(unit: files)
      let estimate = estimate(content, excerpt)
      entries.append(
        UnitEntry(
          index: first + offset, hash: written.hash, links: excerpt.links.count,
          bytes: written.bytes, seconds: estimate.seconds, megabytes: estimate.megabytes,
          chunks: chunks(content)))
      onProgress(offset + 1)
    }
    try folder.write(divisions, stage: stage, model: model)
    try folder.write(entries, stage: stage)
  }

  /// Components can be planned one after the other; a block is one search.
  private func chunks(_ content: Content) -> Int {
    if case .pack(let members) = content { min(UnitChunks.most, max(1, members.count)) } else { 1 }
  }

  private func estimate(_ content: Content, _ excerpt: Excerpt) -> WorkEstimate {
    switch content {
    case .pack(let members):
      WorkEstimate(links: members.map { parts[$0].links.count }, limits)
    case .block: WorkEstimate(links: [excerpt.links.count], limits)
    }
  }

  /// A unit's problem with names for its streams, as tables need them.
  private func named(_ excerpt: Excerpt) -> Instance {
    func names(_ origins: [Excerpt.Origin], _ ids: [String], _ role: String) -> [String] {
      origins.map { origin in
        switch origin {
        case .stream(let index): ids[index]
        case .border(let link): "\(model.linkNames[link])~\(role)"
        }
      }
    }
    return Instance(
      name: instance.name, source: instance.source, licence: instance.licence,
      model: excerpt.model, outputIDs: names(excerpt.outputs, instance.outputIDs, "from"),
      inputIDs: names(excerpt.inputs, instance.inputIDs, "to"))
  }
}
