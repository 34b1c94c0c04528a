import Testing

@testable import SimulatedCluster

@Suite("Bytes that reach a server")
struct ServerConversationTests {
    private static let exchange = Array(
        """
        POST /a HTTP/1.1\r
        Host: h\r
        Transfer-Encoding: chunked\r
        \r
        3\r
        abc\r
        0\r
        \r
        PUT /b HTTP/1.1\r
        X-Kind:  two words\r
        Content-Length: 2\r
        \r
        xyGET /c?d=e HTTP/1.0\r
        \r

        """.utf8)

    @Test("requests follow each other, with headers and bodies, however the bytes are cut", arguments: [1, 2, 7, 1000])
    func requests(step: Int) {
        var conversation = ServerConversation()
        var messages: [ServerConversation.Message] = []
        for start in stride(from: 0, to: Self.exchange.count, by: step) {
            messages += conversation.receive(Array(Self.exchange[start..<min(start + step, Self.exchange.count)]))
        }
        #expect(
            messages == [
                .http(HTTPRequest(method: "POST", path: "/a", host: "h", body: Array("abc".utf8)), keepsAlive: true),
                .http(
                    HTTPRequest(
                        method: "PUT", path: "/b", host: "",
                        fields: [HTTPField("x-kind", "two words"), HTTPField("content-length", "2")], body: Array("xy".utf8)),
                    keepsAlive: true),
                .http(HTTPRequest(method: "GET", path: "/c?d=e", host: ""), keepsAlive: false),
            ])
    }

    @Test("what doesn't begin like HTTP is taken as lines")
    func lines() {
        var conversation = ServerConversation()
        #expect(conversation.receive(Array("PING\r\nGET key\r\n".utf8)) == [.command("PING"), .command("GET key")])
    }

    @Test("broken heads are malformed", arguments: ["GET /\r\n\r\n", "GET nowhere HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nnonsense\r\n\r\n"])
    func malformed(text: String) {
        var conversation = ServerConversation()
        #expect(conversation.receive(Array(text.utf8)) == [.malformed])
    }
}
