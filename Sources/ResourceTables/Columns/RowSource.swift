import KubernetesModel
import KubernetesSemantics

/// An object on its way into a row: everything a column may want to know, each thing computed once.
struct RowSource {
    let object: KubernetesObject
    let fields: FieldReader
    let metadata: ObjectMetadata
    /// What the server's own columns show, in their order.
    let serverCells: [JSONValue]
    let health: HealthVerdict
    let budget: ResourceBudget
    let now: Instant
}

/// How a table gets the cells of one of its columns.
struct ColumnDefinition: Sendable {
    var column: TableColumn
    var cell: @Sendable (RowSource) -> TableCell
    /// For columns of what is used: the cell, whenever that is measured anew.
    var measured: (@Sendable (CPUAndMemory?, ResourceBudget) -> TableCell)?
}

extension ColumnDefinition {
    static func computed(
        _ title: String, _ kind: TableColumn.Kind = .text, _ alignment: TableColumn.Alignment = .left, wide: Bool = false,
        _ cell: @escaping @Sendable (RowSource) -> TableCell
    ) -> ColumnDefinition {
        ColumnDefinition(column: TableColumn(title, kind: kind, alignment: alignment, isWide: wide), cell: cell)
    }

    /// A text found by a path of names.
    static func text(_ title: String, wide: Bool = false, _ read: @escaping @Sendable (FieldReader) -> String) -> ColumnDefinition {
        computed(title, wide: wide) { .orNone(read($0.fields)) }
    }

    static func number(_ title: String, wide: Bool = false, _ read: @escaping @Sendable (FieldReader) -> Int) -> ColumnDefinition {
        computed(title, .number, .right, wide: wide) { .number(read($0.fields)) }
    }

    static func context(_ name: String) -> ColumnDefinition {
        computed("CONTEXT", .context) { _ in .text(name) }
    }

    static let namespace = computed("NAMESPACE", .namespace) { .text($0.metadata.namespace ?? "") }
    static let name = computed("NAME", .name) { .text($0.metadata.name) }
    static let age = computed("AGE", .age, .right) { .age(since: $0.metadata.creationTimestamp) }
    static let labels = computed("LABELS", wide: true) { .orNone(CellText.labels($0.fields.metadata.labels)) }
    /// Why the object is not healthy.
    static let valid = computed("VALID", wide: true) { .text($0.health.isFault ? $0.health.reason ?? "" : "") }
}

extension TableCell {
    static func orNone(_ text: String) -> TableCell {
        text.isEmpty || text == "<none>" ? .none : .text(text)
    }

    static func age(since timestamp: String?) -> TableCell {
        timestamp.flatMap(KubernetesTime.parse).map(TableCell.age) ?? .unknownAge
    }

    /// A cell of the server's, typed.
    init(_ value: JSONValue) {
        switch value {
        case .string(let text): self = text.hasPrefix("<") && text.hasSuffix(">") ? .missing(text) : .text(text)
        case .number(let number): self = number.intValue.map(TableCell.number) ?? .amount(number.text, value: number.doubleValue)
        case .bool(let flag): self = .text(flag ? "true" : "false")
        case .null: self = .missing("")
        case .array, .object: self = .text(value.description)
        }
    }
}
