import KubernetesModel

extension ClientError: CustomStringConvertible {
    /// `Can't list pods in namespace shop: the credentials were not accepted …`
    package var description: String {
        VisibleText.of("Can't \(operation.phrase(about: target)): \(cause.sentence)")
    }

    /// The cause alone, for places that already say what was tried.
    package var reason: String {
        VisibleText.of(cause.sentence)
    }
}

extension ClientError.Operation {
    fileprivate func phrase(about target: ClientError.Target) -> String {
        let object = target.phrase
        return switch self {
        case .get: "read \(object)"
        case .list: "list \(object)"
        case .watch: "watch \(object)"
        case .create: "create \(object)"
        case .update: "update \(object)"
        case .patch: "change \(object)"
        case .delete: "delete \(object)"
        case .logs: "read the log of \(object)"
        case .exec: "run a command in \(object)"
        case .attach: "attach to \(object)"
        case .portForward: "forward a port to \(object)"
        case .discover: "ask the cluster for its resources"
        case .request(let method): "\(method) \(object)"
        }
    }
}

extension ClientError.Target {
    /// `pods/cart-0 in namespace shop`, `deployments.apps`, `/version`.
    fileprivate var phrase: String {
        guard let resource else { return path ?? "the cluster" }
        var text = resource.groupResource.description
        if let name { text += "/\(name)" }
        if let subresource, !["log", "exec", "attach", "portforward"].contains(subresource) { text = "\(subresource) of \(text)" }
        if let namespace { text += " in namespace \(namespace)" }
        return text
    }
}

extension ClientError.Cause {
    var sentence: String {
        switch self {
        case .configuration(let text), .credentials(let text), .proxy(let text), .other(let text): text
        case .nameNotResolved(let host):
            "the name \(host) can't be resolved; check the server's address in the kubeconfig and this machine's DNS"
        case .refused(let address): "nothing listens on \(address) (connection refused); is the cluster running?"
        case .unreachable(let address, let reason): "\(address) can't be reached (\(reason))"
        case .tls(let failure): failure.sentence
        case .timedOut(let address): "\(address) did not answer in time"
        case .status(let status): status.sentence
        case .notUnderstood(let text): "the server's answer is not the Kubernetes API's: \(text)"
        case .lineTooLong(let limit): "the server sent a line longer than \(limit >> 20) MiB"
        case .answerTooSlow(let limit): "the server's answer was not complete after \(limit.components.seconds) s"
        case .answerTooLong(let limit): "the server's answer goes on after \(limit >> 20) MiB"
        case .closedEarly: "the connection was closed before the answer was complete"
        case .silent(let seconds): "the connection gave no sign of life for \(seconds) seconds"
        case .cancelled: "it was cancelled"
        }
    }
}

extension ClientError.TLSFailure {
    fileprivate var sentence: String {
        switch self {
        case .untrusted:
            "the server's certificate is not signed by an authority the kubeconfig trusts; check certificate-authority of the cluster"
        case .expired: "the server's certificate, or the one of its authority, has expired or is not valid yet"
        case .wrongName(let name):
            "the server's certificate is not for \(name); tls-server-name in the kubeconfig can name the one to expect"
        case .clientCertificateRefused:
            "the server did not accept the client certificate; it may have expired, or belong to another cluster"
        case .notTLS: "the server does not speak TLS; is its address meant to start with http://?"
        case .other(let text): "no secure connection could be made (\(text))"
        }
    }
}

extension ServerStatus {
    var sentence: String {
        let said = message.isEmpty ? reason : message
        let detail = said.isEmpty ? "" : ": \(said)"
        return switch code {
        case 401:
            "the cluster did not accept the credentials (401)\(said.isEmpty || said == "Unauthorized" ? "" : detail); log in again or check the user in the kubeconfig"
        case 403: said.isEmpty ? "it is forbidden (403)" : "\(said) (403)"
        case 404: said.isEmpty ? "it does not exist (404)" : "\(said) (404)"
        case 409: reason == "AlreadyExists" ? "\(said) (409)" : "somebody changed it in the meantime (409)\(detail)"
        case 410: "the cluster no longer has that version of the data (410)\(detail)"
        case 422: "the cluster refuses it as invalid (422)\(detail)"
        case 429:
            "\(reason == "TooManyRequests" || said.isEmpty ? "the cluster has too much to do (429)" : "the cluster refuses it for now (429)")\(detail)\(retryHint)"
        case 500...599: "the cluster failed (\(code))\(detail)"
        default: "the cluster answered \(code)\(detail)"
        }
    }

    private var retryHint: String {
        retryAfterSeconds.map { "; try again in \($0) s" } ?? ""
    }
}
