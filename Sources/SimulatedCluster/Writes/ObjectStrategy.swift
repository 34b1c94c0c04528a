import KubernetesModel

/// What creating and updating does to an object by its resource, whoever writes it, beyond defaults: the status is the controllers',
/// the generation counts changes of what is wanted, and some kinds get finalizers or labels.
struct ObjectStrategy {
    let rules: KindRules
    /// Whether the status is written through the subresource alone.
    private let keepsStatus: Bool

    init(resource: APIResource, isCustom: Bool) {
        rules = KindRules.of(GroupKind(group: resource.group, resource.kind))
        keepsStatus = rules.status != nil || isCustom && resource.subresource("status") != nil
    }

    /// Call after `metadata.uid` and `creationTimestamp` are set and before validation.
    func prepareForCreate(_ object: inout KubernetesObject) {
        object.json.modifyOrCreate("metadata") { $0["generation"] = rules.countsGenerations ? 1 : nil }
        switch rules.status {
        case .server(let status): object["status"] = status
        case .author: break
        case nil: if keepsStatus { object["status"] = nil }
        }
        rules.prepare?(&object)
    }

    /// An update through a subresource changes its own part of the object alone.
    func prepareForUpdate(_ object: inout KubernetesObject, replacing old: KubernetesObject, subresource: String?) {
        switch subresource {
        case nil:
            keepServerOwned(in: &object, from: old)
            if keepsStatus { object["status"] = old["status"] }
        case "status", "approval": return prepareForStatusUpdate(&object, replacing: old)
        case let subresource?: keepAllBut(subresource, in: &object, from: old)
        }
        guard rules.countsGenerations else { return }
        rules.prepareUpdate?(&object, old)
        let generation = old.metadata.generation ?? 1
        let isNewlyDeleted = object.metadata.deletionTimestamp != nil && old.metadata.deletionTimestamp == nil
        let isChanged = isNewlyDeleted || Self.wanted(object.json) != Self.wanted(old.json)
        object.json.modify("metadata") { $0["generation"] = JSONValue(isChanged ? generation &+ 1 : generation) }
    }

    /// Everything but metadata and status: `spec` for nearly all kinds.
    private static func wanted(_ json: JSONObject) -> JSONObject {
        json.filter { key, value in key != "metadata" && key != "status" && value != .null }
    }

    private func prepareForStatusUpdate(_ object: inout KubernetesObject, replacing old: KubernetesObject) {
        let sent = object
        object = old
        object["status"] = sent["status"]
        keepWriting(
            ["managedFields", "resourceVersion"] + (rules.statusCarriesMetadata ? ["labels", "annotations"] : []), of: sent, in: &object)
    }

    private func keepAllBut(_ subresource: String, in object: inout KubernetesObject, from old: KubernetesObject) {
        let sent = object
        object = old
        keepWriting(["managedFields", "resourceVersion"], of: sent, in: &object)
        switch subresource {
        case "finalize": object["spec", default: [:]]["finalizers"] = sent.spec["finalizers"]
        case "ephemeralcontainers": object["spec", default: [:]]["ephemeralContainers"] = sent.spec["ephemeralContainers"]
        case "resize": for key in ["containers", "initContainers"] { object["spec", default: [:]][key] = sent.spec[key] }
        default: object["spec"] = sent["spec"]
        }
    }

    private func keepWriting(_ keys: [String], of sent: KubernetesObject, in object: inout KubernetesObject) {
        for key in keys { object["metadata", default: [:]][key] = sent["metadata"]?[key] }
    }

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
