import KubernetesModel
import KubernetesSemantics

/// Objects as short as the tests can read them.
enum Fixture {
    static func pod(
        _ name: String, in namespace: String = "shop", labels: [String: String] = [:], ip: String? = nil, spec: JSONObject = [:],
        isReady: Bool = true, phase: String = "Running"
    ) -> KubernetesObject {
        var status: JSONObject = [
            "phase": .string(phase),
            "conditions": [["type": "Ready", "status": isReady ? "True" : "False"]],
        ]
        if let ip { status["podIPs"] = [["ip": .string(ip)]] }
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "name": .string(name), "namespace": .string(namespace), "uid": .string("uid-\(name)"), "labels": JSONValue(labels),
            ],
            "spec": .object(spec), "status": .object(status),
        ])
    }

    static func service(_ name: String, in namespace: String = "shop", _ spec: JSONValue) -> RoutedService {
        RoutedService(
            KubernetesObject([
                "metadata": ["name": .string(name), "namespace": .string(namespace)], "spec": spec,
            ]))
    }

    static func policy(_ name: String, in namespace: String = "shop", _ spec: JSONValue) -> NetworkPolicyRules {
        NetworkPolicyRules(
            KubernetesObject([
                "metadata": ["name": .string(name), "namespace": .string(namespace)], "spec": spec,
            ]))
    }

    static func slice(
        of service: String, in namespace: String = "shop", ports: JSONValue = [["name": "http", "port": 8080]], _ endpoints: JSONValue
    ) -> RoutedEndpoints {
        RoutedEndpoints(
            KubernetesObject([
                "metadata": [
                    "name": .string("\(service)-x"), "namespace": .string(namespace),
                    "labels": ["kubernetes.io/service-name": .string(service)],
                ],
                "ports": ports, "endpoints": endpoints,
            ]))
    }
}
