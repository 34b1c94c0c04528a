import KubernetesModel

/// Which objects of a resource a list or watch is about.
struct Selection {
    var namespace: String?
    private var labels: LabelSelector?
    private var fields: FieldSelector
    /// Those of a custom resource, which the store doesn't keep apart.
    private let customFields: Set<String>
    /// Set when the selection is at most one object, of this name.
    private(set) var name: String?

    init(_ request: APIRequest, target: RequestTarget, resource: APIResource, custom: CustomResource?) throws(StatusError) {
        customFields = Set(custom?.selectableFields ?? [])
        namespace = resource.isNamespaced ? target.namespace : nil
        if let text = request.parameter("labelSelector"), !text.isEmpty {
            do { labels = try LabelSelector(text) } catch { throw .badRequest("\(error)") }
        }
        do {
            fields = try FieldSelector(request.parameter("fieldSelector") ?? "")
        } catch { throw .badRequest("\(error)") }
        try check(fields.terms, resource: resource)
        if let name = target.name { fields.terms.append(FieldSelector.Term(path: "metadata.name", value: name)) }
        name = fields.requiredValue(of: "metadata.name")
    }

    /// Whether nothing but the namespace narrows it: only then is it known how many objects remain.
    var isWhole: Bool { labels == nil && fields.isEverything }

    func matches(_ object: StoredObject) -> Bool {
        if let namespace, object.key.namespace != namespace { return false }
        if let labels, !labels.matches(object.labels) { return false }
        return fields.matches { object.field(Self.storedPath($0)) ?? customField($0, of: object) }
    }

    private func customField(_ path: String, of object: StoredObject) -> String? {
        guard customFields.contains(path) else { return nil }
        return SelectableFields.text(at: path, in: object.object.value)
    }

    private func check(_ terms: [FieldSelector.Term], resource: APIResource) throws(StatusError) {
        let own = SelectableFields.paths(of: Self.storage(resource)) + customFields
        for term in terms where !["metadata.name", "metadata.namespace"].contains(term.path) && !own.contains(Self.storedPath(term.path)) {
            throw .badRequest(Self.refusal(of: term.path, resource: resource, hasOwn: !own.isEmpty))
        }
    }

    private static func refusal(of path: String, resource: APIResource, hasOwn: Bool) -> String {
        switch resource.group {
        case "apps" where hasOwn: "field label \(path.goQuoted) not supported for appsv1.\(resource.kind)"
        case "batch" where hasOwn: "field label \(path.goQuoted) not supported for batchv1.\(resource.kind)"
        default:
            hasOwn || !ResourceCatalog.builtIn.groupVersions.contains(resource.groupVersion)
                ? "field label not supported: \(path)"
                : "\(path.goQuoted) is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
        }
    }

    private static func storage(_ resource: APIResource) -> GroupResource {
        resource.kind == "Event" ? GroupResource(resource: "events") : resource.groupResource
    }

    /// The newer form of events has other names for the fields of the stored one.
    private static func storedPath(_ path: String) -> String {
        if path.hasPrefix("regarding.") { return "involvedObject." + path.dropFirst("regarding.".count) }
        return path == "reportingController" ? "reportingComponent" : path
    }
}
