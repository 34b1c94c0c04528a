import Foundation
import KubernetesModel
import Synchronization
import Testing
import TextUI

@testable import Explorer

@Suite("Rights", .timeLimit(.minutes(1)))
struct AccessRightsTests {
    private func target() throws -> ObjectTarget {
        ObjectTarget(resource: try #require(ResourceCatalog.builtIn.resource(named: "pods")), namespace: "shop", name: "cart-0")
    }

    private func answer(_ allowed: Bool) -> KubernetesObject {
        KubernetesObject(["status": ["allowed": .bool(allowed), "reason": "RBAC says so"]])
    }

    @Test("what the server denies is disabled, with the reason, as soon as that is known")
    func denied() async throws {
        let shell = try TestShell.make()
        let no = answer(false)
        shell.session.rights.review = { _, _ in no }
        let target = try target()
        #expect(ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) == nil)
        await until { ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) != nil }
        #expect(
            ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell)
                == "You may not delete pods in namespace shop: RBAC says so")
    }

    @Test("a right that is given for one object by its name enables keys there, and nowhere else; what is made anew has no name")
    func named() async throws {
        let shell = try TestShell.make()
        let (yes, no) = (answer(true), answer(false))
        shell.session.rights.review = { _, review in
            review.spec["resourceAttributes"]?["name"]?.stringValue == "cart-0" ? yes : no
        }
        let mine = try target()
        let other = ObjectTarget(resource: mine.resource, namespace: "shop", name: "cart-1")
        for action: ActionID in ["object.delete", "object.shell"] {
            await until { ObjectActions.disabledReason(for: action, on: [other], in: shell) != nil }
            await until { ObjectActions.disabledReason(for: action, on: [mine], in: shell) == nil }
            #expect(ObjectActions.disabledReason(for: action, on: [other], in: shell) != nil)
        }
        let cronJobs = try #require(ResourceCatalog.builtIn.resource(named: "cronjobs"))
        let named = ObjectTarget(resource: cronJobs, namespace: "shop", name: "cart-0")
        await until { ObjectActions.disabledReason(for: "object.trigger", on: [named], in: shell) != nil }
        for _ in 0..<100 { await Task.yield() }
        #expect(ObjectActions.disabledReason(for: "object.trigger", on: [named], in: shell) != nil)
    }

    @Test("however many rows go by, a few questions about single objects are under way at a time")
    func bounded() async throws {
        let shell = try TestShell.make()
        let no = answer(false)
        let asked = Mutex(0)
        shell.session.rights.review = { _, review in
            guard review.spec["resourceAttributes"]?["name"] != nil else { return no }
            asked.withLock { $0 += 1 }
            try? await Task.sleep(for: .seconds(3600))
            return no
        }
        let pods = try target().resource
        let right = Right("delete")
        func denial(_ number: Int) -> String? {
            shell.session.rights.denial(of: right, on: ObjectTarget(resource: pods, namespace: "shop", name: "p\(number)"), in: shell)
        }
        await until { denial(0) != nil }
        for number in 0..<100 { #expect(denial(number) != nil) }
        await until { asked.withLock({ $0 }) >= 8 }
        for number in 0..<100 { #expect(denial(number) != nil) }
        for _ in 0..<100 { await Task.yield() }
        #expect(asked.withLock { $0 } == 8)
    }

    @Test("all that an action needs is asked for, of other resources too")
    func several() async throws {
        let shell = try TestShell.make()
        let no = answer(false)
        shell.session.rights.review = { _, review in
            review.spec["resourceAttributes"]?["resource"]?.stringValue == "cronjobs" ? nil : no
        }
        let cronJobs = try #require(ResourceCatalog.builtIn.resource(named: "cronjobs"))
        let cronJob = ObjectTarget(resource: cronJobs, namespace: "shop", name: "report")
        await until { ObjectActions.disabledReason(for: "object.trigger", on: [cronJob], in: shell) != nil }
        #expect(
            ObjectActions.disabledReason(for: "object.trigger", on: [cronJob], in: shell)
                == "You may not create jobs.batch in namespace shop: RBAC says so")
        let node = ObjectTarget(resource: try #require(ResourceCatalog.builtIn.resource(named: "nodes")), namespace: nil, name: "n1")
        shell.session.rights.review = { _, review in
            review.spec["resourceAttributes"]?["subresource"]?.stringValue == "eviction" ? no : nil
        }
        await until { ObjectActions.disabledReason(for: "object.drain", on: [node], in: shell) != nil }
        #expect(
            ObjectActions.disabledReason(for: "object.drain", on: [node], in: shell) == "You may not create pods/eviction: RBAC says so")
    }

    @Test("a denial holds for a minute; then the server is asked again")
    func again() async throws {
        let clock = Clock()
        let shell = try TestShell.make(now: { clock.now })
        let (no, yes) = (answer(false), answer(true))
        shell.session.rights.review = { _, _ in no }
        let target = try target()
        await until { ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) != nil }
        shell.session.rights.review = { _, _ in yes }
        clock.advance(.seconds(59))
        #expect(ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) != nil)
        clock.advance(.seconds(1))
        #expect(ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) != nil, "until the answer is there")
        await until { ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) == nil }
    }

    private nonisolated final class Clock: Sendable {
        private let time = Mutex(TestShell.noon)

        var now: Instant { time.withLock { $0 } }

        func advance(_ duration: Duration) {
            time.withLock { $0 = $0 + duration }
        }
    }

    @Test("who can't be asked forbids nothing, and the server is asked once")
    func unknown() async throws {
        let shell = try TestShell.make()
        let (asked, continuation) = AsyncStream.makeStream(of: String.self)
        shell.session.rights.review = { _, review in
            continuation.yield(review.spec["resourceAttributes"]?["verb"]?.stringValue ?? "")
            return nil
        }
        let target = try target()
        for _ in 0..<3 { #expect(ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) == nil) }
        var verbs = asked.makeAsyncIterator()
        #expect(await verbs.next() == "delete")
        for _ in 0..<3 { #expect(ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) == nil) }
        #expect(ObjectActions.disabledReason(for: "object.shell", on: [target], in: shell) == nil)
        #expect(await verbs.next() == "create", "the second question is about the shell, not about deleting again")
    }

    @Test("read-only forbids what changes, and nothing else")
    func readOnly() throws {
        let shell = try TestShell.make(guardLevel: .readOnly)
        let target = try target()
        #expect(ObjectActions.disabledReason(for: "object.shell", on: [target], in: shell) == "This cluster is opened read-only")
        #expect(ObjectActions.disabledReason(for: "object.logs", on: [target], in: shell) == nil)
        #expect(ObjectActions.disabledReason(for: "object.forward", on: [target], in: shell) == nil)
    }

    @Test("the help dims what can't be done")
    func help() throws {
        let shell = try TestShell.make(guardLevel: .readOnly)
        shell.theme = Theme(name: "dim", styles: [.menuDisabled: Style.plain.with(.dim)])
        let help = HelpScreen(bindings: ObjectActions.bindings(for: shell.podResource), about: [try target()], shell: shell)
        var frame = Frame(size: Size(width: 160, height: 60))
        help.draw(in: frame.bounds, on: &frame)
        func style(of title: String) throws -> Style {
            let rows = frame.picture.split(separator: "\n", omittingEmptySubsequences: false)
            let row = try #require(rows.firstIndex { $0.contains(title) })
            let column = try #require(rows[row].range(of: title)).lowerBound
            return frame.cells[row * 160 + rows[row].distance(from: rows[row].startIndex, to: column)].style
        }
        #expect(try style(of: "delete") == shell.theme[.menuDisabled])
        #expect(try style(of: "logs") == shell.theme[.helpText])
    }
}
