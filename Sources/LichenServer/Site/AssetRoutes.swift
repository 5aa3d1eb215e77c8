import Crypto
import Foundation
import Hummingbird
import LichenEngine

/// Style sheets and scripts of `data/serve`, read once; a browser asks again only when they changed.
struct AssetRoutes: Sendable {
  private struct Asset: Sendable {
    let bytes: [UInt8]
    let type: String
    let tag: String
  }

  private let assets: [String: Asset]

  /// - Throws: `CocoaError` if a file cannot be read.
  init(_ engine: Engine) throws {
    let types = [
      "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
      "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8",
    ]
    var assets: [String: Asset] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: engine.data.serve.path) {
      guard let type = types[String(name.split(separator: ".").last ?? "")] else { continue }
      let data = try Data(contentsOf: engine.data.serve.appendingPathComponent(name))
      let digest = SHA256.hash(data: data).prefix(12).map { String($0, radix: 16) }.joined()
      assets[name] = Asset(bytes: [UInt8](data), type: type, tag: "\"\(digest)\"")
    }
    self.assets = assets
  }

  func add(to router: RouterGroup<Visit>) {
    router.get("assets/:name") { request, visit -> Response in
      guard let asset = assets[try visit.parameters.require("name")] else {
        throw HTTPError(.notFound)
      }
      let headers: HTTPFields = [
        .contentType: asset.type, .eTag: asset.tag, .cacheControl: "public, no-cache",
      ]
      if request.headers[.ifNoneMatch] == asset.tag {
        return Response(status: .notModified, headers: headers)
      }
      return Response(
        status: .ok, headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
  }
}
