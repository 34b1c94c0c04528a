package import KubernetesModel

/// How a pod's requests and limits rank it when memory runs short.
package enum QualityOfService: String, Sendable {
    case guaranteed = "Guaranteed"
    case burstable = "Burstable"
    case bestEffort = "BestEffort"

    /// Guaranteed: every container limits CPU and memory and requests the same. Best effort: none states anything.
    package static func of(pod: JSONObject) -> QualityOfService {
        let spec = pod.object("spec") ?? [:]
        let containers = spec.objects("initContainers") + spec.objects("containers")
        // Requests and limits of the pod as a whole stand for those of its containers.
        let resources = spec.object("resources").map { [$0] } ?? containers.map { $0.object("resources") ?? [:] }
        let stated = resources.flatMap { ["requests", "limits"].map($0.computing) }
        if stated.allSatisfy(\.isEmpty) { return .bestEffort }
        let isGuaranteed = resources.allSatisfy { resource in
            let limits = resource.computing("limits")
            return limits.count == 2 && limits == resource.computing("requests")
        }
        return isGuaranteed ? .guaranteed : .burstable
    }
}

extension JSONObject {
    /// The CPU and memory of a resource list, without zeros.
    fileprivate func computing(_ list: String) -> JSONObject {
        (object(list) ?? [:]).filter { name, quantity in
            (name == "cpu" || name == "memory") && quantity != "0" && quantity != 0
        }
    }
}
