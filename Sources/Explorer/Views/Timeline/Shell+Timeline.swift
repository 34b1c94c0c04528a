import KubernetesClient
import KubernetesModel
import TextUI

/// What happened lately, to an object and what it owns, or in namespaces.
extension Shell {
    func openTimeline(of target: ObjectTarget) {
        pushTimeline("Timeline(\(target.text))") { session in
            let object = try await session.client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
            // What belongs to no namespace owns nothing that could be read at little cost.
            var pool: ObjectPool?
            if let namespace = target.namespace { pool = await ObjectPool.read(session, Self.timelineKinds, namespace: namespace) }
            let family = Self.family(of: object, in: pool)
            let uids = Set(family.flatMap { $0.kind == "Node" ? [$0.uid, $0.name] : [$0.uid] })
            let events = try await session.client.list(GroupVersionResource(resource: "events"), namespace: target.namespace).items
            return Timeline(events: events.filter { uids.contains(Event($0).regarding.uid ?? "") }, objects: family)
        }
    }

    func openTimeline(_ line: CommandLine) {
        let namespaces = line.namespaces ?? session.namespaces
        pushTimeline("Timeline(\(namespaces.text))", command: "timeline \(namespaces.text)") { session in
            let pool = await ObjectPool.read(session, Self.timelineKinds, namespace: namespaces.single)
            let events = try await session.client.list(GroupVersionResource(resource: "events"), namespace: namespaces.single).items
            return Timeline(
                events: events.filter { namespaces.contains($0.namespace ?? "") },
                objects: pool.objects.filter { namespaces.contains($0.namespace ?? "") })
        }
    }

    /// Kinds whose states say what happened.
    private static let timelineKinds = [
        "pods", "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch",
        "persistentvolumeclaims",
    ]

    /// The object with everything below it; objects may own each other.
    private static func family(of object: KubernetesObject, in pool: ObjectPool?) -> [KubernetesObject] {
        var family = [object]
        var visited: Set = [object.uid]
        var next = 0
        while let pool, next < family.count {
            family += pool.owned(by: family[next]).filter { visited.insert($0.uid).inserted }
            next += 1
        }
        return family
    }

    private func pushTimeline(
        _ heading: String, command: String? = nil, load: @escaping @MainActor (ClusterSession) async throws -> Timeline
    ) {
        push(
            ListScreen("timeline", heading: heading, command: command, shell: self) { [session, now] in
                let timeline = try await load(session)
                return .init(
                    titles: ["WHAT", "LAST", "FIRST", "COUNT", "OBJECT", "TEXT"],
                    rows: timeline.entries.prefix(1000).map { Self.row($0, in: session, now()) },
                    absence: "Nothing is known to have happened"
                )
            })
    }

    private static func row(_ entry: Timeline.Entry, in session: ClusterSession, _ now: Instant) -> ListScreen.Row {
        let first = entry.count > 1 ? HumanDuration.text(since: entry.first, now: now) : ""
        let object = "\(entry.object.kind.lowercased()) \(entry.object.name)"
        let gvk = GroupVersionKind(apiVersion: entry.object.apiVersion.isEmpty ? "v1" : entry.object.apiVersion, kind: entry.object.kind)
        let target = session.catalog.resource(for: gvk).map {
            ObjectTarget(resource: $0, namespace: entry.object.namespace, name: entry.object.name)
        }
        let count = entry.count > 1 ? "×\(entry.count)" : ""
        return .init(
            cells: [entry.what, HumanDuration.text(since: entry.time, now: now), first, count, object, entry.text], role: entry.kind.role,
            target: target)
    }
}

extension Timeline.Entry.Kind {
    fileprivate var role: StyleRole {
        switch self {
        case .event: .text
        case .warning: .statusPending
        case .state: .statusAdded
        case .fault: .statusError
        case .change: .statusHighlight
        }
    }
}
