import KubernetesModel
import ResourceTables
import Testing

@testable import Explorer

@Suite("Related objects")
struct RelatedObjectsTests {
    private static let objects = [
        #"{"kind":"Deployment","metadata":{"name":"cart","namespace":"shop","uid":"d"},"spec":{"selector":{"matchLabels":{"app":"cart"}},"template":{"metadata":{"labels":{"app":"cart"}},"spec":{"serviceAccountName":"runner","priorityClassName":"critical","containers":[{"name":"app","envFrom":[{"configMapRef":{"name":"settings"}},{"secretRef":{"name":"gone"}}]}]}}}}"#,
        #"{"kind":"ReplicaSet","metadata":{"name":"cart-1","namespace":"shop","uid":"r","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"cart","uid":"d","controller":true}]},"spec":{},"status":{"replicas":1}}"#,
        #"{"kind":"Pod","metadata":{"name":"cart-1-x","namespace":"shop","uid":"p","labels":{"app":"cart"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"cart-1","uid":"r","controller":true}]},"spec":{"containers":[{"name":"app","env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"settings","key":"a"}}}]}],"volumes":[{"secret":{"secretName":"gone"}}]},"status":{"phase":"Running","containerStatuses":[{"name":"app","ready":true}]}}"#,
        #"{"kind":"Service","metadata":{"name":"cart","namespace":"shop"},"spec":{"selector":{"app":"cart"}}}"#,
        #"{"kind":"Service","metadata":{"name":"other","namespace":"shop"},"spec":{"selector":{"app":"other"}}}"#,
        #"{"kind":"Ingress","metadata":{"name":"front","namespace":"shop"},"spec":{"rules":[{"http":{"paths":[{"backend":{"service":{"name":"cart"}}}]}}]}}"#,
        #"{"kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"}}"#,
        #"{"kind":"ServiceAccount","metadata":{"name":"runner","namespace":"shop"}}"#,
        #"{"kind":"PodDisruptionBudget","metadata":{"name":"keep","namespace":"shop"},"spec":{"selector":{"matchLabels":{"app":"cart"}}}}"#,
    ].map { KubernetesObject(compactJSON: Array($0.utf8)).parsed() }

    private static let pool = ObjectPool(objects, resources: [])

    private func outline(_ nodes: [TreeNode], _ depth: Int = 0) -> String {
        nodes.map {
            String(repeating: "  ", count: depth) + $0.title + ($0.note.contains("missing") ? " ✗" : "") + "\n"
                + outline($0.children, depth + 1)
        }
        .joined()
    }

    private func related(_ kind: String, _ name: String) throws -> String {
        outline(RelatedObjects(pool: Self.pool, object: try #require(Self.pool.object(kind, name, in: "shop"))).sections)
    }

    @Test("a deployment leads to what it owns, selects and refers to, and to what selects its pods")
    func deployment() throws {
        #expect(
            try related("Deployment", "cart") == """
                Owned
                  replicaset cart-1
                    pod cart-1-x
                Selects
                  pod cart-1-x
                Selected by
                  service cart
                  poddisruptionbudget keep
                Refers to
                  configmap settings
                  secret gone ✗
                  serviceaccount runner

                """)
    }

    @Test("a pod leads to its owners, all the way up")
    func pod() throws {
        #expect(try related("Pod", "cart-1-x").hasPrefix("Owners\n  replicaset cart-1\n    deployment cart\nSelected by\n  service cart\n"))
    }

    @Test("a service has its ingresses, a config map those that use it")
    func others() throws {
        #expect(try related("Service", "cart") == "Selects\n  pod cart-1-x\nRoutes\n  ingress front\n")
        #expect(try related("ConfigMap", "settings") == "Used by\n  deployment cart\n  pod cart-1-x\n")
        #expect(try related("Ingress", "front") == "Routes\n  service cart\n")
        let priority: KubernetesObject = KubernetesObject(["kind": "PriorityClass", "metadata": ["name": "critical"]])
        #expect(outline(RelatedObjects(pool: Self.pool, object: priority).sections) == "Used by\n  deployment cart\n")
    }

    @Test("xray shows workloads down to their containers, and what is missing")
    func xray() {
        #expect(
            outline(XRay(pool: Self.pool).roots("Deployment", in: .all)) == """
                namespace shop
                  deployment cart
                    replicaset cart-1
                      pod cart-1-x
                        container app
                        secret gone ✗
                        configmap settings
                        serviceaccount default ✗

                """)
        #expect(XRay(pool: Self.pool).roots("Deployment", in: .only(["other"])).isEmpty)
    }

    @Test("xray says below each workload which of its children may not be read, and why")
    func unreadChildren() {
        let known = Self.objects.filter { !["Pod", "Secret"].contains($0.kind) }
        let pool = ObjectPool(known, resources: [], unread: ["Pod": "fred may not", "Secret": "fred may not"])
        let roots = XRay(pool: pool).roots("Deployment", in: .all)
        #expect(outline(roots) == "namespace shop\n  deployment cart\n    replicaset cart-1\n      pods\n")
        #expect(roots[0].children[0].children[0].children[0].note == "unknown: fred may not")
        #expect(
            XRay(pool: pool).roots("Service", in: .all)[0].children.map(\.children.first?.note) == [
                "unknown: fred may not", "unknown: fred may not",
            ])
        #expect(XRay(pool: pool).roots("Pod", in: .all).map(\.note) == ["unknown: fred may not"])
        #expect(pool.node(.init(kind: "Secret", name: "gone"), in: "shop").note == "unknown")
    }

    @Test("objects that own each other end the tree")
    func cycle() throws {
        func set(_ name: String, ownedBy owner: String) -> KubernetesObject {
            KubernetesObject([
                "kind": "StatefulSet",
                "metadata": [
                    "name": .string(name), "namespace": "shop", "uid": .string(name),
                    "ownerReferences": [["apiVersion": "apps/v1", "kind": "StatefulSet", "name": .string(owner), "uid": .string(owner)]],
                ],
            ])
        }
        let pool = ObjectPool([set("a", ownedBy: "b"), set("b", ownedBy: "a"), set("self", ownedBy: "self")], resources: [])
        let related = outline(RelatedObjects(pool: pool, object: set("a", ownedBy: "b")).sections)
        #expect(related == "Owners\n  statefulset b\n    statefulset a\nOwned\n  statefulset b\n    statefulset a\n")
        #expect(
            outline(XRay(pool: pool).roots("StatefulSet", in: .all)) == """
                namespace shop
                  statefulset a
                    statefulset b
                      statefulset a
                  statefulset b
                    statefulset a
                      statefulset b
                  statefulset self
                    statefulset self

                """)
    }
}
