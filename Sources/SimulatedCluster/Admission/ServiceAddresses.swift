import KubernetesModel

/// What a server makes of a Service's addresses before it gives out new ones.
enum ServiceAddresses {
    static func normalize(_ service: inout KubernetesObject, replacing old: KubernetesObject?) {
        service.json.modifyOrCreate("spec") { spec in
            let oldSpec = old?.json.object("spec")
            if let oldSpec {
                keepAllocated(in: &spec, from: oldSpec)
                dropDependent(in: &spec, from: oldSpec)
            }
            pair(&spec, oldSpec)
            guard spec.string("type") != "ExternalName" else { return }
            if !spec.strings("clusterIPs").isEmpty { families(&spec) }
        }
    }

    static func families(_ spec: inout JSONObject) {
        if spec.strings("ipFamilies").isEmpty { spec["ipFamilies"] = ["IPv4"] }
        spec.setDefaultText("ipFamilyPolicy", "SingleStack")
    }

    /// `clusterIP` is the first of `clusterIPs`: a client that knows only one of them changes both.
    private static func pair(_ spec: inout JSONObject, _ old: JSONObject?) {
        let first = spec.string("clusterIP")
        var all = spec.strings("clusterIPs")
        if all.isEmpty, !first.isEmpty {
            all = [first]
        } else if let old, first != old.string("clusterIP"), all == old.strings("clusterIPs") {
            if first.isEmpty { all = [] } else { all = [first] + all.dropFirst() }
        }
        spec["clusterIPs"] = all.isEmpty ? JSONValue?.none : JSONValue(all)
        spec["clusterIP"] = first.isEmpty ? JSONValue?.none : .string(first)
    }

    /// An update that doesn't mention what was given out keeps it.
    private static func keepAllocated(in spec: inout JSONObject, from old: JSONObject) {
        let needsAddress = spec.string("type") != "ExternalName"
        if needsAddress, old.string("type") != "ExternalName", spec.string("clusterIP").isEmpty, spec.strings("clusterIPs").isEmpty {
            spec["clusterIP"] = old["clusterIP"]
            spec["clusterIPs"] = old["clusterIPs"]
        }
        if needsNodePorts(spec), needsNodePorts(old) {
            let given = old.objects("ports")
            spec.modifyEach("ports") { port in
                guard port.int("nodePort") ?? 0 == 0 else { return }
                let same = given.first { $0.int("port") == port.int("port") && $0.string("protocol") == port.string("protocol") }
                if let number = same?["nodePort"] { port["nodePort"] = number }
            }
        }
        if needsHealthCheck(spec), needsHealthCheck(old), spec.int("healthCheckNodePort") ?? 0 == 0 {
            spec["healthCheckNodePort"] = old["healthCheckNodePort"]
        }
    }

    /// What belongs to the type that the Service had, and was not changed along with it, goes with it.
    private static func dropDependent(in spec: inout JSONObject, from old: JSONObject) {
        if spec.string("type") == "ExternalName", old.string("type") != "ExternalName",
            spec["clusterIPs"] == old["clusterIPs"] || spec.present("clusterIPs") == nil
        {
            for key in ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"] {
                spec.removeValue(forKey: key)
            }
        }
        if needsNodePorts(old), !needsNodePorts(spec) {
            let given = Set(old.objects("ports").compactMap { $0.int("nodePort") })
            spec.modifyEach("ports") { port in
                if let number = port.int("nodePort"), given.contains(number) { port.removeValue(forKey: "nodePort") }
            }
        }
        if isExternal(old), !isExternal(spec), spec["externalTrafficPolicy"] == old["externalTrafficPolicy"] {
            spec.removeValue(forKey: "externalTrafficPolicy")
        }
        if needsHealthCheck(old), !needsHealthCheck(spec), spec["healthCheckNodePort"] == old["healthCheckNodePort"] {
            spec.removeValue(forKey: "healthCheckNodePort")
        }
        if old.string("type") == "LoadBalancer", spec.string("type") != "LoadBalancer" {
            for key in ["allocateLoadBalancerNodePorts", "loadBalancerClass"] where spec[key] == old[key] { spec.removeValue(forKey: key) }
        }
    }

    static func needsNodePorts(_ spec: JSONObject) -> Bool {
        switch spec.string("type") {
        case "NodePort": true
        case "LoadBalancer": spec["allocateLoadBalancerNodePorts"] != false
        default: false
        }
    }

    /// Whether traffic from outside the cluster can come to it.
    static func isExternal(_ spec: JSONObject) -> Bool {
        switch spec.string("type") {
        case "LoadBalancer", "NodePort": true
        case "ClusterIP": !spec.strings("externalIPs").isEmpty
        default: false
        }
    }

    static func needsHealthCheck(_ spec: JSONObject) -> Bool {
        spec.string("type") == "LoadBalancer" && spec.string("externalTrafficPolicy") == "Local"
    }
}
