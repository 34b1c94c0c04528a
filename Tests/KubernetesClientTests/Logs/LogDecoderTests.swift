import KubernetesModel
import Testing

@testable import KubernetesClient

@Suite("Log decoder")
struct LogDecoderTests {
    private static let time = Instant(seconds: 1_785_578_400)

    private func stamp(_ nanoseconds: Int64) -> String {
        KubernetesTime.nanoseconds(Self.time.advanced(by: .nanoseconds(nanoseconds)))
    }

    private func decode(_ text: String, resumesAfter: LogPosition? = nil) -> [LogLine] {
        var decoder = LogDecoder(resumesAfter: resumesAfter)
        return decoder.append(Array(text.utf8)) + decoder.finish()
    }

    @Test("the container runtime's time is taken off the line")
    func times() {
        let lines = decode("\(stamp(5)) GET /  \u{1B}[31m\n\(stamp(6)) \nno time here\n2026-99-01T00:00:00Z odd")
        #expect(lines.map(\.text) == ["GET /  \u{1B}[31m", "", "no time here", "2026-99-01T00:00:00Z odd"])
        #expect(lines.map(\.time) == [Self.time.advanced(by: .nanoseconds(5)), Self.time.advanced(by: .nanoseconds(6)), nil, nil])
    }

    @Test("a resumed log leaves out what was read before, by time and by count within one time")
    func resumption() {
        let text = [(Int64(1), "a"), (2, "b"), (2, "c"), (2, "d"), (3, "e")].map { "\(stamp($0)) \($1)\n" }.joined()
        let before = Array(decode(text).prefix(3))
        let position = LogPosition.after(before, previous: nil)
        #expect(position == LogPosition(time: Self.time.advanced(by: .nanoseconds(2)), linesAtTime: 2))
        #expect(decode(text, resumesAfter: position).map(\.text) == ["d", "e"])
    }

    @Test("a resumed log is asked for by the second, and never by a number of lines")
    func resumedQuery() {
        let options = LogOptions(
            container: "web", follows: true, tailLines: 10, resumesAfter: LogPosition(time: Self.time.advanced(by: .milliseconds(1500))))
        let query = options.query.map { "\($0.name)=\($0.value)" }
        #expect(query == ["timestamps=true", "container=web", "follow=true", "sinceTime=2026-08-01T10:00:01Z"])
    }

    @Test("text that is not UTF-8 is shown as far as it goes")
    func invalidText() {
        var decoder = LogDecoder()
        #expect(decoder.append([0x61, 0xFF, 0x62, 0x0A]).map(\.text) == ["a\u{FFFD}b"])
    }
}
