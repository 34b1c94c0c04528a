import NIOCore
import NIOWebSocket
import Testing

@testable import SimulatedClusterServer

@Suite("Framing of answers that go on")
struct StreamFramingTests {
    private func texts(_ framing: StreamFraming, _ text: String) -> [String] {
        framing.frames(of: Array(text.utf8)).map { String(buffer: $0.data) }
    }

    @Test("each event of a watch is a message")
    func lines() {
        #expect(texts(.lines, "{\"a\":1}\n{\"b\":2}\n") == ["{\"a\":1}", "{\"b\":2}"])
    }

    @Test("bytes go as they are, or in base64 for clients that ask for it")
    func bytes() {
        #expect(StreamFraming(offered: []) == .binary(protocol: ""))
        #expect(StreamFraming(offered: ["other, binary.k8s.io"]) == .binary(protocol: "binary.k8s.io"))
        #expect(texts(StreamFraming(offered: ["binary.k8s.io"]), "a\nb\n") == ["a\nb\n"])
        #expect(texts(StreamFraming(offered: ["base64.binary.k8s.io"]), "hi") == ["aGk="])
    }
}
