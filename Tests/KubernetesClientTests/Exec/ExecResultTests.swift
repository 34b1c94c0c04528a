import Testing

@testable import KubernetesClient

@Suite("What a command wrote")
struct ExecResultTests {
    @Test("all is taken that fits, of both streams, and how it ended")
    func fitting() {
        var result = ExecResult()
        let events: [ExecEvent] = [.output([1, 2]), .error([3]), .output([4]), .ended(.exited(7))]
        let fits = events.map { result.take($0, limit: 4) }
        #expect(fits == [true, true, true, true])
        #expect(result.output == [1, 2, 4])
        #expect(result.error == [3])
        #expect(result.exitStatus == 7)
    }

    @Test("what is more than the limit is not taken, and told", arguments: [ExecEvent.output([4, 5, 6]), .error([4, 5, 6])])
    func surplus(event: ExecEvent) {
        var result = ExecResult()
        let fits = [.output([1, 2, 3]), event].map { result.take($0, limit: 4) }
        #expect(fits == [true, false])
        #expect(result.output + result.error == [1, 2, 3, 4])
        #expect(result.end == .failed("it wrote more than 4 bytes"))
    }
}
