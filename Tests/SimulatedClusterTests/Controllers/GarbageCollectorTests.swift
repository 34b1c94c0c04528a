import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Garbage collection of custom resources")
struct GarbageCollectorTests {
    private let cluster: SteppedCluster
    private let gadgets = GroupResource(group: "x.example", resource: "gadgets")
    private let registry: CustomResources

    init() throws {
        cluster = try SteppedCluster()
        registry = CustomResources(cluster.parts)
        try cluster.apply(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: gadgets.x.example}
            spec:
              group: x.example
              scope: Namespaced
              names: {plural: gadgets, singular: gadget, kind: Gadget}
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
            """)
        cluster.run(.seconds(1))
    }

    private func ownedConfigMap() throws {
        let owner = try #require(
            try cluster.apply("{apiVersion: x.example/v1, kind: Gadget, metadata: {name: g, namespace: default}}").first)
        try cluster.apply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: m
              namespace: default
              ownerReferences: [{apiVersion: x.example/v1, kind: Gadget, name: g, uid: \(owner.uid), blockOwnerDeletion: true}]
            """)
    }

    @Test("what belonged to one goes with it, however it is deleted", arguments: [DeleteOptions.Propagation.background, .foreground])
    func dependents(propagation: DeleteOptions.Propagation) throws {
        try ownedConfigMap()
        try cluster.perform(.delete(gadgets, ObjectKey(namespace: "default", name: "g"), DeleteOptions(propagation: propagation)))
        cluster.run(.seconds(2))
        #expect(cluster.get(Resource.configMaps, "m") == nil)
        #expect(cluster.get(gadgets, "g") == nil)
    }

    @Test("orphans stay, and lose their owner")
    func orphans() throws {
        try ownedConfigMap()
        try cluster.perform(.delete(gadgets, ObjectKey(namespace: "default", name: "g"), DeleteOptions(propagation: .orphan)))
        cluster.run(.seconds(2))
        #expect(cluster.get(Resource.configMaps, "m")?.metadata.ownerReferences.isEmpty == true)
        #expect(cluster.get(gadgets, "g") == nil)
    }
}
