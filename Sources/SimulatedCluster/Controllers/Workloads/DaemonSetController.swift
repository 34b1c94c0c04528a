import KubernetesModel
import KubernetesSemantics

/// Runs one pod of a template on every node that it fits.
struct DaemonSetController: Controller {
    let name = "daemonset-controller"
    let watches = [Resource.daemonSets, Resource.pods, Resource.nodes]
    private let random: Randomness

    init(random: Randomness) {
        self.random = random
    }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        switch change.resource {
        case Resource.daemonSets: own(change)
        case Resource.pods: controllers(of: change, kind: "DaemonSet", Resource.daemonSets, in: view)
        default: view.store.list(Resource.daemonSets).map { WorkKey(Resource.daemonSets, $0.key) }
        }
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let set = view.get(Resource.daemonSets, key.key), set.metadata.deletionTimestamp == nil else { return .done }
        let revision = Revision(of: set)
        let pods = OwnedPods(of: set, in: view)
        let nodes = view.list(Resource.nodes).map { SchedulableNode($0) }
        let wanted = nodes.filter { fits(set, $0) }.map(\.name)
        let byNode = Dictionary(grouping: pods.pods.filter { $0.metadata.deletionTimestamp == nil }, by: node)
        var writes = revision.writes(pods: pods.pods, in: view) + pods.adoptions
        for name in wanted {
            let here = byNode[name] ?? []
            // A pod that has ended for good is replaced.
            for pod in here where pod.isFinishedPod { writes += delete(pod, of: set) }
            if !here.contains(where: { !$0.isFinishedPod }), !pods.terminating.contains(where: { node($0) == name }) {
                writes += create(on: name, set, revision)
            }
        }
        for (name, here) in byNode.sorted(by: { $0.key < $1.key }) where !wanted.contains(name) {
            writes += here.flatMap { delete($0, of: set) }
        }
        let current = wanted.compactMap { byNode[$0]?.first { !$0.isFinishedPod } }
        let here = byNode.filter { wanted.contains($0.key) }
        writes += update(set, here, revision, terminating: pods.terminating.count, wanted: wanted.count)
        return Reconciliation(writes: statusWrite(set, status(of: set, wanted, current, revision, byNode, at: now)) + writes)
    }

    /// The node a pod runs on, or is meant for.
    private func node(_ pod: KubernetesObject) -> String {
        if let name = pod.spec["nodeName"]?.stringValue, !name.isEmpty { return name }
        let terms = pod.spec["affinity"]?["nodeAffinity"]?["requiredDuringSchedulingIgnoredDuringExecution"]?["nodeSelectorTerms"]
        return terms?[0]?["matchFields"]?[0]?["values"]?[0]?.stringValue ?? ""
    }

    private func fits(_ set: KubernetesObject, _ node: SchedulableNode) -> Bool {
        let pod = SchedulablePod(template(of: set, on: node.name))
        let repels = node.taints.contains { taint in taint.repels && !pod.tolerations.contains { $0.tolerates(taint) } }
        let selected = pod.nodeSelector.allSatisfy { node.labels[$0.key] == $0.value }
        return !repels && selected && pod.nodeAffinity?.matches(name: node.name, labels: node.labels) ?? true
    }

    private func template(of set: KubernetesObject, on node: String) -> KubernetesObject {
        var pod = set.pod(named: "", generateName: nil)
        let field: JSONValue = ["key": "metadata.name", "operator": "In", "values": [.string(node)]]
        let path = ["affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]
        var spec = pod.spec
        var terms = spec[path: path]?["nodeSelectorTerms"]?.arrayValue ?? [[:]]
        for index in terms.indices { terms[index]["matchFields"] = [field] }
        spec[path: path] = ["nodeSelectorTerms": .array(terms)]
        spec["tolerations"] = .array((spec["tolerations"]?.arrayValue ?? []) + Self.tolerations(spec))
        pod.spec = spec
        return pod
    }

    private static func tolerations(_ spec: JSONValue) -> [JSONValue] {
        var keys = [
            ("not-ready", "NoExecute"), ("unreachable", "NoExecute"), ("disk-pressure", "NoSchedule"), ("memory-pressure", "NoSchedule"),
            ("pid-pressure", "NoSchedule"), ("unschedulable", "NoSchedule"),
        ]
        if spec["hostNetwork"]?.boolValue == true { keys.append(("network-unavailable", "NoSchedule")) }
        return keys.map { ["key": .string("node.kubernetes.io/\($0.0)"), "operator": "Exists", "effect": .string($0.1)] }
    }

    private func create(on node: String, _ set: KubernetesObject, _ revision: Revision) -> [Write] {
        var pod = template(of: set, on: node)
        var metadata = pod.metadata
        metadata.name = "\(set.name)-\(random.suffix())"
        metadata.json["generateName"] = .string("\(set.name)-")
        metadata.labels[Revision.hashLabel] = revision.hash
        metadata.labels["pod-template-generation"] = set.metadata.annotations[TemplateGeneration.annotation] ?? "1"
        pod.metadata = metadata
        return [.create(pod), event(on: set, "SuccessfulCreate", "Created pod: \(pod.name)")]
    }

    private func delete(_ pod: KubernetesObject, of set: KubernetesObject) -> [Write] {
        let message = "Deleted pod: \(pod.name)"
        return [.delete(Resource.pods, pod.key, DeleteOptions(requiredUID: pod.uid)), event(on: set, "SuccessfulDelete", message)]
    }

    /// Replaces old pods: as many at a time as may be unavailable, or after new ones came beside them.
    private func update(
        _ set: KubernetesObject, _ byNode: [String: [KubernetesObject]], _ revision: Revision, terminating: Int, wanted: Int
    ) -> [Write] {
        guard set.spec["updateStrategy"]?["type"] != "OnDelete" else { return [] }
        let rolling = set.spec["updateStrategy"]?["rollingUpdate"]
        let surge = rolling?["maxSurge"]?.share(of: wanted, roundsUp: true) ?? 0
        let limit = max(rolling?["maxUnavailable"]?.share(of: wanted, roundsUp: true) ?? 1, surge > 0 ? 0 : 1)
        func isOld(_ pod: KubernetesObject) -> Bool { pod.metadata.labels[Revision.hashLabel] != revision.hash }
        let places = byNode.sorted { $0.key < $1.key }.map { (node: $0.key, pods: $0.value.filter { !$0.isFinishedPod }) }
        // An old pod that has a successor goes once that one works.
        let succeeded = places.flatMap { place in
            place.pods.contains { !isOld($0) && $0.isReadyPod } ? place.pods.filter(isOld) : []
        }
        let alone = places.filter { $0.pods.count == 1 && $0.pods.allSatisfy(isOld) }
        let broken = alone.flatMap(\.pods).filter { !$0.isReadyPod }
        let healthy = alone.filter { $0.pods.allSatisfy(\.isReadyPod) }
        if surge > 0 {
            let under = places.filter { $0.pods.count > 1 }.count
            return (succeeded + broken).flatMap { delete($0, of: set) }
                + healthy.prefix(max(0, surge - under)).flatMap { create(on: $0.node, set, revision) }
        }
        let unavailable = terminating + places.flatMap(\.pods).filter { !$0.isReadyPod }.count
        return (broken + healthy.flatMap(\.pods).prefix(max(0, limit - unavailable))).flatMap { delete($0, of: set) }
    }

    private func status(
        of set: KubernetesObject, _ wanted: [String], _ current: [KubernetesObject], _ revision: Revision,
        _ byNode: [String: [KubernetesObject]], at now: Instant
    ) -> JSONObject {
        var status = set.status.objectValue ?? [:]
        let wait = set.spec["minReadySeconds"]?.intValue ?? 0
        let available = current.filter { $0.isAvailablePod(minimumReadySeconds: wait, at: now) }.count
        let updated = current.filter { $0.metadata.labels[Revision.hashLabel] == revision.hash }.count
        status["currentNumberScheduled"] = JSONValue(current.count)
        status["desiredNumberScheduled"] = JSONValue(wanted.count)
        status["numberMisscheduled"] = JSONValue(byNode.keys.filter { !wanted.contains($0) }.count)
        status["numberReady"] = JSONValue(current.filter(\.isReadyPod).count)
        status["numberAvailable"] = available == 0 ? JSONValue?.none : JSONValue(available)
        status["numberUnavailable"] = wanted.count == available ? JSONValue?.none : JSONValue(wanted.count - available)
        status["updatedNumberScheduled"] = updated == 0 ? JSONValue?.none : JSONValue(updated)
        status["observedGeneration"] = set.metadata.generation.map { JSONValue($0) }
        return status
    }
}
