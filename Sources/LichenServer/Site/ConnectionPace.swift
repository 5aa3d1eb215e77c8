import Foundation
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Ends connections of clients that are too slow, so that none is held for long.
///
/// A request must have come whole within its time. An answer must be taken at a least pace: a client that takes it byte by
/// byte, or not at all, would hold the answer in memory. Connections on which nothing is under way are ended by Hummingbird
/// after `SiteConfiguration.idleSeconds`.
final class ConnectionPace: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// Who takes less than this of an answer that waits is too slow [bytes/s].
  static let leastPace = 1024.0

  private let requestTime: TimeAmount
  private let lookTime: TimeAmount
  private let least: Int
  private var deadline: Scheduled<Void>?
  private var look: Scheduled<Void>?
  private var waiting = 0

  private let connections: OpenConnections
  private var isCounted = false

  init(_ configuration: SiteConfiguration, counting connections: OpenConnections) {
    self.connections = connections
    requestTime = .milliseconds(Int64(configuration.requestSeconds * 1000))
    lookTime = .milliseconds(Int64(configuration.stallSeconds * 1000))
    least = max(1, Int(Self.leastPace * configuration.stallSeconds))
  }

  func handlerAdded(context: ChannelHandlerContext) {
    isCounted = true
    connections.add(1)
  }

  func handlerRemoved(context: ChannelHandlerContext) { end() }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  private func end() {
    if isCounted { connections.add(-1) }
    isCounted = false
    deadline?.cancel()
    look?.cancel()
    deadline = nil
    look = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      let channel = context.channel
      deadline = context.eventLoop.scheduleTask(in: requestTime) { channel.close(promise: nil) }
    case .body: break
    case .end:
      deadline?.cancel()
      deadline = nil
    }
    context.fireChannelRead(data)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    look?.cancel()
    look = nil
    if !context.channel.isWritable { watch(context) }
    context.fireChannelWritabilityChanged()
  }

  /// Looks after a while how much of what waited is gone.
  private func watch(_ context: ChannelHandlerContext) {
    waiting = Self.waiting(context.channel)
    let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
    look = context.eventLoop.scheduleTask(in: lookTime) {
      let (handler, context) = bound.value
      handler.look = nil
      guard !context.channel.isWritable else { return }
      if handler.waiting - Self.waiting(context.channel) < handler.least {
        context.close(promise: nil)
      } else {
        handler.watch(context)
      }
    }
  }

  /// Bytes that wait to be taken.
  private static func waiting(_ channel: any Channel) -> Int {
    (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }
}

@available(*, unavailable)
extension ConnectionPace: Sendable {}

/// How many connections are open, for the page of metrics.
final class OpenConnections: Sendable {
  private let count = Atomic<Int>(0)

  func add(_ difference: Int) { count.add(difference, ordering: .relaxed) }
  var now: Int { count.load(ordering: .relaxed) }
}

extension Server {
  /// Connections that slow clients cannot hold.
  var transport: HTTPServerBuilder {
    let (configuration, connections) = (site.configuration, connections)
    return .http1(
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [ConnectionPace(configuration, counting: connections)],
        idleTimeout: .milliseconds(Int64(configuration.idleSeconds * 1000))))
  }
}
