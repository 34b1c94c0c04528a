package import KubernetesModel

/// The fields by which lists and watches of a resource can be narrowed, besides name and namespace.
package enum SelectableFields {
    package static func paths(of resource: GroupResource) -> [String] {
        table[resource] ?? []
    }

    /// The values of an object's fields, in the order of `paths(of:)`.
    static func values(of object: KubernetesObject, resource: GroupResource) -> [String] {
        guard let paths = table[resource] else { return [] }
        let value = object.value
        return paths.map { text(at: $0, in: value) }
    }

    /// A field as selectors compare it: nothing is an empty text.
    static func text(at path: String, in object: JSONValue) -> String {
        let found = object[path: path.split(separator: ".").map(String.init)]
        switch found {
        case .string(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number): return number.text
        default: return absent[path] ?? fallback(for: path, in: object)
        }
    }

    /// Fields whose zero value is left out of JSON.
    private static let absent = [
        "spec.hostNetwork": "false", "spec.unschedulable": "false", "status.successful": "0", "status.replicas": "0",
    ]

    /// Events name their source in one of two fields.
    private static func fallback(for path: String, in object: JSONValue) -> String {
        switch path {
        case "source": object[path: ["source", "component"]]?.stringValue ?? object["reportingComponent"]?.stringValue ?? ""
        case "reportingComponent": object["reportingComponent"]?.stringValue ?? ""
        case "status.successful": object[path: ["status", "succeeded"]]?.numberValue?.text ?? "0"
        default: ""
        }
    }

    private static let table: [GroupResource: [String]] = {
        ResourceCatalog.builtIn.resources.reduce(into: [:]) { table, resource in
            let paths = KindRules.of(GroupKind(group: resource.group, resource.kind)).selectableFields
            if !paths.isEmpty { table[resource.groupResource] = paths }
        }
    }()
}
