import KubernetesClient

/// An error that tells the log in Fathom's own words what it tells a person.
///
/// What servers and programs say stays out of the log: it may hold a token, a key, or what a Secret holds.
nonisolated protocol LoggableError: Error {
    var logged: String { get }
}

nonisolated enum LoggedText {
    /// Of an error that says nothing for the log what kind it is.
    static func of(_ error: any Error) -> String {
        (error as? any LoggableError)?.logged ?? "\(type(of: error))"
    }
}

extension ClientError: LoggableError {
    nonisolated var logged: String {
        var error = self
        error.cause = cause.withoutQuotes
        return error.description
    }
}

extension ClientError.Cause {
    /// The same without what others said, and without what they may have been told.
    fileprivate nonisolated var withoutQuotes: ClientError.Cause {
        switch self {
        case .status(let status):
            let isWord = status.reason.count < 40 && status.reason.allSatisfy { $0.isASCII && $0.isLetter }
            return .status(ServerStatus(code: status.code, reason: isWord ? status.reason : ""))
        case .credentials: return .other("there are no credentials")
        case .configuration: return .other("the configuration can't be used")
        case .proxy: return .other("the proxy did not let it through")
        case .notUnderstood: return .other("the server's answer is not the Kubernetes API's")
        case .unreachable(let address, _): return .other("\(address) can't be reached")
        case .tls(.other): return .other("no secure connection could be made")
        case .other: return .other("something else went wrong")
        default: return self
        }
    }
}
