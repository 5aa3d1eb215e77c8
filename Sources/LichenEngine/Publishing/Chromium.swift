import Foundation
import LichenBench
import LichenIO

/// The browser that prints reports.
struct Chromium: Sendable {
  let url: URL

  /// Earlier ones draw nothing in the margins of pages: no page numbers.
  private static let leastVersion = 131
  private static let names = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
  ]
  /// A report of thousands of rows takes some ten seconds on a slow machine [s].
  private static let patience = 300

  /// The browser that `LICHEN_CHROMIUM` names, else the first on the search path that is recent enough.
  /// - Throws: `BrowserError` that says how to get one.
  static func find(environment: [String: String]) throws(BrowserError) -> Chromium {
    if let named = environment["LICHEN_CHROMIUM"], !named.isEmpty {
      let browser = Chromium(url: URL(fileURLWithPath: named))
      guard let version = browser.version() else { throw .notChromium(path: named) }
      return try browser.accepted(version)
    }
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    var refusal = BrowserError.notInstalled(looked: names)
    for name in names {
      for folder in folders {
        let browser = Chromium(url: URL(fileURLWithPath: "\(folder)/\(name)"))
        guard let version = browser.version() else { continue }
        do throws(BrowserError) {
          return try browser.accepted(version)
        } catch {
          refusal = error
        }
      }
    }
    throw refusal
  }

  private func accepted(_ version: Int) throws(BrowserError) -> Chromium {
    guard version >= Self.leastVersion else {
      throw .tooOld(path: url.path, version: version, least: Self.leastVersion)
    }
    return self
  }

  /// The first part of what it says, as `140` of `Chromium 140.0.7339.80`; `nil` if it is no browser.
  private func version() -> Int? {
    guard FileManager.default.isExecutableFile(atPath: url.path),
      let folder = try? PrintFolder()
    else { return nil }
    defer { folder.remove() }
    let run = ChildProcess(
      executable: url, arguments: ["--version"], log: folder.log, hasOwnGroup: true)
    guard let outcome = try? run.run(timeLimit: 30), outcome.exitCode == 0 else { return nil }
    return folder.said.firstMatch(of: /Chrom(?:e|ium)\S* (\d+)\.\d+/).flatMap { Int($0.1) }
  }

  /// Prints a page that needs nothing beside itself on the paper that its style sheet names, with an
  /// outline of its headings and tags for those who listen to it.
  ///
  /// No script of the page runs, and nothing is fetched. The browser works in a folder of its own, which
  /// goes with it; it is ended with whatever it started when time is up or the command is interrupted.
  /// - Throws: `BrowserError`, or `CocoaError` if there is no room for the folder.
  func print(_ page: String) throws -> [UInt8] {
    let folder = try PrintFolder()
    defer { folder.remove() }
    try Data(Self.sealed(page).utf8).write(to: folder.page)
    let run = ChildProcess(
      executable: url, arguments: arguments(folder), log: folder.log, hasOwnGroup: true)
    let outcome = try run.run(timeLimit: Double(Self.patience))
    if outcome.timedOut { throw BrowserError.timedOut(path: url.path, seconds: Self.patience) }
    let bytes = (try? Data(contentsOf: folder.pdf)).map(Array.init) ?? []
    guard outcome.exitCode == 0, bytes.starts(with: Array("%PDF-".utf8)) else {
      throw BrowserError.printedNothing(path: url.path, reason: folder.lastWords)
    }
    return bytes
  }

  private func arguments(_ folder: PrintFolder) -> [String] {
    [
      "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-extensions", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--disable-crash-reporter", "--host-resolver-rules=MAP * ~NOTFOUND",
      // Becomes the file's creator, which would otherwise tell of the machine.
      "--user-agent=Lichen", "--user-data-dir=\(folder.profile.path)",
      "--generate-pdf-document-outline", "--export-tagged-pdf", "--no-pdf-header-footer",
      "--print-to-pdf=\(folder.pdf.path)",
    ]
      // The browser's own walls do not stand for the superuser, and it refuses to start.
      + (geteuid() == 0 ? ["--no-sandbox"] : []) + [folder.page.absoluteString]
  }

  /// The page with an order that nothing runs or is fetched.
  private static func sealed(_ page: String) -> String {
    let policy =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
    return page.replacing(
      "<head>", with: "<head><meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">",
      maxReplacements: 1)
  }
}

/// Where one run of the browser works; nobody else may look into it.
private struct PrintFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-print-\(UUID().uuidString)")
    StagingRegistry.insert(url.path)
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  var page: URL { url.appendingPathComponent("report.html") }
  var pdf: URL { url.appendingPathComponent("report.pdf") }
  var log: URL { url.appendingPathComponent("log") }
  var profile: URL { url.appendingPathComponent("profile") }

  var said: String {
    (try? Data(contentsOf: log)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The end of what it said.
  var lastWords: String {
    let lines = said.split(separator: "\n").suffix(3)
    return lines.isEmpty ? "it said nothing." : lines.joined(separator: " | ")
  }

  func remove() {
    try? FileManager.default.removeItem(at: url)
    StagingRegistry.remove(url.path)
  }
}
