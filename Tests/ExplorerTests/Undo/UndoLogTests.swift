import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Taking back")
struct UndoLogTests {
    private func kept(_ resource: String, _ json: String) throws -> UndoLog.Kept {
        let resource = try #require(ResourceCatalog.builtIn.resource(named: resource))
        let object = KubernetesObject(compactJSON: Array(json.utf8)).parsed()
        return UndoLog.Kept(
            target: ObjectTarget(resource: resource, namespace: object.namespace, name: object.name), object: object, wasDeleted: true
        )
    }

    @Test("what was deleted comes back without what only the server may say")
    func fresh() throws {
        let pod = try kept("pods", """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"shop","uid":"1","resourceVersion":"7","creationTimestamp":"2026-01-01T00:00:00Z",
             "labels":{"app":"a"}},"spec":{"nodeName":"n1","containers":[{"name":"c"}]},"status":{"phase":"Running"}}
            """)
        #expect(pod.fresh.value.description == """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"shop","labels":{"app":"a"}},"spec":{"containers":[{"name":"c"}]}}
            """)
        #expect(pod.restoring.request == "POST /api/v1/namespaces/shop/pods")
    }

    @Test("the last twenty changes are kept, and nothing of those that left nothing to keep")
    func limit() throws {
        let log = UndoLog()
        let pod = try kept("pods", #"{"metadata":{"name":"a","namespace":"shop"}}"#)
        log.record([], title: "nothing")
        for number in 1...25 { log.record([pod], title: "\(number)") }
        #expect(log.entries.count == 20)
        #expect(log.entries.first?.title == "6")
    }

    @Test("with nothing to take back the key says so")
    func empty() throws {
        let shell = try TestShell.make(screen: WordScreen())
        shell.press("Ctrl-U")
        #expect(shell.flash?.text == "Nothing was changed that could be taken back")
    }
}
