package import KubernetesClient
package import KubernetesModel

/// Reads the logs of all containers behind some objects: new pods join, restarts are followed, lost streams are taken up again
/// where they broke off.
package final class LogFeed {
    private let client: ClusterClient
    private let targets: [ObjectTarget]
    /// The only container to read; nil for all.
    private let container: String?
    private let isPrevious: Bool
    private let range: LogRange
    private let now: () -> Instant
    private let onChange: () -> Void

    private(set) var buffer = LogBuffer()
    /// Containers that can't be read, each with the reason; shown where there are no lines.
    private(set) var silences: [String: String] = [:]
    /// One per run of a container, by pod uid, container and restart count.
    private var streams: [String: Task<Void, Never>] = [:]
    private var watching: [Task<Void, Never>] = []
    private var sources: Set<String> = []

    package init(
        of targets: [ObjectTarget], container: String? = nil, isPrevious: Bool = false, range: LogRange = .tail, client: ClusterClient,
        now: @escaping () -> Instant, onChange: @escaping () -> Void
    ) {
        self.targets = targets
        self.container = container
        self.isPrevious = isPrevious
        self.range = range
        self.client = client
        self.now = now
        self.onChange = onChange
    }

    /// Whether lines come from more than one container, so that each has to name its own.
    package var hasSeveralSources: Bool { sources.count > 1 }

    package func start() {
        watching = targets.map { target in
            Task { [weak self] in await self?.follow(target) }
        }
    }

    package func stop() {
        (watching + streams.values).forEach { $0.cancel() }
        watching = []
        streams = [:]
    }

    package func clear() {
        buffer.removeAll()
        onChange()
    }

    package func mark() {
        buffer.insert(LogEntry(time: nil, source: "", text: "", kind: .mark))
        onChange()
    }

    // MARK: Pods

    private func follow(_ target: ObjectTarget) async {
        do {
            let source = try await PodSource.of(target, client: client)
            for await batch in client.reflect(source.scope) {
                for event in batch { take(event) }
            }
        } catch {
            silences[target.name] = "\(error)"
            onChange()
        }
    }

    private func take(_ event: ReflectorEvent) {
        switch event {
        case .initial(let pod), .applied(let pod): take(pod)
        case .deleted(let pod): notice("\(pod.name) was deleted", of: pod.name)
        case .degraded(let error, _):
            silences["cluster"] = "\(error)"
            onChange()
        case .recovered: silences["cluster"] = nil
        case .restarting, .progress, .ready: break
        }
    }

    private func take(_ pod: KubernetesObject) {
        for state in ContainerLogState.all(of: pod) where container.map({ $0 == state.container }) ?? true {
            let source = "\(pod.name):\(state.container)"
            guard state.hasLog(previous: isPrevious) else {
                silences[source] = isPrevious ? "has had no previous run" : state.silence
                continue
            }
            silences[source] = nil
            let runs = "\(pod.uid)/\(state.container)/"
            let run = runs + "\(state.restarts)"
            guard streams[run] == nil else { continue }
            let isRestart = streams.keys.contains { $0.hasPrefix(runs) }
            if isRestart { notice("\(source) started again, restart \(state.restarts)", of: source) }
            sources.insert(source)
            streams[run] = Task { [weak self] in
                await self?.read(pod: pod.name, namespace: pod.namespace ?? "", container: state.container, fromStart: isRestart)
            }
        }
        onChange()
    }

    private func notice(_ text: String, of source: String) {
        buffer.insert(LogEntry(time: nil, source: source, text: text, kind: .notice))
        onChange()
    }

    // MARK: Lines

    /// Reads one run of a container to its end; the pod's next change starts the next run.
    private func read(pod: String, namespace: String, container: String, fromStart: Bool) async {
        var options = LogOptions(container: container, follows: !isPrevious && range.follows, previous: isPrevious)
        if !fromStart { range.apply(to: &options, now: now()) }
        let source = "\(pod):\(container)"
        var failures = 0
        while !Task.isCancelled {
            do throws(ClientError) {
                var lines = try await client.logs(pod: pod, namespace: namespace, options).makeAsyncIterator()
                defer { options.resumesAfter = lines.position ?? options.resumesAfter }
                while let batch = try await lines.next() {
                    failures = 0
                    add(batch, source: source)
                }
                return
            } catch {
                guard !Task.isCancelled else { return }
                failures += 1
                // An answer of the server's is final; a lost connection is not.
                guard error.statusCode == nil, failures <= 20 else {
                    silences[source] = "\(error)"
                    return onChange()
                }
                try? await Task.sleep(for: .milliseconds(min(15_000, 250 << min(failures, 6))))
            }
        }
    }

    private func add(_ lines: [LogLine], source: String) {
        for line in lines {
            buffer.insert(LogEntry(time: line.time, source: source, text: line.isCut ? line.text + " …" : line.text))
        }
        onChange()
    }
}
