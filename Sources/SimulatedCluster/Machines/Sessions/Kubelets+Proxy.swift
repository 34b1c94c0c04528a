extension Kubelets {
    func proxy(_ request: ProxiedRequest, then answer: @escaping (ProxiedAnswer) -> Void) {
        guard let host = IPv4(request.host) else { return answer(.failure("dial tcp: lookup \(request.host): no such host")) }
        let address = SocketAddress(host: host, port: request.port)
        let message = NetworkRequest.http(
            HTTPRequest(
                method: request.method, path: request.path, host: "\(request.host):\(request.port)", fields: request.fields,
                body: request.body))
        world.runner.exchange(message, from: .node(""), to: address, timeout: .seconds(30)) { result in
            switch result {
            case .response(.http(let response)):
                answer(.response(status: response.status, fields: response.fields, body: response.body))
            case .response: answer(.failure("net/http: HTTP/1.x transport connection broken: malformed HTTP response"))
            case .refused: answer(.failure("dial tcp \(address): connect: connection refused"))
            case .timedOut: answer(.failure("dial tcp \(address): i/o timeout"))
            }
        }
    }
}
