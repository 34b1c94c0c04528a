import KubernetesModel

/// Changes the objects of a kustomization, in kustomize's order: their namespace, their names and all that refers to these, labels,
/// annotations, images.
nonisolated struct KustomizedObjects {
    /// What nobody says the namespace of is in `default`, for who refers to it.
    private struct Identity: Hashable {
        let kind: GroupKind
        let namespace: String?
        let name: String

        init(_ kind: GroupVersionKind, _ namespace: String?, _ name: String) {
            self.kind = GroupKind(group: kind.group, kind: kind.kind)
            self.namespace = KustomizedObjects.isNamespaced(kind) ? namespace ?? "default" : nil
            self.name = name
        }

        init(_ object: KubernetesObject) {
            self.init(object.groupVersionKind, object.namespace, object.name)
        }
    }

    private struct GroupKind: Hashable {
        let group: String
        let kind: String
    }

    private let kustomization: Kustomization
    /// The names that objects get, by those that they had.
    private let names: [Identity: String]

    static func of(_ objects: [KubernetesObject], _ kustomization: Kustomization) -> [KubernetesObject] {
        let changed = KustomizedObjects(objects, kustomization)
        return objects.map(changed.changed)
    }

    private init(_ objects: [KubernetesObject], _ kustomization: Kustomization) {
        self.kustomization = kustomization
        names = Dictionary(
            objects.map { (Identity($0), Self.name(of: $0, kustomization)) }
        ) { first, _ in first }
    }

    private static func name(of object: KubernetesObject, _ kustomization: Kustomization) -> String {
        switch object.kind {
        case "Namespace": kustomization.namespace ?? object.name
        case "CustomResourceDefinition", "APIService": object.name
        default: kustomization.prefix + object.name + kustomization.suffix
        }
    }

    private func changed(_ object: KubernetesObject) -> KubernetesObject {
        var value = renamed(object)
        value = value.changing(["metadata"]) { metadata in
            metadata["name"] = names[Identity(object)].map { .string($0) } ?? metadata["name"]
            if let namespace = kustomization.namespace, Self.isNamespaced(object.groupVersionKind) {
                metadata["namespace"] = .string(namespace)
            }
        }
        for labels in kustomization.labels { value = labelled(value, labels, kind: object.kind) }
        for path in [["metadata"]] + Self.templates(object.kind).map({ $0 + ["metadata"] }) where !kustomization.annotations.isEmpty {
            value = value.changing(path) { $0.merge(kustomization.annotations, into: "annotations") }
        }
        for image in kustomization.images { value = value.mapped { Self.replaced($0, at: $1, by: image) } }
        return KubernetesObject(value) ?? object
    }

    /// What nobody knows belongs to a namespace, as most does.
    private static func isNamespaced(_ kind: GroupVersionKind) -> Bool {
        ResourceCatalog.builtIn.resource(for: kind)?.isNamespaced ?? true
    }

    // MARK: References

    /// With the names, and the namespaces, that the objects get to which it refers.
    private func renamed(_ object: KubernetesObject) -> JSONValue {
        let references = FieldReference(of: object)
        func newName(_ path: [FieldStep]) -> String? {
            references.reference(at: path).flatMap { names[Identity($0.groupVersionKind, $0.namespace, $0.name)] }
        }
        return object.value.mapped { value, path in
            if value.stringValue != nil { return newName(path).map { .string($0) } ?? value }
            // What names the namespace of an object that gets another.
            guard let namespace = kustomization.namespace, value["namespace"] != nil, newName(path + [.key("name")]) != nil,
                var members = value.objectValue
            else { return value }
            members["namespace"] = .string(namespace)
            return .object(members)
        }
    }

    // MARK: Labels

    /// Where workloads say what they make.
    private static func templates(_ kind: String) -> [[String]] {
        switch kind {
        case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Job": [["spec", "template"]]
        case "CronJob": [["spec", "jobTemplate"], ["spec", "jobTemplate", "spec", "template"]]
        default: []
        }
    }

    private func labelled(_ value: JSONValue, _ labels: Kustomization.Labels, kind: String) -> JSONValue {
        var value = value.changing(["metadata"]) { $0.merge(labels.pairs, into: "labels") }
        for path in Self.templates(kind) where labels.areInTemplates {
            value = value.changing(path + ["metadata"]) { $0.merge(labels.pairs, into: "labels") }
        }
        if kind == "StatefulSet", labels.areInTemplates {
            value = value.mapped { claim, path in
                guard path.count == 3, path[1] == .key("volumeClaimTemplates") else { return claim }
                return claim.changing(["metadata"]) { $0.merge(labels.pairs, into: "labels") }
            }
        }
        guard labels.areSelected else { return value }
        switch kind {
        case "Service", "ReplicationController": value = value.changing(["spec"]) { $0.merge(labels.pairs, into: "selector") }
        case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet":
            value = value.changing(["spec"]) { spec in
                var selector = spec["selector"]?.objectValue ?? [:]
                selector.merge(labels.pairs, into: "matchLabels")
                spec["selector"] = .object(selector)
            }
        default: break
        }
        // Whatever else selects pods by labels that it has; what selects volumes or namespaces does not.
        guard kind != "PersistentVolumeClaim" else { return value }
        return value.mapped { selector, path in
            guard case .key(let holder)? = path.last, ["selector", "podSelector", "labelSelector"].contains(holder),
                !path.contains(.key("volumeClaimTemplates")), selector["matchLabels"] != nil, var members = selector.objectValue
            else { return selector }
            members.merge(labels.pairs, into: "matchLabels")
            return .object(members)
        }
    }

    // MARK: Images

    private static func replaced(_ value: JSONValue, at path: [FieldStep], by image: Kustomization.Image) -> JSONValue {
        guard path.count >= 3, path.last == .key("image"), case .index = path[path.count - 2], case .key(let list) = path[path.count - 3],
            ["containers", "initContainers", "ephemeralContainers"].contains(list), let text = value.stringValue
        else { return value }
        let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
        guard let reference = parts.first, reference.hasPrefix(image.name) else { return value }
        let rest = reference.dropFirst(image.name.count)
        guard rest.isEmpty || rest.hasPrefix(":") else { return value }
        let name = image.newName ?? image.name
        if let digest = image.digest { return .string("\(name)@\(digest)") }
        if let tag = image.newTag { return .string("\(name):\(tag)") }
        return .string(name + rest + (parts.count > 1 ? "@\(parts[1])" : ""))
    }
}

nonisolated extension JSONValue {
    /// The same with the object at `path`, which is made where there is none, changed.
    fileprivate func changing(_ path: [String], _ change: (inout JSONObject) -> Void) -> JSONValue {
        var members = objectValue ?? [:]
        if let first = path.first {
            members[first] = (members[first] ?? .object([:])).changing(Array(path.dropFirst()), change)
        } else {
            change(&members)
        }
        return .object(members)
    }
}

nonisolated extension JSONObject {
    /// Adds texts to a mapping in it; those there give way.
    fileprivate mutating func merge(_ pairs: [String: String], into key: String) {
        var mapping = self[key]?.objectValue ?? [:]
        for (name, text) in pairs.sorted(by: { $0.key < $1.key }) { mapping[name] = .string(text) }
        self[key] = .object(mapping)
    }
}
