import Testing

@testable import SimulatedClusterServer

@Suite("Request targets")
struct RequestTargetTests {
    @Test("a path stays encoded, a query is decoded in its order")
    func splits() {
        let target = RequestTarget("/api/v1/pods/a%2Fb?labelSelector=app%3Dweb%2Ctier+in+(x)&watch&limit=")
        #expect(target.path == "/api/v1/pods/a%2Fb")
        #expect(target.query.map(\.name) == ["labelSelector", "watch", "limit"])
        #expect(target.query.map(\.value) == ["app=web,tier in (x)", "", ""])
    }

    @Test("what is no encoding stays as it is", arguments: ["%", "%4", "%zz", "100%"])
    func brokenEncodings(value: String) {
        #expect(RequestTarget("/?q=\(value)").query.first?.value == value)
    }

    @Test("bytes that are not UTF-8 are replaced, not trusted")
    func invalidBytes() {
        #expect(RequestTarget("/?q=%FF").query.first?.value == "\u{FFFD}")
    }
}
