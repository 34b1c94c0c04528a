package import KubernetesModel
import KubernetesSemantics

/// Which columns the table of a resource has, and how an object becomes its rows.
package struct ResourceLayout: Sendable {
    package let columns: [TableColumn]
    let definitions: [ColumnDefinition]
    private let resource: APIResource
    private let context: String?
    private let links: @Sendable (FieldReader) -> RowLinks

    init(
        _ resource: APIResource, _ definitions: [ColumnDefinition], context: String? = nil,
        links: @escaping @Sendable (FieldReader) -> RowLinks = { _ in RowLinks() }
    ) {
        self.resource = resource
        self.context = context
        self.definitions = definitions
        self.columns = definitions.map(\.column)
        self.links = links
    }

    package func index(of title: String) -> Int? {
        columns.firstIndex { $0.title == title }
    }

    /// - Parameter now: for the texts that the server would compute from the time of the request.
    package func row(of object: KubernetesObject, usage: UsageReport? = nil, now: Instant) -> TableRow {
        let object = object.parsed()
        let metadata = object.metadata
        let fields = FieldReader(object)
        let health = Health.of(object)
        let source = RowSource(
            object: object, fields: fields, metadata: metadata,
            serverCells: ServerColumns.cells(for: object, resource: resource, now: now), health: health, budget: budget(fields), now: now
        )
        let row = TableRow(
            key: metadata.key, context: context, uid: metadata.uid, resourceVersion: metadata.resourceVersion,
            cells: definitions.map { $0.cell(source) }, labels: metadata.labels, health: health,
            owner: metadata.controller ?? metadata.ownerReferences.first, links: links(fields),
            isTerminating: metadata.deletionTimestamp != nil, budget: source.budget
        )
        return usage.map { measured(row, $0) } ?? row
    }

    /// The row with what is used now.
    func measured(_ row: TableRow, _ report: UsageReport?) -> TableRow {
        guard isMeasured else { return row }
        let usage = report?.usage(of: resource.groupResource, row.key)
        var cells = row.cells
        for (index, definition) in definitions.enumerated() {
            if let measured = definition.measured { cells[index] = measured(usage, row.budget) }
        }
        return cells == row.cells ? row : row.with(cells)
    }

    /// Whether there are columns of what is used.
    var isMeasured: Bool { definitions.contains { $0.measured != nil } }

    private func budget(_ fields: FieldReader) -> ResourceBudget {
        guard isMeasured else { return ResourceBudget() }
        return resource.name == "nodes" ? ResourceBudget(node: fields) : ResourceBudget(containers: fields.spec.containers.elements)
    }
}
