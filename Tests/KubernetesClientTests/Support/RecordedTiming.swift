import Synchronization

@testable import KubernetesClient

/// A time in which retries come at once. A watchdog's naps last until they are cancelled, or end at once too with the clock moved on
/// by as much.
final class RecordedTiming: Sendable {
    private struct State {
        var now = Duration.zero
        var slept: [Duration] = []
    }

    private let state = Mutex(State())
    private let jumps: Bool

    init(jumps: Bool = false) {
        self.jumps = jumps
    }

    /// The sleeps between attempts so far.
    var slept: [Duration] { state.withLock { $0.slept } }

    var timing: ReflectorTiming {
        ReflectorTiming(
            now: { [self] in state.withLock { $0.now } },
            sleep: { [self] duration in state.withLock { $0.slept.append(duration) } },
            nap: { [self] in try await nap($0) },
            random: { 0 }
        )
    }

    private func nap(_ duration: Duration) async throws {
        if jumps {
            state.withLock { $0.now += duration }
        } else {
            try await Task.sleep(for: .seconds(3600))
        }
    }
}

extension ReflectorTiming {
    static var impatient: ReflectorTiming { RecordedTiming().timing }
}
