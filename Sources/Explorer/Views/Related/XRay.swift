import KubernetesModel
import ResourceTables

/// Workloads with everything below them: what they own, the containers of their pods, and what those refer to.
nonisolated struct XRay: Sendable {
    let pool: ObjectPool

    static let kinds = [
        "po": "Pod", "pod": "Pod", "pods": "Pod", "svc": "Service", "service": "Service", "services": "Service", "dp": "Deployment",
        "deploy": "Deployment", "deployment": "Deployment", "deployments": "Deployment", "rs": "ReplicaSet", "replicasets": "ReplicaSet",
        "sts": "StatefulSet", "statefulsets": "StatefulSet", "ds": "DaemonSet", "daemonsets": "DaemonSet",
    ]

    func roots(_ kind: String, in namespaces: NamespaceChoice) -> [TreeNode] {
        if pool.unread[kind] != nil { return pool.unknown(kind) }
        let objects = pool.objects.filter { $0.kind == kind && namespaces.contains($0.namespace ?? "") }
        let byNamespace = Dictionary(grouping: objects) { $0.namespace ?? "" }.sorted { $0.key < $1.key }
        return byNamespace.map { namespace, objects in
            TreeNode(
                id: namespace, title: "namespace \(namespace)", note: "\(objects.count)", role: .helpSection, children: branches(objects)
            )
        }
    }

    /// Put together beside the main loop.
    @concurrent fileprivate static func roots(
        _ kind: String, in namespaces: NamespaceChoice, of sources: [ObjectPool.Source], mirrors: ListScreen.Mirrors
    ) async -> [TreeNode] {
        XRay(pool: ObjectPool(sources, mirrors)).roots(kind, in: namespaces)
    }

    private func branches(_ objects: [KubernetesObject]) -> [TreeNode] {
        objects.map { object in
            var visited: Set<String> = []
            return branch(object, &visited)
        }
    }

    /// - Parameter visited: uids. Objects may own each other: none is followed twice.
    private func branch(_ object: KubernetesObject, _ visited: inout Set<String>) -> TreeNode {
        switch object.kind {
        case "Pod": return pool.node(object, containers(of: object) + references(of: object))
        case "Service":
            guard let selector = RelatedObjects.selector(of: object), !selector.isEverything else { return pool.node(object) }
            let pods = pool.all("Pod", in: object.namespace).filter { selector.matches($0.metadata.labels) }
            return pool.node(object, pods.map { branch($0, &visited) } + pool.unknown("Pod"))
        default:
            guard visited.insert(object.uid).inserted else { return pool.node(object) }
            // ReplicaSets that keep nothing running are history.
            let owned = pool.owned(by: object).filter { $0.kind != "ReplicaSet" || $0.status["replicas"]?.intValue ?? 0 > 0 }
            return pool.node(object, owned.map { branch($0, &visited) } + (Self.makes[object.kind].map(pool.unknown) ?? []))
        }
    }

    /// What controllers make of each kind: where it may not be read the branch must not look as if there were none.
    private static let makes = [
        "Deployment": "ReplicaSet", "ReplicaSet": "Pod", "StatefulSet": "Pod", "DaemonSet": "Pod", "CronJob": "Job", "Job": "Pod",
    ]

    private func containers(of pod: KubernetesObject) -> [TreeNode] {
        let statuses = ["initContainerStatuses", "containerStatuses"].flatMap { pod.status[$0]?.arrayValue ?? [] }
        return ["initContainers", "containers"].flatMap { pod.spec[$0]?.arrayValue ?? [] }.map { container in
            let name = container["name"]?.stringValue ?? ""
            let status = statuses.first { $0["name"]?.stringValue == name }
            let isDone = status?["state"]?["terminated"]?["reason"]?.stringValue == "Completed"
            let isWell = isDone || status?["ready"]?.boolValue == true
            let waiting = status?["state"]?["waiting"]?["reason"]?.stringValue
            return TreeNode(
                id: "container/\(name)", title: "container \(name)",
                note: (isWell ? "" : "✗ ") + (waiting ?? (isDone ? "Completed" : isWell ? "" : "not ready")),
                role: isDone ? .statusCompleted : isWell ? .statusNormal : .statusError, target: pool.target(pod)
            )
        }
    }

    private func references(of pod: KubernetesObject) -> [TreeNode] {
        PodReferences(pod.spec).all.map { pool.node($0, in: pod.namespace) }
    }
}

extension Shell {
    /// `:xray deploy shop`.
    func openXRay(_ line: CommandLine) {
        let word = line.arguments.first ?? "deploy"
        guard let kind = XRay.kinds[word] else {
            return refuse("xray shows po, svc, dp, rs, sts or ds, not \(word)")
        }
        let namespaces = line.arguments.dropFirst().first.flatMap(NamespaceChoice.init) ?? session.namespaces
        let command = "xray \(word) \(namespaces.text)"
        let sources = ObjectPool.sources(session.catalog, namespace: namespaces.single)
        push(
            TreeScreen(
                name: "xray", heading: "XRay \(kind)", detail: namespaces.text, command: command, shell: self,
                following: sources.map(\.scope)
            ) { await XRay.roots(kind, in: namespaces, of: sources, mirrors: $0) })
    }
}
