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

    /// What a probe or a hook does with its container.
    enum Action: Equatable {
        case execute([String])
        case http(host: String?, port: PortText, path: String, scheme: String)
        case tcp(host: String?, port: PortText)
        case grpc(port: PortText, service: String)
        /// Only hooks do that.
        case sleep(Duration)
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
    /// Instead of the pod's own, for a container that this probe ends.
    let graceSeconds: Int?

    init?(_ kind: Kind, of container: JSONValue) {
        guard let json = container[kind.field], json.objectValue != nil else { return nil }
        guard let action = Action(json) else { return nil }
        self.kind = kind
        self.action = action
        func seconds(_ field: String, _ standard: Int) -> Duration { .seconds(json[field]?.intValue ?? standard) }
        initialDelay = seconds("initialDelaySeconds", 0)
        period = max(seconds("periodSeconds", 10), .seconds(1))
        timeout = max(seconds("timeoutSeconds", 1), .seconds(1))
        successThreshold = json["successThreshold"]?.intValue ?? 1
        failureThreshold = json["failureThreshold"]?.intValue ?? 3
        graceSeconds = json["terminationGracePeriodSeconds"]?.intValue
    }

    static func port(_ text: PortText, of container: JSONValue) -> Int? {
        if let number = text.intValue { return number }
        return container["ports"]?.arrayValue?.first { $0["name"] == text }?["containerPort"]?.intValue
    }

    /// A health check by gRPC: a server that accepts the connection serves.
    static func outcome(_ result: ExchangeResult, callingGRPC address: SocketAddress, timeout: Duration) -> Outcome {
        if case .response = result { return .success }
        // The client tries again until its time is over, whatever kept it from connecting.
        return .failure(
            "timeout: failed to connect service \"\(address)\" within \(BackOff.text(timeout)): context deadline exceeded")
    }

    /// The verdict on an HTTP exchange with the pod, in the kubelet's words.
    static func outcome(_ result: ExchangeResult, url: String, address: SocketAddress) -> Outcome {
        switch result {
        case .response(.http(let answer)):
            (200..<400).contains(answer.status) ? .success : .failure("HTTP probe failed with statuscode: \(answer.status)")
        case .response: .failure("Get \"\(url)\": net/http: HTTP/1.x transport connection broken: malformed HTTP response")
        case .refused: .failure("Get \"\(url)\": dial tcp \(address): connect: connection refused")
        case .timedOut: .failure("Get \"\(url)\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
        }
    }

    static func outcome(_ result: ExchangeResult, connectingTo address: SocketAddress) -> Outcome {
        switch result {
        case .response: .success
        case .refused: .failure("dial tcp \(address): connect: connection refused")
        case .timedOut: .failure("dial tcp \(address): i/o timeout")
        }
    }
}

extension Probe.Action {
    /// From a probe's or a hook's fields.
    init?(_ json: JSONValue) {
        if let command = json["exec"]?["command"]?.arrayValue {
            self = .execute(command.compactMap(\.stringValue))
        } else if let http = json["httpGet"], http.objectValue != nil {
            let path = http["path"]?.stringValue ?? "/"
            self = .http(
                host: http["host"]?.stringValue, port: http["port"] ?? 80, path: path.hasPrefix("/") ? path : "/" + path,
                scheme: (http["scheme"]?.stringValue ?? "HTTP").lowercased())
        } else if let socket = json["tcpSocket"], let port = socket["port"] {
            self = .tcp(host: socket["host"]?.stringValue, port: port)
        } else if let call = json["grpc"], let port = call["port"] {
            self = .grpc(port: port, service: call["service"]?.stringValue ?? "")
        } else if let seconds = json["sleep"]?["seconds"]?.intValue {
            self = .sleep(.seconds(seconds))
        } else {
            return nil
        }
    }
}
