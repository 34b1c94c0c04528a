import TextUI
import Testing

@testable import Explorer

@Suite("Log lines on the screen")
struct LogLineStyleTests {
    private let theme = Theme(name: "plain", styles: [:])
    private let entry = LogEntry(time: nil, source: "a:b", text: #"{"level":"warn","msg":"slow answer","path":"/cart","took":12}"#)

    @Test("a structured line shows level and message, then its parts")
    func structured() {
        #expect(LogLineStyle(theme: theme).line(entry, width: 80).plain == "WARN  slow answer  path=/cart took=12 ")
    }

    @Test("only the parts that were chosen are shown, in the order chosen")
    func chosen() {
        #expect(LogLineStyle(theme: theme, fields: ["took"]).line(entry, width: 80).plain == "WARN  slow answer  took=12 ")
        #expect(LogLineStyle(theme: theme, fields: []).line(entry, width: 80).plain == "WARN  slow answer  ")
    }

    @Test("raw shows the line as it was written")
    func raw() {
        #expect(LogLineStyle(theme: theme, isRaw: true).line(entry, width: 80).plain == entry.text)
    }

    @Test("control sequences in a message do no harm")
    func hostile() {
        let entry = LogEntry(time: nil, source: "a:b", text: #"{"level":"info","msg":"\u001b[2Jgone"}"#)
        #expect(LogLineStyle(theme: theme).line(entry, width: 80).plain == "INFO  ␛[2Jgone  ")
    }
}
