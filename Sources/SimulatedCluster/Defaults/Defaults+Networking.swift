import KubernetesModel

extension Defaults {
    static func ingress(_ json: inout JSONObject) {
        json.modifyOrCreate("spec") { _ in }
        json.modifyOrCreate("status") { $0.setDefault("loadBalancer", .object([:])) }
    }

    static func ingressClass(_ json: inout JSONObject) {
        json.modify("spec") { spec in
            spec.modify("parameters") { $0.setDefaultText("scope", "Cluster") }
        }
    }

    static func endpointSlice(_ json: inout JSONObject) {
        json.setDefault("endpoints", .null)
        json.modifyEach("endpoints") { $0.setDefault("conditions", .object([:])) }
        json.setDefault("ports", .null)
        json.modifyEach("ports") { port in
            port.setDefault("name", "")
            port.setDefaultText("protocol", "TCP")
        }
    }

    /// A policy is about ingress, and about egress when it has egress rules, unless it says so itself.
    static func networkPolicy(_ spec: inout JSONObject) {
        spec.setDefault("podSelector", .object([:]))
        for direction in ["ingress", "egress"] {
            spec.modifyEach(direction) { rule in
                rule.modifyEach("ports") { $0.setDefaultText("protocol", "TCP") }
            }
        }
        guard spec["policyTypes"]?.arrayValue?.isEmpty ?? true else { return }
        let hasEgress = !(spec["egress"]?.arrayValue?.isEmpty ?? true)
        spec["policyTypes"] = hasEgress ? ["Ingress", "Egress"] : ["Ingress"]
    }
}
