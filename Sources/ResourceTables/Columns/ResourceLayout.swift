package import KubernetesModel
import KubernetesSemantics

/// Which columns the table of a resource has, and how an object becomes its rows.
package struct ResourceLayout: Sendable {
    package let columns: [TableColumn]
    let definitions: [ColumnDefinition]
    private let resource: APIResource
    private let links: @Sendable (FieldReader) -> RowLinks

    init(
        _ resource: APIResource, _ definitions: [ColumnDefinition],
        links: @escaping @Sendable (FieldReader) -> RowLinks = { _ in RowLinks() }
    ) {
        self.resource = resource
        self.definitions = definitions
        self.columns = definitions.map(\.column)
        self.links = links
    }

    package func index(of title: String) -> Int? {
        columns.firstIndex { $0.title == title }
    }

    /// - Parameter now: for the texts that the server would compute from the time of the request.
    package func row(of object: KubernetesObject, now: Instant) -> TableRow {
        let object = object.parsed()
        let metadata = object.metadata
        let fields = FieldReader(object)
        let health = Health.of(object)
        let source = RowSource(
            object: object, fields: fields, metadata: metadata,
            serverCells: ServerColumns.cells(for: object, resource: resource, now: now), health: health, now: now
        )
        return TableRow(
            key: metadata.key, uid: metadata.uid, resourceVersion: metadata.resourceVersion,
            cells: definitions.map { $0.cell(source) }, labels: metadata.labels, health: health,
            owner: metadata.controller ?? metadata.ownerReferences.first, links: links(fields),
            isTerminating: metadata.deletionTimestamp != nil
        )
    }
}
