package import KubernetesModel

/// One observation: where, what value, when, and what it says.
package enum Evidence: Sendable, Hashable {
    case field(object: ObjectReference, path: String, value: String, says: String)
    case event(object: ObjectReference, reason: String, message: String, at: Instant?, count: Int)
    case log(pod: ObjectReference, container: String, line: String, at: String?)

    package var object: ObjectReference {
        switch self {
        case .field(let object, _, _, _), .event(let object, _, _, _, _), .log(let object, _, _, _): object
        }
    }
}
