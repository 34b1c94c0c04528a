import KubernetesModel

extension PodWorker {
    /// Starts the probers of a container that has just started.
    func beginProbes(of record: ContainerRecord) {
        for kind in Probe.Kind.allCases {
            guard let probe = Probe(kind, of: record.spec) else { continue }
            record.probes[kind] = Probe.Record()
            let jitter = Duration.milliseconds(world.random.int(in: 0...900))
            schedule(probe, of: record, after: max(probe.initialDelay, jitter), life: record.life)
        }
    }

    private func schedule(_ probe: Probe, of record: ContainerRecord, after delay: Duration, life: Int) {
        world.after(delay) { [weak self, weak record] in
            guard let self, let record, record.life == life, record.process != nil, phase != .finished else { return }
            schedule(probe, of: record, after: probe.period, life: life)
            guard probe.kind == .startup ? !record.isStarted : record.isStarted, !record.isStopping else { return }
            perform(probe, on: record) { [weak self, weak record] outcome in
                guard let self, let record, record.life == life, record.process != nil, !record.isStopping else { return }
                note(outcome, of: probe, on: record)
            }
        }
    }

    private func perform(_ probe: Probe, on record: ContainerRecord, then completion: @escaping (Probe.Outcome) -> Void) {
        guard let network else { return }
        let node = Network.Source.node(kubelet.node)
        switch probe.action {
        case .execute(let command): execute(command, probe, on: record, then: completion)
        case .http(let host, let text, let path, let scheme):
            guard let port = Probe.port(text, of: record.spec), let address = host.flatMap({ IPv4($0) }) ?? self.network?.address else {
                return completion(.failure("couldn't find port: \(text.stringValue ?? "")"))
            }
            let target = SocketAddress(host: address, port: port)
            let request = NetworkRequest.http(method: "GET", path: path, host: address.description)
            world.runner.exchange(request, from: node, to: target, timeout: probe.timeout) { result in
                completion(Probe.outcome(result, url: "\(scheme)://\(target)\(path)", address: target))
            }
        case .tcp(let host, let text):
            guard let port = Probe.port(text, of: record.spec) else { return completion(.failure("couldn't find port")) }
            let target = SocketAddress(host: host.flatMap { IPv4($0) } ?? network.address, port: port)
            world.runner.exchange(.connect, from: node, to: target, timeout: probe.timeout) { result in
                completion(Probe.outcome(result, connectingTo: target))
            }
        }
    }

    private func execute(_ command: [String], _ probe: Probe, on record: ContainerRecord, then completion: @escaping (Probe.Outcome) -> Void) {
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
        world.after(probe.timeout) { [weak self, weak process] in
            guard !isAnswered else { return }
            isAnswered = true
            if let process { self?.world.runner.send(.kill, to: process) }
            completion(.failure("command timed out: \"\(command.joined(separator: " "))\" timed out after \(BackOff.text(probe.timeout))"))
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

    private func note(_ outcome: Probe.Outcome, of probe: Probe, on record: ContainerRecord) {
        var memory = record.probes[probe.kind] ?? Probe.Record()
        switch outcome {
        case .success:
            memory.successes += 1
            memory.failures = 0
        case .failure(let text):
            memory.failures += 1
            memory.successes = 0
            event(.warning, "Unhealthy", "\(probe.kind.title) probe failed: \(text)", of: record)
        }
        record.probes[probe.kind] = memory
        let hasSucceeded = memory.successes >= probe.successThreshold
        let hasFailed = memory.failures >= probe.failureThreshold
        switch probe.kind {
        case .readiness: setReady(record, hasSucceeded ? true : hasFailed ? false : record.isReady)
        case .startup where hasSucceeded: becomeStarted(record)
        case .startup, .liveness:
            guard hasFailed else { return }
            let message = "Container \(record.name) failed \(probe.kind.rawValue) probe, will be restarted"
            stop(record, because: message, grace: graceSeconds)
        }
    }

    private func setReady(_ record: ContainerRecord, _ isReady: Bool) {
        guard record.isReady != isReady else { return }
        record.isReady = isReady
        statusChanged()
    }

    private func becomeStarted(_ record: ContainerRecord) {
        record.isStarted = true
        if Probe(.readiness, of: record.spec) == nil { record.isReady = true }
        advance()
        statusChanged()
    }
}
