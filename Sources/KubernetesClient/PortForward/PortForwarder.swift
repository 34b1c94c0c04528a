import NIOCore
import NIOPosix
import Synchronization

/// A port of this machine that leads to a port of a pod. Which pod that is, is asked anew for every connection: one that is replaced
/// takes the next connection's place.
package final class PortForwarder: Sendable {
    /// Where a connection goes.
    package struct Destination: Sendable, Hashable {
        package var namespace: String
        package var pod: String
        package var port: Int

        package init(namespace: String, pod: String, port: Int) {
            self.namespace = namespace
            self.pod = pod
            self.port = port
        }
    }

    /// What has come of it so far.
    package struct Activity: Sendable, Hashable {
        package var open = 0
        package var total = 0
        /// Where the latest connection went.
        package var destination: Destination?
        /// Why the latest connection failed; nil when it did not.
        package var problem: String?
    }

    package let address: String
    package let port: Int
    private let state: ForwardState
    private let task: Task<Void, Never>

    /// Begins to listen.
    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - destination: where the next connection goes.
    ///   - onChange: told after every change of `activity`.
    /// - Throws: when the address can't be listened on.
    package init(
        _ client: ClusterClient, address: String, port: Int, destination: @escaping @Sendable () async throws -> Destination,
        onChange: @escaping @Sendable () -> Void
    ) async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(host: address, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let state = ForwardState(onChange: onChange)
        self.address = address
        self.port = server.channel.localAddress?.port ?? port
        self.state = state
        task = Task {
            // It ends by being cancelled, or with its socket: either way there is nothing left to do.
            try? await server.executeThenClose { connections in
                await withDiscardingTaskGroup { group in
                    do {
                        for try await local in connections {
                            group.addTask { await Self.serve(local, client, destination, state) }
                        }
                    } catch {
                        state.change { $0.problem = FailureText.of(error) }
                    }
                }
            }
        }
    }

    deinit {
        stop()
    }

    package func stop() {
        task.cancel()
    }

    package var activity: Activity { state.activity }

    // MARK: One connection

    /// How long nothing may come from a pod after the local end has said all.
    private static let lingering = Duration.seconds(5)

    private static func serve(
        _ local: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ client: ClusterClient,
        _ destination: @Sendable () async throws -> Destination, _ state: ForwardState
    ) async {
        state.change { activity in
            activity.open += 1
            activity.total += 1
        }
        defer { state.change { $0.open -= 1 } }
        do {
            try await local.executeThenClose { inbound, outbound in
                let destination = try await destination()
                let remote = try await client.connect(pod: destination.pod, namespace: destination.namespace, port: destination.port)
                state.change { activity in
                    activity.destination = destination
                    activity.problem = nil
                }
                await exchange(inbound, outbound, remote, state)
            }
        } catch {
            state.change { $0.problem = FailureText.of(error) }
        }
    }

    private static func exchange(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        _ remote: PortForwardConnection, _ state: ForwardState
    ) async {
        let received = ByteCount()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    for try await buffer in inbound where await !remote.write(Array(buffer.readableBytesView)) { return }
                    // The protocol has no word for "no more from here", and the answer may still be on its way: wait for silence.
                    var before = -1
                    while received.value != before {
                        before = received.value
                        try await Task.sleep(for: lingering)
                    }
                } catch {
                    // Cancelled, or the local end broke off.
                }
                remote.close()
            }
            group.addTask {
                reading: while let events = await remote.next() {
                    for event in events {
                        switch event {
                        case .data(let bytes):
                            received.add(bytes.count)
                            guard (try? await outbound.write(ByteBuffer(bytes: bytes))) != nil else { break reading }
                        case .failed(let problem): state.change { $0.problem = problem }
                        case .ended: break reading
                        }
                    }
                }
                outbound.finish()
                remote.close()
            }
            // Either end may be the one that is done first; the other needs no more than to notice.
            _ = await group.next()
            group.cancelAll()
        }
    }
}

/// How much has come so far.
private final class ByteCount: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add(_ bytes: Int) {
        count.withLock { $0 += bytes }
    }
}

private final class ForwardState: Sendable {
    private let current = Mutex(PortForwarder.Activity())
    private let onChange: @Sendable () -> Void

    init(onChange: @escaping @Sendable () -> Void) {
        self.onChange = onChange
    }

    var activity: PortForwarder.Activity { current.withLock { $0 } }

    func change(_ change: (inout PortForwarder.Activity) -> Void) {
        current.withLock { change(&$0) }
        onChange()
    }
}
