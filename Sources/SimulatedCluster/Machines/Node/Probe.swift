import KubernetesModel

/// One of a container's probes.
struct Probe {
    enum Kind: String, CaseIterable {
        case startup
        case liveness
        case readiness

        var field: String { rawValue + "Probe" }
        /// As events begin.
        var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }

    enum Action: Equatable {
        case execute([String])
        case http(host: String?, port: PortText, path: String, scheme: String)
        case tcp(host: String?, port: PortText)
    }

    /// A number, or the name of one of the container's ports.
    typealias PortText = JSONValue

    enum Outcome: Equatable {
        case success
        case failure(String)
    }

    /// What a prober remembers.
    struct Record {
        var successes = 0
        var failures = 0
    }

    let kind: Kind
    let action: Action
    let initialDelay: Duration
    let period: Duration
    let timeout: Duration
    let successThreshold: Int
    let failureThreshold: Int

    init?(_ kind: Kind, of container: JSONValue) {
        guard let json = container[kind.field], json.objectValue != nil else { return nil }
        self.kind = kind
        if let command = json["exec"]?["command"]?.arrayValue {
            action = .execute(command.compactMap(\.stringValue))
        } else if let http = json["httpGet"] {
            let path = http["path"]?.stringValue ?? "/"
            action = .http(
                host: http["host"]?.stringValue, port: http["port"] ?? 80, path: path.hasPrefix("/") ? path : "/" + path,
                scheme: (http["scheme"]?.stringValue ?? "HTTP").lowercased())
        } else if let port = json["tcpSocket"]?["port"] ?? json["grpc"]?["port"] {
            action = .tcp(host: json["tcpSocket"]?["host"]?.stringValue, port: port)
        } else {
            return nil
        }
        func seconds(_ field: String, _ standard: Int) -> Duration { .seconds(json[field]?.intValue ?? standard) }
        initialDelay = seconds("initialDelaySeconds", 0)
        period = max(seconds("periodSeconds", 10), .seconds(1))
        timeout = max(seconds("timeoutSeconds", 1), .seconds(1))
        successThreshold = json["successThreshold"]?.intValue ?? 1
        failureThreshold = json["failureThreshold"]?.intValue ?? 3
    }

    static func port(_ text: PortText, of container: JSONValue) -> Int? {
        if let number = text.intValue { return number }
        return container["ports"]?.arrayValue?.first { $0["name"] == text }?["containerPort"]?.intValue
    }

    /// The verdict on an HTTP exchange with the pod, in the kubelet's words.
    static func outcome(_ result: ExchangeResult, url: String, address: SocketAddress) -> Outcome {
        switch result {
        case .response(.http(let status, _)):
            (200..<400).contains(status) ? .success : .failure("HTTP probe failed with statuscode: \(status)")
        case .response: .failure("Get \"\(url)\": net/http: HTTP/1.x transport connection broken: malformed HTTP response")
        case .refused: .failure("Get \"\(url)\": dial tcp \(address): connect: connection refused")
        case .unreachable: .failure("Get \"\(url)\": dial tcp \(address): connect: no route to host")
        case .timedOut: .failure("Get \"\(url)\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
        }
    }

    static func outcome(_ result: ExchangeResult, connectingTo address: SocketAddress) -> Outcome {
        switch result {
        case .response: .success
        case .refused: .failure("dial tcp \(address): connect: connection refused")
        case .unreachable: .failure("dial tcp \(address): connect: no route to host")
        case .timedOut: .failure("dial tcp \(address): i/o timeout")
        }
    }
}
