import KubernetesClient
import KubernetesModel
import KubernetesSemantics

/// Reads a snapshot of a cluster: lists, then the logs that decide. What cannot be read is noted with the reason.
struct FactsCollector {
    static let logPods = 48
    private static let logLines = 40
    private static let containersPerPod = 3
    /// Enough to be quick, few enough to be polite.
    private static let parallelRequests = 6

    let client: ClusterClient

    func collect(_ scope: DiagnosisScope, at instant: Instant) async -> ClusterFacts {
        var facts = ClusterFacts(takenAt: instant)
        let readings = await inParallel(ClusterFacts.resources) { await read($0, scope) }
        for reading in readings {
            for object in reading.objects { facts.insert(object, of: reading.resource) }
            facts.unread += reading.unread
        }
        facts.unread.sort { ($0.resource, $0.namespace ?? "") < ($1.resource, $1.namespace ?? "") }
        await readProbeFailures(into: &facts)
        await readLogs(of: DiagnosisEngine.inquiries(facts, scope: scope), into: &facts)
        return facts
    }

    /// Why pods are not ready. Without the answer the symptom remains, only less well told.
    private func readProbeFailures(into facts: inout ClusterFacts) async {
        guard facts.pods.values.contains(where: { $0.phase == "Running" && $0.isAiling }) else { return }
        let events = GroupVersionResource(resource: "events")
        guard let failures = try? await client.list(events, fieldSelector: "reason=Unhealthy") else { return }
        for event in failures.items { facts.insert(event, of: events) }
    }

    /// Adds the latest lines of pods' logs.
    func readLogs(of pods: [ObjectKey], into facts: inout ClusterFacts) async {
        let wanted = pods.prefix(Self.logPods).compactMap { facts.pods[$0] }
        let excerpts = await inParallel(wanted) { pod in (pod.key, await log(of: pod)) }
        for (key, reading) in excerpts {
            facts.logs[key] = reading.lines
            if let refusal = reading.refusal, facts.knowsAll("pods/log") {
                facts.unread.append(refusal)
            }
        }
    }

    private struct Reading {
        var resource: GroupVersionResource
        var objects: [KubernetesObject] = []
        var unread: [ClusterFacts.Unread] = []
    }

    /// Who may not list everywhere may be allowed to in some namespaces.
    private func read(_ resource: GroupVersionResource, _ scope: DiagnosisScope) async -> Reading {
        var reading = Reading(resource: resource)
        let selector = ClusterFacts.fieldSelector(of: resource)
        do {
            reading.objects = try await client.list(resource, fieldSelector: selector).items
        } catch  where error.isForbidden && !scope.namespaces.isEmpty && !ClusterFacts.clusterWide.contains(resource.resource) {
            for namespace in Set(scope.namespaces + ["kube-system"]).sorted() {
                do {
                    reading.objects += try await client.list(resource, namespace: namespace, fieldSelector: selector).items
                } catch {
                    reading.unread.append(.init(resource: resource.resource, namespace: namespace, error))
                }
            }
        } catch  where error.isNotFound {
            // A resource that the cluster does not serve has no objects.
        } catch {
            reading.unread.append(.init(resource: resource.resource, error))
        }
        return reading
    }

    private func log(of pod: PodFacts) async -> (lines: [ClusterFacts.LogExcerpt], refusal: ClusterFacts.Unread?) {
        var lines: [ClusterFacts.LogExcerpt] = []
        var refusal: ClusterFacts.Unread?
        for container in pod.containers.prefix(Self.containersPerPod) {
            do {
                let options = LogOptions(container: container, tailLines: Self.logLines)
                for try await batch in try await client.logs(pod: pod.key.name, namespace: pod.network.namespace, options) {
                    lines += batch.map { line in
                        ClusterFacts.LogExcerpt(
                            container: container, timestamp: line.time.map(KubernetesTime.nanoseconds), text: line.text,
                            signal: LogSignal(line: line.text)
                        )
                    }
                }
            } catch  where error.isForbidden {
                refusal = ClusterFacts.Unread(resource: "pods/log", error)
            } catch {
                // A container that has not started has no log.
            }
        }
        return (lines, refusal)
    }

    /// The results in the order of the inputs, a few at a time.
    private func inParallel<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ work: @escaping @Sendable (Input) async -> Output
    ) async -> [Output] {
        await withTaskGroup(of: (Int, Output).self) { group in
            var results: [Int: Output] = [:]
            for (index, input) in inputs.enumerated() {
                if index >= Self.parallelRequests, let (done, output) = await group.next() { results[done] = output }
                group.addTask { (index, await work(input)) }
            }
            for await (index, output) in group { results[index] = output }
            return inputs.indices.compactMap { results[$0] }
        }
    }
}
