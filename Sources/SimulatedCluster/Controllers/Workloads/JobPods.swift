import KubernetesModel
import KubernetesSemantics

/// The pods of a Job by what they mean to it. Each is counted once, which its finalizer remembers.
struct JobPods {
    static let finalizer = "batch.kubernetes.io/job-tracking"
    static let indexKey = "batch.kubernetes.io/job-completion-index"

    private let job: KubernetesObject
    private let owned: OwnedPods
    let active: [KubernetesObject]

    init(_ pods: OwnedPods, of job: KubernetesObject) {
        self.job = job
        owned = pods
        active = pods.active
    }

    private var all: [KubernetesObject] { owned.pods }
    var adoptions: [Write] { owned.adoptions }
    var terminating: [KubernetesObject] { owned.terminating }
    var failed: [KubernetesObject] { all.filter { $0.status["phase"] == "Failed" } }

    /// Ended and not counted yet.
    var uncountedSuccesses: [KubernetesObject] { uncounted.filter { $0.status["phase"] == "Succeeded" } }
    /// A pod that is being deleted is as good as failed, unless replacements have to wait for its end.
    var uncountedFailures: [KubernetesObject] {
        let waits = job.spec["podReplacementPolicy"] == "Failed"
        return uncounted.filter { pod in
            let phase = pod.status["phase"]
            return phase == "Failed" || phase != "Succeeded" && !waits && pod.metadata.deletionTimestamp != nil
        }
    }

    private var uncounted: [KubernetesObject] { all.filter { $0.metadata.finalizers.contains(Self.finalizer) } }

    static func release(_ pods: [KubernetesObject]) -> [Write] {
        pods.map { .removing(finalizer, from: $0, Resource.pods) }
    }

    // MARK: Indexes

    static func index(of pod: KubernetesObject) -> Int? { pod.metadata.annotations[indexKey].flatMap { Int($0) } }

    /// A new pod of the Job; one of an indexed Job knows its number.
    func make(index: Int?, random: Randomness) -> KubernetesObject {
        let prefix = index.map { "\(job.name)-\($0)-" } ?? "\(job.name)-"
        var pod = job.pod(named: prefix.prefix(58) + random.suffix(), generateName: prefix)
        pod.metadata.finalizers = pod.metadata.finalizers + [Self.finalizer]
        guard let index else { return pod }
        pod.metadata.labels[Self.indexKey] = String(index)
        pod.metadata.annotations[Self.indexKey] = String(index)
        var spec = pod.spec
        if spec["hostname"] == nil { spec["hostname"] = .string("\(job.name)-\(index)") }
        let variable: JSONValue = [
            "name": "JOB_COMPLETION_INDEX", "valueFrom": ["fieldRef": ["fieldPath": .string("metadata.labels['\(Self.indexKey)']")]],
        ]
        for list in ["containers", "initContainers"] {
            guard let containers = spec[list]?.arrayValue else { continue }
            spec[list] = .array(
                containers.map { container in
                    var container = container
                    container["env"] = .array((container["env"]?.arrayValue ?? []) + [variable])
                    return container
                })
        }
        pod.spec = spec
        return pod
    }
}
