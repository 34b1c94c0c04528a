import KubernetesModel
import Testing

@Suite struct ResourceCatalogTests {
    let catalog = ResourceCatalog.builtIn

    @Test("every line of the table becomes a resource, in the server's order")
    func order() {
        #expect(catalog.groupVersions.count == 23)
        #expect(catalog.groupVersions.first == GroupVersion(group: "", version: "v1"))
        #expect(catalog.groupVersions.last == GroupVersion(group: "metrics.k8s.io", version: "v1beta1"))
        #expect(catalog.resources.count == 70)
        #expect(catalog.groups.first { $0.name == "autoscaling" }?.versions.map(\.version) == ["v2", "v1"])
    }

    @Test("a resource carries its verbs, subresources and columns")
    func pods() throws {
        let pods = try #require(catalog.resource(GroupVersionResource(resource: "pods")))
        #expect(pods.gvk == GroupVersionKind(group: "", version: "v1", kind: "Pod"))
        #expect(pods.verbs == ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])
        #expect(pods.isNamespaced)
        #expect(pods.subresource("eviction")?.groupVersion == GroupVersion(group: "policy", version: "v1"))
        #expect(pods.subresource("log")?.verbs == ["get"])
        #expect(pods.columns.first == PrinterColumn(name: "Name", format: "name"))
        #expect(pods.columns.last == PrinterColumn(name: "Readiness Gates", priority: 1))
        #expect(catalog.resource(named: "ds")?.columns[1] == PrinterColumn(name: "Desired", type: .integer))
    }

    @Test(
        "people find a resource by any of its names",
        arguments: [
            ("pods", "v1 pods"), ("pod", "v1 pods"), ("po", "v1 pods"), ("Pod", "v1 pods"), ("deploy", "apps/v1 deployments"),
            ("deployments.apps", "apps/v1 deployments"), ("deploy.v1.apps", "apps/v1 deployments"), ("events", "v1 events"),
            ("events.events.k8s.io", "events.k8s.io/v1 events"), ("hpa", "autoscaling/v2 horizontalpodautoscalers"),
            ("hpa.v1.autoscaling", "autoscaling/v1 horizontalpodautoscalers"), ("pods.metrics.k8s.io", "metrics.k8s.io/v1beta1 pods"),
        ])
    func names(name: String, expected: String) {
        #expect(catalog.resource(named: name)?.gvr.description == expected)
    }

    @Test("an unknown name finds nothing", arguments: ["", "podz", "pods.apps", "."])
    func unknown(name: String) {
        #expect(catalog.resource(named: name) == nil)
    }

    @Test("a short name never hides another resource's full name")
    func shadowing() {
        let v1 = GroupVersion(group: "example.com", version: "v1")
        let catalog = ResourceCatalog(
            groupVersions: [v1],
            resources: [
                APIResource(groupVersion: v1, name: "widgets", kind: "Widget", shortNames: ["gadget"], isNamespaced: true),
                APIResource(groupVersion: v1, name: "gadgets", kind: "Gadget", isNamespaced: true),
            ]
        )
        #expect(catalog.resource(named: "gadget")?.name == "gadgets")
    }

    @Test("the category all holds each workload once")
    func category() {
        #expect(
            catalog.resources(inCategory: "all").map(\.groupResource.description) == [
                "pods", "replicationcontrollers", "services", "daemonsets.apps", "deployments.apps", "replicasets.apps",
                "statefulsets.apps", "horizontalpodautoscalers.autoscaling", "cronjobs.batch", "jobs.batch",
            ])
    }
}
