/// The sections of a report that belong to the match itself; answers to questions have names of their own.
public enum ReportSection: String, Sendable, CaseIterable {
  case decision, map, flows, exchanges
  case whyNot = "why-not"
  case law, assumptions, certificate

  /// Where links lead, whatever the order.
  var anchor: String {
    switch self {
    case .decision: "a"
    case .map: "b"
    case .flows: "c"
    case .exchanges: "d"
    case .whyNot: "e"
    case .law: "f"
    case .assumptions: "g"
    case .certificate: "h"
    }
  }

  /// Keys of its title and of a word for the bar at the top.
  var keys: (title: String, short: String) {
    switch self {
    case .decision: ("nav.decision", "nav.decision")
    case .map: ("map.title", "nav.map")
    case .flows: ("flow.title", "nav.flow")
    case .exchanges: ("details.title", "nav.exchanges")
    case .whyNot: ("why.title", "nav.why")
    case .law: ("law.title", "nav.law")
    case .assumptions: ("assumptions.title", "nav.assumptions")
    case .certificate: ("cert.title", "nav.certificate")
    }
  }
}
