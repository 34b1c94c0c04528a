import KubernetesModel
import KubernetesSemantics

extension KnownColumns {
    /// Beside K9s's columns the types, without which an absent rule cannot be told from none.
    static let networkPolicies = KnownColumns(
        [.server(1, "POD-SELECTOR"), .text("TYPES") { $0.spec.policyTypes.texts.joined(separator: ",") }]
            + direction("ING", peers: "from") { $0.spec.ingress } + direction("EGR", peers: "to") { $0.spec.egress },
        links: { RowLinks(podSelector: CellText.selectorText($0.spec.podSelector)) }
    )

    /// Whom the rules of a direction admit, on which ports, and from which addresses.
    private static func direction(
        _ title: String, peers: String, _ rules: @escaping @Sendable (FieldReader) -> FieldReader
    ) -> [ColumnDefinition] {
        [
            .text("\(title)-SELECTOR", wide: true) { policy in
                list(rules(policy).elements.flatMap { $0[peers].elements }.filter { !$0.ipBlock.exists }.map(selector))
            },
            .text("\(title)-PORTS", wide: true) { policy in list(rules(policy).elements.flatMap { $0.ports.elements }.map(port)) },
            .text("\(title)-BLOCK", wide: true) { policy in
                list(rules(policy).elements.flatMap { $0[peers].elements }.filter(\.ipBlock.exists).map { block($0.ipBlock) })
            },
        ]
    }

    private static func list(_ texts: [String]) -> String { texts.joined(separator: ",") }

    private static func selector(_ peer: FieldReader) -> String {
        let parts = [("ns", peer.namespaceSelector), ("po", peer.podSelector)].filter { $0.1.exists }
        return parts.map { "\($0.0):\(all(CellText.selectorText($0.1)))" }.joined(separator: " ")
    }

    private static func all(_ selector: String) -> String {
        selector.isEmpty ? "all" : selector
    }

    private static func port(_ port: FieldReader) -> String {
        let end = port.endPort.number > 0 ? "-\(port.endPort.number)" : ""
        return "\(port.protocol.text(or: "TCP")):\(port.port.exists ? port.port.textOrNumber + end : "all")"
    }

    private static func block(_ block: FieldReader) -> String {
        let exceptions = block.except.texts
        return block.cidr.text + (exceptions.isEmpty ? "" : "[\(exceptions.joined(separator: ","))]")
    }
}
