import KubernetesModel

@testable import Troubleshooting

/// A small shop with DNS, as short as tests can read it.
struct SnapshotBuilder {
    static let now = KubernetesTime.parse("2026-11-20T12:00:00Z") ?? Instant(seconds: 0)

    private(set) var facts = ClusterFacts(takenAt: now)

    /// - Parameter dnsReplicas: how many CoreDNS pods there are, all ready.
    init(dnsReplicas: Int = 2) {
        for name in ["kube-system", "shop"] { namespace(name) }
        add(
            "deployments",
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"coredns","namespace":"kube-system","uid":"d-dns"},
             "spec":{"replicas":\(dnsReplicas),"selector":{"matchLabels":{"k8s-app":"kube-dns"}},
                     "template":{"metadata":{"labels":{"k8s-app":"kube-dns"}}}},
             "status":{"replicas":\(dnsReplicas),"readyReplicas":\(dnsReplicas),"updatedReplicas":\(dnsReplicas),
                       "availableReplicas":\(dnsReplicas)}}
            """)
        for index in 0..<dnsReplicas {
            pod("coredns-\(index)", in: "kube-system", labels: #"{"k8s-app":"kube-dns"}"#, ip: "10.0.9.\(index + 1)")
        }
        service("kube-dns", in: "kube-system", ip: "10.96.0.10", selector: #"{"k8s-app":"kube-dns"}"#, port: 53, transport: "UDP")
        endpoints("kube-dns", in: "kube-system", (0..<dnsReplicas).map { "10.0.9.\($0 + 1)" })
    }

    mutating func add(_ resource: String, _ json: String) {
        let object = KubernetesObject(compactJSON: Array(json.utf8)).parsed()
        precondition(!object.kind.isEmpty, "not JSON: \(json)")
        facts.insert(object, of: GroupVersionResource(resource: resource))
    }

    mutating func namespace(_ name: String) {
        add(
            "namespaces",
            """
            {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\(name)","labels":{"kubernetes.io/metadata.name":"\(name)"}}}
            """)
    }

    /// A Deployment with one pod.
    mutating func workload(_ name: String, in namespace: String = "shop", ip: String, env: String? = nil, isReady: Bool = true) {
        add(
            "deployments",
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"\(name)","namespace":"\(namespace)","uid":"d-\(name)"},
             "spec":{"replicas":1,"selector":{"matchLabels":{"app":"\(name)"}},"template":{"metadata":{"labels":{"app":"\(name)"}}}}}
            """)
        add(
            "replicasets",
            """
            {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"\(name)-rs","namespace":"\(namespace)","uid":"r-\(name)",
             "ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"\(name)","uid":"d-\(name)","controller":true}]},
             "spec":{"replicas":1,"selector":{"matchLabels":{"app":"\(name)"}}}}
            """)
        pod(
            "\(name)-rs-1", in: namespace, labels: #"{"app":"\#(name)"}"#, ip: ip, env: env, isReady: isReady,
            owner: #"{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"\#(name)-rs","uid":"r-\#(name)","controller":true}"#
        )
    }

    mutating func pod(
        _ name: String, in namespace: String = "shop", labels: String = "{}", ip: String, env: String? = nil, isReady: Bool = true,
        owner: String? = nil, spec: String = ""
    ) {
        add(
            "pods",
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"\(name)","namespace":"\(namespace)","uid":"p-\(name)","labels":\(labels),
             "ownerReferences":[\(owner ?? "")]},
             "spec":{\(spec)"dnsPolicy":"ClusterFirst","nodeName":"node-1",
                     "containers":[{"name":"main","env":[\(env.map { #"{"name":"UPSTREAM_URL","value":"\#($0)"}"# } ?? "")]}]},
             "status":{"phase":"Running","podIPs":[{"ip":"\(ip)"}],
                       "conditions":[{"type":"Ready","status":"\(isReady ? "True" : "False")"}],
                       "containerStatuses":[{"name":"main","ready":\(isReady),"restartCount":0,
                                             "state":{"running":{"startedAt":"2026-11-20T11:00:00Z"}}}]}}
            """)
    }

    mutating func service(
        _ name: String, in namespace: String = "shop", ip: String, selector: String, port: Int = 80, transport: String = "TCP"
    ) {
        add(
            "services",
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"\(name)","namespace":"\(namespace)"},
             "spec":{"clusterIP":"\(ip)","selector":\(selector),"ports":[{"port":\(port),"protocol":"\(transport)"}]}}
            """)
    }

    mutating func endpoints(_ service: String, in namespace: String = "shop", _ ready: [String]) {
        let endpoints = ready.map { #"{"addresses":["\#($0)"],"conditions":{"ready":true}}"# }.joined(separator: ",")
        add(
            "endpointslices",
            """
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"\(service)-x","namespace":"\(namespace)",
             "labels":{"kubernetes.io/service-name":"\(service)"}},"ports":[{"port":8080}],"endpoints":[\(endpoints)]}
            """)
    }

    mutating func policy(_ name: String, in namespace: String = "shop", egress: String) {
        add(
            "networkpolicies",
            """
            {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"\(name)","namespace":"\(namespace)"},
             "spec":{"podSelector":{},"policyTypes":["Egress"],"egress":\(egress)}}
            """)
    }

    mutating func claim(_ name: String, class className: String, phase: String = "Pending") {
        add(
            "persistentvolumeclaims",
            """
            {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"\(name)","namespace":"shop","uid":"c-\(name)"},
             "spec":{"storageClassName":"\(className)","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"5Gi"}}},
             "status":{"phase":"\(phase)"}}
            """)
    }

    mutating func storageClass(_ name: String, isDefault: Bool = false, waits: Bool = false, parameters: String = "{}") {
        add(
            "storageclasses",
            """
            {"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"\(name)",
             "annotations":{"storageclass.kubernetes.io/is-default-class":"\(isDefault)"}},
             "provisioner":"ebs.csi.aws.com","parameters":\(parameters),"volumeBindingMode":"\(waits ? "WaitForFirstConsumer" : "Immediate")"}
            """)
    }

    mutating func log(_ pod: String, in namespace: String = "shop", _ line: String) {
        facts.logs[ObjectKey(namespace: namespace, name: pod), default: []].append(
            ClusterFacts.LogExcerpt(container: "main", timestamp: "2026-11-20T11:59:58Z", text: line, signal: LogSignal(line: line))
        )
    }

    mutating func forbid(_ resource: String) {
        facts.unread.append(ClusterFacts.Unread(resource: resource, reason: "forbidden: no"))
    }

    func diagnosis(_ scope: DiagnosisScope = .cluster) -> Diagnosis {
        DiagnosisEngine.diagnose(facts, cluster: "test", scope: scope)
    }
}
