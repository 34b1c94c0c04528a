import KubernetesModel
import KubernetesSemantics

extension ObjectDescription {
    mutating func networkPolicy() {
        let spec = fields.spec
        name()
        created("Created on")
        labelsAndAnnotations()
        outline.heading("Spec")
        let pods = CellText.selectorText(spec.podSelector)
        outline.field("PodSelector", pods.isEmpty ? "<none> (Allowing the specific traffic to all pods in this namespace)" : pods, depth: 1)
        let types = spec.policyTypes.texts
        direction("ingress", types.contains("Ingress"), spec.ingress, peers: "from", "From", "source")
        direction("egress", types.contains("Egress"), spec.egress, peers: "to", "To", "destination")
        outline.field("Policy Types", types.isEmpty ? "<none>" : types.joined(separator: ", "), depth: 1)
    }

    private mutating func direction(
        _ name: String, _ isAffected: Bool, _ rules: FieldReader, peers: String, _ title: String, _ end: String
    ) {
        guard isAffected else { return outline.line(LinkedText("Not affecting \(name) traffic"), depth: 1) }
        outline.heading("Allowing \(name) traffic", depth: 1)
        if rules.elements.isEmpty { outline.line(LinkedText("<none> (Selected pods are isolated for \(name) connectivity)"), depth: 2) }
        for (index, rule) in rules.elements.enumerated() {
            if index > 0 { outline.line("----------", depth: 2) }
            ports(rule.ports.elements)
            let peers = rule[peers].elements
            if peers.isEmpty { outline.field(title, "<any> (traffic not restricted by \(end))", depth: 2) }
            for peer in peers { tell(peer, title) }
        }
    }

    private mutating func ports(_ ports: [FieldReader]) {
        if ports.isEmpty { outline.field("To Port", "<any> (traffic allowed to all ports)", depth: 2) }
        for port in ports {
            let transport = port.protocol.text(or: "TCP")
            let number = port.port.textOrNumber
            if port.endPort.exists {
                outline.field("To Port Range", "\(number)-\(port.endPort.number)/\(transport)", depth: 2)
            } else {
                outline.field("To Port", "\(number.isEmpty ? "<any>" : number)/\(transport)", depth: 2)
            }
        }
    }

    private mutating func tell(_ peer: FieldReader, _ title: String) {
        outline.heading(title, depth: 2)
        if peer.namespaceSelector.exists { outline.field("NamespaceSelector", selector(peer.namespaceSelector), depth: 3) }
        if peer.podSelector.exists { outline.field("PodSelector", selector(peer.podSelector), depth: 3) }
        guard peer.ipBlock.exists else { return }
        outline.heading("IPBlock", depth: 3)
        outline.field("CIDR", peer.ipBlock.cidr.text, depth: 4)
        outline.field("Except", peer.ipBlock.except.texts.joined(separator: ", "), depth: 4)
    }
}
