import Testing

@testable import Explorer

@Suite("Structured log lines")
struct StructuredLineTests {
    @Test(
        "time, level and message are told apart from the other parts",
        arguments: [
            #"{"ts":"2026-01-02T03:04:05Z","level":"error","msg":"no such host","path":"/cart","took":12}"#,
            #"ts=2026-01-02T03:04:05Z lvl=ERR msg="no such host" path=/cart took=12"#,
        ])
    func parts(text: String) throws {
        let line = try #require(StructuredLine(text))
        #expect(line.time == "2026-01-02T03:04:05Z")
        #expect(line.level == .error)
        #expect(line.message == "no such host")
        #expect(line.fields == [.init(name: "path", value: "/cart"), .init(name: "took", value: "12")])
    }

    @Test("objects inside an object are named by their path")
    func nested() throws {
        let line = try #require(StructuredLine(#"{"severity":"WARNING","message":"slow","http":{"status":503}}"#))
        #expect(line.level == .warning)
        #expect(line["http.status"] == "503")
    }

    @Test("the header of Kubernetes's own components is understood")
    func component() throws {
        let line = try #require(StructuredLine("W0102 15:04:05.000000       1 reflector.go:12] watch closed"))
        #expect(line.level == .warning)
        #expect(line.message == "watch closed")
        #expect(line["source"] == "reflector.go:12")
    }

    @Test("a numbered level is read", arguments: [("30", LogLevel.info), ("50", .error)])
    func numbered(number: String, level: LogLevel) throws {
        #expect(try #require(StructuredLine(#"{"level":\#(number),"msg":"x"}"#)).level == level)
    }

    @Test(
        "text without structure is none",
        arguments: [
            "GET /cart 200", "", "{", "{}", "[1,2]", "a=b", "x = y", "Error: key=value missing", "{\"a\":", "say=\"never ends",
        ])
    func plain(text: String) {
        #expect(StructuredLine(text) == nil)
    }

    @Test(
        "conditions on parts compare levels by weight, numbers by size, texts by pattern",
        arguments: [
            ("level>=warn", true), ("level>error", false), ("level=ERROR", true), ("took>9", true), ("took<9", false), ("took=12", true),
            ("path~^/c", true), ("path!~^/c", false), ("path=/cart", true), ("user=x", false), ("user!=x", true),
            ("level>=warn took>9", true), ("level>=warn took>90", false),
        ])
    func conditions(text: String, isAdmitted: Bool) throws {
        let filter = try #require(LogFilter(text))
        let line = #"{"level":"error","msg":"m","path":"/cart","took":12}"#
        #expect(filter.admits(LogEntry(time: nil, source: "a:b", text: line)) == isAdmitted)
    }
}
