/// The texts that give a report its shape and look, read by whoever may read files.
public struct ReportAssets: Sendable {
  /// Mustache text of the whole page.
  public let template: String
  /// Mustache texts that the page includes, by name.
  public let partials: [String: String]
  /// Style sheet, put into the page as it stands.
  public let css: String
  /// Script, put into the page as it stands; the page is complete without it.
  public let script: String
  /// Land behind maps; `nil` for plain maps.
  public let outlines: OutlineAtlas?

  public init(
    template: String, partials: [String: String], css: String, script: String,
    outlines: OutlineAtlas? = nil
  ) {
    self.template = template
    self.partials = partials
    self.css = css
    self.script = script
    self.outlines = outlines
  }
}
