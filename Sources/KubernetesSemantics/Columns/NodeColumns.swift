import KubernetesModel

/// What the API server prints about nodes.
enum NodeColumns {
    static func cells(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let node = FieldReader(object)
        let info = node.status.nodeInfo
        return [
            .string(object.name), .string(status(of: node)), .string(roles(of: object)), CellText.age(of: object, now: now),
            .string(info.kubeletVersion.text),
            .string(address("InternalIP", of: node)), .string(address("ExternalIP", of: node)),
            .string(info.osImage.text(or: "<unknown>")), .string(info.kernelVersion.text(or: "<unknown>")),
            .string(info.containerRuntimeVersion.text(or: "<unknown>")),
        ]
    }

    private static func status(of node: FieldReader) -> String {
        let ready = node.status.conditions.condition("Ready").map { $0.status.text == "True" ? "Ready" : "NotReady" }
        return (ready ?? "Unknown") + (node.spec.unschedulable.flag ? ",SchedulingDisabled" : "")
    }

    private static func roles(of object: KubernetesObject) -> String {
        let prefix = "node-role.kubernetes.io/"
        var roles: Set<String> = []
        for (key, value) in object.metadata.labels {
            if key.hasPrefix(prefix) {
                roles.insert(String(key.dropFirst(prefix.count)))
            } else if key == "kubernetes.io/role" {
                roles.insert(value)
            }
        }
        roles.remove("")
        return roles.isEmpty ? "<none>" : roles.sorted().joined(separator: ",")
    }

    private static func address(_ type: String, of node: FieldReader) -> String {
        node.status.addresses.elements.first { $0["type"].text == type }?.address.text ?? "<none>"
    }
}
