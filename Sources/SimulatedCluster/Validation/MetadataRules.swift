import KubernetesModel

/// What every object's metadata must keep to (`apimachinery/pkg/api/validation`).
enum MetadataRules {
    private static let maximumAnnotationBytes = 256 * 1024

    static func validate(_ object: KubernetesObject, _ rules: KindRules, isNamespaced: Bool, _ errors: inout [FieldError]) {
        let metadata = object.json.object("metadata") ?? [:]
        let path = FieldPath.metadata
        let prefix = metadata.string("generateName")
        if !prefix.isEmpty {
            errors.invalid(path["generateName"], .string(prefix), rules.names(Names.generated(prefix)))
        }
        let name = metadata.string("name")
        if name.isEmpty {
            errors.required(path["name"], "name or generateName is required")
        } else {
            errors.invalid(path["name"], .string(name), rules.names(name))
        }
        namespace(metadata.string("namespace"), isNamespaced, &errors)
        errors.checkNonnegative(metadata, "generation", at: path)
        labels(metadata.object("labels") ?? [:], at: path["labels"], &errors)
        annotations(metadata.object("annotations") ?? [:], at: path["annotations"], &errors)
        owners(metadata, &errors)
        finalizers(metadata, &errors)
        guard rules.wantsQualifiedFinalizers else { return }
        for (index, name) in metadata.strings("finalizers").enumerated() {
            unqualifiedFinalizer(name, at: path["finalizers"][index], &errors)
        }
    }

    private static func unqualifiedFinalizer(_ name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        guard !name.contains("/"), !["foregroundDeletion", "kubernetes", "orphan"].contains(name) else { return }
        errors.invalid(path, .string(name), "name is neither a standard finalizer name nor is it fully qualified")
    }

    /// A finalizer of a namespace itself, which stands in its specification.
    static func finalizer(_ name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.invalid(path, .string(name), NameRules.qualifiedName(name))
        unqualifiedFinalizer(name, at: path, &errors)
    }

    private static func namespace(_ namespace: String, _ isNamespaced: Bool, _ errors: inout [FieldError]) {
        let path = FieldPath.metadata["namespace"]
        if isNamespaced {
            if namespace.isEmpty {
                errors.required(path)
            } else {
                errors.invalid(path, .string(namespace), NameRules.label(namespace))
            }
        } else if !namespace.isEmpty {
            errors.forbidden(path, "not allowed on this type")
        }
    }

    static func labels(_ labels: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
            errors.invalid(path, .string(key), NameRules.qualifiedName(key))
            errors.invalid(path, value, NameRules.labelValue(value.stringValue ?? ""))
        }
    }

    static func annotations(_ annotations: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        var size = 0
        for (key, value) in annotations.sorted(by: { $0.key < $1.key }) {
            errors.invalid(path, .string(key), NameRules.qualifiedName(key.lowercased()))
            size += key.utf8.count + (value.stringValue?.utf8.count ?? 0)
        }
        if size > maximumAnnotationBytes { errors.append(.tooLong(path, maximumBytes: maximumAnnotationBytes)) }
    }

    private static func owners(_ metadata: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.metadata["ownerReferences"]
        var controller: String?
        for (index, owner) in metadata.objects("ownerReferences").enumerated() {
            let path = path[index]
            if GroupVersion(apiVersion: owner.string("apiVersion")).version.isEmpty {
                errors.invalid(path["apiVersion"], owner["apiVersion"] ?? "", "version must not be empty")
            }
            let kind = GroupVersion(apiVersion: owner.string("apiVersion"))
            if kind.group.isEmpty, kind.version == "v1", owner.string("kind") == "Event" {
                errors.invalid(path, .object(owner), "/v1, Kind=Event is disallowed from being an owner")
            }
            for key in ["kind", "name", "uid"] where owner.string(key).isEmpty { errors.invalid(path[key], "", "must not be empty") }
            guard owner.bool("controller") else { continue }
            if let first = controller {
                errors.invalid(
                    FieldPath.metadata["ownerReferences"], metadata["ownerReferences"],
                    "Only one reference can have Controller set to true. Found \"true\" in references for \(first) and \(owner.string("name"))"
                )
            }
            controller = controller ?? owner.string("name")
        }
    }

    private static func finalizers(_ metadata: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.metadata["finalizers"]
        let names = metadata.strings("finalizers")
        for name in names { errors.invalid(path, .string(name), NameRules.qualifiedName(name)) }
        if names.contains("orphan"), names.contains("foregroundDeletion") {
            errors.invalid(path, JSONValue(names), "finalizer orphan and foregroundDeletion cannot be both set")
        }
    }

    static func validateUpdate(_ object: KubernetesObject, _ old: KubernetesObject, _ errors: inout [FieldError]) {
        let (new, old) = (object.json.object("metadata") ?? [:], old.json.object("metadata") ?? [:])
        if old.present("deletionTimestamp") != nil {
            let before = Set(old.strings("finalizers"))
            let added = new.strings("finalizers").filter { !before.contains($0) }
            if !added.isEmpty {
                let list = added.map(\.goQuoted).joined(separator: ", ")
                errors.forbidden(
                    FieldPath.metadata["finalizers"],
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{\(list)}"
                )
            }
        }
        for key in ["name", "namespace", "uid", "creationTimestamp"] { errors.checkUnchanged(new, old, key, at: .metadata) }
    }
}
