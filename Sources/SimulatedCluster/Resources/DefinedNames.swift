import KubernetesModel

/// The names that definitions give their resources. In one group each can be used once: whoever came first keeps it.
struct DefinedNames {
    /// Why a definition's names are not accepted.
    struct Conflict: Hashable {
        let reason: String
        let message: String
    }

    /// The names that one definition wants.
    struct Claim {
        let key: ObjectKey
        let group: String
        let isAccepted: Bool
        let creationTimestamp: String
        /// Each with its field.
        let names: [(field: String, name: String)]
        let kinds: [(field: String, name: String)]

        init(_ definition: KubernetesObject) {
            key = definition.key
            group = definition.spec["group"]?.stringValue ?? ""
            isAccepted = definition.holds("NamesAccepted")
            creationTimestamp = definition.metadata.creationTimestamp ?? ""
            let wanted = definition.spec["names"]
            func texts(_ keys: [String]) -> [(String, String)] { keys.compactMap { key in wanted?[key]?.stringValue.map { (key, $0) } } }
            let short = (wanted?["shortNames"]?.arrayValue ?? []).compactMap(\.stringValue).map { ("shortNames", $0) }
            names = texts(["plural", "singular"]) + short
            kinds = texts(["kind", "listKind"])
        }
    }

    private var conflicts: [ObjectKey: Conflict] = [:]

    init(_ claims: [Claim]) {
        var resources: [String: Set<String>] = [:]
        var kinds: [String: Set<String>] = [:]
        for claim in claims.sorted(by: Self.isBefore) {
            let (group, own, ownKinds) = (claim.group, claim.names, claim.kinds)
            // Of several conflicts the last one is told, as Kubernetes does.
            let taken =
                ownKinds.last { kinds[group, default: []].contains($0.1) } ?? own.last { resources[group, default: []].contains($0.1) }
            if let (key, name) = taken {
                let reason = key.prefix(1).uppercased() + key.dropFirst() + "Conflict"
                conflicts[claim.key] = Conflict(reason: reason, message: "\(name.goQuoted) is already in use")
            } else {
                resources[group, default: []].formUnion(own.map(\.1))
                kinds[group, default: []].formUnion(ownKinds.map(\.1))
            }
        }
    }

    func conflict(of definition: ObjectKey) -> Conflict? { conflicts[definition] }

    /// Names that were accepted stay so.
    private static func isBefore(_ left: Claim, _ right: Claim) -> Bool {
        func rank(_ claim: Claim) -> (Int, String, String) { (claim.isAccepted ? 0 : 1, claim.creationTimestamp, claim.key.name) }
        return rank(left) < rank(right)
    }
}
