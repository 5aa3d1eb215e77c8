import LichenGraph
import LichenMatching

/// Candidates that are not planned, by what keeps them out, each with the number that names it.
struct WhyNotList {
  enum Kind: String, CaseIterable {
    /// Something other than missing data stands against it.
    case blocked
    /// Sound, and not chosen.
    case unchosen
    /// Only data are missing.
    case unquantified

    var letter: String {
      switch self {
      case .blocked: "B"
      case .unchosen: "N"
      case .unquantified: "U"
      }
    }
  }

  struct Row {
    /// `B1`, `N2`, `U3`.
    let number: String
    let kind: Kind
    let entry: WhyNotEntry
  }

  struct Group {
    let kind: Kind
    let entries: [WhyNotEntry]

    /// The first of the group.
    var rows: [Row] {
      entries.prefix(WhyNotList.most).enumerated().map {
        Row(number: "\(kind.letter)\($0.offset + 1)", kind: kind, entry: $0.element)
      }
    }
  }

  /// Rows of a group that are told; a national run has hundreds of thousands, which are in the table
  /// of candidates.
  static let most = 400

  /// Those that hold something, in order of kind.
  let groups: [Group]

  init(_ context: ReportContext) {
    var entries: [Kind: [WhyNotEntry]] = [:]
    for entry in context.result.whyNot.entries {
      let kind: Kind =
        switch CandidateFate(entry.row) {
        case .blocked: .blocked
        case .unquantified: .unquantified
        case .notChosen: .unchosen
        }
      entries[kind, default: []].append(entry)
    }
    groups = Kind.allCases.compactMap { kind in
      entries[kind].map { Group(kind: kind, entries: $0) }
    }
  }

  var isCut: Bool { groups.contains { $0.entries.count > Self.most } }
}
