package import KubernetesModel

/// One version of a custom resource, as its definition describes it.
package struct CustomResource: Sendable {
    package let resource: APIResource
    package let storageVersion: String
    /// `openAPIV3Schema` of this version.
    package let schema: JSONValue
    let patterns: SchemaPatterns
    /// JSON paths such as `.spec.replicas`; nil without the scale subresource.
    package let scale: ScalePaths?
    /// Of the columns after the name.
    package let columnPaths: [String]
    package let listKind: String
    /// JSON paths without the leading dot by which lists and watches can be narrowed.
    package let selectableFields: [String]
    /// Told with every request about a version that is deprecated.
    package let deprecationWarning: String?

    package struct ScalePaths: Sendable, Hashable {
        package let specReplicas: String
        package let statusReplicas: String
        package let selector: String?

        /// Those of the built-in kinds.
        static let builtIn = ScalePaths(specReplicas: ".spec.replicas", statusReplicas: ".status.replicas", selector: nil)

        var specReplicasPath: [String] { Self.members(specReplicas) }
        var statusReplicasPath: [String] { Self.members(statusReplicas) }
        var selectorPath: [String]? { selector.map(Self.members) }

        private static func members(_ path: String) -> [String] {
            path.split(separator: ".").map(String.init)
        }
    }

    package var hasStatus: Bool { resource.subresource("status") != nil }
}
