import LichenDomain
import LichenGraph

/// What stands against a candidate, and what would lift it, in the words of a language.
/// - Parameter park: Gives names to streams, qualities and rules; without it their ids stand.
public func blockerText(_ blocker: Blocker, language: Language, park: Park? = nil) -> (
  what: String, lift: String
) {
  var arguments: [String: String] = [:]
  for (name, argument) in blocker.arguments {
    switch argument {
    case .number(let value): arguments[name] = language.plain(value, digits: 4)
    case .text(let text): arguments[name] = park?.streamName(text) ?? text
    case .key(let key): arguments[name] = language.word(key, catalogue: park?.catalogue)
    }
  }
  let key = "blocker.\(blocker.kind.rawValue)"
  return (language.text(key, arguments), language.text("\(key).lift", arguments))
}

extension Language {
  /// A key's text; names of qualities come from the catalogue.
  func word(_ key: String, catalogue: Catalogue?) -> String {
    let prefix = "property."
    guard key.hasPrefix(prefix) else { return text(key) }
    let id = String(key.dropFirst(prefix.count))
    guard let property = PropertyID(id), let kind = catalogue?.properties[property] else {
      return id
    }
    return name(kind.names)
  }

  /// The name in this language; English where the catalogue has no other.
  public func name(_ names: LocalisedText) -> String {
    code == "vi" ? names.vietnamese ?? term(names.english) : term(names.english)
  }
}

extension Park {
  /// The name of a stream by its id, if `text` is one.
  func streamName(_ text: String) -> String? {
    guard let id = StreamID(text) else { return nil }
    let name = output(id)?.name ?? input(id)?.name
    return name.flatMap { $0.isEmpty ? nil : $0 }
  }
}
