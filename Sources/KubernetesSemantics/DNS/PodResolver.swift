package import KubernetesModel

/// How a kubelet makes a pod's `resolv.conf`.
package struct PodResolver: Sendable, Hashable {
    /// Why a pod's resolver is another than its policy asks for.
    package enum Fallback: Sendable, Hashable {
        /// `ClusterFirst` means `Default` for a pod in its node's network. No event tells.
        case hostNetwork
        /// The kubelet knows no cluster DNS server; it emits `MissingClusterDNS`.
        case kubeletHasNoClusterDNS
    }

    package var configuration: ResolverConfiguration
    package var fallback: Fallback?
    /// Whether names of the cluster can resolve at all: the cluster's DNS is asked.
    package var asksClusterDNS: Bool

    /// What a kubelet is configured with.
    package struct Kubelet: Sendable, Hashable {
        package var clusterDNS: [String]
        package var clusterDomain: String
        /// The node's own.
        package var host: ResolverConfiguration

        package init(clusterDNS: [String], clusterDomain: String = "cluster.local", host: ResolverConfiguration) {
            self.clusterDNS = clusterDNS
            self.clusterDomain = clusterDomain
            self.host = host
        }
    }

    package init(_ pod: KubernetesObject, on kubelet: Kubelet) {
        let spec = pod.spec
        let policy = spec["dnsPolicy"]?.stringValue ?? "ClusterFirst"
        let usesHostNetwork = spec["hostNetwork"]?.boolValue ?? false
        let wantsCluster = Self.wantsClusterDNS(policy: policy, usesHostNetwork: usesHostNetwork)
        if policy == "ClusterFirst", usesHostNetwork { fallback = .hostNetwork }
        if wantsCluster, kubelet.clusterDNS.isEmpty { fallback = .kubeletHasNoClusterDNS }

        asksClusterDNS = wantsCluster && !kubelet.clusterDNS.isEmpty
        if asksClusterDNS {
            configuration = Self.clusterFirst(namespace: pod.namespace ?? "default", kubelet)
        } else {
            configuration = policy == "None" ? ResolverConfiguration() : kubelet.host
        }
        if let custom = spec["dnsConfig"], !custom.isNull { configuration.append(custom) }
        configuration.nameservers = Array(configuration.nameservers.prefix(ResolverConfiguration.maximumNameservers))
        asksClusterDNS = configuration.nameservers.contains(where: kubelet.clusterDNS.contains)
    }

    /// Whether a pod's names are meant to be resolved by the cluster's DNS.
    package static func wantsClusterDNS(policy: String, usesHostNetwork: Bool) -> Bool {
        policy == "ClusterFirstWithHostNet" || (policy == "ClusterFirst" && !usesHostNetwork)
    }

    private static func clusterFirst(namespace: String, _ kubelet: Kubelet) -> ResolverConfiguration {
        let domain = kubelet.clusterDomain
        let own = ["\(namespace).svc.\(domain)", "svc.\(domain)", domain]
        return ResolverConfiguration(
            nameservers: kubelet.clusterDNS, searches: (own + kubelet.host.searches).withoutRepetitions(),
            options: [.init(name: "ndots", value: "5")]
        )
    }
}

extension ResolverConfiguration {
    /// Adds a pod's `dnsConfig`: its servers and searches come last, its options replace those of the same name.
    fileprivate mutating func append(_ custom: JSONValue) {
        nameservers = (nameservers + (custom["nameservers"]?.arrayValue?.compactMap(\.stringValue) ?? [])).withoutRepetitions()
        searches = (searches + (custom["searches"]?.arrayValue?.compactMap(\.stringValue) ?? [])).withoutRepetitions()
        for option in custom["options"]?.arrayValue ?? [] {
            guard let name = option["name"]?.stringValue else { continue }
            let option = Option(name: name, value: option["value"]?.stringValue)
            if let index = options.firstIndex(where: { $0.name == name }) {
                options[index] = option
            } else {
                options.append(option)
            }
        }
    }
}

extension [String] {
    fileprivate func withoutRepetitions() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
