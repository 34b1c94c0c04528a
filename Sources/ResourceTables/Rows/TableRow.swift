package import KubernetesModel
package import KubernetesSemantics

/// An object as its table shows it. Rows never change: a change makes a new one, so that snapshots can share them.
package final class TableRow: Sendable {
    package let key: ObjectKey
    /// The kubeconfig's context that it was read through, in a table of several clusters.
    package let context: String?
    package let uid: String
    package let resourceVersion: String
    /// In the order of the layout's columns.
    package let cells: [TableCell]
    package let labels: [String: String]
    package let health: HealthVerdict
    /// What manages the object, else its first owner.
    package let owner: OwnerReference?
    package let links: RowLinks
    package let isTerminating: Bool
    /// What the object asks for, or has.
    let budget: ResourceBudget
    /// What the row's last change was; nil when it was there when the table was loaded.
    package let change: RowChange?

    /// What filters match: the cells except ages, lower case, separated by blanks.
    let searchText: [UInt8]

    package init(
        key: ObjectKey, context: String? = nil, uid: String, resourceVersion: String, cells: [TableCell], labels: [String: String] = [:],
        health: HealthVerdict = .ok, owner: OwnerReference? = nil, links: RowLinks = RowLinks(), isTerminating: Bool = false,
        budget: ResourceBudget = ResourceBudget(), change: RowChange? = nil
    ) {
        self.key = key
        self.context = context
        self.uid = uid
        self.resourceVersion = resourceVersion
        // A column may show anything, a whole object too: nobody sees the end of it, and each frame would measure it.
        let cells = cells.contains(where: \.isTooLong) ? cells.map(\.cut) : cells
        self.cells = cells
        self.labels = labels
        self.health = health
        self.owner = owner
        self.links = links
        self.isTerminating = isTerminating
        self.budget = budget
        self.change = change
        searchText = Self.searchText(cells)
    }

    private static func searchText(_ cells: [TableCell]) -> [UInt8] {
        Array(cells.compactMap(\.stableText).joined(separator: " ").lowercased().utf8)
    }

    private init(_ row: TableRow, cells: [TableCell], health: HealthVerdict? = nil, change: RowChange?) {
        key = row.key
        context = row.context
        uid = row.uid
        resourceVersion = row.resourceVersion
        self.cells = cells
        labels = row.labels
        self.health = health ?? row.health
        owner = row.owner
        links = row.links
        isTerminating = row.isTerminating
        budget = row.budget
        // Measurements are not looked at; what else is known from elsewhere is.
        searchText = health == nil ? row.searchText : Self.searchText(cells)
        self.change = change
    }

    func with(_ change: RowChange?) -> TableRow {
        TableRow(self, cells: cells, change: change)
    }

    /// The same with other measurements, which filters do not look at.
    func with(_ cells: [TableCell]) -> TableRow {
        TableRow(self, cells: cells, change: change)
    }

    /// The same with what is known of its health from elsewhere.
    func with(_ cells: [TableCell], health: HealthVerdict) -> TableRow {
        TableRow(self, cells: cells, health: health, change: change)
    }
}

extension TableRow {
    /// What tells a row from all others of its table.
    package struct ID: Sendable, Hashable, Comparable {
        package let context: String?
        package let key: ObjectKey

        package init(context: String?, key: ObjectKey) {
            self.context = context
            self.key = key
        }

        package static func < (left: ID, right: ID) -> Bool {
            (left.context ?? "", left.key) < (right.context ?? "", right.key)
        }
    }

    package var id: ID { ID(context: context, key: key) }
}

/// What a row leads to.
package struct RowLinks: Sendable, Hashable {
    /// The label selector of the pods behind it.
    package var podSelector: String?
    /// The node on which it takes place.
    package var node: String?
    /// What an event is about.
    package var regarding: ObjectReference?

    package init(podSelector: String? = nil, node: String? = nil, regarding: ObjectReference? = nil) {
        self.podSelector = podSelector
        self.node = node
        self.regarding = regarding
    }
}

/// What happened to a row, and when: shown for a few seconds.
package struct RowChange: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case added
        /// By column index.
        case modified([Int: CellChange])
        case deleted
    }

    package var kind: Kind
    package var time: Instant

    package init(_ kind: Kind, at time: Instant) {
        self.kind = kind
        self.time = time
    }
}
