import Synchronization

/// Where whoever hands on a client's messages waits while the cluster has enough of them: a command that doesn't read keeps its client
/// from sending.
package final class SessionIntake: Sendable {
    private struct State {
        var isOpen = true
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    func close() {
        state.withLock { $0.isOpen = false }
    }

    func open() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.isOpen = true
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    package var isOpen: Bool { state.withLock(\.isOpen) }

    /// Returns when the next message may come. One may wait at a time; cancelling it opens the intake.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayGoOn = state.withLock { state -> Bool in
                    if !state.isOpen { state.waiting = continuation }
                    return state.isOpen
                }
                if mayGoOn { continuation.resume() }
            }
        } onCancel: {
            open()
        }
    }
}
