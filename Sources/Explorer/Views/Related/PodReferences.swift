import KubernetesModel

/// What a pod, or a pod template, refers to by name.
nonisolated struct PodReferences {
    struct Reference: Hashable {
        let kind: String
        let name: String
        var isOptional = false
    }

    private(set) var all: [Reference] = []

    /// - Parameter spec: of a pod.
    init(_ spec: JSONValue) {
        for volume in spec["volumes"]?.arrayValue ?? [] { add(volume) }
        for list in ["initContainers", "containers", "ephemeralContainers"] {
            for container in spec[list]?.arrayValue ?? [] { addEnvironment(of: container) }
        }
        for secret in spec["imagePullSecrets"]?.arrayValue ?? [] { add("Secret", secret["name"], isOptional: true) }
        add("ServiceAccount", spec["serviceAccountName"] ?? "default")
    }

    /// The pod template of a workload, the specification of a pod; nil for what has neither.
    static func spec(of object: KubernetesObject) -> JSONValue? {
        switch object.kind {
        case "Pod": object.spec
        case "CronJob": object.spec["jobTemplate"]?["spec"]?["template"]?["spec"]
        default: object.spec["template"]?["spec"]
        }
    }

    private mutating func add(_ volume: JSONValue) {
        let isOptional = { (source: JSONValue?) in source?["optional"]?.boolValue ?? false }
        add("ConfigMap", volume["configMap"]?["name"], isOptional: isOptional(volume["configMap"]))
        add("Secret", volume["secret"]?["secretName"], isOptional: isOptional(volume["secret"]))
        add("PersistentVolumeClaim", volume["persistentVolumeClaim"]?["claimName"])
        for source in volume["projected"]?["sources"]?.arrayValue ?? [] {
            // Every cluster publishes it in every namespace.
            if source["configMap"]?["name"]?.stringValue != "kube-root-ca.crt" {
                add("ConfigMap", source["configMap"]?["name"], isOptional: isOptional(source["configMap"]))
            }
            add("Secret", source["secret"]?["name"], isOptional: isOptional(source["secret"]))
        }
    }

    private mutating func addEnvironment(of container: JSONValue) {
        for source in container["envFrom"]?.arrayValue ?? [] {
            add("ConfigMap", source["configMapRef"]?["name"], isOptional: source["configMapRef"]?["optional"]?.boolValue ?? false)
            add("Secret", source["secretRef"]?["name"], isOptional: source["secretRef"]?["optional"]?.boolValue ?? false)
        }
        for variable in container["env"]?.arrayValue ?? [] {
            let source = variable["valueFrom"]
            add("ConfigMap", source?["configMapKeyRef"]?["name"], isOptional: source?["configMapKeyRef"]?["optional"]?.boolValue ?? false)
            add("Secret", source?["secretKeyRef"]?["name"], isOptional: source?["secretKeyRef"]?["optional"]?.boolValue ?? false)
        }
    }

    private mutating func add(_ kind: String, _ name: JSONValue?, isOptional: Bool = false) {
        guard let name = name?.stringValue, !all.contains(where: { $0.kind == kind && $0.name == name }) else { return }
        all.append(Reference(kind: kind, name: name, isOptional: isOptional))
    }
}
