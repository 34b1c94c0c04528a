/// Time and chance, as reflectors use them; tests put their own in place.
struct ReflectorTiming: Sendable {
    /// Of a clock that never goes back.
    var now: @Sendable () -> Duration
    /// Between attempts.
    var sleep: @Sendable (Duration) async throws -> Void
    /// Of who looks whether a connection is alive.
    var nap: @Sendable (Duration) async throws -> Void
    /// In 0..<1.
    var random: @Sendable () -> Double

    static let real: ReflectorTiming = {
        let start = ContinuousClock.now
        return ReflectorTiming(
            now: { start.duration(to: .now) },
            sleep: { try await Task.sleep(for: $0) },
            nap: { try await Task.sleep(for: $0) },
            random: { Double.random(in: 0..<1) }
        )
    }()
}
