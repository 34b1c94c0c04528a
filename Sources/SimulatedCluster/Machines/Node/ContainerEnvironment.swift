import KubernetesModel
import KubernetesSemantics

/// The environment of a container, as the kubelet makes it from the pod, the cluster's configuration and the Services.
struct ContainerEnvironment {
    /// What keeps a container from being created, in the kubelet's words.
    struct Failure: Error, Equatable {
        let message: String
    }

    let view: ClusterView
    let pod: KubernetesObject
    let container: JSONValue
    let address: String
    let nodeAddress: String

    private var namespace: String { pod.namespace ?? "default" }

    func variables(hostname: String) throws(Failure) -> [(name: String, value: String)] {
        var variables: [(name: String, value: String)] = [
            ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"), ("HOSTNAME", hostname),
        ]
        func set(_ name: String, _ value: String) {
            if let index = variables.firstIndex(where: { $0.name == name }) {
                variables[index].value = value
            } else {
                variables.append((name, value))
            }
        }
        for source in container["envFrom"]?.arrayValue ?? [] {
            for (name, value) in try values(from: source) { set(name, value) }
        }
        for entry in container["env"]?.arrayValue ?? [] {
            guard let name = entry["name"]?.stringValue else { continue }
            if let source = entry["valueFrom"], source.objectValue != nil {
                if let value = try value(from: source) { set(name, value) }
            } else {
                set(name, expand(entry["value"]?.stringValue ?? "", with: variables))
            }
        }
        for (name, value) in serviceVariables() where !variables.contains(where: { $0.name == name }) { variables.append((name, value)) }
        variables.append(("HOME", "/root"))
        return variables
    }

    /// The value of a mount's `subPathExpr`, in which nothing may be missing.
    func subPath(_ expression: String, with variables: [(name: String, value: String)]) throws(Failure) -> String {
        var missing: Set<String> = []
        let path = expand(expression) { name in
            let value = variables.last { $0.name == name }?.value ?? ""
            if value.isEmpty { missing.insert(name) }
            return value
        }
        guard missing.isEmpty else { throw Failure(message: "missing value for \(missing.sorted().joined(separator: ", "))") }
        return path
    }

    /// Replaces `$(NAME)`; an unknown name stays, `$$` is one dollar sign.
    func expand(_ text: String, with variables: [(name: String, value: String)]) -> String {
        expand(text) { name in variables.last { $0.name == name }?.value ?? "$(\(name))" }
    }

    private func expand(_ text: String, _ value: (String) -> String) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...].dropFirst()
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "(", let end = rest.firstIndex(of: ")") {
                let name = rest[rest.index(after: rest.startIndex)..<end]
                result += value(String(name))
                rest = rest[end...].dropFirst()
            } else {
                result += "$"
            }
        }
        return result + rest
    }

    private func values(from source: JSONValue) throws(Failure) -> [(String, String)] {
        let prefix = source["prefix"]?.stringValue ?? ""
        for (field, resource, kind) in [("configMapRef", Resource.configMaps, "configmap"), ("secretRef", Resource.secrets, "secret")] {
            guard let reference = source[field], let name = reference["name"]?.stringValue else { continue }
            guard let object = view.get(resource, ObjectKey(namespace: namespace, name: name)) else {
                if reference["optional"]?.boolValue == true { return [] }
                throw Failure(message: "\(kind) \"\(name)\" not found")
            }
            return ConfigurationData(object).texts.sorted { $0.key < $1.key }.map { (prefix + $0.key, $0.value) }
        }
        return []
    }

    private func value(from source: JSONValue) throws(Failure) -> String? {
        if let path = source["fieldRef"]?["fieldPath"]?.stringValue { return field(path) }
        if let reference = source["resourceFieldRef"] { return resource(reference) }
        if let reference = source["configMapKeyRef"] { return try key(reference, Resource.configMaps, "configmap", "ConfigMap") }
        if let reference = source["secretKeyRef"] { return try key(reference, Resource.secrets, "secret", "Secret") }
        return nil
    }

    private func key(_ reference: JSONValue, _ resource: GroupResource, _ name: String, _ kind: String) throws(Failure) -> String? {
        let isOptional = reference["optional"]?.boolValue ?? false
        let object = reference["name"]?.stringValue ?? ""
        let key = reference["key"]?.stringValue ?? ""
        guard let found = view.get(resource, ObjectKey(namespace: namespace, name: object)) else {
            if isOptional { return nil }
            throw Failure(message: "\(name) \"\(object)\" not found")
        }
        guard let value = ConfigurationData(found).texts[key] else {
            if isOptional { return nil }
            throw Failure(message: "couldn't find key \(key) in \(kind) \(namespace)/\(object)")
        }
        return value
    }

    func field(_ path: String) -> String {
        switch path {
        case "metadata.name": pod.name
        case "metadata.namespace": namespace
        case "metadata.uid": pod.uid
        case "spec.nodeName": pod.spec["nodeName"]?.stringValue ?? ""
        case "spec.serviceAccountName": pod.spec["serviceAccountName"]?.stringValue ?? ""
        case "status.podIP", "status.podIPs": address
        case "status.hostIP", "status.hostIPs": nodeAddress
        case "metadata.labels": Self.lines(pod.metadata.labels)
        case "metadata.annotations": Self.lines(pod.metadata.annotations)
        default: subscripted(path)
        }
    }

    private func subscripted(_ path: String) -> String {
        for (prefix, map) in [("metadata.labels['", pod.metadata.labels), ("metadata.annotations['", pod.metadata.annotations)]
        where path.hasPrefix(prefix) && path.hasSuffix("']") {
            return map[String(path.dropFirst(prefix.count).dropLast(2))] ?? ""
        }
        return ""
    }

    private static func lines(_ map: [String: String]) -> String {
        map.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: "\n")
    }

    /// Whole units of the divisor, rounded up. A limit that is not set is what the node has.
    func resource(_ reference: JSONValue) -> String {
        let parts = (reference["resource"]?.stringValue ?? "").split(separator: ".").map(String.init)
        guard parts.count == 2 else { return "0" }
        let own = container["resources"]?[parts[0]]?[parts[1]]?.stringValue
        guard let amount = own ?? (parts[0] == "limits" ? allocatable(parts[1]) : nil) else { return "0" }
        return ResourceAmount.wholeUnits(amount, divisor: reference["divisor"]?.stringValue)
    }

    private func allocatable(_ resource: String) -> String? {
        let node = view.get(Resource.nodes, ObjectKey(name: pod.spec["nodeName"]?.stringValue ?? ""))
        return node?.status["allocatable"]?[resource]?.stringValue
    }

    /// `NAME_SERVICE_HOST` and its kin for the Services of the pod's namespace, and always for the API's.
    private func serviceVariables() -> [(String, String)] {
        let api = ObjectKey(namespace: "default", name: "kubernetes")
        var services: [KubernetesObject] = []
        if pod.spec["enableServiceLinks"]?.boolValue != false { services = view.list(Resource.services, namespace: namespace) }
        if namespace != api.namespace || services.isEmpty, let kubernetes = view.get(Resource.services, api) { services.append(kubernetes) }
        return services.flatMap(Self.variables)
    }

    private static func variables(of service: KubernetesObject) -> [(String, String)] {
        guard let address = service.spec["clusterIP"]?.stringValue, !address.isEmpty, address != "None",
            let ports = service.spec["ports"]?.arrayValue, let first = ports.first?["port"]?.intValue
        else { return [] }
        let name = service.name.uppercased().replacing("-", with: "_")
        var variables = [("\(name)_SERVICE_HOST", address), ("\(name)_SERVICE_PORT", String(first))]
        for port in ports {
            guard let portName = port["name"]?.stringValue, let number = port["port"]?.intValue else { continue }
            variables.append(("\(name)_SERVICE_PORT_\(portName.uppercased().replacing("-", with: "_"))", String(number)))
        }
        for (index, port) in ports.enumerated() {
            guard let number = port["port"]?.intValue else { continue }
            let transport = (port["protocol"]?.stringValue ?? "TCP").lowercased()
            let url = "\(transport)://\(address):\(number)"
            let prefix = "\(name)_PORT_\(number)_\(transport.uppercased())"
            if index == 0 { variables.append(("\(name)_PORT", url)) }
            variables += [(prefix, url), ("\(prefix)_PROTO", transport), ("\(prefix)_PORT", String(number)), ("\(prefix)_ADDR", address)]
        }
        return variables
    }
}

/// The entries of a ConfigMap or a Secret as text.
struct ConfigurationData {
    let texts: [String: String]

    init(_ object: KubernetesObject) {
        var texts = object["data"]?.stringMap ?? [:]
        if object.kind == "Secret" { texts = texts.mapValues { String(decoding: Base64.decode($0) ?? [], as: UTF8.self) } }
        self.texts = texts
    }
}

/// Amounts as the downward API gives them.
enum ResourceAmount {
    /// In units of the divisor, rounded up.
    static func wholeUnits(_ text: String, divisor: String?) -> String {
        let divisor = divisor.flatMap { $0 == "0" ? nil : $0 } ?? "1"
        guard let amount = Quantity(.string(text))?.milliValue, let unit = Quantity(.string(divisor))?.milliValue, unit > 0
        else { return "0" }
        return String((amount + unit - 1) / unit)
    }
}
