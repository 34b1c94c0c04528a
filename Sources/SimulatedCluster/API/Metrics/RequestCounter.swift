import KubernetesModel

/// Counts the requests that were answered, by the labels of `apiserver_request_total`.
final class RequestCounter {
    struct Labels: Hashable, Comparable {
        var code: Int
        var dryRun: String
        var group: String
        var resource: String
        var scope: String
        var subresource: String
        var verb: String
        var version: String

        private var order: [String] { [group, version, resource, subresource, scope, verb, String(code), dryRun] }

        static func < (left: Labels, right: Labels) -> Bool { left.order.lexicographicallyPrecedes(right.order) }
    }

    /// More kinds of requests are not told apart: clients can make up names of resources without end.
    private static let mostLabels = 5_000
    private static let verbs = [
        "get": "GET", "list": "LIST", "watch": "WATCH", "create": "POST", "update": "PUT", "patch": "PATCH", "delete": "DELETE",
        "deletecollection": "DELETECOLLECTION",
    ]

    /// When counting began.
    let start: Instant
    private(set) var counts: [Labels: Int] = [:]

    init(since start: Instant) {
        self.start = start
    }

    /// Counts a request. One that is answered later is counted when its answer is there.
    func count(_ request: APIRequest, _ response: APIResponse) {
        if case .deferred = response.body { return }
        let labels = Self.labels(of: request, code: response.status)
        if counts[labels] != nil || counts.count < Self.mostLabels { counts[labels, default: 0] += 1 }
    }

    private static func labels(of request: APIRequest, code: Int) -> Labels {
        let target = RequestTarget(path: request.path)
        let call = APICall(request: request, target: target, user: .anonymous)
        let isConnection = ["exec", "attach", "portforward", "proxy"].contains(target?.subresource)
        let isApply = request.header("content-type")?.hasPrefix("application/apply-patch") == true
        let verb = isConnection ? "CONNECT" : call.verb == "patch" && isApply ? "APPLY" : verbs[call.verb] ?? request.method
        return Labels(
            code: code, dryRun: request.parameter("dryRun") ?? "", group: target?.groupVersion.group ?? "",
            resource: target?.resource ?? "", scope: scope(of: target), subresource: target?.subresource ?? "",
            verb: target == nil ? request.method : verb, version: target?.groupVersion.version ?? "")
    }

    private static func scope(of target: RequestTarget?) -> String {
        guard let target else { return "" }
        return target.name != nil ? "resource" : target.namespace != nil ? "namespace" : "cluster"
    }
}
