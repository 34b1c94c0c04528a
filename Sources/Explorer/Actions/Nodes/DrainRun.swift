import KubernetesClient
import KubernetesModel

/// Draining nodes: cordons them, evicts their pods as budgets allow, and waits until they are gone.
final class DrainRun {
    enum State: Equatable {
        case waiting
        /// It can't go now, because of a budget or because the server does not answer: what was said.
        case held(String)
        /// It was told to end and has not yet.
        case leaving
        case gone
        case failed(String)
    }

    struct Step {
        let pod: KubernetesObject
        var state = State.waiting
    }

    private(set) var steps: [Step]
    private(set) var problem: String?
    private(set) var isOver = false
    private(set) var isCancelled = false
    let nodes: [ObjectTarget]
    /// The nodes that take no pods because of it.
    let cordoned: [ObjectTarget]
    let begin: Instant

    private let client: ClusterClient
    private let now: () -> Instant
    /// Between two looks at what happened.
    private let pause: @Sendable () async throws -> Void
    private var task: Task<Void, Never>?
    var onChange: () -> Void = {}

    init(
        _ plans: [DrainPlan], client: ClusterClient, now: @escaping () -> Instant,
        pause: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(2)) }
    ) {
        nodes = plans.map(\.node)
        cordoned = plans.filter { !$0.isCordoned }.map(\.node)
        steps = plans.flatMap(\.leaving).map { Step(pod: $0) }
        begin = now()
        self.client = client
        self.now = now
        self.pause = pause
    }

    func start() {
        guard task == nil else { return }
        task = Task { await run() }
    }

    /// What was evicted stays evicted, and the nodes stay cordoned.
    func cancel() {
        isCancelled = !isOver
        task?.cancel()
    }

    /// Stops it, and returns when nothing more comes of it.
    func end() async {
        cancel()
        await task?.value
    }

    var goneCount: Int { steps.count { $0.state == .gone } }

    private func run() async {
        defer {
            isOver = true
            onChange()
        }
        do {
            for node in nodes {
                _ = try await client.patch(node.resource.gvr, name: node.name, with: .merge(["spec": ["unschedulable": true]]))
            }
        } catch {
            problem = FailureText.of(error)
            return
        }
        while !Task.isCancelled, steps.contains(where: \.isOpen) {
            for index in steps.indices where !Task.isCancelled { await advance(index) }
            guard steps.contains(where: \.isOpen), (try? await pause()) != nil else { return }
        }
    }

    private func advance(_ index: Int) async {
        switch steps[index].state {
        case .waiting, .held: steps[index].state = await evict(steps[index].pod)
        case .leaving: steps[index].state = await look(at: steps[index].pod)
        case .gone, .failed: return
        }
        onChange()
    }

    private func evict(_ pod: KubernetesObject) async -> State {
        let metadata: JSONObject = ["name": .string(pod.name), "namespace": .string(pod.namespace ?? "")]
        let eviction: JSONObject = ["apiVersion": "policy/v1", "kind": "Eviction", "metadata": .object(metadata)]
        do throws(ClientError) {
            _ = try await client.create(
                KubernetesObject(eviction), as: GroupVersionResource(resource: "pods"), namespace: pod.namespace, name: pod.name,
                subresource: "eviction"
            )
            return .leaving
        } catch {
            if error.isNotFound { return .gone }
            if let budget = Self.budget(error) { return .held(budget) }
            return error.isPassing ? .held("\(error)") : .failed("\(error)")
        }
    }

    /// What the budget in the way says; nil when none is.
    private static func budget(_ error: ClientError) -> String? {
        guard case .status(let status) = error.cause else { return nil }
        return status.causes.first { $0.reason == "DisruptionBudget" }?.message
    }

    /// A pod of the same name may have come in its place, elsewhere.
    private func look(at pod: KubernetesObject) async -> State {
        do throws(ClientError) {
            let found = try await client.get(GroupVersionResource(resource: "pods"), namespace: pod.namespace, name: pod.name)
            return found.uid == pod.uid ? .leaving : .gone
        } catch {
            if error.isNotFound { return .gone }
            return error.isPassing ? .leaving : .failed("\(error)")
        }
    }
}

extension DrainRun.Step {
    var isOpen: Bool {
        switch state {
        case .waiting, .held, .leaving: true
        case .gone, .failed: false
        }
    }
}
