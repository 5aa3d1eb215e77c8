/// Something could not be written; the target is as it was before.
public enum FileWritingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The system refused a step of writing.
  case cannotWrite(path: String, reason: String)
  /// The target folder exists and holds something.
  case folderNotEmpty(path: String)
  /// The target file exists and may not be replaced.
  case fileExists(path: String)
  /// The target of a file is a folder.
  case isFolder(path: String)
  /// The target of a folder is a file.
  case isNoFolder(path: String)

  public var description: String {
    switch self {
    case .cannotWrite(let path, let reason): "'\(path)' cannot be written: \(reason)."
    case .folderNotEmpty(let path): "The folder '\(path)' exists already and is not empty."
    case .fileExists(let path): "The file '\(path)' exists already."
    case .isFolder(let path): "'\(path)' is a folder; a file name is needed."
    case .isNoFolder(let path): "'\(path)' is a file; a folder is needed."
    }
  }
}
