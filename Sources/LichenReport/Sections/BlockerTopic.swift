import LichenGraph

/// What kind of thing stands against an exchange.
enum BlockerTopic: String, CaseIterable {
  case law, quality, temperature, pressure, distance, transport, quantity, price, process
}

extension Blocker.Kind {
  var topic: BlockerTopic {
    switch self {
    case .prohibited: .law
    case .tooFar, .distanceUnknown: .distance
    case .noCarrier: .transport
    case .qualityTooHigh, .qualityTooLow: .quality
    case .notHotEnough, .notColdEnough: .temperature
    case .pressureTooLow: .pressure
    case .feedstock: .process
    case .outputUnquantified, .inputUnquantified, .outputEmpty, .inputEmpty, .lotTooLarge:
      .quantity
    case .costUnknown, .valueUnknown: .price
    }
  }
}

/// A topic as a small framed word; the law's carries the colour of what it prohibits.
struct TopicTag {
  let topicWord: String
  let topicClass: String

  init(_ topic: BlockerTopic, _ language: Language) {
    topicWord = language.text("topic.\(topic.rawValue)")
    topicClass = topic == .law ? "lg-prohibited" : ""
  }
}
