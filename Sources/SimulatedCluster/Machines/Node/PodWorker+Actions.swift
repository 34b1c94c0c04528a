import KubernetesModel

/// What probes and hooks do with a running container.
extension PodWorker {
    func perform(
        _ action: Probe.Action, on record: ContainerRecord, timeout: Duration, then completion: @escaping (Probe.Outcome) -> Void
    ) {
        switch action {
        case .execute(let command): execute(command, on: record, timeout: timeout, then: completion)
        case .sleep(let duration): world.after(duration) { completion(.success) }
        case .http(let host, let port, let path, let scheme):
            guard let target = target(host, port, of: record) else { return completion(Self.noPort(port)) }
            let agent = HTTPField("user-agent", "kube-probe/1.36")
            let request = NetworkRequest.http(HTTPRequest(method: "GET", path: path, host: target.host.description, fields: [agent]))
            exchange(request, with: target, timeout: timeout) {
                completion(Probe.outcome($0, url: "\(scheme)://\(target)\(path)", address: target))
            }
        case .tcp(let host, let port):
            guard let target = target(host, port, of: record) else { return completion(Self.noPort(port)) }
            exchange(.connect, with: target, timeout: timeout) { completion(Probe.outcome($0, connectingTo: target)) }
        case .grpc(let port, _):
            guard let target = target(nil, port, of: record) else { return completion(Self.noPort(port)) }
            exchange(.connect, with: target, timeout: timeout) {
                completion(Probe.outcome($0, callingGRPC: target, timeout: timeout))
            }
        }
    }

    private func target(_ host: String?, _ port: Probe.PortText, of record: ContainerRecord) -> SocketAddress? {
        guard let number = Probe.port(port, of: record.spec), let address = host.flatMap({ IPv4($0) }) ?? network?.address else {
            return nil
        }
        return SocketAddress(host: address, port: number)
    }

    private static func noPort(_ port: Probe.PortText) -> Probe.Outcome {
        .failure("couldn't find port: \(port.stringValue ?? "")")
    }

    /// From the node, as the kubelet asks.
    private func exchange(
        _ request: NetworkRequest, with target: SocketAddress, timeout: Duration, then completion: @escaping (ExchangeResult) -> Void
    ) {
        world.runner.exchange(request, from: .node(kubelet.node), to: target, timeout: timeout, then: completion)
    }

    private func execute(
        _ command: [String], on record: ContainerRecord, timeout: Duration, then completion: @escaping (Probe.Outcome) -> Void
    ) {
        var output = ""
        var isAnswered = false
        let process = run(command, in: record) { text, _ in
            output += text
        } whenEnded: { ending in
            guard !isAnswered else { return }
            isAnswered = true
            completion(ending.code == 0 ? .success : .failure(output))
        }
        guard let process else { return completion(.failure("")) }
        world.after(timeout) { [weak self, weak process] in
            guard !isAnswered else { return }
            isAnswered = true
            if let process { self?.world.runner.send(.kill, to: process) }
            completion(.failure("command timed out: \"\(command.joined(separator: " "))\" timed out after \(BackOff.text(timeout))"))
        }
    }

    /// Runs a command beside a container's own process; nil when there is no such command.
    func run(
        _ command: [String], in record: ContainerRecord, output: @escaping (String, OutputStream) -> Void,
        whenEnded: @escaping (Process.Ending) -> Void
    ) -> Process? {
        guard record.process != nil, let setting = record.console?.setting,
            let program = try? world.programs.tool(command, in: image(of: record))
        else { return nil }
        return world.runner.start(
            program, command: command.joined(separator: " "), in: setting, output: output, whenEnded: whenEnded)
    }
}
