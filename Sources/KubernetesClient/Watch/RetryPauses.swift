import Synchronization

/// The pauses of all reflectors of a client between their attempts. Whoever gets an answer from a server that was away ends those of the
/// others, which would else go on showing what was true before.
final class RetryPauses: Sendable {
    private struct Pause {
        let sleep: Task<Void, Never>
        let endsWithAnswer: Bool
    }

    private struct State {
        var pauses: [Int: Pause] = [:]
        var begun = 0
    }

    private let state = Mutex(State())

    /// Returns when the time is over, the pause was ended, or the task is cancelled.
    /// - Parameter endsWithAnswer: whether the first answer to anybody ends it.
    /// - Returns: whether it was ended before its time.
    func pause(endsWithAnswer: Bool, _ sleep: @escaping @Sendable () async throws -> Void) async -> Bool {
        let task = Task(priority: .utility) { _ = try? await sleep() }
        let id = state.withLock { state in
            state.begun += 1
            state.pauses[state.begun] = Pause(sleep: task, endsWithAnswer: endsWithAnswer)
            return state.begun
        }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        return state.withLock { $0.pauses.removeValue(forKey: id) } == nil
    }

    /// Something was answered.
    func endThoseForAnAnswer() {
        end { $0.endsWithAnswer }
    }

    func endAll() {
        end { _ in true }
    }

    private func end(where isMeant: (Pause) -> Bool) {
        let ended = state.withLock { state in
            let ended = state.pauses.filter { isMeant($0.value) }
            ended.keys.forEach { state.pauses[$0] = nil }
            return ended
        }
        for pause in ended.values { pause.sleep.cancel() }
    }
}
