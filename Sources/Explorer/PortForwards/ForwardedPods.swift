import KubernetesClient
import KubernetesModel
import KubernetesSemantics

/// Finds the pod behind a forwarded port, whenever a connection is made: pods come and go.
final class ForwardedPods {
    private let specification: ForwardSpecification
    private let client: ClusterClient
    private var source: PodSource?

    init(_ specification: ForwardSpecification, client: ClusterClient) {
        self.specification = specification
        self.client = client
    }

    func next() async throws -> PortForwarder.Destination {
        let source = try await knownSource()
        let pods = try await client.list(
            GroupVersionResource(resource: "pods"), namespace: source.namespace, labelSelector: source.labelSelector,
            fieldSelector: source.fieldSelector
        ).items
        guard let pod = Self.best(pods, preferring: specification.target.name) else {
            throw ExplorerError("No pod of \(specification.target.text) runs now")
        }
        guard let port = Self.port(specification.port, of: pod) else {
            throw ExplorerError("Pod \(pod.name) has no port named \(specification.port)")
        }
        return PortForwarder.Destination(namespace: source.namespace, pod: pod.name, port: port)
    }

    /// Nil for a pod on its own, and where nothing can be learnt of it.
    func labelSelector() async -> String? {
        try? await knownSource().labelSelector
    }

    private func knownSource() async throws -> PodSource {
        if let source { return source }
        if let selector = specification.labelSelector, let namespace = specification.target.namespace {
            return PodSource(namespace: namespace, labelSelector: selector)
        }
        let found = try await source(of: specification.target)
        source = found
        return found
    }

    /// Of a pod the labels by which its workload finds it, so that another takes its place; of one on its own its name.
    private func source(of target: ObjectTarget) async throws -> PodSource {
        guard target.resource.name == "pods" else { return try await PodSource.of(target, client: client) }
        let alone = try await PodSource.of(target, client: client)
        let pod = try await client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
        guard let owner = pod.metadata.controller, owner.kind != "Job",
            let workloads = ResourceCatalog.builtIn.resource(for: GroupVersionKind(apiVersion: owner.apiVersion, kind: owner.kind)),
            let workload = try? await client.get(workloads.gvr, namespace: target.namespace, name: owner.name),
            let selector = PodSource.selector(of: workload), !selector.isEverything
        else { return alone }
        return PodSource(namespace: alone.namespace, labelSelector: selector.description)
    }

    /// The pod asked for as long as it is ready, else the first that is, else the first that runs.
    static func best(_ pods: [KubernetesObject], preferring name: String) -> KubernetesObject? {
        func isReady(_ pod: KubernetesObject) -> Bool {
            FieldReader(pod).status.conditions.condition("Ready")?.status.text == "True"
        }
        let running = pods.filter { $0.status["phase"]?.stringValue == "Running" && $0.metadata.deletionTimestamp == nil }
        let ready = running.filter(isReady)
        return ready.first { $0.name == name } ?? ready.min { $0.name < $1.name } ?? running.first { $0.name == name } ?? running.first
    }

    static func port(_ text: String, of pod: KubernetesObject) -> Int? {
        if let number = Int(text) { return number }
        let ports = (pod.spec["containers"]?.arrayValue ?? []).flatMap { $0["ports"]?.arrayValue ?? [] }
        return ports.first { $0["name"]?.stringValue == text }?["containerPort"]?.intValue
    }
}
