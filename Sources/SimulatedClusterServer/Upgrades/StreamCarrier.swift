import NIOCore
import NIOWebSocket
import SimulatedCluster

/// Carries an answer that goes on over a WebSocket: the events of a watch, or a log that is followed.
struct StreamCarrier: Sendable {
    let source: ByteChannel
    let framing: StreamFraming

    /// Returns when the answer has ended, or the client has gone.
    func run(on channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>) async {
        // An error means that the client has gone: there is nobody to tell.
        try? await channel.executeThenClose { inbound, outbound in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await send(to: outbound) }
                group.addTask { await listen(to: inbound, answering: outbound) }
                await group.next()
                source.finish()
                group.cancelAll()
            }
        }
        source.finish()
    }

    private func send(to outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>) async {
        while let bytes = await source.next() {
            guard (try? await outbound.write(contentsOf: framing.frames(of: bytes))) != nil else { return }
        }
        if !source.isCutOff { try? await outbound.write(.close(.normalClosure)) }
    }

    /// The client has nothing to say but that it is still there.
    private func listen(
        to inbound: NIOAsyncChannelInboundStream<WebSocketFrame>, answering outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) async {
        do {
            for try await frame in inbound {
                switch frame.opcode {
                case .ping: try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
                case .connectionClose:
                    return try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData))
                default: continue
                }
            }
        } catch {
            // As above: the connection broke.
        }
    }
}
