package import KubernetesModel
import KubernetesSemantics

extension ResourceLayout {
    /// The table of a resource: K9s's columns for the kinds it knows, the server's for the rest, name and age for what has
    /// no columns that are known.
    ///
    /// - Parameters:
    ///   - custom: the columns of a custom resource, from its definition.
    ///   - view: a person's own choice of columns.
    ///   - gpus: what are graphics processors.
    ///   - context: through which context the rows are read, where a table shows several clusters.
    package static func of(
        _ resource: APIResource, custom: [CustomColumn] = [], view: ViewColumns? = nil, gpus: GPUVendors = GPUVendors(),
        context: String? = nil
    ) -> ResourceLayout {
        let known = KnownColumns.of(resource.groupResource)
        let middle = known?.columns ?? (custom.isEmpty ? serverColumns(of: resource) : custom.compactMap(\.definition))
        let front = resource.isNamespaced ? [ColumnDefinition.namespace] : []
        let name = middle.contains { $0.column.kind == .name } ? [] : [ColumnDefinition.name]
        let tail: [ColumnDefinition] = [.labels, .valid, .age]
        let standard = front + name + middle + gpus.columns(of: resource.groupResource) + tail
        let columns = (context.map { [.context($0)] } ?? []) + (view?.applied(to: standard) ?? standard)
        guard let known else { return ResourceLayout(resource, columns, context: context) }
        return ResourceLayout(resource, columns, context: context, links: known.links)
    }

    /// The server's own columns; name and age have their places already.
    private static func serverColumns(of resource: APIResource) -> [ColumnDefinition] {
        let placed: Set<String> = ["Name", "Age", "Created At"]
        let shown = resource.columns.enumerated().filter { !placed.contains($0.element.name) }
        if shown.isEmpty && !ServerColumns.knows(resource.groupResource) { return [.readiness] }
        return shown.map { index, column in
            let isNumber = column.type == .integer || column.type == .number
            return .computed(column.name.uppercased(), isNumber ? .number : .text, isNumber ? .right : .left, wide: column.isWide) {
                source in
                source.serverCells.indices.contains(index) ? TableCell(source.serverCells[index]) : .missing("")
            }
        }
    }
}

extension ColumnDefinition {
    /// What an object of an unknown kind says of itself by its conditions.
    static let readiness = computed("STATUS") { source in
        if let ready = source.fields.status.conditions.condition("Ready") {
            return .text(ready.status.text == "True" ? "Ready" : ready.reason.text(or: "NotReady"))
        }
        return .orNone(source.fields.status.phase.text(or: source.fields.status.state.text))
    }

    /// A column of the server's, by its place.
    static func server(
        _ index: Int, _ title: String, _ kind: TableColumn.Kind = .text, _ alignment: TableColumn.Alignment = .left, wide: Bool = false
    ) -> ColumnDefinition {
        computed(title, kind, alignment, wide: wide) { TableCell($0.serverCells[index]) }
    }
}

/// A column that a custom resource's definition asks for.
package struct CustomColumn: Sendable, Hashable {
    package var column: PrinterColumn
    /// Where its value is, as in the definition: `.status.phase`.
    package var jsonPath: String

    package init(_ column: PrinterColumn, jsonPath: String) {
        self.column = column
        self.jsonPath = jsonPath
    }

    /// Nil for the columns that every table has, and for paths that can't be followed.
    var definition: ColumnDefinition? {
        guard jsonPath != ".metadata.name", jsonPath != ".metadata.creationTimestamp", let path = JSONPath(jsonPath) else { return nil }
        let isNumber = column.type == .integer || column.type == .number
        let isDate = column.type == .date
        return .computed(
            column.name.uppercased(), isDate ? .age : isNumber ? .number : .text, isNumber ? .right : .left, wide: column.isWide
        ) { source in
            guard let value = path.first(in: source.object.value) else { return .none }
            return isDate ? .age(since: value.stringValue) : TableCell(value)
        }
    }
}
