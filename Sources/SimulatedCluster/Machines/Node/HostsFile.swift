import KubernetesModel

/// The `/etc/hosts` that a kubelet writes for a pod.
struct HostsFile {
    let text: String

    init(_ pod: KubernetesObject, _ network: PodNetwork) {
        var lines = [
            "# Kubernetes-managed hosts file.", "127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback",
            "fe00::0\tip6-localnet",
            "fe00::0\tip6-mcastprefix", "fe00::1\tip6-allnodes", "fe00::2\tip6-allrouters",
        ]
        var names = network.hostname
        if let subdomain = pod.spec["subdomain"]?.stringValue, !subdomain.isEmpty {
            names = "\(network.hostname).\(subdomain).\(pod.namespace ?? "default").svc.cluster.local\t\(network.hostname)"
        }
        lines.append("\(network.address)\t\(names)")
        let aliases = pod.spec["hostAliases"]?.arrayValue ?? []
        if !aliases.isEmpty { lines += ["", "# Entries added by HostAliases."] }
        for alias in aliases {
            let hosts = (alias["hostnames"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: "\t")
            lines.append("\(alias["ip"]?.stringValue ?? "")\t\(hosts)")
        }
        text = lines.joined(separator: "\n") + "\n"
    }
}
