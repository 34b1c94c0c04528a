import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The virtual clock")
struct TimelineTests {
    private let timeline = Timeline(now: Instant(seconds: 0))

    @Test("what is due happens in the order of time, then of planning")
    func order() {
        var happened: [String] = []
        timeline.schedule(at: Instant(seconds: 2)) { happened.append("late") }
        timeline.schedule(at: Instant(seconds: 1)) { happened.append("first") }
        timeline.schedule(at: Instant(seconds: 1)) { happened.append("second") }
        timeline.schedule(at: Instant(seconds: 9)) { happened.append("never") }
        timeline.advance(to: Instant(seconds: 5))
        #expect(happened == ["first", "second", "late"])
        #expect(timeline.nextWakeUp == Instant(seconds: 9))
        #expect(timeline.now == Instant(seconds: 5))
    }

    @Test("what an action plans happens in the same advance when it is due")
    func nested() {
        var times: [Int] = []
        timeline.schedule(at: Instant(seconds: 1)) { [timeline] in
            timeline.schedule(after: .seconds(1)) { times.append(timeline.now.seconds) }
        }
        timeline.advance(to: Instant(seconds: 3))
        #expect(times == [2])
    }

    @Test("what is cancelled does not happen")
    func cancelled() {
        var happened = false
        let appointment = timeline.schedule(at: Instant(seconds: 1)) { happened = true }
        timeline.cancel(appointment)
        #expect(timeline.nextWakeUp == nil)
        timeline.advance(to: Instant(seconds: 2))
        #expect(!happened)
    }
}
