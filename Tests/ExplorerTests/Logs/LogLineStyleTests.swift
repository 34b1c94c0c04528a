import Foundation
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Log lines on the screen")
struct LogLineStyleTests {
    private let theme = Theme(name: "plain", styles: [:])
    private let entry = LogEntry(time: nil, source: "a:b", text: #"{"level":"warn","msg":"slow answer","path":"/cart","took":12}"#)

    @Test("a structured line shows level and message, then its parts")
    func structured() {
        #expect(LogLineStyle(theme: theme).line(entry, width: 80).plain == "WARN  slow answer  path=/cart took=12 ")
    }

    @Test("the parts that were chosen become columns before the message, as wide as their names and what is in them")
    func chosen() {
        let other = LogEntry(time: nil, source: "a:b", text: #"{"level":"info","msg":"fine","path":"/checkout"}"#)
        let widths = LogLineStyle.widths(of: ["took", "path"], in: [entry, other])
        let style = LogLineStyle(theme: theme, fields: ["took", "path"], widths: widths)
        #expect(style.line(entry, width: 80).plain == "WARN  12   /cart     slow answer  ")
        #expect(style.line(other, width: 80).plain == "INFO       /checkout fine  ")
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

    @Test("chosen parts stand below their names, also where lines come from several containers")
    func header() throws {
        let entries = [("a:app", "/"), ("longer:app", "/cart")].map { source, path in
            LogEntry(time: Instant(seconds: 0), source: source, text: #"{"level":"info","msg":"done","path":"\#(path)"}"#)
        }
        var style = LogLineStyle(theme: theme, showsSource: true, fields: ["path"])
        style.widths = LogLineStyle.widths(of: ["path"], in: entries)
        style.sourceWidth = 10
        let header = try #require(style.header?.plain)
        let column = try #require(header.range(of: "PATH").map { header.distance(from: header.startIndex, to: $0.lowerBound) })
        for (entry, path) in zip(entries, ["/ ", "/c"]) {
            #expect(style.line(entry, width: 80).plain.dropFirst(column).hasPrefix(path))
        }
        #expect(LogLineStyle(theme: theme).header == nil)
    }

    @Test("a bookmarked line says so")
    func bookmark() {
        var entry = LogEntry(time: nil, source: "a", text: "plain")
        entry.isBookmarked = true
        #expect(LogLineStyle(theme: theme).line(entry, width: 80).plain == "★ plain")
    }
}
