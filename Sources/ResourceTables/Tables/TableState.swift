package import KubernetesClient
package import KubernetesModel

/// How far a table can be trusted.
package enum TableState: Sendable, Hashable {
    /// The rows are coming in; `total` where the server told.
    case loading(loaded: Int, total: Int?)
    case live
    /// The connection is lost: what is shown was true at `since`.
    case stale(since: Instant, reason: String)
    /// The server refuses to list this.
    case forbidden(String)
    /// The server does not know this resource.
    case notServed(String)
}

extension TableState {
    package init(_ error: ClientError, lastContact: Instant) {
        switch error.statusCode {
        case 403: self = .forbidden(error.description)
        case 404: self = .notServed(error.description)
        default: self = .stale(since: lastContact, reason: error.description)
        }
    }
}
