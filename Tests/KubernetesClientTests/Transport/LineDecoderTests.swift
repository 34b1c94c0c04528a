import Testing

@testable import KubernetesClient

@Suite("Line decoder")
struct LineDecoderTests {
    private func lines(_ parts: [String], limit: Int = 100) -> [String] {
        var decoder = LineDecoder(limit: limit)
        var lines: [LineDecoder.Line] = []
        for part in parts { lines += decoder.append(Array(part.utf8)) }
        lines += [decoder.finish()].compactMap { $0 }
        return lines.map { String(decoding: $0.bytes, as: UTF8.self) + ($0.isCut ? "…" : "") }
    }

    @Test("only a line feed ends a line")
    func lineFeedsOnly() {
        #expect(lines(["50%\r100%\r\n\u{2028}\u{85}\u{0B}\n\nend"]) == ["50%\r100%\r", "\u{2028}\u{85}\u{0B}", "", "end"])
    }

    @Test("a line may come in any number of pieces")
    func pieces() {
        #expect(lines(["a", "b", "c\nd", "\n"]) == ["abc", "d"])
    }

    @Test("a line over the limit is cut, and the next one is whole")
    func limit() {
        #expect(lines(["123456789", "0\nabc\n"], limit: 5) == ["12345…", "abc"])
        #expect(lines(["12345\n"], limit: 5) == ["12345"])
    }
}
