import KubernetesModel

/// A person's own choice of a table's columns, as K9s's `views.yaml` writes it: `NAME`, `NODE|W`, `TIER:.metadata.labels.tier|R`.
package struct ViewColumns: Sendable, Hashable {
    struct Column: Sendable, Hashable {
        let title: String
        /// Where its value is; nil for a column that the table has.
        let path: String?
        /// K9s's letters: T time, N number, W wide, S shown, H hidden, L and R for the side.
        let attributes: String
    }

    let columns: [Column]
    /// The columns that can't be understood.
    package let problems: [String]

    package init(_ texts: [String]) {
        var columns: [Column] = []
        var problems: [String] = []
        for text in texts {
            if let column = Self.column(text) {
                columns.append(column)
            } else {
                problems.append(
                    text.contains(":") && text.contains("|")
                        ? "\(text) is no column: a path is known here, and no jq" : "\(text) is no column")
            }
        }
        self.columns = columns
        self.problems = problems
    }

    private static func column(_ text: String) -> Column? {
        var definition = Substring(text)
        var attributes = ""
        if let bar = text.lastIndex(of: "|"), text[text.index(after: bar)...].allSatisfy({ "TNWSHLR".contains($0) }) {
            attributes = String(text[text.index(after: bar)...])
            definition = text[..<bar]
        }
        let parts = definition.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { $0.trimming() }
        // What is left of attributes that nobody knows.
        guard let title = parts.first, !title.isEmpty, !title.contains("|") else { return nil }
        if parts.count == 2, parts[1].contains("|") || JSONPath(parts[1]) == nil { return nil }
        return Column(title: title, path: parts.count == 2 ? parts[1] : nil, attributes: attributes)
    }

    /// The columns chosen, in their order, then all others, which only the wide form shows.
    func applied(to definitions: [ColumnDefinition]) -> [ColumnDefinition] {
        guard !columns.isEmpty else { return definitions }
        var chosen: [ColumnDefinition] = []
        for column in columns where !column.attributes.contains("H") {
            let known = definitions.first { $0.column.title == column.title }
            guard var definition = column.path.flatMap({ Self.computed(column, $0) }) ?? known else { continue }
            definition.column.isWide = column.attributes.contains("W")
            if column.attributes.contains("R") { definition.column.alignment = .right }
            if column.attributes.contains("L") { definition.column.alignment = .left }
            chosen.append(definition)
        }
        let named = Set(columns.map(\.title))
        return chosen
            + definitions.filter { !named.contains($0.column.title) }.map { definition in
                var definition = definition
                definition.column.isWide = true
                return definition
            }
    }

    private static func computed(_ column: Column, _ text: String) -> ColumnDefinition? {
        guard let path = JSONPath(text) else { return nil }
        let isTime = column.attributes.contains("T")
        let isNumber = column.attributes.contains("N")
        return .computed(column.title, isTime ? .age : isNumber ? .number : .text, isTime || isNumber ? .right : .left) { source in
            guard let value = path.first(in: source.object.value) else { return .none }
            if isTime { return .age(since: value.stringValue) }
            return isNumber ? .quantity(value) : TableCell(value)
        }
    }
}
