import KubernetesModel
import Testing

@testable import Explorer

@Suite("Joining two changes of one object")
struct EditRebaseTests {
    private let base: JSONObject = ["spec": ["replicas": 2, "paused": true, "hosts": ["a"]], "status": ["ready": 1]]

    @Test("what only one of them has changed, added or removed is taken from that one")
    func apart() {
        var merge = EditRebase()
        let mine: JSONObject = ["spec": ["replicas": 3, "hosts": ["a"], "note": "x"], "status": ["ready": 1]]
        let theirs: JSONObject = ["spec": ["replicas": 2, "paused": true, "hosts": ["a", "b"]], "status": ["ready": 2, "phase": "Up"]]
        #expect(
            merge.merge(base, mine: mine, theirs: theirs)
                == ["spec": ["replicas": 3, "hosts": ["a", "b"], "note": "x"], "status": ["ready": 2, "phase": "Up"]])
        #expect(merge.conflicts.isEmpty)
    }

    @Test("what both have changed otherwise is named; the same change is none")
    func together() {
        var merge = EditRebase()
        let mine: JSONObject = ["spec": ["replicas": 3, "paused": false, "hosts": ["b"]], "status": ["ready": 1]]
        let theirs: JSONObject = ["spec": ["replicas": 4, "paused": false, "hosts": ["c"]], "status": ["ready": 1]]
        _ = merge.merge(base, mine: mine, theirs: theirs)
        #expect(merge.conflicts.map(\.path).sorted() == ["spec.hosts", "spec.replicas"])
    }
}
