import KubernetesModel

/// What a kubelet knows of one container of a pod.
final class ContainerRecord {
    enum Role {
        case initial
        /// An init container that always restarts: the others wait until it has started, not until it ends.
        case sidecar
        case main
        case ephemeral
    }

    enum State {
        case waiting(reason: String, message: String?)
        case running(Process, since: Instant)
        case terminated(Termination)
    }

    struct Termination {
        var code: Int
        var reason: String
        var message: String?
        var started: Instant
        var finished: Instant
        var containerID: String
    }

    let name: String
    let role: Role
    var spec: JSONValue
    /// What the runtime grants; follows the specification after a moment.
    var resources: JSONValue?
    var state: State
    var lastTermination: Termination?
    var restarts = 0
    var restartBackOff = BackOff()
    var pullBackOff = BackOff()
    var containerID: String?
    var imageID: String?
    /// Whether a pull or a retry is under way, so that nothing else starts it.
    var isBusy = false
    /// While set, the container is being stopped; what follows its end depends on why.
    var isStopping = false
    /// Whether the process is over, which the kubelet learns a moment later.
    var isOver = false
    var isStarted = false
    var isReady = false
    var probes: [Probe.Kind: Probe.Record] = [:]
    /// Counts the container's lives, so that a timer of an earlier one does nothing.
    var life = 0
    var log = LogBuffer()
    var previousLog: LogBuffer?
    /// Called with each change of the log, for those that follow.
    var followers: [Int: () -> Void] = [:]
    /// The streams of the running process.
    var console: ContainerConsole?
    /// The container's own `/dev` and image root, made anew with each life.
    private(set) var root: FileTree

    /// - Parameter disk: of its node.
    init(_ spec: JSONValue, role: Role, isWaitingForOthers: Bool, on disk: Disk) {
        root = FileTree(on: disk)
        name = spec["name"]?.stringValue ?? ""
        self.role = role
        self.spec = spec
        resources = spec["resources"]
        state = .waiting(reason: isWaitingForOthers ? "PodInitializing" : "ContainerCreating", message: nil)
    }

    /// Forgets what the container has written, as its next life begins.
    func renewRoot() {
        root = FileTree(on: root.disk)
    }

    var image: String { spec["image"]?.stringValue ?? "" }

    /// As events name it.
    var fieldPath: String {
        switch role {
        case .initial, .sidecar: "spec.initContainers{\(name)}"
        case .main: "spec.containers{\(name)}"
        case .ephemeral: "spec.ephemeralContainers{\(name)}"
        }
    }

    var process: Process? {
        if case .running(let process, _) = state { process } else { nil }
    }

    var termination: Termination? {
        if case .terminated(let termination) = state { termination } else { nil }
    }

    /// Whether its last end was a good one.
    var hasSucceeded: Bool { termination?.code == 0 }
}
