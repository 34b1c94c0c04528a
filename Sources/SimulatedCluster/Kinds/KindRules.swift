import KubernetesModel

/// What the API server does with the objects of one kind, beyond what the kind's schema says. Everything about a built-in kind stands
/// in its one entry of `table`; what an entry leaves out is as most kinds have it.
struct KindRules: Sendable {
    typealias Defaulting = @Sendable (inout JSONObject) -> Void
    typealias Validation = @Sendable (ObjectChange, inout [FieldError]) -> Void

    /// Fills in what clients leave out, whenever an object is decoded. Applying it twice changes nothing more.
    var defaults: Defaulting?
    /// What is wrong with an object, in Kubernetes's order.
    var validate: Validation?
    /// What is wrong with a status that is written through its subresource.
    var validateStatus: Validation?
    /// What is doubtful about an object that is accepted.
    var warnings: (@Sendable (JSONObject) -> [String])?
    /// What every request for the kind is told, because there is something better.
    var deprecation: String?
    /// What a new object gets besides defaults, identity and first status.
    var prepare: (@Sendable (inout KubernetesObject) -> Void)?
    /// What a changed object gets besides its generation.
    var prepareUpdate: (@Sendable (inout KubernetesObject, _ old: KubernetesObject) -> Void)?
    /// Nil where whoever writes the object writes its status too.
    var status: FirstStatus?
    /// Whether `metadata.generation` counts changes of what is wanted.
    var countsGenerations = false
    /// Which names its objects may have.
    var names: @Sendable (String) -> [String] = NameRules.subdomain
    /// Whether pods are named after its objects.
    var namesPods = false
    /// Where it keeps the template of its pods; nil when it has none.
    var podTemplate: [String]?
    /// Whether a finalizer needs a domain, if it is none of Kubernetes's own.
    var wantsQualifiedFinalizers = true
    /// Fields by which lists and watches can be narrowed, besides name and namespace.
    var selectableFields: [String] = []
    /// Whether a deletion answers with the object that was deleted rather than with a `Status`.
    var returnsDeletedObject = false
    /// Whether labels and annotations can be written with the status.
    var statusCarriesMetadata = false

    /// The status of a new object, where later ones are written through the subresource alone.
    enum FirstStatus: Sendable {
        case author
        case server(JSONValue)
    }
}

extension KindRules {
    /// Also for kinds that have no entry, and for those of custom resources.
    static func of(_ kind: GroupKind) -> KindRules {
        table[kind] ?? (builtInKinds.contains(kind) ? plain : custom)
    }

    static func of(_ object: KubernetesObject) -> KindRules {
        of(GroupKind(object))
    }

    private static let table: [GroupKind: KindRules] = {
        let groups = [
            "": core.merging(storageOfPods) { first, _ in first }, "admissionregistration.k8s.io": admissionRegistration,
            "apiextensions.k8s.io": customResources, "apiregistration.k8s.io": aggregation, "apps": apps,
            "authentication.k8s.io": authentication,
            "autoscaling": autoscaling, "batch": batch, "certificates.k8s.io": certificates, "coordination.k8s.io": coordination,
            "discovery.k8s.io": discovery, "flowcontrol.apiserver.k8s.io": flowControl,
            "networking.k8s.io": networking, "node.k8s.io": nodes, "policy": policy, "rbac.authorization.k8s.io": access,
            "resource.k8s.io": devices, "scheduling.k8s.io": scheduling, "storage.k8s.io": storage,
        ]
        return groups.reduce(into: [:]) { table, group in
            for (kind, rules) in group.value { table[GroupKind(group: group.key, kind)] = rules }
        }
    }()

    private static let plain = KindRules()
    private static let custom = KindRules(countsGenerations: true, wantsQualifiedFinalizers: false)

    private static let builtInKinds = Set(ResourceCatalog.builtIn.resources.map { GroupKind(group: $0.group, $0.kind) })
}
