package import KubernetesModel

/// The events of one reflector, in batches: all that came since the consumer last asked.
///
/// It never fails and never ends by itself: failures are events. It stops when its last copy is let go, or the task that
/// reads it is cancelled. A consumer that is slow slows the reading from the server down; nothing is queued without bound.
package struct ReflectorStream: AsyncSequence, Sendable {
    package typealias Element = [ReflectorEvent]
    package typealias Failure = Never

    private let source: Source

    /// Runs `produce` for as long as somebody can read; it sends what happens into the channel.
    init(produce: @escaping @Sendable (BatchChannel<ReflectorEvent>) async -> Void) {
        source = Source(produce: produce)
    }

    /// A stream of prepared batches, for trying consumers out.
    package init(_ batches: [[ReflectorEvent]]) {
        self.init { channel in
            for batch in batches { await channel.send(batch) }
            channel.finish()
        }
    }

    /// Only the objects that are wanted: of others it is told that they are gone.
    package func selecting(_ isWanted: @escaping @Sendable (KubernetesObject) -> Bool) -> ReflectorStream {
        ReflectorStream { channel in
            for await batch in self {
                await channel.send(
                    batch.compactMap { event in
                        switch event {
                        case .initial(let object): isWanted(object) ? event : nil
                        case .applied(let object): isWanted(object) ? event : .deleted(object)
                        default: event
                        }
                    })
            }
            channel.finish()
        }
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(source: source)
    }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let source: Source

        package mutating func next() async -> [ReflectorEvent]? {
            await source.channel.next()
        }

        package mutating func next(isolation actor: isolated (any Actor)?) async -> [ReflectorEvent]? {
            await source.channel.next()
        }
    }

    /// Owns the producing task: it ends with the last reader.
    fileprivate final class Source: Sendable {
        let channel = BatchChannel<ReflectorEvent>(capacity: 1024)
        private let task: Task<Void, Never>

        init(produce: @escaping @Sendable (BatchChannel<ReflectorEvent>) async -> Void) {
            let channel = channel
            task = Task { await produce(channel) }
        }

        deinit {
            task.cancel()
            channel.finish()
        }
    }
}
