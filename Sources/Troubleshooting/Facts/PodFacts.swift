package import KubernetesModel
package import KubernetesSemantics

/// What rules need to know of a pod. It never changes: a change makes new facts, so that snapshots of many pods can share them.
package final class PodFacts: Sendable, Equatable {
    /// A host that the pod is configured to talk to.
    package struct Dependency: Sendable, Hashable {
        package var container: String
        /// As in `env CATALOG_URL`.
        package var source: String
        package var host: String
    }

    package let network: NetworkedPod
    package let reference: ObjectReference
    package let owner: OwnerReference?
    package let phase: String
    package let health: HealthVerdict
    package let dnsPolicy: String
    package let containers: [String]
    package let claims: [String]
    package let dependencies: [Dependency]
    /// Of the condition `PodScheduled`, while the pod waits for a node.
    package let schedulingMessage: String?
    let readiness: PodReadiness
    let starts: PodStarts

    package init(_ object: KubernetesObject) {
        let object = object.parsed()
        let spec = object.spec
        network = NetworkedPod(object)
        reference = object.reference
        owner = object.metadata.controller
        phase = object.status["phase"]?.stringValue ?? "Unknown"
        health = Health.of(object)
        dnsPolicy = spec["dnsPolicy"]?.stringValue ?? "ClusterFirst"
        let all = spec["containers"]?.arrayValue ?? []
        containers = all.compactMap { $0["name"]?.stringValue }
        claims = SchedulablePod.claims(spec, pod: object.name)
        dependencies = all.flatMap(Self.dependencies)
        readiness = PodReadiness(object, containers: all)
        starts = PodStarts(object)
        schedulingMessage =
            object.status["conditions"]?.arrayValue?.first {
                $0["type"]?.stringValue == "PodScheduled" && $0["status"]?.stringValue == "False"
            }?["message"]?.stringValue
    }

    package static func == (left: PodFacts, right: PodFacts) -> Bool {
        left.network == right.network && left.reference == right.reference && left.owner == right.owner && left.phase == right.phase
            && left.health == right.health && left.dnsPolicy == right.dnsPolicy && left.containers == right.containers
            && left.claims == right.claims && left.dependencies == right.dependencies
            && left.schedulingMessage == right.schedulingMessage && left.readiness == right.readiness
            && left.starts == right.starts
    }

    package var key: ObjectKey { network.key }

    /// Whether something is wrong with it right now: not finished, not on its way out, and not as it should be.
    package var isAiling: Bool {
        if network.isFinished && phase == "Succeeded" || network.isTerminating { return false }
        return health.level == .failing || health.level == .warning || !network.isReady
    }

    /// Whether it may show a symptom; finished and leaving pods show none unless they failed.
    var isSuspicious: Bool {
        health.level == .failing || !network.isReady && !network.isFinished && !network.isTerminating
    }

    /// Whether its names are resolved by the cluster's DNS.
    package var asksClusterDNS: Bool {
        PodResolver.wantsClusterDNS(policy: dnsPolicy, usesHostNetwork: network.usesHostNetwork)
    }

    private static func dependencies(_ container: JSONValue) -> [Dependency] {
        let name = container["name"]?.stringValue ?? ""
        let variables = (container["env"]?.arrayValue ?? []).flatMap { variable in
            HostNames.hosts(in: variable["value"]?.stringValue ?? "").map {
                Dependency(container: name, source: "env \(variable["name"]?.stringValue ?? "")", host: $0)
            }
        }
        let arguments = ((container["command"]?.arrayValue ?? []) + (container["args"]?.arrayValue ?? [])).compactMap(\.stringValue)
        return variables
            + arguments.flatMap { argument in
                HostNames.hosts(in: argument).map { Dependency(container: name, source: "args", host: $0) }
            }
    }
}
