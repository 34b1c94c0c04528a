import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Furniture of a fresh cluster")
struct FurnitureTests {
    private let parts = ClusterParts(seed: 1, clock: Instant(seconds: 1_800_000_000))

    private func get(_ resource: String, group: String = "", _ name: String, namespace: String? = nil) -> KubernetesObject? {
        parts.view.get(GroupResource(group: group, resource: resource), ObjectKey(namespace: namespace, name: name))
    }

    @Test("everything in the data files is accepted by the rules of the cluster")
    func accepted() {
        Furniture.load(into: parts)
        let expected = Furniture.namespaces + AccessFurniture.objects + Furniture.serverObjects
        let missing = expected.filter { object in
            guard let resource = parts.registry.resource(for: object.groupVersionKind) else { return true }
            return parts.view.get(resource.groupResource, object.metadata.key) == nil
        }
        #expect(missing.map(\.reference.description) == [])
        #expect(expected.count > 150)
    }

    @Test("roles, bindings and the API server's Service are as a server makes them")
    func samples() {
        Furniture.load(into: parts)
        let group = "rbac.authorization.k8s.io"
        #expect(
            get("clusterroles", group: group, "view")?.metadata.labels
                == ["kubernetes.io/bootstrapping": "rbac-defaults", "rbac.authorization.k8s.io/aggregate-to-edit": "true"]
        )
        #expect(
            get("clusterrolebindings", group: group, "cluster-admin")?["subjects"]
                == [["kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": "system:masters"]]
        )
        #expect(get("services", "kubernetes", namespace: "default")?.spec["clusterIP"] == "10.96.0.1")
        #expect(get("namespaces", "kube-system")?.status["phase"] == "Active")
        let service = get("apiservices", group: "apiregistration.k8s.io", "v1.apps")
        #expect(service?.status["conditions"]?[0]?["reason"] == "Local")
    }

    @Test("a cluster role with an aggregation rule names the label it collects")
    func aggregation() {
        let roles = AccessFurniture.parse("ClusterRole edit aggregates=edit part-of=admin\n  get,list core pods/log\n  get url /healthz\n")
        #expect(roles.count == 1)
        #expect(
            roles.first?["aggregationRule"]
                == ["clusterRoleSelectors": [["matchLabels": ["rbac.authorization.k8s.io/aggregate-to-edit": "true"]]]]
        )
        #expect(
            roles.first?["rules"]
                == [
                    ["verbs": ["get", "list"], "apiGroups": [""], "resources": ["pods/log"]],
                    ["verbs": ["get"], "nonResourceURLs": ["/healthz"]],
                ]
        )
    }
}
