import KubernetesModel
import KubernetesSemantics

extension Shell {
    /// All that runs, whatever its kind.
    func openWorkloads(_ line: CommandLine) {
        let namespaces = line.namespaces ?? session.namespaces
        push(
            ListScreen("workloads", heading: "Workloads(\(namespaces.text))", command: "workloads \(namespaces.text)", shell: self) { [session, now] in
                let pool = await ObjectPool.read(session, WorkloadRow.resources, namespace: namespaces.single)
                let objects = pool.objects.filter { namespaces.contains($0.namespace ?? "") }
                return .init(
                    titles: ["NAME", "KIND", "NAMESPACE", "STATUS", "READY", "REASON", "AGE"],
                    rows: objects.map { WorkloadRow($0, now: now()).row(target: pool.target($0)) }, absence: "Nothing runs here"
                )
            })
    }
}

/// A workload of any kind as one line.
struct WorkloadRow {
    static let resources = [
        "deployments.apps", "statefulsets.apps", "daemonsets.apps", "replicasets.apps", "jobs.batch", "cronjobs.batch", "pods", "services",
    ]

    let cells: [String]
    let role: StyleRole

    init(_ object: KubernetesObject, now: Instant) {
        let health = Health.of(object)
        let node = TreeNode(object, target: nil)
        let status = health.isFault ? "DEGRADED" : health.level == .progressing ? "PROGRESSING" : health.level == .finished ? "DONE" : "OK"
        let age = object.metadata.creationTimestamp.map { CellText.age(since: $0, now: now) } ?? ""
        cells = [object.name, object.kind, object.namespace ?? "", status, Self.ready(object), health.reason ?? "", age]
        role = node.role
    }

    func row(target: ObjectTarget?) -> ListScreen.Row {
        ListScreen.Row(cells: cells, role: role, target: target)
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
