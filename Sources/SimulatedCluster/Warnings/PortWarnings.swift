import KubernetesModel

/// Ports that containers of one pod declare twice.
enum PortWarnings {
    static func about(_ containers: [(JSONObject, FieldPath)]) -> [String] {
        var warnings: [String] = []
        var known: [String: [(JSONObject, FieldPath)]] = [:]
        // Nobody is told of more: each port is held against all those before it.
        for (container, path) in containers where warnings.count < 1000 {
            for (index, port) in container.objects("ports").enumerated() {
                let path = path["ports"][index]
                if !address(port).isEmpty, host(port) == 0 { warnings.append("\(path): hostIP set without hostPort: \(shown(port))") }
                let key = "\(port.int("containerPort") ?? 0)/\(port.string("protocol"))"
                for (other, otherPath) in known[key] ?? [] {
                    if let relation = relation(of: port, to: other) {
                        warnings.append("\(path): \(relation) port definition with \(otherPath)")
                    }
                }
                known[key, default: []].append((port, path))
            }
        }
        return warnings
    }

    private static func relation(of port: JSONObject, to other: JSONObject) -> String? {
        if address(port) == address(other), host(port) == host(other) { return "duplicate" }
        if host(port) == 0 || host(other) == 0 { return "overlapping" }
        return host(port) == host(other) && address(port).isEmpty != address(other).isEmpty ? "dangerously ambiguous" : nil
    }

    private static func host(_ port: JSONObject) -> Int { port.int("hostPort") ?? 0 }
    private static func address(_ port: JSONObject) -> String { port.string("hostIP") }

    private static func shown(_ port: JSONObject) -> String {
        "{Name:\(port.string("name")) HostPort:\(host(port)) ContainerPort:\(port.int("containerPort") ?? 0) "
            + "Protocol:\(port.string("protocol")) HostIP:\(address(port))}"
    }
}
