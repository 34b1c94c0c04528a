import KubernetesModel

/// What the API server prints about services and where they lead.
enum ServiceColumns {
    static func service(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let service = FieldReader(object)
        return [
            .string(object.name), .string(service.spec["type"].text),
            .string(service.spec.clusterIPs.texts.first ?? service.spec.clusterIP.text(or: "<none>")),
            .string(externalAddress(of: service)), .string(ports(of: service)), CellText.age(of: object, now: now),
            .string(CellText.labels(service.spec.selector)),
        ]
    }

    private static func externalAddress(of service: FieldReader) -> String {
        let own = service.spec.externalIPs.texts
        switch service.spec["type"].text {
        case "ClusterIP", "NodePort":
            return own.isEmpty ? "<none>" : own.joined(separator: ",")
        case "LoadBalancer":
            let balancer = CellText.loadBalancer(service.status.loadBalancer)
            let all = (balancer.isEmpty ? [] : [balancer]) + own
            return all.isEmpty ? "<pending>" : all.joined(separator: ",")
        case "ExternalName":
            return service.spec.externalName.text
        default:
            return "<unknown>"
        }
    }

    private static func ports(of service: FieldReader) -> String {
        let ports = service.spec.ports.elements.map { port in
            let node = port.nodePort.number > 0 ? ":\(port.nodePort.number)" : ""
            return "\(port.port.number)\(node)/\(port.protocol.text)"
        }
        return ports.isEmpty ? "<none>" : ports.joined(separator: ",")
    }

    static func endpoints(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let subsets = FieldReader(object).subsets.elements
        let addresses = subsets.flatMap { subset in
            let hosts = subset.addresses.elements.map(\.ip.text)
            let ports = subset.ports.elements.map { String($0.port.number) }
            return ports.isEmpty ? hosts : ports.flatMap { port in hosts.map { CellText.hostPort($0, port) } }
        }
        let text = subsets.isEmpty ? "<none>" : addresses.isEmpty ? "" : CellText.firstThree(addresses)
        return [.string(object.name), .string(text), CellText.age(of: object, now: now)]
    }

    static func endpointSlice(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let slice = FieldReader(object)
        let ports = slice.ports.elements.map { port in
            port.port.exists ? String(port.port.number) : port.name.exists ? port.name.text : "*"
        }
        let addresses = slice.endpoints.elements.flatMap(\.addresses.texts)
        return [
            .string(object.name), .string(slice.addressType.text), .string(CellText.firstThree(ports)),
            .string(CellText.firstThree(addresses)), CellText.age(of: object, now: now),
        ]
    }
}
