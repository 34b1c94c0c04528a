import KubernetesModel
import KubernetesSemantics

/// The columns that K9s shows of the kinds it knows, between the name and the age.
struct KnownColumns: Sendable {
    let columns: [ColumnDefinition]
    let links: @Sendable (FieldReader) -> RowLinks

    init(_ columns: [ColumnDefinition], links: @escaping @Sendable (FieldReader) -> RowLinks = { _ in RowLinks() }) {
        self.columns = columns
        self.links = links
    }

    static func of(_ resource: GroupResource) -> KnownColumns? {
        all[resource]
    }

    private static let all: [GroupResource: KnownColumns] = [
        GroupResource(resource: "pods"): pods,
        GroupResource(resource: "nodes"): nodes,
        GroupResource(resource: "services"): services,
        GroupResource(resource: "events"): events,
        GroupResource(group: "events.k8s.io", resource: "events"): events,
        GroupResource(resource: "configmaps"): KnownColumns([.server(1, "DATA", .number, .right)]),
        GroupResource(resource: "secrets"): KnownColumns([.server(1, "TYPE"), .server(2, "DATA", .number, .right)]),
        GroupResource(resource: "serviceaccounts"): KnownColumns([.number("SECRET") { $0.secrets.elements.count }]),
        GroupResource(resource: "persistentvolumes"): volumes,
        GroupResource(resource: "persistentvolumeclaims"): claims,
        GroupResource(group: "apps", resource: "deployments"): deployments,
        GroupResource(group: "apps", resource: "replicasets"): replicaSets,
        GroupResource(group: "apps", resource: "statefulsets"): statefulSets,
        GroupResource(group: "apps", resource: "daemonsets"): daemonSets,
        GroupResource(group: "batch", resource: "jobs"): jobs,
        GroupResource(group: "batch", resource: "cronjobs"): cronJobs,
        GroupResource(group: "policy", resource: "poddisruptionbudgets"): budgets,
        GroupResource(group: "rbac.authorization.k8s.io", resource: "clusterroles"): KnownColumns([]),
        GroupResource(group: "rbac.authorization.k8s.io", resource: "roles"): KnownColumns([]),
        GroupResource(group: "rbac.authorization.k8s.io", resource: "rolebindings"): bindings("ROLE"),
        GroupResource(group: "rbac.authorization.k8s.io", resource: "clusterrolebindings"): bindings("CLUSTERROLE"),
        GroupResource(group: "networking.k8s.io", resource: "networkpolicies"): networkPolicies,
        GroupResource(group: "apiextensions.k8s.io", resource: "customresourcedefinitions"): definitions,
    ]

    static let volumes = KnownColumns([
        .computed("CAPACITY", .text, .right) { .quantity($0.serverCells[1]) },
        .server(2, "ACCESS MODES"), .server(3, "RECLAIM POLICY"), .server(4, "STATUS"), .server(5, "CLAIM"), .server(6, "STORAGECLASS"),
        .server(8, "REASON"), .server(10, "VOLUMEMODE", wide: true),
    ])

    static let claims = KnownColumns([
        .server(1, "STATUS"), .server(2, "VOLUME"), .computed("CAPACITY", .text, .right) { .quantity($0.serverCells[3]) },
        .server(4, "ACCESS MODES"), .server(5, "STORAGECLASS"),
    ])

    static let budgets = KnownColumns(
        [
            .server(1, "MIN-AVAILABLE", .text, .right), .server(2, "MAX-UNAVAILABLE", .text, .right),
            .server(3, "ALLOWED-DISRUPTIONS", .number, .right), .number("CURRENT") { $0.status.currentHealthy.number },
            .number("DESIRED") { $0.status.desiredHealthy.number }, .number("EXPECTED") { $0.status.expectedPods.number },
        ], links: { RowLinks(podSelector: CellText.selectorText($0.spec.selector)) })

    static let definitions = KnownColumns([
        .text("GROUP") { $0.spec.group.text }, .text("KIND") { $0.spec.names.kind.text },
        .text("VERSIONS") { definition in
            definition.spec.versions.elements.filter(\.served.flag)
                .map { $0.name.text + ($0.deprecated.flag ? "!" : "") }.joined(separator: ",")
        },
        .text("SCOPE") { $0.spec.scope.text }, .text("ALIASES", wide: true) { $0.spec.names.shortNames.texts.joined(separator: ",") },
    ])

    static func bindings(_ title: String) -> KnownColumns {
        KnownColumns([
            .text(title) { $0.roleRef.name.text },
            .text("KIND") { Set($0.subjects.elements.map(\.kind.text)).sorted().joined(separator: ",") },
            .text("SUBJECTS") { binding in binding.subjects.elements.map(\.name.text).joined(separator: ",") },
        ])
    }

    static let events = KnownColumns(
        [
            .computed("LAST SEEN", .age, .right) { .age(since: EventColumns($0.object).lastSeen) },
            .server(1, "TYPE"), .server(2, "REASON"), .server(3, "OBJECT"), .server(8, "COUNT", .number, .right), .server(6, "MESSAGE"),
            .server(4, "SUBOBJECT", wide: true), .server(5, "SOURCE", wide: true),
            .computed("FIRST SEEN", .age, .right, wide: true) { .age(since: EventColumns($0.object).firstSeen) },
            .computed("NAME", .name, wide: true) { .text($0.metadata.name) },
        ],
        links: { event in
            let regarding = event.involvedObject.exists ? event.involvedObject : event.regarding
            return RowLinks(
                regarding: ObjectReference(
                    apiVersion: regarding.apiVersion.text, kind: regarding.kind.text, namespace: regarding.namespace.text,
                    name: regarding.name.text
                ))
        })
}
