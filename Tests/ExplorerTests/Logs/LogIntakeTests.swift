import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("LogIntake", .timeLimit(.minutes(1)))
struct LogIntakeTests {
    private func batch(_ numbers: ClosedRange<Int>) -> [LogEntry] {
        numbers.map { LogEntry(time: Instant(seconds: $0), source: "a", text: "line \($0)") }
    }

    /// Lets what was started go on until it waits, or is done.
    private func settle() async {
        for _ in 0..<20 { await Task.yield() }
    }

    @Test("while somebody looks at old lines a full buffer keeps them, and new ones wait in their order")
    func lossless() async {
        let intake = LogIntake(limit: 10 * 72)
        await intake.insert(batch(0...7))
        intake.isHeld = true
        let writer = Task {
            await intake.insert(batch(8...12))
            await intake.insert(batch(13...14))
        }
        await settle()
        #expect(intake.isWaiting)
        #expect(intake.buffer.entries.map(\.text) == (0...7).map { "line \($0)" })
        #expect(intake.buffer.dropped == 0)
        intake.isHeld = false
        await writer.value
        #expect(intake.buffer.entries.last?.text == "line 14")
        #expect(intake.buffer.dropped + intake.buffer.entries.count == 15, "every line was put in")
    }

    @Test("as long as there is room nobody waits")
    func room() async {
        let intake = LogIntake(limit: 10 * 72)
        intake.isHeld = true
        await intake.insert(batch(0...3))
        #expect(intake.buffer.entries.count == 4 && !intake.isWaiting)
    }

    @Test("a writer that waits is let go when the log ends, and what it had is not put in")
    func end() async {
        let intake = LogIntake(limit: 2 * 72)
        await intake.insert(batch(0...1))
        intake.isHeld = true
        let writer = Task { await intake.insert(batch(2...3)) }
        await settle()
        #expect(intake.isWaiting)
        intake.end()
        await writer.value
        #expect(intake.buffer.entries.count == 2)
    }
}

@Suite("Jumping in a log")
struct LogJumpTests {
    private func buffer(_ texts: String...) -> LogBuffer {
        var buffer = LogBuffer()
        for (index, text) in texts.enumerated() {
            buffer.insert(
                text == "-"
                    ? LogEntry(time: nil, source: "", text: "", kind: .mark)
                    : LogEntry(time: Instant(seconds: index), source: "a", text: text))
        }
        return buffer
    }

    @Test("marks and bookmarks are gone through one by one, back and forth")
    func marks() throws {
        var buffer = buffer("one", "-", "two", "three", "four")
        buffer.toggleBookmark(at: 3)
        var pane = LogPane()
        var visited: [Int?] = []
        for direction in [-1, -1, 1] {
            let isFound = pane.jump(to: .mark, direction, in: buffer)
            #expect(isFound)
            visited.append(pane.bookmarkIndex(in: buffer))
        }
        #expect(visited == [3, 1, 3])
        let isFoundBehindTheLast = pane.jump(to: .mark, 1, in: buffer)
        #expect(!isFoundBehindTheLast)
    }

    @Test("with all lines shown, matches are gone through among them")
    func matches() {
        let buffer = buffer("an error", "fine", "another error", "fine again")
        var pane = LogPane()
        _ = pane.setFilter("error")
        pane.toggleHiding()
        var visited: [Int?] = []
        for direction in [-1, -1] {
            let isFound = pane.jump(to: .match, direction, in: buffer)
            #expect(isFound)
            visited.append(pane.bookmarkIndex(in: buffer))
        }
        #expect(visited == [2, 0])
    }

    @Test("an empty log can be scrolled, too, and shows the newest line when one comes")
    func emptyLog() throws {
        let shell = try TestShell.make()
        let feed = LogFeed(of: [], client: shell.session.client, now: shell.now) {}
        var pane = LogPane()
        func picture() -> String {
            var frame = Frame(size: Size(width: 12, height: 2))
            pane.draw(feed, in: frame.bounds, on: &frame, theme: shell.theme)
            return frame.picture
        }
        for move in [.last, .lines(1), .pages(1), .last, .pages(1), .last] as [LogPane.Move] {
            pane.move(move)
            #expect(picture().hasPrefix("No lines yet"))
        }
        pane.move(.lines(1))
        for text in ["one", "two", "three"] { feed.intake.insert(LogEntry(time: nil, source: "a", text: text)) }
        #expect(picture().contains("three"))
    }

    @Test("a bookmark is for the newest line while it is followed")
    func newest() {
        #expect(LogPane().bookmarkIndex(in: buffer("one", "two")) == 1)
        #expect(LogPane().bookmarkIndex(in: LogBuffer()) == nil)
    }
}

@Suite("Why there is no log")
struct LogSilenceTests {
    private static let now = Instant(seconds: 1_000_000)

    private func silence(_ pod: JSONObject) -> String? {
        let pod = KubernetesObject(pod)
        return ContainerLogState.all(of: pod).first?.silence(in: pod, now: Self.now)
    }

    @Test("what a container waits for and how it ended before are told")
    func waiting() {
        let state: JSONValue = [
            "name": "app", "restartCount": 0, "state": ["waiting": ["reason": "ImagePullBackOff", "message": "no such image"]],
            "lastState": [
                "terminated": ["reason": "Error", "exitCode": 3, "finishedAt": .string(KubernetesTime.seconds(Self.now - .seconds(120)))]
            ],
        ]
        #expect(
            silence(["kind": "Pod", "spec": ["containers": [["name": "app"]]], "status": ["containerStatuses": [state]]])
                == "ImagePullBackOff: no such image; the last run ended 2m ago (Error, exit code 3)")
    }

    @Test("of a pod on no node the scheduler's reason is told")
    func unscheduled() {
        let condition: JSONValue = ["type": "PodScheduled", "status": "False", "message": "0/3 nodes are available"]
        #expect(
            silence(["kind": "Pod", "spec": ["containers": [["name": "app"]]], "status": ["conditions": [condition]]])
                == "is on no node yet: 0/3 nodes are available")
    }

    @Test("of the warnings the latest of each reason is told, with its count")
    func warnings() {
        let events = [(10, "Failed", 1), (60, "BackOff", 4), (90, "BackOff", 3)].map { age, reason, count in
            KubernetesObject([
                "type": "Warning", "reason": .string(reason), "message": "m", "count": .number(JSONNumber(count)),
                "lastTimestamp": .string(KubernetesTime.seconds(Self.now - .seconds(age))),
            ])
        }
        #expect(LogWarnings.texts(of: events, now: Self.now) == ["10s ago Failed: m", "60s ago ×4 BackOff: m"])
    }
}
