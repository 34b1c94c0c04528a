package import KubernetesModel

/// Why a request to a cluster failed: what was tried, on what, and the cause.
///
/// The description is one sentence that a person can act on. It never contains a credential.
package struct ClientError: Error, Sendable, Hashable {
    package var operation: Operation
    package var target: Target
    package var cause: Cause

    package init(_ operation: Operation, _ target: Target = Target(), cause: Cause) {
        self.operation = operation
        self.target = target
        self.cause = cause
    }

    /// What the client was asked to do.
    package enum Operation: Sendable, Hashable {
        case get, list, watch, create, update, patch, delete, logs, exec, attach, portForward, discover
        /// Anything else, by its HTTP method.
        case request(method: String)
    }

    /// What the operation was about; parts that do not apply are nil.
    package struct Target: Sendable, Hashable {
        package var resource: GroupVersionResource?
        package var namespace: String?
        package var name: String?
        package var subresource: String?
        /// The path, for requests that name no resource.
        package var path: String?

        package init(
            _ resource: GroupVersionResource? = nil, namespace: String? = nil, name: String? = nil, subresource: String? = nil,
            path: String? = nil
        ) {
            self.resource = resource
            self.namespace = namespace
            self.name = name
            self.subresource = subresource
            self.path = path
        }
    }

    package enum Cause: Sendable, Hashable {
        /// The configuration can't be used, as a sentence without its end: `certificate-authority … is not PEM`.
        case configuration(String)
        /// No credentials could be had, as a sentence without its end.
        case credentials(String)
        case nameNotResolved(host: String)
        case refused(address: String)
        case unreachable(address: String, reason: String)
        case tls(TLSFailure)
        /// No answer came in time.
        case timedOut(address: String)
        /// The proxy did not let the connection through.
        case proxy(String)
        /// The server answered with a failure.
        case status(ServerStatus)
        /// What came is not what the API speaks: an HTML page of a proxy, half a document, no HTTP at all.
        case notUnderstood(String)
        /// A line longer than the limit, in bytes.
        case lineTooLong(limit: Int)
        case answerTooLong(limit: Int)
        /// It was still coming in when the time for all of it was over.
        case answerTooSlow(limit: Duration)
        /// The connection ended in the middle of an answer, or before one.
        case closedEarly
        /// The connection gave no sign of life for longer than it may.
        case silent(seconds: Int)
        case cancelled
        case other(String)
    }

    package enum TLSFailure: Sendable, Hashable {
        /// The certificate's issuer is not among the trusted ones.
        case untrusted
        case expired
        case wrongName(String)
        /// The server did not accept the client's certificate, or wanted one.
        case clientCertificateRefused
        /// The server does not speak TLS.
        case notTLS
        case other(String)
    }
}

extension ClientError {
    /// The HTTP status of the server's answer; nil when there was none.
    package var statusCode: Int? {
        if case .status(let status) = cause { status.code } else { nil }
    }

    package var isNotFound: Bool { statusCode == 404 }
    package var isForbidden: Bool { statusCode == 403 }

    /// Whether the same request may succeed later: there was no answer, the server is in trouble or has too much to do, or wants one to log
    /// in again.
    package var isPassing: Bool {
        guard let statusCode else { return true }
        return [401, 408, 429].contains(statusCode) || statusCode >= 500
    }

    /// The version asked for is no longer there: the answer is to list again.
    package var isExpired: Bool {
        guard case .status(let status) = cause else { return false }
        return status.isExpired
    }
}
