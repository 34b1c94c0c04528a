import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// What happened lately, to an object and what it owns, or in namespaces.
extension Shell {
    func openTimeline(of target: ObjectTarget) {
        let own = target.scope(.managed)
        // What belongs to no namespace owns nothing that could be read at little cost.
        let sources = target.namespace.map { ObjectPool.sources(session.catalog, Self.timelineKinds, namespace: $0) } ?? []
        let events = Self.events(in: target.namespace)
        pushTimeline("Timeline(\(target.text))", following: [own, events] + sources.map(\.scope)) { mirrors in
            try await Timeline.about(try mirrors.object(target, own), events: events, sources, mirrors)
        }
    }

    func openTimeline(_ line: CommandLine) {
        let namespaces = line.namespaces ?? session.namespaces
        let sources = ObjectPool.sources(session.catalog, Self.timelineKinds, namespace: namespaces.single)
        let events = Self.events(in: namespaces.single)
        pushTimeline(
            "Timeline(\(namespaces.text))", command: "timeline \(namespaces.text)", following: [events] + sources.map(\.scope)
        ) { mirrors in
            try await Timeline.of(namespaces, events: events, sources, mirrors)
        }
    }

    private static func events(in namespace: String?) -> ReflectorScope {
        ReflectorScope(GroupVersionResource(resource: "events"), namespace: namespace)
    }

    /// Kinds whose states say what happened.
    private static let timelineKinds = [
        "pods", "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch",
        "persistentvolumeclaims",
    ]

    private func pushTimeline(
        _ heading: String, command: String? = nil, following scopes: [ReflectorScope],
        make: @escaping (ListScreen.Mirrors) async throws -> Timeline
    ) {
        push(
            ListScreen("timeline", heading: heading, command: command, shell: self, following: scopes) { [session] mirrors in
                let timeline = try await make(mirrors)
                return .init(
                    titles: ["WHAT", "LAST", "FIRST", "COUNT", "OBJECT", "TEXT"],
                    rows: timeline.entries.prefix(1000).map { Self.row($0, in: session) },
                    absence: "Nothing is known to have happened"
                )
            })
    }

    private static func row(_ entry: Timeline.Entry, in session: ClusterSession) -> ListScreen.Row {
        var times = [1: entry.time]
        if entry.count > 1 { times[2] = entry.first }
        let object = "\(entry.object.kind.lowercased()) \(entry.object.name)"
        let gvk = GroupVersionKind(apiVersion: entry.object.apiVersion.isEmpty ? "v1" : entry.object.apiVersion, kind: entry.object.kind)
        let target = session.catalog.resource(for: gvk).map {
            ObjectTarget(resource: $0, namespace: entry.object.namespace, name: entry.object.name)
        }
        let count = entry.count > 1 ? "×\(entry.count)" : ""
        return .init(
            cells: [entry.what, "", "", count, object, entry.text], times: times, role: entry.kind.role, target: target)
    }
}

nonisolated extension Timeline {
    /// What happened to an object and what it owns. Made beside the main loop.
    @concurrent fileprivate static func about(
        _ object: KubernetesObject, events: ReflectorScope, _ sources: [ObjectPool.Source], _ mirrors: ListScreen.Mirrors
    ) async throws -> Timeline {
        let family = family(of: object, in: ObjectPool(sources, mirrors))
        let uids = Set(family.flatMap { $0.kind == "Node" ? [$0.uid, $0.name] : [$0.uid] })
        return Timeline(events: try mirrors.objects(events).filter { uids.contains(Event($0).regarding.uid ?? "") }, objects: family)
    }

    /// What happened in namespaces. Made beside the main loop.
    @concurrent fileprivate static func of(
        _ namespaces: NamespaceChoice, events: ReflectorScope, _ sources: [ObjectPool.Source], _ mirrors: ListScreen.Mirrors
    ) async throws -> Timeline {
        let isWanted = { (object: KubernetesObject) in namespaces.contains(object.namespace ?? "") }
        return Timeline(
            events: try mirrors.objects(events).filter(isWanted), objects: ObjectPool(sources, mirrors, where: isWanted).objects)
    }

    /// The object with everything below it; objects may own each other.
    private static func family(of object: KubernetesObject, in pool: ObjectPool) -> [KubernetesObject] {
        var family = [object]
        var visited: Set = [object.uid]
        var next = 0
        while next < family.count {
            family += pool.owned(by: family[next]).filter { visited.insert($0.uid).inserted }
            next += 1
        }
        return family
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
