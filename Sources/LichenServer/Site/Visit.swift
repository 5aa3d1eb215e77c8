import Hummingbird
import LichenReport
import LichenStore
import NIOCore

/// What is known about a request while it is answered.
struct Visit: RequestContext, RemoteAddressRequestContext {
  var coreContext: CoreRequestContextStorage
  let remoteAddress: SocketAddress?
  private let channel: any Channel
  /// Who asks; `nil` for strangers.
  var viewer: Viewer?
  /// The session that a cookie brought, with what its forms must carry.
  var session: (secret: Secret, csrf: String)?
  /// The request brought a token instead of a cookie.
  var hasToken = false
  /// Differs for every answer; the page's own style element carries it.
  let nonce = Secret().text
  var languageCode = "en"
  /// Path and query of the request, without the prefix.
  var here = "/"

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    remoteAddress = source.channel.remoteAddress
    channel = source.channel
  }

  /// Reads no more from whoever asks; the connection ends with the answer.
  func stopListening() { channel.close(mode: .input, promise: nil) }

  /// Where the request came from, for slowing down guesses.
  var address: String { remoteAddress?.ipAddress ?? "unknown" }

  /// - Throws: `Refusal.signIn` for strangers.
  func signedIn() throws -> Viewer {
    guard let viewer else { throw Refusal.signIn }
    return viewer
  }
}
