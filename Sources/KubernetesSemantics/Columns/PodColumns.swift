package import KubernetesModel

/// What the API server prints about a pod. The rules follow kubectl's well-known STATUS column: the reason of the first thing
/// that keeps the pod from running.
package struct PodColumns: Sendable {
    package private(set) var status: String
    package private(set) var readyContainers = 0
    package private(set) var totalContainers: Int
    /// Sums wrap: the API's numbers have 32 bits, and a server that sends longer ones must not trap anybody.
    package private(set) var restarts = 0
    /// When the last restarted container had ended.
    package private(set) var lastRestart: Instant?

    /// Why init containers hold the pod up; nil when they don't.
    private var initReason: String?

    package init(_ object: KubernetesObject) {
        let pod = FieldReader(object)
        let phase = pod.status.phase.text
        status = pod.status.reason.text(or: phase)
        if pod.status.conditions.condition("PodScheduled")?.reason.text == "SchedulingGated" { status = "SchedulingGated" }
        let sidecars = Set(pod.spec.initContainers.elements.filter { $0.restartPolicy.text == "Always" }.map(\.name.text))
        totalContainers = pod.spec.containers.elements.count + sidecars.count

        let sidecarRestarts = readInitContainers(of: pod, sidecars: sidecars)
        if let initReason { status = initReason }
        if initReason == nil || pod.status.conditions.condition("Initialized")?.status.text == "True" {
            (restarts, lastRestart) = sidecarRestarts
            readContainers(of: pod)
        }
        guard pod.metadata.deletionTimestamp.exists else { return }
        if pod.status.reason.text == "NodeLost" {
            status = "Unknown"
        } else if phase != "Succeeded" && phase != "Failed" {
            status = "Terminating"
        }
    }

    package var ready: String { "\(readyContainers)/\(totalContainers)" }

    /// `3 (5m ago)`.
    package func restartsText(now: Instant) -> String {
        guard restarts != 0, let lastRestart else { return String(restarts) }
        return "\(restarts) (\(HumanDuration.text(since: lastRestart, now: now)) ago)"
    }

    /// Reads up to the init container at which the pod stands, and returns what the sidecars among them count.
    private mutating func readInitContainers(of pod: FieldReader, sidecars: Set<String>) -> (restarts: Int, last: Instant?) {
        var ofSidecars: (restarts: Int, last: Instant?) = (0, nil)
        let count = pod.spec.initContainers.elements.count
        for (index, container) in pod.status.initContainerStatuses.elements.enumerated() {
            let isSidecar = sidecars.contains(container.name.text)
            let ended = Self.lastEnd(of: container)
            restarts &+= container.restartCount.number
            lastRestart = Self.later(lastRestart, ended)
            if isSidecar {
                ofSidecars.restarts &+= container.restartCount.number
                ofSidecars.last = Self.later(ofSidecars.last, ended)
            }
            let terminated = container.state.terminated
            if terminated.exists && terminated.exitCode.number == 0 { continue }
            if isSidecar && container.started.flag {
                if container.ready.flag { readyContainers += 1 }
                continue
            }
            let waiting = container.state.waiting.reason.text
            if terminated.exists {
                initReason = "Init:" + Self.reason(of: terminated)
            } else if !waiting.isEmpty && waiting != "PodInitializing" {
                initReason = "Init:" + waiting
            } else {
                initReason = "Init:\(index)/\(count)"
            }
            break
        }
        return ofSidecars
    }

    private mutating func readContainers(of pod: FieldReader) {
        var hasRunning = false
        for container in pod.status.containerStatuses.elements.reversed() {
            restarts &+= container.restartCount.number
            lastRestart = Self.later(lastRestart, Self.lastEnd(of: container))
            let waiting = container.state.waiting.reason.text
            if !waiting.isEmpty {
                status = waiting
            } else if container.state.terminated.exists {
                status = Self.reason(of: container.state.terminated)
            } else if container.ready.flag && container.state.running.exists {
                hasRunning = true
                readyContainers += 1
            }
        }
        if status == "Completed" && hasRunning {
            let isReady = pod.status.conditions.condition("Ready")?.status.text == "True"
            status = isReady ? "Running" : "NotReady"
        }
    }

    private static func reason(of terminated: FieldReader) -> String {
        let reason = terminated.reason.text
        if !reason.isEmpty { return reason }
        let signal = terminated.signal.number
        return signal != 0 ? "Signal:\(signal)" : "ExitCode:\(terminated.exitCode.number)"
    }

    private static func lastEnd(of container: FieldReader) -> Instant? {
        KubernetesTime.parse(container.lastState.terminated.finishedAt.text)
    }

    private static func later(_ left: Instant?, _ right: Instant?) -> Instant? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }
}

extension PodColumns {
    static func cells(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let pod = FieldReader(object)
        let columns = PodColumns(object)
        return [
            .string(object.name), .string(columns.ready), .string(columns.status), .string(columns.restartsText(now: now)),
            CellText.age(of: object, now: now),
            .string(ip(pod)), .string(pod.spec.nodeName.text(or: "<none>")),
            .string(pod.status.nominatedNodeName.text(or: "<none>")), .string(readinessGates(pod)),
        ]
    }

    private static func ip(_ pod: FieldReader) -> String {
        pod.status.podIPs.elements.first?.ip.text(or: "<none>") ?? "<none>"
    }

    /// How many of the pod's readiness gates are open.
    package static func readinessGates(_ pod: FieldReader) -> String {
        let gates = pod.spec.readinessGates.elements
        if gates.isEmpty { return "<none>" }
        let open = gates.count { pod.status.conditions.condition($0.conditionType.text)?.status.text == "True" }
        return "\(open)/\(gates.count)"
    }

    static func templateCells(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let template = FieldReader(object).template
        let containers = CellText.containers(template)
        return [.string(object.name), containers.names, containers.images, .string(CellText.labels(template.metadata.labels))]
    }
}
