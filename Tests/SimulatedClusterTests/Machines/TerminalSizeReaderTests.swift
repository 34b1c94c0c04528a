import Testing

@testable import SimulatedCluster

@Suite("Sizes of a client's terminal")
struct TerminalSizeReaderTests {
    private func read(_ messages: [String]) -> [TerminalSize?] {
        var reader = TerminalSizeReader()
        return messages.map { reader.last(after: Array($0.utf8)) }
    }

    @Test("a size may be cut into messages anywhere, and several may stand in one")
    func cut() {
        #expect(read([#"{"Wid"#, #"th":80,"Hei"#, #"ght":24}"#]) == [nil, nil, TerminalSize(width: 80, height: 24)])
        #expect(read([#"{"Width":1,"Height":2} {"Width":3,"Height":4}"# + "\n"]) == [TerminalSize(width: 3, height: 4)])
        #expect(read([#"{"x":"}","Width":7}"#]) == [TerminalSize(width: 7, height: 0)])
    }

    @Test("names are read in letters of any case")
    func letters() {
        #expect(read([#"{"width":80,"HEIGHT":24}"#]) == [TerminalSize(width: 80, height: 24)])
    }

    @Test(
        "after a size that is none, no other is read",
        arguments: [#"{"Width":70000,"Height":1}"#, #"{"Width":-1}"#, "5", #"{"Width":"80"}"#, "{]}"])
    func wrong(message: String) {
        #expect(read([message, #"{"Width":80,"Height":24}"#]) == [nil, nil])
    }
}
