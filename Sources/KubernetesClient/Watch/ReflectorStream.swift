package import KubernetesModel

/// The events of one reflector, in batches: all that came since the consumer last asked.
///
/// It never fails and never ends by itself: failures are events. It stops when its last copy is let go, or the task that
/// reads it is cancelled. A consumer that is slow slows the reading from the server down; nothing is queued without bound.
package struct ReflectorStream: AsyncSequence, Sendable {
    package typealias Element = [ReflectorEvent]
    package typealias Failure = Never

    private let source: Source

    /// How many events may wait for their reader: objects take memory.
    static let capacity = 256

    /// Reads a channel that others fill.
    /// - Parameter onEnd: called when nobody can read any longer.
    init(_ channel: BatchChannel<ReflectorEvent>, onEnd: @escaping @Sendable () -> Void) {
        source = Source(channel, onEnd: onEnd)
    }

    /// Runs `fill` for as long as somebody can read.
    private init(_ fill: @escaping @Sendable (BatchChannel<ReflectorEvent>) async -> Void) {
        let channel = BatchChannel<ReflectorEvent>(capacity: Self.capacity)
        let task = Task(priority: .utility) {
            await fill(channel)
            channel.finish()
        }
        self.init(channel) { task.cancel() }
    }

    /// A stream of prepared batches, for trying consumers out.
    package init(_ batches: [[ReflectorEvent]]) {
        self.init { channel in
            for batch in batches { await channel.send(batch) }
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

    /// Shared by the copies of a stream: what fills the channel ends with the last of them.
    fileprivate final class Source: Sendable {
        let channel: BatchChannel<ReflectorEvent>
        private let onEnd: @Sendable () -> Void

        init(_ channel: BatchChannel<ReflectorEvent>, onEnd: @escaping @Sendable () -> Void) {
            self.channel = channel
            self.onEnd = onEnd
        }

        deinit {
            channel.finish()
            onEnd()
        }
    }
}
