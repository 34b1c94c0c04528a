import KubernetesModel

/// Where a field stands in an object, as Kubernetes prints it: `spec.containers[0].ports[1].name`, `data[key]`.
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    package private(set) var description: String

    package init(_ root: String) {
        description = root
    }

    package static let root = FieldPath("")
    package static let metadata = FieldPath("metadata")
    package static let spec = FieldPath("spec")
    package static let status = FieldPath("status")

    package subscript(member: String) -> FieldPath {
        FieldPath(description.isEmpty ? member.pathComponent : "\(description).\(member.pathComponent)")
    }

    package subscript(index: Int) -> FieldPath {
        FieldPath("\(description)[\(index)]")
    }

    /// An element of a map.
    package func key(_ key: String) -> FieldPath {
        FieldPath("\(description)[\(key.pathComponent)]")
    }
}
