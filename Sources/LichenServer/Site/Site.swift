import Foundation
import Hummingbird

/// Where and how the server answers.
public struct SiteConfiguration: Sendable {
  public var host = "127.0.0.1"
  /// 0 takes any free port.
  public var port = 8733
  /// Path under which a proxy hands requests on, as `/lichen`; empty for none.
  public var prefix = ""
  /// Address that links in invitations begin with, as `https://parks.example.org`; that of the request if `nil`.
  public var origin: String?
  /// Largest body of a request [bytes].
  public var mostUpload = 32 << 20
  /// An upload that takes longer is refused [s].
  public var uploadSeconds = 120.0
  /// Uploads at one time; with `mostUpload` the bound on their memory.
  public var mostUploads = 4
  /// A connection on which nothing comes and nothing is under way is ended after this time, longer than proxies keep
  /// theirs [s].
  public var idleSeconds = 75.0
  /// A request that has not come whole by then ends its connection; longer than an upload may take, with its refusal [s].
  public var requestSeconds = 150.0
  /// An answer of which less than 1 kB/s was taken for so long ends its connection [s].
  public var stallSeconds = 75.0
  /// Searches at one time.
  public var workers = 2
  /// Longest search of a run [s].
  public var mostSeconds = 600.0
  /// Time after which a search of the what-if room tells the best plan so far [s].
  public var roomSeconds = 20.0

  public init() {}
}

/// Paths of this server.
struct Site: Sendable {
  let configuration: SiteConfiguration

  /// A path as browsers see it: `/parks` is `/lichen/parks` behind a proxy.
  func path(_ path: String) -> String { configuration.prefix + path }

  /// A whole address, for somebody who is not here yet.
  func link(_ path: String, _ request: Request) -> String {
    let origin = configuration.origin ?? "http://\(request.head.authority ?? configuration.host)"
    return origin + self.path(path)
  }

  /// Cookies are for connections that nobody can read, where the site is reached by one.
  var isSecure: Bool { configuration.origin?.hasPrefix("https://") ?? false }

  static let cookie = "lichen"
}
