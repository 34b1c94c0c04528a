import Synchronization

/// A response that will be there later.
package final class DeferredResponse: Sendable {
    private struct State {
        var response: APIResponse?
        var reader: CheckedContinuation<APIResponse, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    /// The first response counts.
    func complete(_ response: APIResponse) {
        let reader = state.withLock { state -> CheckedContinuation<APIResponse, Never>? in
            guard state.response == nil else { return nil }
            state.response = response
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: response)
    }

    /// Nil as long as there is none.
    package var current: APIResponse? { state.withLock(\.response) }

    /// One reader may wait.
    package var value: APIResponse {
        get async {
            await withCheckedContinuation { continuation in
                let response = state.withLock { state -> APIResponse? in
                    if state.response == nil { state.reader = continuation }
                    return state.response
                }
                if let response { continuation.resume(returning: response) }
            }
        }
    }
}
