package import KubernetesClient
package import KubernetesModel

/// Reads the logs of all containers behind some objects: new pods join, restarts are followed, lost streams are taken up again
/// where they broke off.
package final class LogFeed {
    private let client: ClusterClient
    private let targets: [ObjectTarget]
    private let containers: LogContainers
    private let isPrevious: Bool
    private let range: LogRange
    private let now: () -> Instant
    /// Between two attempts to read what broke off.
    private let pause: @Sendable (Duration) async throws -> Void
    private let onChange: () -> Void

    let intake = LogIntake()
    /// Containers that can't be read, each with the reason; shown where there are no lines.
    private(set) var silences: [String: String] = [:]
    /// The latest warnings about pods that have something to read nothing of, by pod.
    private(set) var warnings: [String: [String]] = [:]
    /// One per run of a container, by pod uid, container and restart count.
    private var streams: [String: Task<Void, Never>] = [:]
    /// Those whose container has not ended, as far as is known: their logs go on.
    private var running: Set<String> = []
    private var watching: [Task<Void, Never>] = []
    /// By pod uid.
    private var explaining: [String: Task<Void, Never>] = [:]
    private var sources: Set<String> = []
    /// The objects whose pods of the beginning are known: others join.
    private var begun: Set<ObjectTarget> = []

    package init(
        of targets: [ObjectTarget], containers: LogContainers = .all, isPrevious: Bool = false, range: LogRange = .tail,
        client: ClusterClient, now: @escaping () -> Instant,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }, onChange: @escaping () -> Void
    ) {
        self.targets = targets
        self.containers = containers
        self.isPrevious = isPrevious
        self.range = range
        self.client = client
        self.now = now
        self.pause = pause
        self.onChange = onChange
    }

    /// Whether lines come from more than one container, so that each has to name its own.
    package var hasSeveralSources: Bool { sources.count > 1 }
    var buffer: LogBuffer { intake.buffer }

    package func start() {
        watching = targets.map { target in
            Task { [weak self] in await self?.follow(target) }
        }
    }

    package func stop() {
        (watching + streams.values + explaining.values).forEach { $0.cancel() }
        watching = []
        streams = [:]
        intake.end()
    }

    /// Wants another frame after this one.
    func showSoon() {
        Task { [weak self] in self?.onChange() }
    }

    package func clear() {
        intake.clear()
        onChange()
    }

    package func mark() {
        intake.insert(LogEntry(time: nil, source: "", text: "", kind: .mark))
        onChange()
    }

    // MARK: Pods

    private func follow(_ target: ObjectTarget) async {
        do {
            let source = try await PodSource.of(target, client: client)
            for await batch in client.reflect(source.scope) {
                for event in batch { take(event, of: target) }
            }
        } catch {
            silences[target.name] = "\(error)"
            onChange()
        }
    }

    private func take(_ event: ReflectorEvent, of target: ObjectTarget) {
        switch event {
        case .initial(let pod), .applied(let pod): take(pod, joins: begun.contains(target))
        case .deleted(let pod):
            running = running.filter { !$0.hasPrefix("\(pod.uid)/") }
            notice("\(pod.name) was deleted", of: pod.name)
        case .degraded(let error, _):
            silences["cluster"] = "\(error)"
            onChange()
        case .recovered: silences["cluster"] = nil
        case .ready: begun.insert(target)
        case .restarting, .progress: break
        }
    }

    private func take(_ pod: KubernetesObject, joins: Bool) {
        for state in ContainerLogState.all(of: pod) where containers.include(state.container, of: pod) {
            let source = "\(pod.name):\(state.container)"
            guard state.hasLog(previous: isPrevious) else {
                silences[source] = isPrevious ? "has had no previous run" : state.silence(in: pod, now: now())
                explain(pod)
                continue
            }
            silences[source] = nil
            let runs = "\(pod.uid)/\(state.container)/"
            let run = runs + "\(state.restarts)"
            if state.isRunning { running.insert(run) } else { running.remove(run) }
            guard streams[run] == nil else { continue }
            let isRestart = streams.keys.contains { $0.hasPrefix(runs) }
            if isRestart { notice("\(source) started again, restart \(state.restarts)", of: source) }
            if joins, !isRestart, !sources.contains(source) { notice("\(source) joined", of: source) }
            sources.insert(source)
            streams[run] = Task { [weak self] in
                await self?.read(run, of: pod, container: state.container, fromStart: isRestart)
            }
        }
        onChange()
    }

    /// Asks what was noted of a pod that does not start.
    private func explain(_ pod: KubernetesObject) {
        guard let namespace = pod.namespace, !isPrevious else { return }
        explaining[pod.uid]?.cancel()
        explaining[pod.uid] = Task { [weak self, client, now] in
            let selector = "involvedObject.uid=\(pod.uid),type=Warning"
            // Without the right to read events the reasons that the pod itself gives have to do.
            let events = try? await client.list(GroupVersionResource(resource: "events"), namespace: namespace, fieldSelector: selector)
                .items
            guard let self, !Task.isCancelled else { return }
            warnings[pod.name] = LogWarnings.texts(of: events ?? [], now: now())
            onChange()
        }
    }

    private func notice(_ text: String, of source: String) {
        intake.insert(LogEntry(time: nil, source: source, text: text, kind: .notice))
        onChange()
    }

    // MARK: Lines

    /// Reads one run of a container to its end; the pod's next change starts the next run.
    private func read(_ run: String, of pod: KubernetesObject, container: String, fromStart: Bool) async {
        var options = LogOptions(container: container, follows: !isPrevious && range.follows, previous: isPrevious)
        if !fromStart { range.apply(to: &options, now: now()) }
        let source = "\(pod.name):\(container)"
        var retry = LogRetry()
        while let failure = await readOn(run, of: pod, source: source, &options, &retry) {
            guard !Task.isCancelled else { return }
            silences[source] = "\(failure)"
            switch retry.failed(failure) {
            case .end: return notice("\(source) ends here: \(failure)", of: source)
            case .wait(let delay):
                // A connection may break at any time: that alone is not worth a line.
                if retry.failures == 2 { notice("\(source) is lost and asked for again: \(failure)", of: source) }
                try? await pause(delay)
            }
        }
    }

    /// Reads on from where it broke off.
    /// - Returns: why it broke off again; nil at the end of the log.
    private func readOn(
        _ run: String, of pod: KubernetesObject, source: String, _ options: inout LogOptions, _ retry: inout LogRetry
    ) async -> ClientError? {
        do throws(ClientError) {
            var lines = try await client.logs(pod: pod.name, namespace: pod.namespace ?? "", options).makeAsyncIterator()
            defer { options.resumesAfter = lines.position ?? options.resumesAfter }
            silences[source] = nil
            while let batch = try await lines.next() {
                if retry.failures > 1 { notice("\(source) goes on", of: source) }
                retry.succeeded()
                await add(batch, source: source)
            }
        } catch {
            return error
        }
        // A log that is followed ends with its container.
        return options.follows && running.contains(run) ? ClientError(.logs, cause: .closedEarly) : nil
    }

    private func add(_ lines: [LogLine], source: String) async {
        await intake.insert(lines.map { LogEntry(time: $0.time, source: source, text: $0.isCut ? $0.text + " …" : $0.text) })
        onChange()
    }
}
