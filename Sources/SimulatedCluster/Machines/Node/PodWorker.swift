import KubernetesModel
import KubernetesSemantics

/// Runs one pod on its node, from its first sight to its removal.
///
/// Everything that happens — a change of the pod, the end of a process, a timer — ends in `advance`, which starts whatever may
/// start now, and then in one update of the pod's status.
final class PodWorker {
    enum Phase {
        case running
        /// Asked to stop; containers may still be using their grace period.
        case terminating
        /// Nothing of it will run again.
        case finished
    }

    /// How many containers are started in one turn.
    private static let startsAtOnce = 50

    private(set) var pod: KubernetesObject
    let kubelet: Kubelet
    var phase = Phase.running
    var network: PodNetwork?
    var volumes: [String: FileTree]?
    let initContainers: [ContainerRecord]
    let containers: [ContainerRecord]
    var ephemeral: [ContainerRecord] = []
    let startTime: Instant
    /// Why the pod was ended as a whole, such as `DeadlineExceeded`.
    var failure: (reason: String, message: String)?
    var isPreparing = false
    var mountBackOff = BackOff(initial: .milliseconds(500), maximum: .seconds(122))
    /// Stops what may be stopped next, once the pod is to end.
    private var ending: (() -> Void)?
    private var isStatusDue = false
    private var isGoingOn = false
    private var isAbandoned = false
    /// Whether the status tells that the pod is to end.
    private var hasToldOfEnding = false

    var world: MachineWorld { kubelet.world }
    var all: [ContainerRecord] { initContainers + containers + ephemeral }
    private var count: Int { initContainers.count + containers.count + ephemeral.count }
    var restartPolicy: String { pod.spec["restartPolicy"]?.stringValue ?? "Always" }
    var usesHostNetwork: Bool { pod.spec["hostNetwork"]?.boolValue ?? false }
    /// Who shares the network of the node has its name as well.
    var hostname: String { usesHostNetwork ? kubelet.node : pod.spec["hostname"]?.stringValue ?? String(pod.name.prefix(63)) }
    private var writer: Writer { kubelet.writer }

    init(_ pod: KubernetesObject, kubelet: Kubelet) {
        self.pod = pod
        self.kubelet = kubelet
        startTime = kubelet.world.now
        initContainers = (pod.spec["initContainers"]?.arrayValue ?? []).map { spec in
            ContainerRecord(spec, role: spec["restartPolicy"] == "Always" ? .sidecar : .initial, isWaitingForOthers: true, on: kubelet.disk)
        }
        let waits = !initContainers.isEmpty
        containers = (pod.spec["containers"]?.arrayValue ?? []).map {
            ContainerRecord($0, role: .main, isWaitingForOthers: waits, on: kubelet.disk)
        }
        rememberPast()
    }

    func begin() {
        if let seconds = pod.spec["activeDeadlineSeconds"]?.intValue {
            world.after(.seconds(seconds)) { [weak self] in self?.passDeadline() }
        }
        update(pod)
    }

    /// Ends the pod before anything of it begins.
    func reject(_ refusal: KubeletAdmission.Refusal) {
        event(.warning, refusal.reason, refusal.message, of: nil)
        fail(refusal.reason, "Pod was rejected: \(refusal.message)")
    }

    func update(_ pod: KubernetesObject) {
        self.pod = pod
        addEphemeralContainers()
        applyChanges()
        if pod.metadata.deletionTimestamp != nil { terminate() } else { advance() }
        statusChanged()
    }

    /// The API has let go of the pod: stop at once, and tell nobody.
    func abandon() {
        isAbandoned = true
        phase = .finished
        for record in all {
            record.life += 1
            if let process = record.process { world.runner.send(.kill, to: process) }
        }
        if let network { world.network.detach(network) }
    }

    // MARK: Progress

    /// Starts what may start now.
    func advance() {
        guard phase == .running, !isAbandoned else { return }
        guard volumes != nil, network != nil else { return prepare() }
        for record in initContainers where !isPast(record) {
            run(record)
            return
        }
        let due = (containers + ephemeral).filter(isDue)
        for record in due.prefix(Self.startsAtOnce) { run(record) }
        if due.count > Self.startsAtOnce { goOnSoon() }
        if isOver { finish() }
    }

    /// Thousands of containers are started in many turns, so that the rest of the cluster goes on.
    private func goOnSoon() {
        guard !isGoingOn else { return }
        isGoingOn = true
        world.after(.milliseconds(100)) { [weak self] in
            guard let self else { return }
            isGoingOn = false
            advance()
            statusChanged()
        }
    }

    /// Whether the containers after this init container may start.
    private func isPast(_ record: ContainerRecord) -> Bool {
        guard record.role == .sidecar else { return record.hasSucceeded }
        run(record)
        return record.isStarted
    }

    /// Whether nobody has started a container yet, or it ended and comes again.
    private func isDue(_ record: ContainerRecord) -> Bool {
        !record.isBusy && record.process == nil && (record.termination == nil || restarts(record))
    }

    /// Starts a container unless it runs, is being started, or has ended for good.
    private func run(_ record: ContainerRecord) {
        guard !record.isBusy, record.process == nil else { return }
        guard let last = record.termination ?? record.lastTermination else { return start(record) }
        if record.termination != nil, !restarts(record) {
            if record.role == .initial, record.termination?.code != 0 { finish() }
            return
        }
        let next = last.finished + record.restartBackOff.delay
        if next <= world.now { return start(record) }
        backOff(record, until: next, last: last)
    }

    func restarts(_ record: ContainerRecord) -> Bool {
        switch record.role {
        case .ephemeral: false
        case .sidecar: true
        case .initial: restartPolicy != "Never" && record.termination?.code != 0
        case .main: restartPolicy == "Always" || (restartPolicy == "OnFailure" && record.termination?.code != 0)
        }
    }

    private func backOff(_ record: ContainerRecord, until next: Instant, last: ContainerRecord.Termination) {
        let delay = BackOff.text(record.restartBackOff.delay)
        let name = "\(pod.name)_\(pod.namespace ?? "default")(\(pod.uid))"
        record.lastTermination = last
        record.state = .waiting(
            reason: "CrashLoopBackOff", message: "back-off \(delay) restarting failed container=\(record.name) pod=\(name)")
        record.isBusy = true
        remindOfBackOff(record, pod: name, until: next, life: record.life)
        let life = record.life
        world.after(world.now.duration(to: next)) { [weak self, weak record] in
            guard let self, let record, record.life == life else { return }
            record.isBusy = false
            start(record)
            statusChanged()
        }
    }

    /// The event comes again with each look at the pod while it waits.
    private func remindOfBackOff(_ record: ContainerRecord, pod name: String, until next: Instant, life: Int) {
        guard record.life == life, world.now < next, phase == .running else { return }
        event(.warning, "BackOff", "Back-off restarting failed container \(record.name) in pod \(name)", of: record)
        world.after(.seconds(world.random.int(in: 11...16))) { [weak self, weak record] in
            if let record { self?.remindOfBackOff(record, pod: name, until: next, life: life) }
        }
    }

    private var isOver: Bool {
        containers.allSatisfy { $0.termination != nil && !restarts($0) }
    }

    /// Ends the pod for good: sidecars go, and its network.
    func finish() {
        guard phase == .running else { return }
        phase = .finished
        stopAll(because: "Stopping container", grace: graceSeconds)
        releaseNetworkWhenQuiet()
    }

    /// Ends the pod because of what it did, for everyone to see.
    func fail(_ reason: String, _ message: String) {
        guard phase == .running, !isAbandoned else { return }
        failure = (reason, message)
        finish()
        statusChanged()
    }

    private func passDeadline() {
        let message = "Pod was active on the node longer than the specified deadline"
        guard phase == .running, !isAbandoned else { return }
        event(.normal, "DeadlineExceeded", message, of: nil)
        fail("DeadlineExceeded", message)
    }

    var graceSeconds: Int { pod.spec["terminationGracePeriodSeconds"]?.intValue ?? 30 }

    // MARK: Termination

    private func terminate() {
        let grace = pod.metadata.json["deletionGracePeriodSeconds"]?.intValue ?? graceSeconds
        if phase != .terminating {
            phase = .terminating
            for record in all { record.isBusy = false }
            // A kubelet tells of the containers as they are before it stops them, and then waits for the last one.
            writeStatus()
            stopAll(because: "Stopping container", grace: grace)
        }
        removeWhenQuiet()
    }

    /// Sidecars stay until everything else has ended, and then go one by one, the last first.
    private func stopAll(because message: String, grace: Int) {
        let deadline = world.now + .seconds(grace)
        ending = { [weak self] in
            guard let self else { return }
            func stop(_ record: ContainerRecord) {
                let rest = max(world.now.duration(to: deadline).wholeSeconds, min(grace, 2))
                self.stop(record, because: "\(message) \(record.name)", grace: rest)
            }
            let others = all.filter { $0.role != .sidecar && $0.process != nil }
            if let sidecar = all.last(where: { $0.role == .sidecar && $0.process != nil }), others.isEmpty { stop(sidecar) }
            others.forEach(stop)
        }
        ending?()
    }

    /// Called after each end of a container: the pod object goes when the last has ended.
    func removeWhenQuiet() {
        ending?()
        releaseNetworkWhenQuiet()
        guard phase == .terminating, all.allSatisfy({ $0.process == nil }) else { return }
        statusChanged()
        let key = pod.key
        let uid = pod.uid
        world.after(.milliseconds(50)) { [weak self] in
            guard let self, !isAbandoned else { return }
            world.write(.delete(Resource.pods, key, DeleteOptions(gracePeriodSeconds: 0, requiredUID: uid)), as: writer)
        }
    }

    func releaseNetworkWhenQuiet() {
        guard phase != .running, all.allSatisfy({ $0.process == nil }), let network else { return }
        world.network.detach(network)
        statusChanged()
    }

    // MARK: What the API is told

    func event(_ level: EventDraft.Level, _ reason: String, _ message: String, of record: ContainerRecord?) {
        guard !isAbandoned else { return }
        let draft = EventDraft(
            regarding: pod.reference, fieldPath: record?.fieldPath, level: level, reason: reason, message: message, component: "kubelet",
            host: kubelet.node)
        world.write(.event(draft), as: writer)
    }

    /// Writes the pod's status once all that happens at this instant has happened.
    func statusChanged() {
        guard !isStatusDue, !isAbandoned else { return }
        isStatusDue = true
        // The status of thousands of containers is long: it isn't written anew for each of them.
        let delay = count > 100 ? Duration.milliseconds(count) : .zero
        world.after(delay) { [weak self] in self?.writeStatus() }
    }

    private func writeStatus() {
        isStatusDue = false
        guard !isAbandoned, let current = world.parts.view.get(Resource.pods, pod.key), current.uid == pod.uid else { return }
        if hasToldOfEnding, all.contains(where: { $0.process != nil }) { return }
        hasToldOfEnding = phase == .terminating
        var updated = current
        updated.status = PodStatusWriter(worker: self, now: world.now).status(from: current.status)
        guard updated.status != current.status else { return }
        if let stored = world.write(.updateStatus(updated), as: writer) { pod = stored }
    }

    private func addEphemeralContainers() {
        for spec in pod.spec["ephemeralContainers"]?.arrayValue ?? []
        where !ephemeral.contains(where: { $0.name == spec["name"]?.stringValue }) {
            ephemeral.append(ContainerRecord(spec, role: .ephemeral, isWaitingForOthers: false, on: kubelet.disk))
        }
    }
}
