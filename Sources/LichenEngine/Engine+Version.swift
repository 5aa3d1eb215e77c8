extension Engine {
  /// Version of Lichen, as `lichen --version` and runs of the server tell it.
  public static let version = "0.2.0"
}
