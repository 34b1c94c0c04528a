import KubernetesModel

/// What creating, updating and deleting does to an object by its resource, whoever writes it.
struct ObjectStrategy {
    let resource: APIResource
    let isCustom: Bool

    /// Whether a deletion answers with the object that was deleted rather than a `Status`.
    var returnsDeletedObject: Bool { resource.group.isEmpty && Self.returnedWhenDeleted.contains(resource.name) }

    private static let returnedWhenDeleted: Set = [
        "persistentvolumeclaims", "persistentvolumes", "pods", "podtemplates", "resourcequotas", "serviceaccounts", "services",
    ]

    private var hasStatus: Bool { resource.subresource("status") != nil }

    func prepareForCreate(_ object: inout KubernetesObject) {
        ResourceStrategy.prepareForCreate(&object)
        if isCustom, hasStatus { object["status"] = nil }
    }

    func prepareForUpdate(_ object: inout KubernetesObject, replacing old: KubernetesObject) {
        keepServerOwned(in: &object, from: old)
        if isCustom, hasStatus { object["status"] = old["status"] }
        ResourceStrategy.prepareForUpdate(&object, from: old)
    }

    func prepareForStatusUpdate(_ object: inout KubernetesObject, replacing old: KubernetesObject) {
        let sent = object
        ResourceStrategy.prepareForStatusUpdate(&object, from: old)
        guard Self.statusUpdatesCarryMetadata.contains(resource.groupResource) else { return }
        for key in ["labels", "annotations"] { object["metadata", default: [:]][key] = sent["metadata"]?[key] }
    }

    /// An update through a subresource changes its own part of the object alone.
    func prepareForUpdate(_ object: inout KubernetesObject, replacing old: KubernetesObject, subresource: String?) {
        guard let subresource else { return prepareForUpdate(&object, replacing: old) }
        if subresource == "status" || subresource == "approval" { return prepareForStatusUpdate(&object, replacing: old) }
        let sent = object
        object = old
        for key in ["managedFields", "resourceVersion"] { object["metadata", default: [:]][key] = sent["metadata"]?[key] }
        switch subresource {
        case "finalize": object["spec", default: [:]]["finalizers"] = sent.spec["finalizers"]
        case "ephemeralcontainers": object["spec", default: [:]]["ephemeralContainers"] = sent.spec["ephemeralContainers"]
        case "resize": for key in ["containers", "initContainers"] { object["spec", default: [:]][key] = sent.spec[key] }
        default: object["spec"] = sent["spec"]
        }
        ResourceStrategy.prepareForUpdate(&object, from: old)
    }

    private static let statusUpdatesCarryMetadata: Set = [GroupResource(resource: "nodes"), GroupResource(resource: "pods")]

    private func keepServerOwned(in object: inout KubernetesObject, from old: KubernetesObject) {
        let kept = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "generateName"]
        for key in kept { object["metadata", default: [:]][key] = old["metadata"]?[key] }
    }
}

extension KubernetesObject {
    /// The member `key`, or the default when it is missing.
    subscript(key: String, default value: @autoclosure () -> JSONValue) -> JSONValue {
        get { self[key] ?? value() }
        _modify { yield &json[key, default: value()] }
    }
}
