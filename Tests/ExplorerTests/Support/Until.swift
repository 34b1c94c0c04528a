import Testing

@testable import Explorer

/// Waits until something holds. What never does ends with the suite's `.timeLimit`, and tells where it was waited for.
/// - Parameter shell: what is on its screen is told too.
func until(
    in shell: Shell? = nil, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async rethrows {
    while try await !condition() {
        guard !Task.isCancelled else {
            Issue.record("this never came to hold\n\(shell?.picture(width: 120, height: 30) ?? "")", sourceLocation: sourceLocation)
            return
        }
        await Task.yield()
    }
}
