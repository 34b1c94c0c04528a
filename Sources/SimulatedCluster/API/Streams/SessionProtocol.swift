/// What a connection changes over to for exec, attach or port-forward.
struct SessionProtocol {
    /// What the connection itself speaks from then on.
    enum Carrier {
        case webSocket
        /// As clients before 1.30 speak, and later ones when a WebSocket fails.
        case spdy
    }

    /// Empty for what clients speak that name none.
    let name: String
    let carrier: Carrier
    let transport: SessionTransport
    /// Of exec and attach: 5 can tell the end of the input, 4 and later tell how a command ended, 3 and later know terminals' sizes.
    var version = 4

    static let streams = [
        SessionProtocol(name: "v5.channel.k8s.io", carrier: .webSocket, transport: .channels, version: 5),
        SessionProtocol(name: "v4.channel.k8s.io", carrier: .webSocket, transport: .channels),
        SessionProtocol(name: "v4.base64.channel.k8s.io", carrier: .webSocket, transport: .channels),
        SessionProtocol(name: "channel.k8s.io", carrier: .webSocket, transport: .channels, version: 3),
        SessionProtocol(name: "base64.channel.k8s.io", carrier: .webSocket, transport: .channels, version: 3),
        SessionProtocol(name: "", carrier: .webSocket, transport: .channels, version: 3),
        SessionProtocol(name: "v4.channel.k8s.io", carrier: .spdy, transport: .spdy),
        SessionProtocol(name: "v3.channel.k8s.io", carrier: .spdy, transport: .spdy, version: 3),
        SessionProtocol(name: "v2.channel.k8s.io", carrier: .spdy, transport: .spdy, version: 2),
        SessionProtocol(name: "channel.k8s.io", carrier: .spdy, transport: .spdy, version: 1),
    ]

    static let forwards = [
        SessionProtocol(name: "SPDY/3.1+portforward.k8s.io", carrier: .webSocket, transport: .spdy),
        SessionProtocol(name: "v4.channel.k8s.io", carrier: .webSocket, transport: .channels),
        SessionProtocol(name: "v4.base64.channel.k8s.io", carrier: .webSocket, transport: .channels),
        SessionProtocol(name: "", carrier: .webSocket, transport: .channels),
        SessionProtocol(name: "portforward.k8s.io", carrier: .spdy, transport: .spdy),
    ]

    /// The first of the served protocols that the client offers, too.
    static func negotiated(by request: APIRequest, among served: [SessionProtocol]) throws(StatusError) -> SessionProtocol {
        switch request.header("upgrade")?.lowercased() {
        case "websocket" where request.method == "GET":
            let offered = request.headers.filter { $0.name == "sec-websocket-protocol" }
                .flatMap { $0.value.split(separator: ",").map { String($0.filter { $0 != " " }) } }
            let names = served.filter { $0.carrier == .webSocket }
            if let chosen = names.first(where: { offered.contains($0.name) || $0.name.isEmpty && offered.isEmpty }) { return chosen }
            throw .badRequest("unable to negotiate protocol: client supports \(list(offered)), server supports \(list(names.map(\.name)))")
        case "spdy/3.1":
            let offered = request.headers.filter { $0.name == "x-stream-protocol-version" }
                .flatMap { $0.value.split(separator: ",").map { String($0.filter { $0 != " " }) } }
            let names = served.filter { $0.carrier == .spdy }
            if let chosen = names.first(where: { offered.contains($0.name) }) { return chosen }
            guard !offered.isEmpty else { throw .badRequest("unable to upgrade: X-Stream-Protocol-Version header is required") }
            throw StatusError(
                code: 403, reason: "Forbidden",
                message: "unable to upgrade: unable to negotiate protocol: client supports \(list(offered)), "
                    + "server accepts \(list(names.map(\.name)))")
        default: throw .badRequest("Upgrade request required")
        }
    }

    private static func list(_ names: [String]) -> String {
        "[\(names.joined(separator: " "))]"
    }
}
