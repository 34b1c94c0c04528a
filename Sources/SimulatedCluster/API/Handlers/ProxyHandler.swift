import KubernetesModel
import KubernetesSemantics

/// Passes an HTTP request on to a pod, to a Service's pods, or to a node's kubelet: `pods/NAME:PORT/proxy/PATH`.
struct ProxyHandler {
    let parts: ClusterParts
    let call: APICall
    let target: RequestTarget

    func respond() throws(StatusError) -> APIResponse {
        let name = SchemedName(target.name ?? "")
        switch target.resource {
        case "pods":
            let address = try podAddress(name)
            if let redirection { return redirection }
            return try pass(to: address)
        case "services":
            let address = try serviceAddress(name)
            if let redirection { return redirection }
            return try pass(to: address)
        default:
            let node = try object(Resource.nodes, name.name)
            if let redirection { return redirection }
            let path = PercentEncoding.decode(target.rest) ?? target.rest
            return try agent(for: node.name).serve(call.request, path: path, on: node.name)
        }
    }

    /// To the path with a slash, which relative links of what is there start from; nil when it has one.
    private var redirection: APIResponse? {
        let request = call.request
        guard target.rest.isEmpty, !request.path.hasSuffix("/"), ["GET", "HEAD"].contains(request.method) else { return nil }
        let location = request.path + "/" + (request.rawQuery.isEmpty ? "" : "?" + request.rawQuery)
        return APIResponse(status: 301, headers: [("location", location)], body: .bytes([]))
    }

    private func object(_ resource: GroupResource, _ name: String) throws(StatusError) -> KubernetesObject {
        let namespace = resource == Resource.nodes ? nil : target.namespace
        guard let object = parts.view.get(resource, ObjectKey(namespace: namespace, name: name)) else { throw .notFound(resource, name) }
        return object
    }

    // MARK: Where it goes

    private func podAddress(_ name: SchemedName) throws(StatusError) -> (host: String, port: Int) {
        let pod = try object(Resource.pods, name.name)
        guard let host = pod.status["podIP"]?.stringValue, !host.isEmpty else { throw .badRequest("address not allowed") }
        let declared = pod.spec["containers"]?[0]?["ports"]?[0]?["containerPort"]?.intValue
        guard let port = name.port.isEmpty ? declared ?? 80 : Int(name.port) else {
            throw .badRequest("invalid pod request \((target.name ?? "").goQuoted)")
        }
        return (host, port)
    }

    private func serviceAddress(_ name: SchemedName) throws(StatusError) -> (host: String, port: Int) {
        let service = try object(Resource.services, name.name)
        let ports = service.spec["ports"]?.arrayValue ?? []
        let isMeant: (JSONValue) -> Bool = { port in
            port["name"]?.stringValue == name.port || port["port"]?.intValue.map(String.init) == name.port
        }
        let port = name.port.isEmpty && ports.count == 1 ? ports.first : ports.first(where: isMeant)
        guard let port else {
            throw .serviceUnavailable("no service port \(name.port.goQuoted) found for service \(service.name.goQuoted)")
        }
        let slices = parts.view.list(Resource.endpointSlices, namespace: service.namespace)
            .filter { $0.metadata.labels["kubernetes.io/service-name"] == service.name }
        let addresses = slices.flatMap { Self.addresses(in: $0, port: port["name"]?.stringValue ?? "") }
        guard let chosen = parts.random.pick(from: addresses) else {
            throw .serviceUnavailable("no endpoints available for service \(service.name.goQuoted)")
        }
        return chosen
    }

    /// The ready endpoints of a slice, at its port of this name.
    private static func addresses(in slice: KubernetesObject, port name: String) -> [(host: String, port: Int)] {
        let port = slice["ports"]?.arrayValue?.first { ($0["name"]?.stringValue ?? "") == name }
        guard let number = port?["port"]?.intValue else { return [] }
        let ready = (slice["endpoints"]?.arrayValue ?? []).filter { $0["conditions"]?["ready"]?.boolValue != false }
        return ready.compactMap { $0["addresses"]?[0]?.stringValue }.map { ($0, number) }
    }

    /// Fields that are about a connection, or about the user, whom only the API server has to know.
    private static let ownFields: Set<String> = [
        "authorization", "connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate", "proxy-authorization", "te",
        "trailer", "transfer-encoding", "upgrade",
    ]

    private var fields: [HTTPField] {
        let kept = call.request.headers.filter { !Self.ownFields.contains($0.name) && !$0.name.hasPrefix("impersonate-") }
        return kept.map { HTTPField($0.name, $0.value) }
            + [HTTPField("x-forwarded-for", "127.0.0.1"), HTTPField("x-forwarded-uri", call.request.path)]
    }

    // MARK: What comes back

    private func complete(_ deferred: DeferredResponse, _ response: APIResponse) {
        deferred.complete(response)
        parts.requests.count(call.request, response)
    }

    private func agent(for host: String) throws(StatusError) -> any NodeAgent {
        guard let agent = parts.nodes else { throw .serviceUnavailable("error trying to reach service: no route to \(host)") }
        return agent
    }

    private func pass(to address: (host: String, port: Int)) throws(StatusError) -> APIResponse {
        let agent = try agent(for: address.host)
        let query = call.request.rawQuery
        let request = ProxiedRequest(
            method: call.request.method, path: "/" + target.rest + (query.isEmpty ? "" : "?" + query), host: address.host,
            port: address.port, fields: fields, body: call.request.body)
        let deferred = DeferredResponse()
        agent.proxy(request) { answer in
            switch answer {
            case .response(let status, let fields, let body):
                complete(deferred, APIResponse(status: status, headers: fields.map { ($0.name, $0.value) }, body: .bytes(body)))
            case .failure(let problem):
                let error = StatusError.serviceUnavailable("error trying to reach service: \(problem)")
                complete(deferred, ResponseWriter.respond(error, to: call.request))
            }
        }
        return APIResponse(status: 200, body: .deferred(deferred))
    }
}

/// The name in a proxy's path: `[SCHEME:]NAME[:PORT]`.
struct SchemedName: Equatable {
    var name: String
    /// A number or a port's name; empty for the only one.
    var port: String

    init(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let rest = parts.count > 1 && ["http", "https"].contains(parts[0]) ? Array(parts.dropFirst()) : parts
        name = rest.first ?? ""
        port = rest.count > 1 ? rest[1] : ""
    }
}
