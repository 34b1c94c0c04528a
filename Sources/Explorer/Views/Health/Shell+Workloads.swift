import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables

extension Shell {
    /// All that runs, whatever its kind.
    func openWorkloads(_ line: CommandLine) {
        let namespaces = line.namespaces ?? session.namespaces
        let sources = ObjectPool.sources(session.catalog, WorkloadRow.resources, namespace: namespaces.single)
        push(
            ListScreen(
                "workloads", heading: "Workloads(\(namespaces.text))", command: "workloads \(namespaces.text)", shell: self,
                following: sources.map(\.scope)
            ) { mirrors in
                let rows = await WorkloadRow.all(in: namespaces, of: sources, mirrors)
                return .init(
                    titles: ["NAME", "KIND", "NAMESPACE", "STATUS", "READY", "REASON", "AGE"], rows: rows.map(\.row),
                    absence: "Nothing runs here"
                )
            })
    }
}

/// A workload of any kind as one line.
nonisolated struct WorkloadRow: Sendable {
    static let resources = [
        "deployments.apps", "statefulsets.apps", "daemonsets.apps", "replicasets.apps", "jobs.batch", "cronjobs.batch", "pods", "services",
    ]

    let cells: [String]
    let created: Instant?
    let role: StyleRole
    let target: ObjectTarget?

    init(_ object: KubernetesObject, target: ObjectTarget?) {
        let health = Health.of(object)
        let status = health.isFault ? "DEGRADED" : health.level == .progressing ? "PROGRESSING" : health.level == .finished ? "DONE" : "OK"
        cells = [object.name, object.kind, object.namespace ?? "", status, Self.ready(object), health.reason ?? "", ""]
        created = object.metadata.creationTimestamp.flatMap(KubernetesTime.parse)
        role = TreeNode(object, target: nil).role
        self.target = target
    }

    /// Made beside the main loop: there may be many.
    @concurrent static func all(
        in namespaces: NamespaceChoice, of sources: [ObjectPool.Source], _ mirrors: ListScreen.Mirrors
    ) async -> [WorkloadRow] {
        let pool = ObjectPool(sources, mirrors) { namespaces.contains($0.namespace ?? "") }
        return pool.objects.map { WorkloadRow($0, target: pool.target($0)) }
    }

    @MainActor var row: ListScreen.Row {
        ListScreen.Row(cells: cells, times: created.map { [cells.count - 1: $0] } ?? [:], role: role, target: target)
    }

    private static func ready(_ object: KubernetesObject) -> String {
        let fields = FieldReader(object)
        switch object.kind {
        case "Pod": return PodColumns(object).ready
        case "DaemonSet": return "\(fields.status.numberReady.number)/\(fields.status.desiredNumberScheduled.number)"
        case "Deployment", "StatefulSet", "ReplicaSet":
            return "\(fields.status.readyReplicas.number)/\(fields.spec.replicas.json?.intValue ?? 1)"
        case "Job": return "\(fields.status.succeeded.number)/\(fields.spec.completions.json?.intValue ?? 1)"
        default: return ""
        }
    }
}
