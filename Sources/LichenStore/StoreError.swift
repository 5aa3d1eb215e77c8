import GRDB

/// Why the store refuses something.
public enum StoreError: Error, Equatable, CustomStringConvertible {
  /// Not there, or not for this viewer: nobody can tell which.
  case notFound
  /// There, and seen by this viewer, but not theirs to do.
  case forbidden
  /// In the way of what is there; the text says what.
  case conflict(String)
  /// Not acceptable as given.
  case invalid(String)
  /// This viewer has asked for more than is done soon.
  case crowded
  /// The disk is full; nothing was changed.
  case full
  /// Another program holds the database; nothing was changed.
  case busy
  /// The file is no database of Lichen, or is damaged.
  case corrupt(String)

  public var description: String {
    switch self {
    case .notFound: "There is no such thing here."
    case .forbidden: "This is not yours to do."
    case .conflict(let text), .invalid(let text): text
    case .crowded: "Too much of yours waits already."
    case .full: "The disk is full; nothing was changed."
    case .busy: "The database is in use by another program; nothing was changed."
    case .corrupt(let text): text
    }
  }

  /// What a failure of the database means to a caller; other errors stay as they are.
  static func read(_ error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR: return StoreError.full
    case .SQLITE_BUSY, .SQLITE_LOCKED: return StoreError.busy
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return StoreError.corrupt("The database is damaged; restore a backup.")
    default: return error
    }
  }
}
