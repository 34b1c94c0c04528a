import Testing

@testable import Explorer

@Suite("Output without a terminal")
struct PlainOutputTests {
    private func shown(_ pieces: [UInt8]...) -> String {
        var output = PlainOutput()
        return String(decoding: pieces.flatMap { output.shown($0) }, as: UTF8.self)
    }

    @Test("control characters become visible, lines and tabs stay")
    func controls() {
        #expect(shown(Array("a\tb\n\u{1B}]52;c;x\u{7}\u{7F}\0".utf8)) == "a\tb\r\n␛]52;c;x␇␡␀")
        #expect(shown(Array("é 日 £\u{9B}2J".utf8)) == "é 日 £\u{FFFD}2J")
    }

    @Test("a character that comes in two pieces is one all the same")
    func pieces() {
        #expect(shown([0xC2], [0x9B, 0x41]) == "\u{FFFD}A")
        #expect(shown([0x41, 0xC2], [0xA3]) == "A£")
    }
}
