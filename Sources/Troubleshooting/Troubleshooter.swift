import Foundation
package import KubernetesClient
package import KubernetesModel

/// Finds the root causes that are active in a cluster, through its client and nothing else.
package struct Troubleshooter: Sendable {
    private let client: ClusterClient
    private let now: @Sendable () -> Instant

    /// - Parameter now: what the report calls its beginning.
    package init(_ client: ClusterClient, now: @escaping @Sendable () -> Instant = { .wallClock }) {
        self.client = client
        self.now = now
    }

    package func diagnose(_ scope: DiagnosisScope = .cluster) async -> Diagnosis {
        let facts = await FactsCollector(client: client).collect(scope, at: now())
        return DiagnosisEngine.diagnose(facts, cluster: clusterName, scope: scope)
    }

    /// Whether a diagnosis about an object, or a namespace, would be about anything. Who may not look is taken at their word.
    package func exists(_ resource: GroupVersionResource, namespace: String? = nil, name: String) async throws(ClientError) -> Bool {
        do {
            _ = try await client.get(resource, namespace: namespace, name: name)
            return true
        } catch  where error.isNotFound {
            return false
        } catch  where error.isForbidden {
            return true
        } catch {
            throw error
        }
    }

    /// What a remedy would change, as the server's dry run answers.
    package func preview(_ remedy: Remedy) async throws(ClientError) -> RemedyPreview? {
        guard let change = remedy.change else { return nil }
        let after = try await perform(change, WriteOptions(isDryRun: true))
        return RemedyPreview(before: try await current(change), after: after)
    }

    /// Changes the cluster. Nothing else here does.
    /// - Returns: the object as it is now; nil when the remedy leaves the change to a person.
    @discardableResult
    package func apply(_ remedy: Remedy) async throws(ClientError) -> KubernetesObject? {
        guard let change = remedy.change else { return nil }
        return try await perform(change, WriteOptions())
    }

    /// Whether a repair worked, as of now.
    package func verify(_ finding: Finding) async -> VerificationOutcome {
        let collector = FactsCollector(client: client)
        let facts = await collector.collect(.cluster, at: now())
        return VerificationOutcome.of(finding, in: facts)
    }

    /// How a repair shows, as the cluster changes until it worked, or ten minutes are over: nothing that may heal waits longer.
    package func progress(of finding: Finding) -> AsyncStream<RepairProgress> {
        let (stream, continuation) = AsyncStream.makeStream(of: RepairProgress.self, bufferingPolicy: .bufferingNewest(1))
        let task = Task {
            await FactsWatch(client, at: now()).follow { watch in
                // The clock alone may end a back-off, and the ten minutes.
                let ticking = Task {
                    while (try? await Task.sleep(for: .seconds(10))) != nil { watch.wake() }
                }
                await report(finding, watch) { continuation.yield($0) }
                ticking.cancel()
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    private func report(_ finding: Finding, _ watch: FactsWatch, _ show: (RepairProgress) -> Void) async {
        let deadline = ContinuousClock.now + .seconds(600)
        var first: ClusterFacts?
        for await _ in watch.changes {
            if let facts = await watch.facts(at: now()) {
                let beginning = first ?? facts
                first = beginning
                let progress = RepairProgress.of(finding, in: facts, since: beginning)
                show(progress)
                if progress.outcome.isRepaired { return }
            }
            // Changes come in swarms: they are looked at together.
            guard ContinuousClock.now < deadline, (try? await Task.sleep(for: .milliseconds(500))) != nil else { return }
        }
    }

    private var clusterName: String {
        let names = client.configuration.names
        return names.context.isEmpty ? client.configuration.server.hostAndPort : names.context
    }

    private func perform(_ change: Remedy.Change, _ options: WriteOptions) async throws(ClientError) -> KubernetesObject {
        let patch: Patch =
            switch change.content {
            case .json(let operations): .json(.array(operations))
            case .merge(let document): .merge(document)
            case .apply(let object): .apply(object)
            }
        return try await client.patch(
            change.resource, namespace: change.object.namespace, name: change.object.name, with: patch, options: options
        )
    }

    private func current(_ change: Remedy.Change) async throws(ClientError) -> KubernetesObject? {
        do {
            return try await client.get(change.resource, namespace: change.object.namespace, name: change.object.name)
        } catch  where error.isNotFound {
            return nil
        } catch {
            throw error
        }
    }
}
