import NIOCore
import NIOWebSocket
import SimulatedCluster

/// Carries a session's messages over a WebSocket, both ways at the pace of the slower side.
struct SessionCarrier: Sendable {
    let session: DuplexSession
    let framing: SessionFraming
    let service: APIService

    /// Returns when either side has ended the session.
    func run(on channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>) async {
        // An error means that the client has gone: there is nobody to tell.
        try? await channel.executeThenClose { inbound, outbound in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await send(to: outbound) }
                group.addTask { await receive(from: inbound, answering: outbound) }
                await group.next()
                session.outbound.finish()
                group.cancelAll()
            }
        }
        session.outbound.finish()
        await service.receive(.closed, in: session)
    }

    private func send(to outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>) async {
        while let messages = await session.outbound.next() {
            guard (try? await outbound.write(contentsOf: messages.map(framing.frame))) != nil else { return }
            if session.outbound.takeRelief() { await service.receive(.drained, in: session) }
        }
        try? await outbound.write(.close(.normalClosure))
    }

    private func receive(
        from inbound: NIOAsyncChannelInboundStream<WebSocketFrame>, answering outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) async {
        do {
            for try await frame in inbound {
                switch frame.opcode {
                // Each frame is a message of its own, also one that goes on with another: so it is with the library of a real server.
                case .binary, .text, .continuation:
                    guard let message = framing.message(Array(frame.unmaskedData.readableBytesView)) else { continue }
                    await service.receive(.message(message), in: session)
                    await session.intake.wait()
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
