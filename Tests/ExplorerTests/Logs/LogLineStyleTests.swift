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

    @Test("the parts that were chosen become columns before the message, as wide as what is in them")
    func chosen() {
        let other = LogEntry(time: nil, source: "a:b", text: #"{"level":"info","msg":"fine","path":"/checkout"}"#)
        let widths = LogLineStyle.widths(of: ["took", "path"], in: [entry, other])
        let style = LogLineStyle(theme: theme, fields: ["took", "path"], widths: widths)
        #expect(style.line(entry, width: 80).plain == "WARN  12 /cart     slow answer  ")
        #expect(style.line(other, width: 80).plain == "INFO     /checkout fine  ")
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
