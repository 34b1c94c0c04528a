import Testing

@testable import Explorer

@Suite("FramePacer")
struct FramePacerTests {
    @Test("the first change is drawn at once, the next ones together after the interval")
    func pacing() {
        var pacer = FramePacer()
        #expect(pacer.dataChanged(now: .milliseconds(0)) == .drawNow)
        pacer.frameDrawn(now: .milliseconds(0))
        #expect(pacer.dataChanged(now: .milliseconds(10)) == .drawAfter(.milliseconds(23)))
        #expect(pacer.dataChanged(now: .milliseconds(20)) == .wait)
        let isWanted = pacer.delayPassed()
        #expect(isWanted)
        pacer.frameDrawn(now: .milliseconds(33))
        #expect(pacer.dataChanged(now: .milliseconds(70)) == .drawNow)
    }

    @Test("a frame drawn for a key makes the scheduled one needless")
    func key() {
        var pacer = FramePacer()
        pacer.frameDrawn(now: .milliseconds(0))
        _ = pacer.dataChanged(now: .milliseconds(10))
        pacer.frameDrawn(now: .milliseconds(12))
        let isWanted = pacer.delayPassed()
        #expect(!isWanted)
    }
}
