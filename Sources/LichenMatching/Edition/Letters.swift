import LichenDomain

/// Letters for enterprises that are not named.
///
/// Their order follows from data that no reader of the edition has, so that neither the alphabet nor the plan
/// tells who stands behind which letter. Equal input gives equal letters.
struct Letters {
  private let letters: [EnterpriseID: String]

  /// - Parameter audience: Letters of one audience tell nothing about those of another.
  init(_ hidden: Set<EnterpriseID>, in park: Park, audience: Audience) {
    var key = Hash()
    key.add(audience.name)
    for stream in park.outputs where hidden.contains(stream.enterprise) { key.add(stream) }
    for stream in park.inputs where hidden.contains(stream.enterprise) { key.add(stream) }
    let order = hidden.map { id -> (UInt64, EnterpriseID) in
      var hash = key
      hash.add(id.rawValue)
      return (hash.value, id)
    }.sorted { $0 < $1 }
    letters = Dictionary(
      uniqueKeysWithValues: order.enumerated().map { ($0.element.1, Alphabet.letters($0.offset)) })
  }

  subscript(id: EnterpriseID) -> String? { letters[id] }

  /// FNV-1a with a final mix, 64 bits.
  private struct Hash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ text: String) {
      for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
      state = (state ^ 0xff) &* 0x0000_0100_0000_01b3
    }

    mutating func add(_ stream: some Stream) {
      add(stream.id.rawValue)
      add("\(stream.quantity?.yearly.typical ?? -1)")
    }

    var value: UInt64 {
      var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }
}
