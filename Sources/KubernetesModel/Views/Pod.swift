package struct Pod: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`; empty before the first status.
    package var phase: String { status.string("phase") ?? "" }
    /// Why the pod as a whole is in its phase, such as `Evicted`.
    package var reason: String? { status.string("reason") }
    package var message: String? { status.string("message") }
    package var nodeName: String? { spec.string("nodeName").flatMap { $0.isEmpty ? nil : $0 } }
    package var nominatedNodeName: String? { status.string("nominatedNodeName") }
    package var podIP: String? { status.string("podIP") }
    package var podIPs: [String] { status.elements("podIPs").compactMap { $0.string("ip") } }
    package var hostIP: String? { status.string("hostIP") }
    package var startTime: Instant? { status.time("startTime") }
    package var qualityOfService: String? { status.string("qosClass") }

    package var containers: [Container] { spec.views("containers") }
    package var initContainers: [Container] { spec.views("initContainers") }
    package var ephemeralContainers: [Container] { spec.views("ephemeralContainers") }
    /// Init containers, then containers, then ephemeral ones.
    package var allContainers: [Container] { initContainers + containers + ephemeralContainers }

    package var containerStatuses: [ContainerStatus] { status.views("containerStatuses") }
    package var initContainerStatuses: [ContainerStatus] { status.views("initContainerStatuses") }
    package var ephemeralContainerStatuses: [ContainerStatus] { status.views("ephemeralContainerStatuses") }

    /// The status of a container of any sort.
    package func containerStatus(_ name: String) -> ContainerStatus? {
        (containerStatuses + initContainerStatuses + ephemeralContainerStatuses).first { $0.name == name }
    }

    package var restartPolicy: String { spec.string("restartPolicy") ?? "Always" }
    package var serviceAccountName: String { spec.string("serviceAccountName") ?? "default" }
    package var schedulerName: String { spec.string("schedulerName") ?? "default-scheduler" }
    package var priority: Int { spec.int("priority") ?? 0 }
    package var priorityClassName: String? { spec.string("priorityClassName") }
    package var dnsPolicy: String { spec.string("dnsPolicy") ?? "ClusterFirst" }
    package var usesHostNetwork: Bool { spec.bool("hostNetwork") ?? false }
    package var hostname: String? { spec.string("hostname") }
    package var subdomain: String? { spec.string("subdomain") }
    package var nodeSelector: [String: String] { spec.stringMap("nodeSelector") }
    package var tolerations: [JSONValue] { spec.elements("tolerations") }
    package var affinity: JSONValue? { spec["affinity"] }
    package var topologySpreadConstraints: [JSONValue] { spec.elements("topologySpreadConstraints") }
    package var volumes: [Volume] { spec.views("volumes") }
    package var overhead: [String: Quantity] { spec.quantities("overhead") }
    package var readinessGates: [String] { spec.elements("readinessGates").compactMap { $0.string("conditionType") } }
    package var terminationGracePeriod: Int { spec.int("terminationGracePeriodSeconds") ?? 30 }

    package var isReady: Bool { condition("Ready")?.isTrue ?? false }
    package var isFinished: Bool { phase == "Succeeded" || phase == "Failed" }
    package var controller: OwnerReference? { metadata.controller }
}

package struct Volume: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var name: String { json.string("name") ?? "" }
    /// `configMap`, `secret`, `emptyDir`, `persistentVolumeClaim`, …; nil when nothing says.
    package var source: String? { json.objectValue?.keys.first { $0 != "name" } }
    package var configMapName: String? { json.string("configMap", "name") }
    package var secretName: String? { json.string("secret", "secretName") }
    package var claimName: String? { json.string("persistentVolumeClaim", "claimName") }
    package var hostPath: String? { json.string("hostPath", "path") }
}
