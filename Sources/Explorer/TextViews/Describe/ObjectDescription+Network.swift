import KubernetesModel
import KubernetesSemantics

extension ObjectDescription {
    mutating func service() {
        let spec = fields.spec
        name()
        labelsAndAnnotations()
        outline.field("Selector", CellText.labels(spec.selector))
        outline.field("Type", spec.type.text)
        optional("IP Family Policy", spec.ipFamilyPolicy.text)
        outline.field("IP Families", joined(spec.ipFamilies))
        outline.field("IP", spec.clusterIP.text)
        outline.field("IPs", joined(spec.clusterIPs))
        if !spec.externalIPs.texts.isEmpty { outline.field("External IPs", joined(spec.externalIPs)) }
        optional("Desired LoadBalancer IP", spec.loadBalancerIP.text)
        optional("External Name", spec.externalName.text)
        optional("LoadBalancer Ingress", loadBalancer(separator: ", "))
        for port in spec.ports.elements { tell(port) }
        outline.field("Session Affinity", spec.sessionAffinity.text)
        optional("External Traffic Policy", spec.externalTrafficPolicy.text)
        optional("Internal Traffic Policy", spec.internalTrafficPolicy.text)
        optional("HealthCheck NodePort", spec.healthCheckNodePort.textOrNumber)
        if !spec.loadBalancerSourceRanges.texts.isEmpty {
            outline.field("LoadBalancer Source Ranges", joined(spec.loadBalancerSourceRanges))
        }
        optional("Traffic Distribution", spec.trafficDistribution.text)
        conditions()
    }

    private mutating func tell(_ port: FieldReader) {
        let name = port.name.text(or: "<unset>")
        let transport = port.protocol.text(or: "TCP")
        outline.field("Port", "\(name)  \(port.port.number)/\(transport)")
        outline.field("TargetPort", "\(port.targetPort.textOrNumber)/\(transport)")
        if port.nodePort.exists { outline.field("NodePort", "\(name)  \(port.nodePort.number)/\(transport)") }
        let endpoints = endpoints(of: object.name, port: port.name.text)
        outline.values(
            "Endpoints",
            endpoints.isEmpty ? [LinkedText(beside(Self.sliceScope(of: object.name, in: object.namespace)).absence)] : endpoints)
    }

    /// The ready endpoints behind a port, each with the pod that it is.
    private func endpoints(of service: String, port: String) -> [LinkedText] {
        beside(Self.sliceScope(of: service, in: object.namespace)).objects.map { FieldReader($0) }.flatMap { slice in
            let numbers = slice.ports.elements.filter { $0.name.text == port }.map { $0.port.textOrNumber }
            let ready = slice.endpoints.elements.filter { !$0.conditions.ready.exists || $0.conditions.ready.flag }
            return ready.flatMap { endpoint in
                endpoint.addresses.texts.flatMap { address in
                    numbers.map { number in
                        let host = address.contains(":") ? "[\(address)]" : address
                        return LinkedText("\(host):\(number)", link: link(endpoint.targetRef.kind.text, endpoint.targetRef.name.text))
                    }
                }
            }
        }
    }

    private func joined(_ list: FieldReader) -> String {
        list.texts.isEmpty ? "<none>" : list.texts.joined(separator: ",")
    }

    private func loadBalancer(separator: String) -> String {
        fields.status.loadBalancer.ingress.elements.map { ingress in
            guard !ingress.ip.text.isEmpty else { return ingress.hostname.text }
            return ingress.ip.text + (ingress.ipMode.text.isEmpty || separator == "," ? "" : " (\(ingress.ipMode.text))")
        }.joined(separator: separator)
    }

    // MARK: Endpoints

    mutating func endpoints() {
        name()
        labelsAndAnnotations()
        outline.heading("Subsets")
        for subset in fields.subsets.elements {
            for (title, list) in [("Addresses", subset.addresses), ("NotReadyAddresses", subset.notReadyAddresses)] {
                let addresses = list.elements.map { LinkedText($0.ip.text, link: link($0.targetRef.kind.text, $0.targetRef.name.text)) }
                outline.values(title, addresses.isEmpty ? ["<none>"] : addresses, depth: 1)
            }
            portTable(subset.ports.elements, depth: 1)
        }
    }

    mutating func endpointSlice() {
        name()
        labelsAndAnnotations()
        outline.field("AddressType", fields.addressType.text)
        if fields.ports.elements.isEmpty { outline.field("Ports", "<unset>") }
        portTable(fields.ports.elements, depth: 0)
        guard !fields.endpoints.elements.isEmpty else { return outline.field("Endpoints", "<none>") }
        outline.heading("Endpoints")
        for endpoint in fields.endpoints.elements {
            outline.field("- Addresses", endpoint.addresses.texts.joined(separator: ", "), depth: 1)
            outline.heading("Conditions", depth: 2)
            for (title, condition) in [("Ready", "ready"), ("Serving", "serving"), ("Terminating", "terminating")] {
                let value = endpoint.conditions[condition]
                if value.exists || title == "Ready" { outline.field(title, value.exists ? "\(value.flag)" : "<unset>", depth: 3) }
            }
            outline.field("Hostname", endpoint.hostname.text(or: "<unset>"), depth: 2)
            let target = endpoint.targetRef
            optional(
                "TargetRef", target.exists ? "\(target.kind.text)/\(target.name.text)" : "", depth: 2,
                link: link(target.kind.text, target.name.text))
            outline.field("NodeName", endpoint.nodeName.text(or: "<unset>"), depth: 2, link: link("Node", endpoint.nodeName.text))
            outline.field("Zone", endpoint.zone.text(or: "<unset>"), depth: 2)
        }
    }

    private mutating func portTable(_ ports: [FieldReader], depth: Int) {
        guard !ports.isEmpty else { return }
        outline.heading("Ports", depth: depth)
        outline.table(
            ["Name", "Port", "Protocol"],
            ports.map { port in
                let number = port.port.textOrNumber
                return [
                    LinkedText(port.name.text(or: "<unset>")), LinkedText(number.isEmpty ? "<unset>" : number),
                    LinkedText(port.protocol.text(or: "TCP")),
                ]
            }, depth: depth + 1)
    }

    private mutating func optional(_ title: String, _ value: String, depth: Int, link: ObjectReference?) {
        if !value.isEmpty { outline.field(title, value, depth: depth, link: link) }
    }

    // MARK: Ingresses

    mutating func ingress() {
        let spec = fields.spec
        name()
        outline.pairs("Labels", fields.metadata.labels.json, separator: "=")
        outline.field("Address", loadBalancer(separator: ","))
        outline.field("Ingress Class", spec.ingressClassName.text(or: "<none>"), link: link("IngressClass", spec.ingressClassName.text))
        let fallback = spec.defaultBackend.exists ? backend(spec.defaultBackend) : "<default>"
        outline.field("Default backend", fallback.text, link: fallback.link)
        if !spec.tls.elements.isEmpty { outline.heading("TLS") }
        for part in spec.tls.elements {
            let secret = part.secretName.text
            let hosts = part.hosts.texts.joined(separator: ",")
            outline.line(
                LinkedText(secret.isEmpty ? "SNI routes \(hosts)" : "\(secret) terminates \(hosts)", link: link("Secret", secret)), depth: 1
            )
        }
        outline.heading("Rules")
        let rules = spec.rules.elements.filter(\.http.exists)
        var rows: [[LinkedText]] = rules.flatMap { rule -> [[LinkedText]] in
            let paths: [[LinkedText]] = rule.http.paths.elements.map { ["", LinkedText($0.path.text), backend($0.backend)] }
            return [[LinkedText(rule.host.text(or: "*"))]] + paths
        }
        if rules.isEmpty { rows = [["*", "*", fallback]] }
        outline.table(["Host", "Path", "Backends"], rows)
        outline.pairs("Annotations", annotations(fields.metadata), separator: ": ")
    }

    /// `cart:80 (10.1.0.7:8080,10.1.0.8:8080)`.
    private func backend(_ backend: FieldReader) -> LinkedText {
        guard backend.service.exists else {
            let resource = backend.resource
            return LinkedText("APIGroup: \(resource.apiGroup.text(or: "<none>")), Kind: \(resource.kind.text), Name: \(resource.name.text)")
        }
        let name = backend.service.name.text
        let wanted = backend.service.port
        let title = "\(name):\(wanted["number"].exists ? wanted["number"].textOrNumber : wanted.name.text)"
        let service = link("Service", name)
        let mirror = beside(Self.serviceScope(name, in: object.namespace))
        guard let found = mirror.object(ObjectKey(namespace: object.namespace, name: name)) else {
            return LinkedText(mirror.isComplete ? "\(title) (<error: services \"\(name)\" not found>)" : "\(title) (…)", link: service)
        }
        let port = FieldReader(found).spec.ports.elements.first { port in
            wanted["number"].exists ? port.port.textOrNumber == wanted["number"].textOrNumber : port.name.text == wanted.name.text
        }
        let endpoints = endpoints(of: name, port: port?.name.text ?? "").map(\.text)
        let shown = endpoints.prefix(3).joined(separator: ",") + (endpoints.count > 3 ? " + \(endpoints.count - 3) more..." : "")
        return LinkedText("\(title) (\(shown))", link: service)
    }

    mutating func ingressClass() {
        name()
        labelsAndAnnotations()
        outline.field("Controller", fields.spec.controller.text)
        let parameters = fields.spec.parameters
        guard parameters.exists else { return }
        outline.heading("Parameters")
        optional("APIGroup", parameters.apiGroup.text, depth: 1)
        outline.field("Kind", parameters.kind.text, depth: 1)
        outline.field("Name", parameters.name.text, depth: 1)
    }

    mutating func serviceCIDR() {
        name()
        labelsAndAnnotations()
        outline.field("CIDRs", fields.spec.cidrs.texts.joined(separator: ", "))
        conditions()
    }

    mutating func ipAddress() {
        name()
        labelsAndAnnotations()
        let parent = fields.spec.parentRef
        guard parent.exists else { return }
        outline.heading("Parent Reference")
        outline.field("Group", parent.group.text, depth: 1)
        outline.field("Resource", parent.resource.text, depth: 1)
        outline.field("Namespace", parent.namespace.text, depth: 1)
        let isService = parent.resource.text == "services"
        let service = ObjectReference.builtIn("Service", namespace: parent.namespace.text, parent.name.text)
        outline.field("Name", parent.name.text, depth: 1, link: isService ? service : nil)
    }
}
