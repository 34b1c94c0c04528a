import KubernetesModel

/// The names that definitions give their resources. In one group each can be used once: whoever came first keeps it.
struct DefinedNames {
    /// Why a definition's names are not accepted.
    struct Conflict: Hashable {
        let reason: String
        let message: String
    }

    private var conflicts: [ObjectKey: Conflict] = [:]

    init(_ definitions: [KubernetesObject]) {
        var resources: [String: Set<String>] = [:]
        var kinds: [String: Set<String>] = [:]
        for definition in definitions.sorted(by: Self.isBefore) {
            let (group, names) = (definition.spec["group"]?.stringValue ?? "", definition.spec["names"])
            func texts(_ keys: [String]) -> [(String, String)] { keys.compactMap { key in names?[key]?.stringValue.map { (key, $0) } } }
            let short = (names?["shortNames"]?.arrayValue ?? []).compactMap(\.stringValue).map { ("shortNames", $0) }
            let (own, ownKinds) = (texts(["plural", "singular"]) + short, texts(["kind", "listKind"]))
            // Of several conflicts the last one is told, as Kubernetes does.
            let taken = ownKinds.last { kinds[group, default: []].contains($0.1) } ?? own.last { resources[group, default: []].contains($0.1) }
            if let (key, name) = taken {
                let reason = key.prefix(1).uppercased() + key.dropFirst() + "Conflict"
                conflicts[definition.key] = Conflict(reason: reason, message: "\(name.goQuoted) is already in use")
            } else {
                resources[group, default: []].formUnion(own.map(\.1))
                kinds[group, default: []].formUnion(ownKinds.map(\.1))
            }
        }
    }

    func conflict(of definition: KubernetesObject) -> Conflict? { conflicts[definition.key] }

    /// Names that were accepted stay so.
    private static func isBefore(_ left: KubernetesObject, _ right: KubernetesObject) -> Bool {
        func rank(_ definition: KubernetesObject) -> (Int, String, String) {
            (definition.holds("NamesAccepted") ? 0 : 1, definition.metadata.creationTimestamp ?? "", definition.name)
        }
        return rank(left) < rank(right)
    }
}
