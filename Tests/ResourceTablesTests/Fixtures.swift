import KubernetesModel
import ResourceTables

let start = Instant(seconds: 1_800_000_000)

let podLayout = ResourceLayout.of(builtIn("pods"))

func builtIn(_ name: String) -> APIResource {
    ResourceCatalog.builtIn.resource(named: name)
        ?? APIResource(groupVersion: GroupVersion(apiVersion: "v1"), name: name, kind: name, isNamespaced: true)
}

func object(_ json: String) -> KubernetesObject {
    KubernetesObject(compactJSON: Array(json.utf8)).parsed()
}

/// A pod, running unless told otherwise.
func pod(
    _ name: String, namespace: String = "shop", uid: String? = nil, version: Int = 1, restarts: Int = 0, waiting: String? = nil,
    labels: String = "{}"
) -> KubernetesObject {
    let state = waiting.map { #"{"waiting":{"reason":"\#($0)"}}"# } ?? #"{"running":{}}"#
    return object(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"\(name)","namespace":"\(namespace)","uid":"\(uid ?? name)",
         "resourceVersion":"\(version)","creationTimestamp":"\(KubernetesTime.seconds(start))","labels":\(labels)},
         "spec":{"nodeName":"node-a","containers":[{"name":"app"}]},
         "status":{"phase":"Running","containerStatuses":[{"name":"app","ready":\(waiting == nil),"restartCount":\(restarts),"state":\(state)}]}}
        """)
}

extension TableSnapshot {
    /// The cells of some columns, row by row, as in a table.
    func text(_ titles: String..., now: Instant = start) -> String {
        let indices = titles.compactMap { title in columns.firstIndex { $0.title == title } }
        return rows.map { row in indices.map { row.cells[$0].text(now: now) }.joined(separator: " ") }.joined(separator: "\n")
    }
}
