import KubernetesModel

/// Which object a field names, as Kubernetes's own kinds and most custom ones name theirs.
nonisolated struct FieldReference {
    private let object: KubernetesObject

    init(of object: KubernetesObject) {
        self.object = object.parsed()
    }

    /// Nil where the field at `path` is no text, or names no object.
    func reference(at path: [FieldStep]) -> ObjectReference? {
        guard !Self.isFree(path), case .key(let field)? = path.last, let parent = value(at: path.dropLast()),
            let name = parent[field]?.stringValue, !name.isEmpty
        else { return nil }
        let holder = path.dropLast().reversed().lazy.compactMap { step in
            if case .key(let key) = step { key } else { nil }
        }.first
        if field == "name" { return named(name, in: parent, below: holder) }
        return kind(of: field, below: holder).map { .builtIn($0, namespace: object.namespace, name) }
    }

    /// Whether the keys there are a person's own, and say nothing of what stands behind them.
    private static func isFree(_ path: [FieldStep]) -> Bool {
        let free: [[FieldStep]] = [
            [.key("data")], [.key("stringData")], [.key("metadata"), .key("labels")], [.key("metadata"), .key("annotations")],
        ]
        return free.contains { path.starts(with: $0) }
    }

    private func value(at path: some Sequence<FieldStep>) -> JSONValue? {
        path.reduce(object.value) { value, step in
            switch step {
            case .key(let key): value?[key]
            case .index(let index): value?.arrayValue.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
        }
    }

    /// `name` beside `kind` names an object of that kind; alone, what it is in tells the kind.
    private func named(_ name: String, in parent: JSONValue, below holder: String?) -> ObjectReference? {
        let namespace = parent["namespace"]?.stringValue ?? object.namespace
        guard let kind = parent["kind"]?.stringValue else {
            return holder.flatMap(Self.kindOfHolder).map { .builtIn($0, namespace: namespace, name) }
        }
        if let apiVersion = parent["apiVersion"]?.stringValue {
            return ObjectReference(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
        }
        let reference = ObjectReference.builtIn(kind, namespace: namespace, name)
        // A group without a version is enough for the kinds that every cluster has. People are no objects.
        let isKnown = (parent["apiGroup"]?.stringValue ?? "") == reference.groupVersionKind.group || kind == "ServiceAccount"
        return isKnown && kind != "User" && kind != "Group" ? reference : nil
    }

    private static func kindOfHolder(_ key: String) -> String? {
        switch key {
        case "configMap", "configMapRef", "configMapKeyRef": "ConfigMap"
        case "secret", "secrets", "secretRef", "secretKeyRef", "imagePullSecrets": "Secret"
        case "service": "Service"
        default: key.hasSuffix("SecretRef") ? "Secret" : nil
        }
    }

    private func kind(of field: String, below holder: String?) -> String? {
        switch field {
        case "secretName": "Secret"
        case "claimName": "PersistentVolumeClaim"
        case "serviceAccountName", "serviceAccount": "ServiceAccount"
        case "nodeName", "nominatedNodeName": "Node"
        case "priorityClassName": "PriorityClass"
        case "runtimeClassName": "RuntimeClass"
        case "storageClassName": "StorageClass"
        case "volumeAttributesClassName": "VolumeAttributesClass"
        case "ingressClassName": "IngressClass"
        case "volumeName" where object.kind == "PersistentVolumeClaim": "PersistentVolume"
        case "serviceName" where object.kind == "StatefulSet": "Service"
        case "namespace" where holder == "metadata": "Namespace"
        default: nil
        }
    }
}
