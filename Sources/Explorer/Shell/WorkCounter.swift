/// Counts what is being done in the background. Work is counted before it starts, so that zero means idle.
package final class WorkCounter {
    package private(set) var pending = 0
    /// Called whenever the count reaches zero.
    var onIdle: () -> Void = {}

    /// Runs `body` beside the main loop.
    @discardableResult
    package func run(_ body: @escaping @MainActor () async -> Void) -> Task<Void, Never> {
        pending += 1
        return Task {
            await body()
            pending -= 1
            if pending == 0 { onIdle() }
        }
    }
}
