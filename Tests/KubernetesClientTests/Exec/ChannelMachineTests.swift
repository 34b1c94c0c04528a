import Testing

@testable import KubernetesClient

@Suite("Channel machine")
struct ChannelMachineTests {
    private func message(_ channel: UInt8, _ text: String) -> [UInt8] {
        [channel] + Array(text.utf8)
    }

    @Test("output and errors come on their channels; an empty message says nothing")
    func streams() {
        var machine = ChannelMachine(.v5)
        #expect(machine.received([0]) == [])
        #expect(machine.received([]) == [])
        #expect(machine.received([1]) == [])
        #expect(machine.received(message(1, "a\n")) == [.output(Array("a\n".utf8))])
        #expect(machine.received(message(2, "b")) == [.error(Array("b".utf8))])
        #expect(machine.received(message(9, "?")) == [])
    }

    @Test(
        "the status tells how the command ended",
        arguments: [
            (#"{"status":"Success"}"#, ExecEnd.exited(0)),
            (#"{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"7"}]}}"#, .exited(7)),
            (#"{"status":"Failure","reason":"InternalError","message":"no such file\u001b"}"#, .failed(#"no such file\u{1b}"#)),
        ])
    func status(json: String, end: ExecEnd) {
        var machine = ChannelMachine(.v4)
        #expect(machine.received(message(3, String(json.prefix(9)))) == [])
        #expect(machine.received(message(3, String(json.dropFirst(9)))) == [.ended(end)])
        #expect(machine.received(message(1, "late")) == [])
        #expect(machine.closed(because: "gone") == [])
    }

    @Test("a connection that ends without a status is told once")
    func lost() {
        var machine = ChannelMachine(.v4)
        #expect(machine.closed(because: "gone") == [.ended(.failed("gone"))])
        #expect(machine.closed(because: "gone") == [])
    }

    @Test("input, its end and a new size have their messages; only the fifth version knows an end")
    func messages() {
        #expect(ChannelMachine.input([65]) == [0, 65])
        #expect(ChannelMachine(.v5).endOfInput == [255, 0])
        #expect(ChannelMachine(.v4).endOfInput == nil)
        #expect(ChannelMachine.resize(.init(columns: 80, rows: 24)) == message(4, #"{"Width":80,"Height":24}"#))
    }
}
