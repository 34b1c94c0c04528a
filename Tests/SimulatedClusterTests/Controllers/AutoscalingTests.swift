import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Autoscaling")
struct AutoscalingTests {
    private func cluster(_ metrics: String, replicas: Int = 1) throws -> SteppedCluster {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d, namespace: default}
            spec:
              replicas: \(replicas)
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: h, namespace: default}
            spec:
              minReplicas: 2
              maxReplicas: 5
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}
              metrics: [\(metrics)]
            """)
        cluster.run(.seconds(90))
        return cluster
    }

    @Test("a workload below the minimum is raised to it")
    func minimum() throws {
        let cluster = try cluster("{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}")
        #expect(cluster.get(Resource.deployments, "d")?.spec["replicas"]?.intValue == 2)
        #expect(cluster.messages("SuccessfulRescale") == ["New size: 2; reason: Current number of replicas below Spec.MinReplicas"])
    }

    @Test("usage above the target adds pods up to the maximum")
    func growth() throws {
        let metric = "{type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 100Ki}}}"
        let cluster = try cluster(metric)
        #expect(cluster.get(Resource.deployments, "d")?.spec["replicas"]?.intValue == 5)
        let autoscaler = try #require(cluster.get(Resource.horizontalPodAutoscalers, "h"))
        #expect(autoscaler.condition("ScalingActive")?["reason"] == "ValidMetricFound")
        #expect(autoscaler.condition("ScalingLimited")?["reason"] == "TooManyReplicas")
    }

    @Test("utilization without a request can't be known, and it says so")
    func withoutRequest() throws {
        let cluster = try cluster("{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}")
        let message = cluster.get(Resource.horizontalPodAutoscalers, "h")?.condition("ScalingActive")?["message"]?.stringValue ?? ""
        #expect(
            message.hasPrefix("the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu"))
    }

    @Test("a missing target is named")
    func withoutTarget() throws {
        let cluster = try cluster("{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}")
        try cluster.perform(.delete(Resource.deployments, ObjectKey(namespace: "default", name: "d")))
        cluster.run(.seconds(20))
        #expect(cluster.messages("FailedGetScale") == ["deployments.apps \"d\" not found"])
    }

    @Test("a workload that does little shrinks only after a while")
    func calm() throws {
        let metric = "{type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}}"
        let cluster = try cluster(metric, replicas: 4)
        cluster.run(.seconds(120))
        #expect(cluster.get(Resource.deployments, "d")?.spec["replicas"]?.intValue == 4)
        cluster.run(.seconds(200))
        #expect(cluster.get(Resource.deployments, "d")?.spec["replicas"]?.intValue == 2)
    }

    @Test("an autoscaler that is gone is forgotten, and one of its name begins anew")
    func forgotten() throws {
        let cluster = try cluster("{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}")
        var controller = HorizontalPodAutoscaler(registry: cluster.parts.registry) { _ in nil }
        let key = ObjectKey(namespace: "default", name: "h")
        let work = WorkKey(Resource.horizontalPodAutoscalers, key)
        _ = controller.reconcile(work, in: cluster.parts.view, at: cluster.parts.timeline.now)
        #expect(controller.recommendations.keys.contains(key))
        try cluster.perform(.delete(Resource.horizontalPodAutoscalers, key))
        _ = controller.reconcile(work, in: cluster.parts.view, at: cluster.parts.timeline.now)
        #expect(controller.recommendations.isEmpty)
    }

    @Test("a custom resource is scaled where its definition says")
    func customResource() throws {
        let cluster = try SteppedCluster()
        let custom = CustomResources(cluster.parts)
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: gadgets.x.example}
            spec:
              group: x.example
              scope: Namespaced
              names: {plural: gadgets, singular: gadget, kind: Gadget}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                  subresources: {scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}}
            """)
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: x.example/v1
            kind: Gadget
            metadata: {name: g, namespace: default}
            spec: {size: 1}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: h, namespace: default}
            spec: {minReplicas: 3, maxReplicas: 5, scaleTargetRef: {apiVersion: x.example/v1, kind: Gadget, name: g}}
            """)
        cluster.run(.seconds(40))
        let gadget = cluster.get(GroupResource(group: "x.example", resource: "gadgets"), "g")
        #expect(gadget?.spec == ["size": 3])
        withExtendedLifetime(custom) {}
    }
}
