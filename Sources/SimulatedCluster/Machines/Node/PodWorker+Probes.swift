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
            perform(probe.action, on: record, timeout: probe.timeout) { [weak self, weak record] outcome in
                guard let self, let record, record.life == life, record.process != nil, !record.isStopping else { return }
                note(outcome, of: probe, on: record)
            }
        }
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
            stop(record, because: message, grace: probe.graceSeconds ?? graceSeconds)
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
