import KubernetesClient
import KubernetesModel

/// Who changed an object, when, and how: an entry of its managed fields.
struct ObjectChange: Equatable {
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
        push(
            ListScreen("changes", heading: "Changes(\(namespaces.text))", command: "changes \(namespaces.text)", shell: self) { [session, now] in
                var changes: [(change: ObjectChange, target: ObjectTarget)] = []
                for name in ObjectPool.names {
                    guard let resource = session.catalog.resource(named: name) else { continue }
                    changes += await Self.changes(of: resource, in: namespaces, session.client)
                }
                changes.sort { $0.change.time > $1.change.time }
                return .init(
                    titles: ["OBJECT", "AGE", "MANAGER", "OPERATION"],
                    rows: changes.prefix(500).map { change, target in
                        .init(
                            cells: [change.object, HumanDuration.text(since: change.time, now: now()), change.manager, change.operation], target: target
                        )
                    }, absence: "Nothing tells who changed what"
                )
            })
    }

    private static func changes(
        of resource: APIResource, in namespaces: NamespaceChoice, _ client: ClusterClient
    ) async -> [(ObjectChange, ObjectTarget)] {
        let path = resource.gvr.path(namespace: namespaces.single)
        let accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
        guard let answer = try? await client.raw("GET", path, accept: accept), answer.status == 200,
            let items = try? JSONParser.parse(answer.bytes)["items"]?.arrayValue
        else { return [] }
        return items.flatMap { item -> [(ObjectChange, ObjectTarget)] in
            let metadata = item["metadata"]
            let namespace = metadata?["namespace"]?.stringValue
            guard namespaces.contains(namespace ?? "") else { return [] }
            let target = ObjectTarget(resource: resource, namespace: namespace, name: metadata?["name"]?.stringValue ?? "")
            return ObjectChange.all(of: metadata, kind: resource.kind.lowercased()).filter { !$0.operation.hasSuffix("/status") }.map { ($0, target) }
        }
    }
}
