import KubernetesModel
import Testing

@testable import SimulatedClusterServer

@Suite("Waking the cluster")
struct WakeUpTests {
    private func at(_ second: Int) -> Instant { Instant(seconds: second) }

    @Test("an alarm is set anew only for an earlier time")
    func earliest() {
        var wakeUp = WakeUp()
        let sets = [5, 5, 9, 3].map { wakeUp.ask(for: at($0)) }
        #expect(sets == [true, false, false, true])
    }

    @Test("while it works no further turn begins, however often it is asked for; the earliest time asked for is kept")
    func oneTurn() {
        var wakeUp = WakeUp()
        let begins = (first: wakeUp.begin(), sets: [7, 4, 6].map { wakeUp.ask(for: at($0)) }, second: wakeUp.begin())
        #expect(begins.first && !begins.second)
        #expect(begins.sets == [false, false, false])
        let next = wakeUp.end(next: at(5))
        #expect(next == at(4))
        let isSet = wakeUp.ask(for: at(4))
        #expect(isSet)
    }

    @Test("after a turn in which nobody asked it is woken for what comes next, if anything does", arguments: [8, nil])
    func next(second: Int?) {
        var wakeUp = WakeUp()
        let hasBegun = wakeUp.begin()
        let next = wakeUp.end(next: second.map(at))
        #expect(hasBegun && next == second.map(at))
        let beginsAgain = wakeUp.begin()
        #expect(beginsAgain)
    }
}
