import KubernetesModel
import Testing

@testable import SimulatedCluster

/// What is wrong with Services and with what is behind them, in the words and the order of a server's own checks.
@Suite("Validation of Services")
struct ServiceValidationTests {
    private let cluster = TestCluster()

    @Test(
        "types, names and addresses",
        arguments: [
            (
                #""type":"ExternalName","externalName":"a_b.","clusterIP":"10.96.0.9","ipFamilyPolicy":"SingleStack""#,
                #"""
                [spec.clusterIPs: Forbidden: may not be set for ExternalName services, \#
                spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services, \#
                spec.externalName: Invalid value: "a_b": \#(Texts.subdomain)]
                """#
            ),
            (
                #""type":"NodePort","clusterIP":"None","ports":[{"port":80}]"#,
                #"spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services"#
            ),
            (
                #""clusterIP":"10.96.0.9","clusterIPs":["10.96.0.8"],"ports":[{"port":80}]"#,
                #"spec.clusterIPs: Invalid value: ["10.96.0.8"]: first value must match `clusterIP`"#
            ),
            (
                #""clusterIP":"ten","ipFamilies":["IPv5","IPv5"],"ports":[{"port":80}]"#,
                #"""
                [spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6", \#
                spec.ipFamilies[1]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6", \#
                spec.ipFamilies[1]: Duplicate value: "IPv5", spec.clusterIPs[0]: Invalid value: "ten": must be a valid IP address, \#
                (e.g. 10.9.8.7 or 2001:db8::ffff)]
                """#
            ),
            (
                #""clusterIPs":["10.96.0.9","10.96.0.10"],"clusterIP":"10.96.0.9","ports":[{"port":80}]"#,
                #"spec.clusterIPs: Invalid value: ["10.96.0.9","10.96.0.10"]: may specify no more than one IP for each IP family"#
            ),
            (
                #""externalIPs":["127.0.0.1","x"],"ports":[{"port":80}]"#,
                #"""
                [spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128), \#
                spec.externalIPs[1]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)]
                """#
            ),
        ] as [(String, String)])
    func addresses(spec: String, problem: String) {
        #expect(cluster.problems("Service", "v1", "\"spec\":{\(spec)}") == problem)
    }

    @Test(
        "ports, affinity and traffic",
        arguments: [
            (
                #""ports":[{"port":80,"nodePort":30080,"appProtocol":"a b"}]"#,
                #"""
                [spec.ports[0].appProtocol: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must \#
                start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation \#
                is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), spec.ports[0].nodePort: Forbidden: may not be used when `type` is \#
                'ClusterIP']
                """#
            ),
            (
                #""ports":[{"name":"a","port":80},{"name":"a","port":80}]"#,
                #"[spec.ports[1].name: Duplicate value: "a", spec.ports[1]: Duplicate value: {"port":80,"protocol":"TCP"}]"#
            ),
            (
                #""sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":86401}},"ports":[{"port":80}]"#,
                "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400"
            ),
            (
                #""sessionAffinity":"Sticky","internalTrafficPolicy":"Near","trafficDistribution":"Near","ports":[{"port":80}]"#,
                #"""
                [spec.sessionAffinity: Unsupported value: "Sticky": supported values: "ClientIP", "None", \#
                spec.internalTrafficPolicy: Unsupported value: "Near": supported values: "Cluster", "Local", \#
                spec.trafficDistribution: Unsupported value: "Near": supported values: "PreferClose", "PreferSameNode", "PreferSameZone"]
                """#
            ),
            (
                #""loadBalancerClass":"a/b","allocateLoadBalancerNodePorts":false,"externalTrafficPolicy":"Local","healthCheckNodePort":30000,"loadBalancerSourceRanges":["10.0.0.0/8"],"ports":[{"port":80}]"#,
                #"""
                [spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer', \#
                spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer', \#
                spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer', \#
                spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services, \#
                spec.healthCheckNodePort: Invalid value: 30000: may only be set when `type` is 'LoadBalancer' and \#
                `externalTrafficPolicy` is 'Local']
                """#
            ),
        ] as [(String, String)])
    func traffic(spec: String, problem: String) {
        #expect(cluster.problems("Service", "v1", "\"spec\":{\(spec)}") == problem)
    }

    @Test("addresses, the class and the health check's port stay")
    func updates() {
        cluster.apply(
            #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"x","namespace":"shop"},"spec":{"type":"LoadBalancer","loadBalancerClass":"a/b","externalTrafficPolicy":"Local","ports":[{"port":80}]}}"#
        )
        func patch(_ spec: String) -> String { TestCluster.problems(cluster.refusal(patching: "services", "x", #"{"spec":{\#(spec)}}"#)) }
        #expect(
            patch(#""loadBalancerClass":"c/d","healthCheckNodePort":31999"#)
                == #"[spec.loadBalancerClass: Invalid value: "c/d": may not change once set, spec.healthCheckNodePort: Forbidden: field is immutable]"#
        )
        #expect(patch(#""ipFamilies":["IPv6"]"#).hasPrefix(#"[spec.ipFamilies[0]: Invalid value: ["IPv6"]: may not change once set"#))
    }

    @Test("a Service reached from outside by addresses of its own gets a policy for that traffic")
    func externalAddresses() {
        cluster.apply(
            #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"x","namespace":"shop"},"spec":{"externalIPs":["192.0.2.1"],"ports":[{"port":80}]}}"#
        )
        #expect(cluster.get("services", "x")?.spec["externalTrafficPolicy"] == "Cluster")
        #expect(cluster.refusal(patching: "services", "x", #"{"spec":{"externalIPs":null}}"#) == nil)
        #expect(cluster.get("services", "x")?.spec["externalTrafficPolicy"] == nil)
    }

    @Test("endpoints, in both forms")
    func endpoints() {
        #expect(
            cluster.problems(
                "Endpoints", "v1", #""subsets":[{"ports":[{"port":0},{"port":1}]},{"addresses":[{"ip":"169.254.0.1","hostname":"a.b"}]}]"#)
                    == #"""
                    [subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`, subsets[0].ports[0].name: Required value, \#
                    subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, subsets[0].ports[1].name: Required \#
                    value, subsets[1].addresses[0].hostname: Invalid value: "a.b": must not contain dots, subsets[1].addresses[0].ip: \#
                    Invalid value: "169.254.0.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)]
                    """#)
        #expect(
            cluster.problems(
                "EndpointSlice", "discovery.k8s.io/v1",
                #""addressType":"IPv4","endpoints":[{"addresses":[]},{"addresses":["::1"],"nodeName":"A","hints":{"forZones":[{"name":"z"},{"name":"z"}]}}],"ports":[{"name":"a","port":1},{"name":"a","protocol":"X"}]"#
            )
                == #"""
                [endpoints[0].addresses: Required value: must contain at least 1 address, endpoints[1].addresses[0]: Invalid value: \#
                "::1": must be a valid IPv4 address, endpoints[1].addresses[0]: Invalid value: "::1": may not be in the loopback range \#
                (127.0.0.0/8, ::1/128), endpoints[1].nodeName: Invalid value: "A": \#(Texts.subdomain), \#
                endpoints[1].hints.forZones[1].name: Duplicate value: "z", ports[1].name: Duplicate value: "a", \#
                ports[1].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"]
                """#)
    }
}
