import KubernetesModel

extension Defaults {
    static func service(_ json: inout JSONObject) {
        json.modifyOrCreate("spec") { spec in
            spec.setDefaultText("sessionAffinity", "None")
            if spec.string("sessionAffinity") == "ClientIP" {
                spec.modifyOrCreate("sessionAffinityConfig") { config in
                    config.modifyOrCreate("clientIP") { $0.setDefault("timeoutSeconds", 10800) }
                }
            } else {
                spec.removeValue(forKey: "sessionAffinityConfig")
            }
            spec.setDefaultText("type", "ClusterIP")
            spec.modifyEach("ports") { port in
                port.setDefaultText("protocol", "TCP")
                if let target = port.present("targetPort"), target != 0, target != "" { return }
                if let number = port["port"] { port["targetPort"] = number }
            }
            traffic(&spec)
        }
        let isBalanced = json.object("spec")?.string("type") == "LoadBalancer"
        json.modifyOrCreate("status") { status in
            status.modifyOrCreate("loadBalancer") { balancer in
                guard isBalanced else { return }
                balancer.modifyEach("ingress") { if !$0.string("ip").isEmpty { $0.setDefaultText("ipMode", "VIP") } }
            }
        }
    }

    private static func traffic(_ spec: inout JSONObject) {
        let type = spec.string("type")
        if ServiceAddresses.isExternal(spec) { spec.setDefaultText("externalTrafficPolicy", "Cluster") }
        if type != "ExternalName" { spec.setDefaultText("internalTrafficPolicy", "Cluster") }
        if type == "LoadBalancer" { spec.setDefault("allocateLoadBalancerNodePorts", true) }
    }
}
