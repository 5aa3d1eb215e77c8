import Crypto
import CryptoExtras
import Foundation

/// A random value that opens something; only its hash is kept.
public struct Secret: Sendable, Hashable {
  /// 32 random bytes as 43 letters that are safe in an address.
  public let text: String

  public init() {
    var random = SystemRandomNumberGenerator()
    text = Self.encoded((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
  }

  /// One that somebody brings; anything is taken and matches nothing unless it was given out.
  public init(_ text: String) { self.text = text }

  /// SHA-256; a random value needs no slow hash.
  var hash: Data { Data(SHA256.hash(data: Data(text.utf8))) }

  static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }
}

/// Slow salted hashes of passwords (scrypt, RFC 7914).
public struct PasswordHasher: Sendable {
  /// Cost N, a power of two; 2^15 with r = 8 takes 32 MiB and about a tenth of a second.
  let cost: Int

  public init(cost: Int = 1 << 15) { self.cost = cost }

  /// `scrypt$N$r$p$salt$hash`
  public func hash(_ password: String) throws -> String {
    let salt = Secret().text
    return "scrypt$\(cost)$8$1$\(salt)$\(try Self.key(password, salt: salt, cost: cost))"
  }

  /// Whether a password is the one behind a hash, in time that does not tell how near it is.
  /// - Parameter hash: `nil` for a user who is not there: as much work, and never true.
  public func matches(_ password: String, _ hash: String?) throws -> Bool {
    let parts = (hash ?? "").split(separator: "$").map(String.init)
    guard parts.count == 6, let cost = Int(parts[1]) else {
      _ = try Self.key(password, salt: "nobody", cost: cost)
      return false
    }
    let found = try Self.key(password, salt: parts[4], cost: cost)
    return zip(found.utf8, parts[5].utf8).reduce(found.utf8.count ^ parts[5].utf8.count) {
      $0 | Int($1.0 ^ $1.1)
    } == 0
  }

  private static func key(_ password: String, salt: String, cost: Int) throws -> String {
    let key = try KDF.Scrypt.deriveKey(
      from: Data(password.precomposedStringWithCompatibilityMapping.utf8), salt: Data(salt.utf8),
      outputByteCount: 32, rounds: cost, blockSize: 8, parallelism: 1)
    return key.withUnsafeBytes { Secret.encoded($0) }
  }
}
