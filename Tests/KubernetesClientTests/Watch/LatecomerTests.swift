import KubernetesModel
import Testing

@testable import KubernetesClient

/// One who comes to follow what others follow already. The test is the watch and the list.
@Suite("Latecomer", .timeLimit(.minutes(1)))
struct LatecomerTests {
    private static let scope = ReflectorScope(GroupVersionResource(resource: "pods"))
    private static let all: [ReflectorEvent] = [.restarting, .initial(.pod("a", "3")), .ready(resourceVersion: "9")]

    private let shared = SharedReflectors()
    private let told: AsyncStream<[ReflectorEvent]>
    private let tell: AsyncStream<[ReflectorEvent]>.Continuation

    init() {
        (told, tell) = AsyncStream.makeStream()
    }

    private func join(_ list: @escaping @Sendable (ReflectorAudience) async -> String?) -> BatchChannel<ReflectorEvent> {
        let channel = BatchChannel<ReflectorEvent>(capacity: ReflectorStream.capacity)
        shared.join(Self.scope, channel, list: list) { [told] audience in
            for await events in told { await audience.send(events) }
        }
        return channel
    }

    @Test("what the watch tells while the list comes in is told after it, and of that only what is newer; the others hear nothing twice")
    func meanwhile() async throws {
        let first = join { _ in nil }
        tell.yield(Self.all)
        #expect(await first.next() == Self.all)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let list: [ReflectorEvent] = [.restarting, .initial(.pod("a", "12")), .ready(resourceVersion: "12")]
        let second = join { audience in
            for await _ in gate { break }
            await audience.send(list)
            return "12"
        }
        for events in [[.applied(.pod("a", "10"))], [.deleted(.pod("b", "11"))], [.applied(.pod("c", "13"))]] as [[ReflectorEvent]] {
            tell.yield(events)
            #expect(await first.next() == events)
        }
        open.yield()
        var heard: [ReflectorEvent] = []
        while heard.count < 4, let batch = await second.next() { heard += batch }
        #expect(heard == list + [.applied(.pod("c", "13"))])
        tell.yield([.deleted(.pod("c", "14"))])
        tell.finish()
        #expect(await first.next() == [.deleted(.pod("c", "14"))])
        #expect(await first.next() == nil)
        #expect(await second.next() == [.deleted(.pod("c", "14"))])
        #expect(await second.next() == nil)
    }

    @Test("where its list fails, all is told anew to everybody")
    func failing() async throws {
        let (runs, ran) = AsyncStream.makeStream(of: Void.self)
        func join() -> BatchChannel<ReflectorEvent> {
            let channel = BatchChannel<ReflectorEvent>(capacity: ReflectorStream.capacity)
            shared.join(Self.scope, channel, list: { _ in nil }) { audience in
                ran.yield()
                await audience.send(Self.all)
                try? await Task.sleep(for: .seconds(3600))
            }
            return channel
        }
        var run = runs.makeAsyncIterator()
        let first = join()
        #expect(await first.next() == Self.all)
        let second = join()
        #expect(await second.next() == Self.all)
        #expect(await first.next() == Self.all)
        await run.next()
        await run.next()
        for channel in [first, second] { shared.leave(Self.scope, channel) }
        #expect(shared.count == 0)
    }

    @Test("one who leaves before its list has come keeps nobody waiting")
    func leaving() async throws {
        let first = join { _ in nil }
        tell.yield(Self.all)
        #expect(await first.next() == Self.all)
        let second = join { _ in
            try? await Task.sleep(for: .seconds(3600))
            return nil
        }
        let many = (0..<2 * ReflectorStream.capacity).map { ReflectorEvent.applied(.pod("p\($0)", "\(10 + $0)")) }
        tell.yield(many)
        #expect(await first.next() == many)
        shared.leave(Self.scope, second)
        tell.yield(Self.all)
        #expect(await first.next() == Self.all)
    }
}

@Suite("Events after a list")
struct EventsAfterListTests {
    @Test("a list that others read the end of is told as changes; what begins anew is told in full")
    func others() {
        var news = EventsAfterList(version: "12")
        #expect(news.told(.initial(.pod("a", "12"))) == nil)
        #expect(news.told(.initial(.pod("b", "13"))) == .applied(.pod("b", "13")))
        #expect(news.told(.initial(.pod("c", "2"))) == nil)
        #expect(news.told(.ready(resourceVersion: "13")) == nil)
        #expect(news.told(.recovered) == .recovered)
        #expect(news.told(.restarting) == .restarting)
        #expect(news.told(.initial(.pod("c", "2"))) == .initial(.pod("c", "2")))
        #expect(news.told(.ready(resourceVersion: "14")) == .ready(resourceVersion: "14"))
    }

    @Test("versions that are no numbers are all told: older states are followed by the newer ones")
    func opaque() {
        var news = EventsAfterList(version: "x")
        #expect(news.told(.applied(.pod("a", "y"))) == .applied(.pod("a", "y")))
    }
}
