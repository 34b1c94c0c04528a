import KubernetesClient
import KubernetesModel
import ResourceTables

/// Who changed an object, when, and how: an entry of its managed fields.
nonisolated struct ObjectChange: Equatable, Sendable {
    let time: Instant
    let manager: String
    let operation: String
    let object: String

    /// What an object's metadata tell.
    static func all(of metadata: JSONValue?, kind: String) -> [ObjectChange] {
        let namespace = metadata?["namespace"]?.stringValue.map { $0 + "/" } ?? ""
        return (metadata?["managedFields"]?.arrayValue ?? []).compactMap { entry in
            guard let time = entry["time"]?.stringValue.flatMap(KubernetesTime.parse) else { return nil }
            let subresource = entry["subresource"]?.stringValue.map { "/\($0)" } ?? ""
            return ObjectChange(
                time: time, manager: entry["manager"]?.stringValue ?? "", operation: (entry["operation"]?.stringValue ?? "") + subresource,
                object: "\(kind) \(namespace)\(metadata?["name"]?.stringValue ?? "")"
            )
        }
    }
}

extension Shell {
    /// What was changed lately, by whom, without what only reports its own state.
    func openChanges(_ line: CommandLine) {
        let namespaces = line.namespaces ?? session.namespaces
        let sources = ObjectPool.names.compactMap { session.catalog.resource(named: $0) }.map { resource in
            ObjectPool.Source(
                resource: resource, scope: ReflectorScope(resource.gvr, namespace: namespaces.single, detail: .managedMetadata))
        }
        push(
            ListScreen(
                "changes", heading: "Changes(\(namespaces.text))", command: "changes \(namespaces.text)", shell: self,
                following: sources.map(\.scope)
            ) { mirrors in
                let changes = await ObjectChange.latest(500, in: namespaces, of: sources, mirrors)
                return .init(
                    titles: ["OBJECT", "AGE", "MANAGER", "OPERATION"],
                    rows: changes.map { change, target in
                        .init(cells: [change.object, "", change.manager, change.operation], times: [1: change.time], target: target)
                    }, absence: "Nothing tells who changed what"
                )
            })
    }
}

nonisolated extension ObjectChange {
    /// The newest first. Gathered beside the main loop.
    @concurrent fileprivate static func latest(
        _ count: Int, in namespaces: NamespaceChoice, of sources: [ObjectPool.Source], _ mirrors: ListScreen.Mirrors
    ) async -> [(change: ObjectChange, target: ObjectTarget)] {
        let all = sources.flatMap { source in
            (mirrors[source.scope]?.objects ?? []).filter { namespaces.contains($0.namespace ?? "") }.flatMap { object in
                let target = ObjectTarget(resource: source.resource, namespace: object.namespace, name: object.name)
                return ObjectChange.all(of: object["metadata"], kind: source.resource.kind.lowercased())
                    .filter { !$0.operation.hasSuffix("/status") }.map { (change: $0, target: target) }
            }
        }
        return Array(all.sorted { $0.change.time > $1.change.time }.prefix(count))
    }
}
