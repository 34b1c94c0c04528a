import Testing

@testable import KubernetesClient

@Suite("Port-forward machine")
struct PortForwardMachineTests {
    @Test("each channel begins with the port's number, which is passed over")
    func begin() {
        var machine = PortForwardMachine()
        #expect(machine.received([0, 0x90, 0x1F]) == [])
        #expect(machine.received([1, 0x90, 0x1F]) == [])
        #expect(machine.received([0] + Array("hello".utf8)) == [.data(Array("hello".utf8))])
        #expect(machine.received([1] + Array("refused".utf8)) == [.failed("refused")])
    }

    @Test("what is empty or of another channel says nothing")
    func strange() {
        var machine = PortForwardMachine()
        #expect(machine.received([]) == [])
        #expect(machine.received([7, 1, 2, 3]) == [])
        #expect(machine.received([0]) == [])
    }

    @Test("the end is told once")
    func end() {
        var machine = PortForwardMachine()
        #expect(machine.closed(because: "gone") == [.ended])
        #expect(machine.closed(because: "gone") == [])
        #expect(machine.received([0, 1, 2, 3]) == [])
    }
}
