import Foundation
import NIOCore

/// Lets the system find out that nobody is at the other end of a silent connection any more. A log may say nothing for hours, and neither a
/// router that has forgotten its connection nor a machine that slept through its end tells of it.
enum KeepAlive {
    /// Seconds of silence before the first probe, and between two: what Go's clients have, kubectl among them.
    static let interval = 15
    /// So many without an answer end the connection.
    static let probes = 9

    static func enable(on channel: any Channel) -> EventLoopFuture<Void> {
        let set = options.map { channel.setOption($0, value: $1) }
        return EventLoopFuture.andAllSucceed(set, on: channel.eventLoop)
    }

    static let options: [(ChannelOptions.Types.SocketOption, Int)] = [
        (.init(level: .socket, name: .so_keepalive), 1),
        (.init(level: .tcp, name: .init(rawValue: TCP_KEEPIDLE)), interval),
        (.init(level: .tcp, name: .init(rawValue: TCP_KEEPINTVL)), interval),
        (.init(level: .tcp, name: .init(rawValue: TCP_KEEPCNT)), probes),
    ]
}
