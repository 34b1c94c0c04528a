import KubernetesModel
import Testing

@testable import KubernetesClient

@Suite("Watch machine")
struct WatchMachineTests {
    private static let start = Duration.seconds(1000)

    private func machine(streaming: Bool = true) -> WatchMachine {
        WatchMachine(supportsStreamingList: streaming, random: { 0 })
    }

    /// A machine that has listed version 10 and watches from there.
    private func watching(streaming: Bool = false) -> WatchMachine {
        var machine = machine(streaming: streaming)
        _ = machine.begin()
        if streaming {
            _ = machine.opened()
            _ = machine.received([.mark("10")], now: Self.start)
        } else {
            _ = machine.pageEnded(ListPage(resourceVersion: "10"))
            _ = machine.opened()
        }
        return machine
    }

    // MARK: First sync

    @Test("it begins with a streaming list of the latest version")
    func beginsStreaming() {
        var machine = machine()
        #expect(machine.begin().step == .watch(.init(resourceVersion: nil, timeoutSeconds: 300)))
    }

    @Test("existing objects are initial until the mark, which makes them ready at its version")
    func streamingListUntilMark() {
        var machine = machine()
        _ = machine.begin()
        #expect(machine.opened().events == [.restarting])
        let first = machine.received([.added(.pod("a", "7")), .added(.pod("b", "3"))], now: Self.start)
        #expect(first.events == [.initial(.pod("a", "7")), .initial(.pod("b", "3")), .progress(loaded: 2, remaining: nil)])
        #expect(machine.lastVersion == nil)
        let mark = machine.received([.mark("9"), .modified(.pod("a", "11"))], now: Self.start)
        #expect(mark.events == [.progress(loaded: 2, remaining: 0), .ready(resourceVersion: "9"), .applied(.pod("a", "11"))])
        #expect(mark.step == nil)
        #expect(machine.lastVersion == "11")
    }

    @Test("a server that rejects streaming lists is listed in pages at once", arguments: [400, 405, 404, 422, 501])
    func streamingListRejected(code: Int) {
        var machine = machine()
        _ = machine.begin()
        let output = machine.failed(.status(code), now: Self.start)
        if code == 501 {
            #expect(output.step == .wait(.milliseconds(800)))
        } else {
            #expect(output == .init(step: .list(.init(limit: 500))))
            #expect(!machine.supportsStreamingList)
        }
    }

    @Test("credentials and quotas say nothing about streaming lists", arguments: [401, 429])
    func streamingListNotAllowed(code: Int) {
        var machine = machine()
        _ = machine.begin()
        _ = machine.failed(.status(code), now: Self.start)
        #expect(machine.supportsStreamingList)
        #expect(machine.wokeUp().step == .watch(.init(resourceVersion: nil, timeoutSeconds: 300)))
    }

    @Test("two streams in a row that end before the mark lead to a list")
    func unfinishedStreams() {
        var machine = machine()
        _ = machine.begin()
        _ = machine.opened()
        #expect(machine.bodyEnded(lived: .seconds(5), now: Self.start).step == .wait(.milliseconds(800)))
        _ = machine.wokeUp()
        _ = machine.opened()
        #expect(machine.bodyEnded(lived: .seconds(5), now: Self.start).step == .list(.init(limit: 500)))
    }

    @Test("a bookmark before the mark is the answer of a server that doesn't know streaming lists")
    func bookmarkBeforeMark() {
        var machine = machine()
        _ = machine.begin()
        _ = machine.opened()
        #expect(
            machine.received([.bookmark(resourceVersion: "4", endsInitialEvents: false)], now: Self.start).step == .list(.init(limit: 500)))
    }

    // MARK: Lists

    @Test("pages follow each other by their tokens, and the last one makes the list ready")
    func pages() {
        var machine = machine(streaming: false)
        #expect(machine.begin().step == .list(.init(limit: 500)))
        #expect(machine.listed([.pod("a", "1")]).events == [.restarting, .initial(.pod("a", "1"))])
        let first = machine.pageEnded(ListPage(resourceVersion: "10", continueToken: "t", remaining: 1))
        #expect(first.events == [.progress(loaded: 1, remaining: 1)])
        #expect(first.step == .list(.init(limit: 500, continueToken: "t")))
        #expect(machine.listed([.pod("b", "2")]).events == [.initial(.pod("b", "2"))])
        let last = machine.pageEnded(ListPage(resourceVersion: "12"))
        #expect(last.events == [.progress(loaded: 2, remaining: 0), .ready(resourceVersion: "12")])
        #expect(last.step == .watch(.init(resourceVersion: "12", timeoutSeconds: 300)))
    }

    @Test("a last page without a version leaves the first one's")
    func versionOfFirstPage() {
        var machine = machine(streaming: false)
        _ = machine.begin()
        _ = machine.pageEnded(ListPage(resourceVersion: "10", continueToken: "t"))
        #expect(machine.pageEnded(ListPage()).step == .watch(.init(resourceVersion: "10", timeoutSeconds: 300)))
    }

    @Test("an expired page token is met by one more try in pages, then by one in a piece")
    func expiredToken() {
        var machine = machine(streaming: false)
        _ = machine.begin()
        _ = machine.pageEnded(ListPage(resourceVersion: "10", continueToken: "t"))
        #expect(machine.failed(.status(410), now: Self.start).step == .list(.init(limit: 500)))
        #expect(machine.listed([]).events == [.restarting])
        _ = machine.pageEnded(ListPage(resourceVersion: "20", continueToken: "u"))
        #expect(machine.failed(.status(410), now: Self.start).step == .list(.init()))
    }

    // MARK: Watching

    @Test("each change moves the version on, and so does a bookmark")
    func versions() {
        var machine = watching()
        let output = machine.received(
            [.added(.pod("a", "11")), .deleted(.pod("a", "12")), .bookmark(resourceVersion: "15", endsInitialEvents: false)],
            now: Self.start
        )
        #expect(output.events == [.applied(.pod("a", "11")), .deleted(.pod("a", "12"))])
        #expect(machine.lastVersion == "15")
    }

    @Test("a watch that ends is opened again at once from where it was")
    func cleanEnd() {
        var machine = watching()
        _ = machine.received([.added(.pod("a", "11"))], now: Self.start)
        #expect(
            machine.bodyEnded(lived: .milliseconds(3), now: Self.start)
                == .init(step: .watch(.init(resourceVersion: "11", timeoutSeconds: 300))))
        _ = machine.opened()
        #expect(machine.bodyEnded(lived: .seconds(400), now: Self.start).step == .watch(.init(resourceVersion: "11", timeoutSeconds: 300)))
    }

    @Test("watches that end at once without an event are slowed down, and the third leads to a list")
    func shortWatches() {
        var machine = watching()
        for (delay, next) in [(800, "10"), (1600, "10")] {
            #expect(machine.bodyEnded(lived: .milliseconds(10), now: Self.start).step == .wait(.milliseconds(delay)))
            #expect(machine.wokeUp().step == .watch(.init(resourceVersion: next, timeoutSeconds: 300)))
            _ = machine.opened()
        }
        #expect(machine.bodyEnded(lived: .milliseconds(10), now: Self.start).step == .wait(.milliseconds(3200)))
        #expect(machine.wokeUp().step == .list(.init(limit: 500)))
    }

    @Test("a watch that is told 410 lists again, not older than what was seen", arguments: [true, false])
    func expired(inStream: Bool) {
        var machine = watching()
        _ = machine.received([.added(.pod("a", "11"))], now: Self.start)
        let output =
            inStream
            ? machine.received([.error(ServerStatus(code: 410, reason: "Expired")), .added(.pod("b", "12"))], now: Self.start)
            : machine.failed(.status(410), now: Self.start)
        #expect(output == .init(step: .list(.init(notOlderThan: "11"))))
        #expect(machine.listed([.pod("a", "11")]).events == [.restarting, .initial(.pod("a", "11"))])
        #expect(machine.pageEnded(ListPage(resourceVersion: "30")).step == .watch(.init(resourceVersion: "30", timeoutSeconds: 300)))
    }

    @Test(
        "when even that is expired or not yet reached, the latest version is listed at once",
        arguments: [
            ServerStatus(code: 410, reason: "Expired"),
            ServerStatus(code: 504, reason: "Timeout", causes: [.init(reason: "ResourceVersionTooLarge", message: "", field: "")]),
        ])
    func expiredList(status: ServerStatus) {
        var machine = watching()
        _ = machine.failed(.status(410), now: Self.start)
        #expect(machine.failed(ClientError(.list, cause: .status(status)), now: Self.start) == .init(step: .list(.init(limit: 500))))
    }

    @Test("a server whose lists are too old for its watches isn't asked in a hot loop")
    func expiredAtOnce() {
        var machine = watching()
        var steps: [WatchMachine.Step?] = []
        for _ in 0..<3 {
            steps.append(machine.failed(.status(410), now: Self.start).step)
            if steps.last != .wait(.milliseconds(800)) { _ = machine.pageEnded(ListPage(resourceVersion: "10")) }
        }
        #expect(steps.last == .wait(.milliseconds(800)))
        #expect(machine.wokeUp().step == .list(.init(limit: 500)))
    }

    // MARK: Failures

    @Test("a lost connection is opened again from the same version, later each time, and tells when it is back")
    func lostConnection() {
        var machine = watching()
        let error = ClientError(.watch, cause: .refused(address: "127.0.0.1:1"))
        for delay in [800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000] {
            let output = machine.failed(error, now: Self.start)
            #expect(output.events == [.degraded(error, retryIn: .milliseconds(delay))])
            #expect(output.step == .wait(.milliseconds(delay)))
            #expect(machine.wokeUp().step == .watch(.init(resourceVersion: "10", timeoutSeconds: 300)))
        }
        #expect(machine.opened().events == [.recovered])
        #expect(machine.opened().events == [])
    }

    @Test("two minutes without a failure forget the earlier ones")
    func backoffForgets() {
        var machine = watching()
        let error = ClientError(.watch, cause: .closedEarly)
        _ = machine.failed(error, now: Self.start)
        #expect(machine.failed(error, now: Self.start + .seconds(120)).step == .wait(.milliseconds(1600)))
        #expect(machine.failed(error, now: Self.start + .seconds(241)).step == .wait(.milliseconds(800)))
    }

    @Test("jitter spreads the delay up to twice its length")
    func jitter() {
        var backoff = Backoff()
        #expect(backoff.next(now: Self.start, random: 0.5) == .milliseconds(1200))
        #expect(backoff.next(now: Self.start, random: 1) == .milliseconds(3200))
    }

    @Test("an overloaded server is left alone for as long as it says, and not listed", arguments: [true, false])
    func tooManyRequests(inStream: Bool) {
        var machine = watching()
        let status = ServerStatus(code: 429, reason: "TooManyRequests", retryAfterSeconds: 7)
        let output =
            inStream
            ? machine.received([.error(status)], now: Self.start)
            : machine.failed(ClientError(.watch, cause: .status(status)), now: Self.start)
        #expect(output.step == .wait(.seconds(7)))
        #expect(machine.wokeUp().step == .watch(.init(resourceVersion: "10", timeoutSeconds: 300)))
    }

    @Test("a Retry-After shorter than the backoff doesn't shorten it")
    func shortRetryAfter() {
        var machine = watching()
        for _ in 0..<3 { _ = machine.failed(.status(503), now: Self.start) }
        let output = machine.failed(ClientError(.watch, cause: .status(.init(code: 429, retryAfterSeconds: 1))), now: Self.start)
        #expect(output.step == .wait(.milliseconds(6400)))
    }

    @Test("what is not served is tried again once a minute", arguments: [401, 404, 405, 422])
    func refused(code: Int) {
        var machine = watching()
        #expect(machine.failed(.status(code), now: Self.start).step == .wait(.seconds(60)))
        #expect(machine.wokeUp().step == .watch(.init(resourceVersion: "10", timeoutSeconds: 300)))
    }

    @Test("who may not watch lists again and again, and asks for the right now and then", arguments: [true, false])
    func listsInsteadOfWatching(isAtTheStart: Bool) {
        var machine = isAtTheStart ? machine() : watching()
        if isAtTheStart { _ = machine.begin() }
        #expect(machine.failed(.status(403), now: Self.start) == .init(step: .list(.init(limit: 500))))
        for _ in 1..<WatchMachine.listsBeforeWatching {
            let output = machine.pageEnded(ListPage(resourceVersion: "10"))
            #expect(output.events.last == .ready(resourceVersion: "10"))
            #expect(output.step == .wait(.seconds(10)))
            #expect(machine.wokeUp().step == .list(.init(limit: 500)))
        }
        _ = machine.pageEnded(ListPage(resourceVersion: "11"))
        let next = machine.wokeUp().step
        #expect(next == (isAtTheStart ? .watch(.init(resourceVersion: nil, timeoutSeconds: 300)) : .list(.init(limit: 500))))
    }

    @Test("who may not list either is told so, and asks again once a minute")
    func forbiddenAltogether() {
        var machine = machine()
        _ = machine.begin()
        _ = machine.failed(.status(403), now: Self.start)
        #expect(machine.failed(.status(403), now: Self.start).step == .wait(.seconds(60)))
        #expect(machine.wokeUp().step == .list(.init(limit: 500)))
    }

    @Test("a list that breaks off begins anew at its first page")
    func brokenList() {
        var machine = machine(streaming: false)
        _ = machine.begin()
        _ = machine.listed([.pod("a", "1")])
        _ = machine.pageEnded(ListPage(resourceVersion: "10", continueToken: "t"))
        _ = machine.failed(ClientError(.list, cause: .closedEarly), now: Self.start)
        #expect(machine.wokeUp().step == .list(.init(limit: 500)))
        #expect(machine.listed([.pod("a", "1")]).events == [.recovered, .restarting, .initial(.pod("a", "1"))])
    }

    @Test("being cancelled ends it")
    func cancelled() {
        var machine = watching()
        #expect(machine.failed(ClientError(.watch, cause: .cancelled), now: Self.start) == .init(step: .stop))
    }

    // MARK: Silence

    @Test("a watch may be silent for its own length, or for 150 seconds once bookmarks come")
    func idleLimits() {
        var machine = watching()
        let request = WatchMachine.WatchRequest(resourceVersion: "10", timeoutSeconds: 300)
        #expect(machine.idleLimit(of: request) == .seconds(310))
        _ = machine.received([.bookmark(resourceVersion: "11", endsInitialEvents: false)], now: Self.start)
        #expect(machine.idleLimit(of: request) == .seconds(150))
    }

    @Test("a watch's length is random between five and ten minutes")
    func timeouts() {
        for (random, seconds) in [(0.0, 300), (0.5, 450), (0.999, 599)] {
            var machine = WatchMachine(supportsStreamingList: true, random: { random })
            #expect(machine.begin().step == .watch(.init(resourceVersion: nil, timeoutSeconds: seconds)))
        }
    }
}

extension WatchEvent {
    fileprivate static func mark(_ version: String) -> WatchEvent {
        .bookmark(resourceVersion: version, endsInitialEvents: true)
    }
}

extension ClientError {
    fileprivate static func status(_ code: Int) -> ClientError {
        ClientError(.watch, cause: .status(ServerStatus(code: code)))
    }
}
