package import KubernetesModel

/// The smallest safe change that repairs a cause.
package struct Remedy: Sendable, Hashable {
    package enum Risk: String, Sendable, Hashable {
        case safe
        /// Something runs, or is admitted, that was not before: worth a look first.
        case careful
    }

    /// A change to one object.
    package struct Change: Sendable, Hashable {
        package enum Content: Sendable, Hashable {
            case json([JSONValue])
            case merge(JSONValue)
            /// Creates the object, or takes over the fields named.
            case apply(KubernetesObject)
        }

        package var object: ObjectReference
        package var resource: GroupVersionResource
        package var content: Content
    }

    package var summary: String
    package var risk: Risk
    /// Nil when only a person can decide.
    package var change: Change?
    /// The same as something to type.
    package var commands: [String]
}

/// How to see that a repair worked.
package struct Verification: Sendable, Hashable {
    /// What must hold for an object, as a sentence.
    package var invariant: String
    /// The question that failed, to be asked again; nil when there is none.
    package var probe: String?
    /// Seconds that the mechanism may take.
    package var withinSeconds: Int
}
