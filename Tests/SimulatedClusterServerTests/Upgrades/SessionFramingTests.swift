import NIOCore
import NIOWebSocket
import Testing

@testable import SimulatedClusterServer

@Suite("Session framing")
struct SessionFramingTests {
    @Test("binary messages carry the channel as their first byte")
    func binary() {
        let framing = SessionFraming(protocol: "v5.channel.k8s.io")
        #expect(framing.message([0, 104, 105]) == [0, 104, 105])
        #expect(Array(framing.frame([1, 65]).data.readableBytesView) == [1, 65])
    }

    @Test("base64 messages carry the channel as a digit")
    func base64() {
        let framing = SessionFraming(protocol: "v4.base64.channel.k8s.io")
        #expect(framing.message(Array("0aGk=".utf8)) == [0, 104, 105])
        #expect(String(buffer: framing.frame([1, 104, 105]).data) == "1aGk=")
    }

    @Test("text that is not in the framing is dropped", arguments: ["", "x", "0%%%", "aGk="])
    func nonsense(text: String) {
        #expect(SessionFraming(protocol: "base64.channel.k8s.io").message(Array(text.utf8)) == nil)
    }
}
