import KubernetesModel

/// What a container does right after its start and right before its end.
extension PodWorker {
    private static let hookLimit = Duration.seconds(3600)
    /// What is left for a process after its hook has used up the grace period.
    private static let leastGrace = Duration.seconds(2)

    private func hook(_ name: String, of record: ContainerRecord) -> Probe.Action? {
        record.spec["lifecycle"]?[name].flatMap { Probe.Action($0) }
    }

    func hasStartHook(_ record: ContainerRecord) -> Bool { hook("postStart", of: record) != nil }

    /// A container counts as started once its hook has succeeded; one whose hook fails is ended.
    func runStartHook(of record: ContainerRecord, then completion: @escaping () -> Void) {
        guard let hook = hook("postStart", of: record) else { return completion() }
        let life = record.life
        perform(hook, on: record, timeout: Self.hookLimit) { [weak self, weak record] outcome in
            guard let self, let record, record.life == life, record.process != nil, !record.isStopping else { return }
            guard outcome != .success else { return completion() }
            event(.warning, "FailedPostStartHook", "PostStartHook failed", of: record)
            stop(record, because: "FailedPostStartHook", grace: graceSeconds)
        }
    }

    /// Asks a container's process to end, after its hook, and kills it when the grace period is over.
    func stop(_ record: ContainerRecord, because message: String?, grace: Int) {
        guard let process = record.process, !record.isStopping else { return }
        record.isStopping = true
        if let message { event(.normal, "Killing", message, of: record) }
        guard grace > 0 else { return world.runner.send(.kill, to: process) }
        let deadline = world.now + .seconds(grace)
        guard let hook = hook("preStop", of: record) else { return signal(process, killAfter: .seconds(grace)) }
        perform(hook, on: record, timeout: .seconds(grace)) { [weak self, weak record, weak process] outcome in
            guard let self, let process else { return }
            if outcome != .success { event(.warning, "FailedPreStopHook", "PreStopHook failed", of: record) }
            signal(process, killAfter: max(world.now.duration(to: deadline), Self.leastGrace))
        }
    }

    private func signal(_ process: Process, killAfter grace: Duration) {
        world.after(grace) { [weak self, weak process] in
            if let process { self?.world.runner.send(.kill, to: process) }
        }
        world.runner.send(.terminate, to: process)
    }
}
