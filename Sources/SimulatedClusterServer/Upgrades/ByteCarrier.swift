import NIOCore
import SimulatedCluster

/// Carries a session over a connection that is its own: what the session says are the bytes to send.
struct ByteCarrier: Sendable {
    let session: DuplexSession
    let service: APIService

    /// Returns when either side has ended the session.
    func run(on channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
        // An error means that the client has gone: there is nobody to tell.
        try? await channel.executeThenClose { inbound, outbound in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    while let messages = await session.outbound.next() {
                        guard (try? await outbound.write(contentsOf: messages.map { ByteBuffer(bytes: $0) })) != nil else { return }
                        if session.outbound.takeRelief() { await service.receive(.drained, in: session) }
                    }
                }
                group.addTask { await receive(from: inbound) }
                await group.next()
                session.outbound.finish()
                group.cancelAll()
            }
        }
        session.outbound.finish()
        await service.receive(.closed, in: session)
    }

    private func receive(from inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async {
        do {
            for try await buffer in inbound {
                await service.receive(.message(Array(buffer.readableBytesView)), in: session)
                await session.intake.wait()
            }
        } catch {
            // As above: the connection broke.
        }
    }
}
