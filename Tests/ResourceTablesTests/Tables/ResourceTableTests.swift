import KubernetesClient
import KubernetesModel
import ResourceTables
import Synchronization
import Testing

/// A clock that a test moves.
final class TestClock: Sendable {
    private let instant = Mutex(start)

    var now: Instant { instant.withLock { $0 } }

    func advance(by duration: Duration) {
        instant.withLock { $0 = $0 + duration }
    }
}

@Suite struct ResourceTableTests {
    private let clock = TestClock()

    /// A table that has taken these events, one batch.
    private func table(_ events: [ReflectorEvent]) async -> ResourceTable {
        let clock = clock
        let table = ResourceTable(layout: podLayout, stream: ReflectorStream([]), now: { clock.now })
        await table.apply(events)
        return table
    }

    private func listed(_ pods: KubernetesObject...) -> [ReflectorEvent] {
        [.restarting] + pods.map(ReflectorEvent.initial) + [.ready(resourceVersion: "1")]
    }

    @Test("rows come in while the list is loading, and the table is live when it is complete")
    func loading() async {
        let table = await table([.restarting, .initial(pod("a")), .progress(loaded: 1, remaining: 2)])
        var snapshot = await table.snapshot(for: TableQuery())
        #expect(snapshot.text("NAME") == "a")
        #expect(snapshot.state == .loading(loaded: 1, total: 3))
        await table.apply([.initial(pod("b")), .initial(pod("c")), .ready(resourceVersion: "5")])
        snapshot = await table.snapshot(for: TableQuery())
        #expect(snapshot.text("NAME") == "a\nb\nc")
        #expect(snapshot.state == .live)
    }

    @Test("the rows on each node are counted as they come, move and go")
    func nodes() async {
        func moved(_ pod: KubernetesObject) -> KubernetesObject {
            var pod = pod
            pod.spec["nodeName"] = "node-b"
            return pod
        }
        let table = await table(listed(pod("a"), pod("b"), pod("c")))
        #expect(await table.countsByNode() == ["node-a": 3])
        await table.apply([.applied(moved(pod("a", version: 2))), .applied(pod("b", version: 2))])
        #expect(await table.countsByNode() == ["node-a": 2, "node-b": 1])
        await table.apply([.deleted(pod("b")), .deleted(moved(pod("a")))])
        #expect(await table.countsByNode() == ["node-a": 1])
        var ended = pod("c", version: 2)
        ended.status["phase"] = "Succeeded"
        await table.apply([.applied(ended)])
        #expect(await table.countsByNode() == [:], "what has ended takes no place")
    }

    @Test(
        "what is typed into a filter letter by letter, while rows change, shows what the whole filter shows at once",
        arguments: [
            TableFilter.pattern("eb-1"), .pattern("eb-1", isInverse: true), .fuzzy("w1"), .everything,
        ])
    func typing(filter: TableFilter) async {
        let sort = TableQuery.Sort("RESTARTS", ascending: false)
        let pods = (0..<40).map { pod("web-\($0)", restarts: $0 % 7) }
        let changes = (0..<40).map { index -> ReflectorEvent in
            index % 3 == 0 ? .deleted(pods[index]) : .applied(pod("web-\(index)", version: 2, restarts: index % 5))
        }
        let typed = await table([.restarting] + pods.map(ReflectorEvent.initial) + [.ready(resourceVersion: "1")])
        _ = await typed.snapshot(for: TableQuery(sort: sort))
        for (step, letters) in ["e", "eb", "eb-"].enumerated() {
            await typed.apply(changes[step * 13..<(step + 1) * 13])
            _ = await typed.snapshot(for: TableQuery(sort: sort, filter: .pattern(letters)))
        }
        await typed.apply(changes[39...])
        let fresh = await table([.restarting] + pods.map(ReflectorEvent.initial) + [.ready(resourceVersion: "1")] + changes)
        let query = TableQuery(sort: sort, filter: filter)
        let (left, right) = await (typed.snapshot(for: query), fresh.snapshot(for: query))
        #expect(left.text("NAME", "RESTARTS") == right.text("NAME", "RESTARTS"))
        #expect(left.counts == right.counts)
    }

    @Test("after a restart, what is not named again is dropped at ready, and not before")
    func restart() async {
        let table = await table(listed(pod("a"), pod("b")))
        await table.apply([.restarting, .initial(pod("b"))])
        #expect(await table.snapshot(for: TableQuery()).text("NAME") == "a\nb")
        await table.apply([.ready(resourceVersion: "9")])
        clock.advance(by: .seconds(4))
        #expect(await table.snapshot(for: TableQuery()).text("NAME") == "b")
    }

    @Test("an object named again unchanged keeps its row, one recreated under its name gets a new one")
    func identity() async {
        let table = await table(listed(pod("a"), pod("b")))
        let before = await table.row(ObjectKey(namespace: "shop", name: "a"))
        await table.apply(listed(pod("a"), pod("b", uid: "other")))
        #expect(await table.row(ObjectKey(namespace: "shop", name: "a")) === before)
        #expect(await table.row(ObjectKey(namespace: "shop", name: "b"))?.uid == "other")
    }

    @Test("changed cells are marked with their direction, columns that did not change are not")
    func changes() async {
        let table = await table(listed(pod("a", restarts: 1)))
        #expect(await table.row(ObjectKey(namespace: "shop", name: "a"))?.change == nil)
        await table.apply([.applied(pod("a", version: 2, restarts: 2, waiting: "CrashLoopBackOff"))])
        let change = await table.row(ObjectKey(namespace: "shop", name: "a"))?.change
        let expected: [Int: CellChange] = [
            podLayout.index(of: "READY"): .shrank, podLayout.index(of: "STATUS"): .altered,
            podLayout.index(of: "RESTARTS"): .grew, podLayout.index(of: "VALID"): .altered,
        ].reduce(into: [:]) { changes, change in change.key.map { changes[$0] = change.value } }
        #expect(change == RowChange(.modified(expected), at: start))
    }

    @Test("a deleted row stays for a moment, marked, and counts no more")
    func deletion() async {
        let table = await table(listed(pod("a"), pod("b")))
        await table.apply([.deleted(pod("a"))])
        var snapshot = await table.snapshot(for: TableQuery())
        #expect(snapshot.text("NAME") == "a\nb")
        #expect(snapshot.rows.first?.change == RowChange(.deleted, at: start))
        #expect(snapshot.counts.total == 1)
        #expect(snapshot.hasFarewells)
        clock.advance(by: .seconds(3))
        snapshot = await table.snapshot(for: TableQuery())
        #expect(!snapshot.hasFarewells)
        #expect(snapshot.text("NAME") == "b")
    }

    @Test("an object created anew while its farewell is shown takes the row's place")
    func recreation() async {
        let table = await table(listed(pod("a")))
        await table.apply([.deleted(pod("a")), .applied(pod("a", uid: "new"))])
        let snapshot = await table.snapshot(for: TableQuery())
        #expect(snapshot.rows.map(\.uid) == ["new"])
    }

    @Test("a lost connection makes the table stale since the last contact, and leaves its rows")
    func degraded() async {
        let table = await table(listed(pod("a")))
        clock.advance(by: .seconds(30))
        let error = ClientError(.watch, .init(builtIn("pods").gvr), cause: .refused(address: "10.0.0.1:6443"))
        await table.apply([.degraded(error, retryIn: .seconds(1))])
        let snapshot = await table.snapshot(for: TableQuery())
        #expect(snapshot.state == .stale(since: start, reason: error.description))
        #expect(snapshot.text("NAME") == "a")
        await table.apply([.recovered])
        #expect(await table.snapshot(for: TableQuery()).state == .live)
    }

    @Test("faults are counted as they come and go")
    func faults() async {
        let table = await table(listed(pod("a", waiting: "CrashLoopBackOff"), pod("b")))
        #expect(await table.snapshot(for: TableQuery()).counts.faults == 1)
        await table.apply([.applied(pod("b", version: 2, waiting: "ImagePullBackOff"))])
        #expect(await table.snapshot(for: TableQuery()).counts.faults == 2)
        await table.apply([.applied(pod("a", version: 3)), .deleted(pod("b", version: 2, waiting: "ImagePullBackOff"))])
        #expect(await table.snapshot(for: TableQuery()).counts.faults == 0)
    }

    @Test("a filter that can't be understood is told, and hides nothing")
    func badFilter() async {
        let table = await table(listed(pod("a")))
        let snapshot = await table.snapshot(for: TableQuery(filter: .pattern("(")))
        #expect(snapshot.filterProblem == "“(” is no regular expression")
        #expect(snapshot.text("NAME") == "a")
    }
}
