/// Counts what is being done in the background. Work is counted before it starts, so that zero means idle.
package final class WorkCounter {
    package private(set) var pending = 0
    /// Called whenever the count reaches zero.
    var onIdle: () -> Void = {}

    /// Runs `body` beside the main loop.
    @discardableResult
    package func run(_ body: @escaping @MainActor () async -> Void) -> Task<Void, Never> {
        begin()
        return Task {
            await body()
            end()
        }
    }

    /// For what is waited for without a task of its own; `end` ends it.
    func begin() {
        pending += 1
    }

    func end() {
        pending -= 1
        if pending == 0 { onIdle() }
    }
}
