package import KubernetesModel

/// Kubernetes's own words for its refusals (`apimachinery/pkg/api/errors`).
extension StatusError {
    package static func notFound(_ resource: GroupResource, _ name: String) -> StatusError {
        StatusError(
            code: 404, reason: "NotFound", message: "\(resource) \"\(name)\" not found",
            details: Details(name: name, group: resource.group, kind: resource.resource)
        )
    }

    /// For a path that no resource serves.
    package static let unknownPath = StatusError(
        code: 404, reason: "NotFound", message: "the server could not find the requested resource", details: Details()
    )

    package static func alreadyExists(_ resource: GroupResource, _ name: String) -> StatusError {
        StatusError(
            code: 409, reason: "AlreadyExists", message: "\(resource) \"\(name)\" already exists",
            details: Details(name: name, group: resource.group, kind: resource.resource)
        )
    }

    package static func conflict(_ resource: GroupResource, _ name: String, _ problem: String) -> StatusError {
        StatusError(
            code: 409, reason: "Conflict", message: "Operation cannot be fulfilled on \(resource) \"\(name)\": \(problem)",
            details: Details(name: name, group: resource.group, kind: resource.resource)
        )
    }

    package static let modifiedMeanwhile =
        "the object has been modified; please apply your changes to the latest version and try again"

    /// A body can hold hundreds of thousands of mistakes: of more than these nobody learns anything, and others would wait.
    static let mostErrors = 1000

    /// - Parameter kind: with its group, which the message names unless it is the core one.
    package static func invalid(_ kind: GroupVersionKind, _ name: String, _ all: [FieldError]) -> StatusError {
        let errors = Array(all.prefix(mostErrors))
        let qualified = kind.group.isEmpty ? kind.kind : "\(kind.kind).\(kind.group)"
        return StatusError(
            code: 422, reason: "Invalid", message: "\(qualified) \"\(name)\" is invalid: \(ValidationErrors(errors))",
            details: Details(
                name: name, group: kind.group, kind: kind.kind,
                causes: errors.map { Cause(reason: $0.kind.rawValue, message: $0.message, field: $0.path.description) }
            )
        )
    }

    package static func forbidden(_ resource: GroupResource, _ name: String, _ problem: String) -> StatusError {
        let subject = name.isEmpty ? "\(resource)" : "\(resource) \"\(name)\""
        return StatusError(
            code: 403, reason: "Forbidden", message: "\(subject) is forbidden: \(problem)",
            details: Details(name: name, group: resource.group, kind: resource.resource)
        )
    }

    package static func badRequest(_ message: String) -> StatusError {
        StatusError(code: 400, reason: "BadRequest", message: message)
    }

    package static let unauthorized = StatusError(code: 401, reason: "Unauthorized", message: "Unauthorized")

    package static let methodNotAllowed = StatusError(
        code: 405, reason: "MethodNotAllowed", message: "the server does not allow this method on the requested resource",
        details: Details()
    )

    package static func notAcceptable(_ available: [String]) -> StatusError {
        StatusError(
            code: 406, reason: "NotAcceptable",
            message: "only the following media types are accepted: \(available.joined(separator: ", "))"
        )
    }

    /// What the router answers, before anything looks at a media type's parameters.
    static func notRouted(offering types: [String]) -> StatusError {
        StatusError(
            code: 406, reason: "NotAcceptable",
            message: "406: Not Acceptable\n\nAvailable representations: \(types.joined(separator: ", "))", details: Details()
        )
    }

    /// A body whose format the endpoint doesn't read.
    package static func unsupportedMediaType(_ accepted: [String]) -> StatusError {
        StatusError(
            code: 415, reason: "UnsupportedMediaType",
            message: "the body of the request was in an unknown format - accepted media types include: "
                + accepted.joined(separator: ", ")
        )
    }

    package static func tooLarge(limit: Int) -> StatusError {
        StatusError(
            code: 413, reason: "RequestEntityTooLarge",
            message: "Request entity too large: limit is \(limit)"
        )
    }

    /// As etcd's refusal comes through, without a reason.
    package static var largerThanTheDatabaseTakes: StatusError {
        StatusError(code: 500, reason: "", message: "etcdserver: request is too large")
    }

    package static func expired(_ message: String) -> StatusError {
        StatusError(code: 410, reason: "Expired", message: message)
    }

    package static func tooManyRequests(_ message: String, retryAfterSeconds: Int, causes: [Cause] = []) -> StatusError {
        StatusError(
            code: 429, reason: "TooManyRequests", message: message, details: Details(causes: causes, retryAfterSeconds: retryAfterSeconds)
        )
    }

    package static func serviceUnavailable(_ message: String) -> StatusError {
        StatusError(code: 503, reason: "ServiceUnavailable", message: message, details: Details())
    }

    /// A version that the cluster hasn't reached.
    package static func futureVersion(_ requested: String, current: Int) -> StatusError {
        StatusError(
            code: 504, reason: "Timeout", message: "Timeout: Too large resource version: \(requested), current: \(current)",
            details: Details(
                causes: [Cause(reason: "ResourceVersionTooLarge", message: "Too large resource version")], retryAfterSeconds: 1
            )
        )
    }

    package static func internalError(_ problem: String) -> StatusError {
        StatusError(
            code: 500, reason: "InternalError", message: "Internal error occurred: \(problem)",
            details: Details(causes: [Cause(reason: "", message: problem)])
        )
    }
}
