import Synchronization
import Testing

@testable import KubernetesClient

@Suite("Watchdog")
struct WatchdogTests {
    /// A clock that every sleep moves on by what was asked for, and once by more.
    func timing(oversleeping extra: Duration, at nap: Int) -> ReflectorTiming {
        let state = Mutex((now: Duration.zero, naps: 0))
        return ReflectorTiming(
            now: { state.withLock { $0.now } },
            sleep: { _ in },
            nap: { duration in
                state.withLock { state in
                    state.naps += 1
                    state.now += duration + (state.naps == nap ? extra : .zero)
                }
            },
            random: { 0 }
        )
    }

    @Test("silence up to the limit is none")
    func limit() async {
        let watchdog = Watchdog(limit: .seconds(310), now: .zero)
        #expect(await watchdog.bark(timing(oversleeping: .zero, at: 0)) == .seconds(310))
    }

    @Test(
        "a machine that slept is noticed when it wakes up, and a late wake-up is no sleep",
        arguments: [
            (Duration.seconds(3600), Duration.seconds(3630)), (.seconds(20), .seconds(310)),
        ])
    func sleep(extra: Duration, silence: Duration) async {
        let watchdog = Watchdog(limit: .seconds(310), now: .zero)
        #expect(await watchdog.bark(timing(oversleeping: extra, at: 2)) == silence)
    }

    @Test("a connection that is not read on purpose is not silent, but may be dead after a sleep")
    func paused() async {
        let watchdog = Watchdog(limit: .seconds(60), now: .zero)
        watchdog.pause()
        #expect(await watchdog.bark(timing(oversleeping: .seconds(600), at: 20)) == .seconds(900))
    }
}
