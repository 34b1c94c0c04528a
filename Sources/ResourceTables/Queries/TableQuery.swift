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
    package var namespaces: NamespaceChoice
    /// Only what is not healthy.
    package var faultsOnly: Bool
    /// Only what has to do with one object.
    package var relation: RowRelation?

    package init(
        sort: Sort? = nil, filter: TableFilter = .everything, namespaces: NamespaceChoice = .all, faultsOnly: Bool = false,
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
        case .about(let kind, let key):
            row.links.regarding.map { $0.kind == kind && $0.name == key.name && isSame($0.namespace, key.namespace) } ?? false
        }
    }

    /// Events about objects of the whole cluster lie in some namespace, and name none of their object's.
    private func isSame(_ one: String?, _ other: String?) -> Bool {
        (one ?? "") == (other ?? "")
    }
}
