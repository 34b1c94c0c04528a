package import KubernetesModel

/// What of a table is wanted, and in which order.
package struct TableQuery: Sendable, Hashable {
    package struct Sort: Sendable, Hashable {
        /// The column's title.
        package var column: String
        package var isAscending: Bool

        package init(_ column: String, ascending: Bool = true) {
            self.column = column
            isAscending = ascending
        }
    }

    /// Nil sorts by namespace and name.
    package var sort: Sort?
    package var filter: TableFilter
    package var namespaces: NamespaceSelection
    /// Only what is not healthy.
    package var faultsOnly: Bool
    /// Only what has to do with one object.
    package var relation: RowRelation?

    package init(
        sort: Sort? = nil, filter: TableFilter = .everything, namespaces: NamespaceSelection = .all, faultsOnly: Bool = false,
        relation: RowRelation? = nil
    ) {
        self.sort = sort
        self.filter = filter
        self.namespaces = namespaces
        self.faultsOnly = faultsOnly
        self.relation = relation
    }
}

/// How rows have to do with an object.
package enum RowRelation: Sendable, Hashable {
    /// They are owned by the object with this uid.
    case ownedBy(uid: String)
    /// They are events about it.
    case about(kind: String, ObjectKey)

    func holds(for row: TableRow) -> Bool {
        switch self {
        case .ownedBy(let uid): row.owner?.uid == uid
        case .about(let kind, let key): row.links.regarding.map { $0.kind == kind && $0.name == key.name && isSame($0.namespace, key.namespace) } ?? false
        }
    }

    /// Events about objects of the whole cluster lie in some namespace, and name none of their object's.
    private func isSame(_ one: String?, _ other: String?) -> Bool {
        (one ?? "") == (other ?? "")
    }
}

/// Which namespaces are wanted, as `:pods NAMESPACES` says it.
package enum NamespaceSelection: Sendable, Hashable {
    case all
    case only([String])
    case allExcept([String])

    /// Reads `shop`, `ns1,ns2`, `!kube-system,kube-public`, `all`, `*` or `-`.
    package init(_ text: String) {
        let names = { (text: Substring) in text.split(separator: ",").map(String.init) }
        switch text {
        case "", "all", "*", "-": self = .all
        case _ where text.hasPrefix("!"): self = .allExcept(names(text.dropFirst().filter { $0 != "!" }[...]))
        default: self = .only(names(text[...]))
        }
    }

    /// The one namespace that is enough to ask the server for; nil when it takes all.
    package var single: String? {
        if case .only(let names) = self, names.count == 1 { names[0] } else { nil }
    }

    func contains(_ namespace: String?) -> Bool {
        guard let namespace else { return true }
        return switch self {
        case .all: true
        case .only(let names): names.contains(namespace)
        case .allExcept(let names): !names.contains(namespace)
        }
    }

    /// As commands and titles write it.
    package var text: String {
        switch self {
        case .all: "all"
        case .only(let names): names.joined(separator: ",")
        case .allExcept(let names): "!" + names.joined(separator: ",")
        }
    }
}
