import Mustache

/// Turns a report into one self-contained HTML page: no script is needed to read it, nothing is
/// fetched, and equal input gives equal bytes.
public enum HTMLReport {
  /// - Throws: `MustacheTemplate.ParserError` if an asset is not valid Mustache.
  public static func render(_ report: Report, assets: ReportAssets) throws -> String {
    var library = MustacheLibrary()
    for (name, text) in assets.partials.sorted(by: { $0.key < $1.key }) {
      try library.register(text, named: name)
    }
    let template = try MustacheTemplate(string: assets.template)
    let page = Page(report, assets: assets)
    return BoundUnits(report.language).bound(template.render(page, library: library))
  }
}
