import KubernetesModel
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
        while ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) == nil { await Task.yield() }
        #expect(
            ObjectActions.disabledReason(for: "object.delete", on: [target], in: shell) == "You may not delete pods in namespace shop: RBAC says so")
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
}
