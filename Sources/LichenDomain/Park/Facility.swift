/// A shared plant that the plan may open: by-products come in, one product goes out.
public struct Facility: Sendable, Hashable {
  /// One route that the plant can run, or two in a row.
  public struct Process: Sendable, Hashable {
    /// One or two rows of the catalogue; the second works on what the first makes.
    public let steps: [Route]

    /// The material that comes in, or a broader one.
    public var intake: MaterialID { steps[0].output }
    /// `ROUTE` or `ROUTE+ROUTE`.
    public var text: String { steps.map(\.id.rawValue).joined(separator: "+") }
  }

  public let id: FacilityID
  public let name: String
  /// The enterprise that runs it, or a site of its own with the facility's id.
  public let site: EnterpriseID
  /// In order of text; at least one.
  public let processes: [Process]
  /// What all processes make.
  public let product: MaterialID
  /// What becomes of the product in place of what it replaces; the same for all processes.
  public let use: RouteUse
  /// Unit of what comes in.
  public let intakeUnit: Unit
  /// Most that comes in [intake units/a]; `nil` when unknown.
  public let capacity: Double?
  /// Paid once; `nil` when unknown.
  public let capital: Money?
  /// Per year, whatever flows; `nil` when unknown.
  public let running: Money?
  /// [a]; `nil` when unknown.
  public let lifetime: Double?
  public let notes: String
  public let provenance: Provenance
  public let location: SourceLocation

  /// Names the row whatever its place in the file: `facilities.csv: ID`.
  public var reference: String { "facilities.csv: \(id)" }
}
