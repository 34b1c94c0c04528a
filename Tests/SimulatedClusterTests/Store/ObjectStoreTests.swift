import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The store")
struct ObjectStoreTests {
    private let store = ObjectStore()
    private let pods = GroupResource(resource: "pods")

    private func pod(_ name: String, namespace: String = "a", node: String = "", owner: String? = nil) -> KubernetesObject {
        var object = KubernetesObject(
            [
                "apiVersion": "v1", "kind": "Pod",
                "metadata": ["name": .string(name), "namespace": .string(namespace), "uid": .string("uid-\(name)")],
                "spec": ["nodeName": .string(node)],
            ] as JSONObject)
        if let owner {
            object["metadata", "ownerReferences"] = [
                ["apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "r", "uid": .string(owner)]
            ]
        }
        return object
    }

    @Test("what many objects have the same of is held once, and no more of it is remembered than is of use")
    func sharedValues() {
        var values = SharedValues<[Int]>()
        let first = values.shared([1, 2])
        let second = values.shared([2 - 1, 2])
        #expect(first.withUnsafeBufferPointer(\.baseAddress) == second.withUnsafeBufferPointer(\.baseAddress))
        for number in 0..<(5 * SharedValues<[Int]>.capacity) { _ = values.shared([number]) }
        #expect(values.count <= 2 * SharedValues<[Int]>.capacity)
    }

    @Test("lists in the order of namespace and name")
    func order() {
        for (name, namespace) in [("b", "y"), ("a", "y"), ("c", "x"), ("a", "z")] {
            store.put(pod(name, namespace: namespace), resource: pods)
        }
        #expect(store.list(pods).map(\.key.description) == ["x/c", "y/a", "y/b", "z/a"])
        #expect(store.list(pods, namespace: "y").map(\.key.name) == ["a", "b"])
        #expect(store.count(of: pods, namespace: nil, after: ObjectKey(namespace: "y", name: "a")) == 2)
    }

    @Test("each write has a revision of its own, which the object carries")
    func revisions() {
        let first = store.put(pod("a"), resource: pods)
        let second = store.put(pod("a"), resource: pods)
        #expect(second.revision == first.revision + 1)
        #expect(second.object.metadata.resourceVersion == String(second.revision))
        #expect(store.remove(pods, second.key)?.revision == second.revision + 1)
    }

    @Test("finds objects by owner and pods by node, as they are now")
    func indexes() {
        store.put(pod("a", node: "n1", owner: "o"), resource: pods)
        store.put(pod("b", node: "n1"), resource: pods)
        store.put(pod("a", node: "n2"), resource: pods)
        #expect(store.pods(onNode: "n1").map(\.key.name) == ["b"])
        #expect(store.pods(onNode: "n2").map(\.key.name) == ["a"])
        #expect(store.owned(by: "o").isEmpty)
    }

    @Test("remembers at least the last five thousand changes")
    func ring() {
        for _ in 0..<12_000 { store.put(pod("a"), resource: pods) }
        #expect(store.changes(since: store.revision - 5_000)?.count == 5_000)
        #expect(store.changes(since: 1) == nil)
    }

    @Test("an object's tree is parsed once while it is read, and however many are read, few are kept")
    func trees() {
        var trees = RecentTrees()
        var parsed = 0
        func read(_ object: StoredObject) -> KubernetesObject {
            trees.tree(of: object) {
                parsed += 1
                return object.object.parsed()
            }
        }
        var large = pod("a")
        large["spec", "nodeName"] = .string(String(repeating: "n", count: RecentTrees.capacity / 10))
        let objects = (0..<100).map { _ in store.put(large, resource: pods) }
        for object in objects {
            #expect(read(object).metadata.resourceVersion == String(object.revision))
            _ = read(objects[0])
        }
        #expect(parsed == 100)
        #expect(trees.count <= 22)
    }
}
