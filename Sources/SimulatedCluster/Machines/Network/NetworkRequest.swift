/// What a client sends over a connection.
enum NetworkRequest: Equatable {
    /// Only opens the connection, as a TCP probe does.
    case connect
    case http(HTTPRequest)
    case dns(DNSQuestion)
    /// One command of a text protocol, such as Redis's or PostgreSQL's.
    case command(String)

    static func get(_ path: String, host: String) -> NetworkRequest {
        .http(HTTPRequest(method: "GET", path: path, host: host))
    }
}

/// What a server answers.
enum NetworkResponse: Equatable {
    /// The connection is open; the server says nothing.
    case accepted
    case http(HTTPResponse)
    case dns(DNSAnswer)
    case reply(String)

    static func http(status: Int, body: String) -> NetworkResponse {
        .http(HTTPResponse(status: status, body: Array(body.utf8)))
    }
}

/// A server's answer and what it does besides, such as an access log line.
struct ServedRequest {
    var response: NetworkResponse
    var actions: [ProgramAction]
    /// How long the answer takes.
    var delay: Duration

    init(_ response: NetworkResponse, actions: [ProgramAction] = [], delay: Duration = .zero) {
        self.response = response
        self.actions = actions
        self.delay = delay
    }
}

/// How an exchange ended.
enum ExchangeResult: Equatable {
    case response(NetworkResponse)
    /// Somebody answered that there is nobody: a closed port, or a Service without endpoints.
    case refused
    /// Nobody answered in time; the packets were dropped on the way.
    case timedOut
}

/// How a host name's resolution ended.
enum LookupResult: Equatable {
    /// - names: the one that was asked for, and those that aliases have led to. An alias may lead to a name without addresses.
    case addresses([IPv4], names: [String])
    /// The servers say that the name does not exist.
    case notFound(server: SocketAddress?)
    case serverFailure(server: SocketAddress)
    case refused(server: SocketAddress)
    case timedOut(server: SocketAddress)

    var firstAddress: IPv4? {
        if case .addresses(let addresses, _) = self { addresses.first } else { nil }
    }
}
