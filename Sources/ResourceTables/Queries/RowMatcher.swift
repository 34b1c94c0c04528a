import KubernetesModel
import KubernetesSemantics

/// A filter made ready to look at many rows.
struct RowMatcher {
    private enum Test {
        case everything
        case text(TextPattern, isInverse: Bool)
        case labels(LabelSelector)
        case fuzzy([UInt8])
        case column(Int, TextPattern)
    }

    private let test: Test
    private let namespaces: NamespaceChoice
    /// Whether the column of namespaces is not shown because it says the same everywhere: filters don't see it either.
    private let hidesNamespace: Bool
    private let faultsOnly: Bool
    private let relation: RowRelation?

    /// - Throws: `TableFilterError` when the filter's text can't be understood.
    init(_ query: TableQuery, columns: [TableColumn]) throws(TableFilterError) {
        namespaces = query.namespaces
        hidesNamespace = query.namespaces.single != nil && columns.first?.title == "NAMESPACE"
        faultsOnly = query.faultsOnly
        relation = query.relation
        switch query.filter {
        case .everything: test = .everything
        case .pattern(let text, let isInverse): test = .text(try TextPattern(text), isInverse: isInverse)
        case .labels(let text): test = .labels(try Self.selector(text))
        case .fuzzy(let letters): test = .fuzzy(Array(letters.lowercased().utf8))
        case .column(let title, let pattern):
            guard let index = columns.firstIndex(where: { $0.title == title }) else {
                throw TableFilterError("there is no column \(title)")
            }
            test = .column(index, try TextPattern(pattern))
        }
    }

    private static func selector(_ text: String) throws(TableFilterError) -> LabelSelector {
        do {
            return try LabelSelector(text)
        } catch {
            throw TableFilterError("\(error)")
        }
    }

    /// Whether rows are to be ordered by how well they match.
    var isRanked: Bool {
        if case .fuzzy = test { true } else { false }
    }

    /// Whether the row is among those that are looked at, whatever the filter says.
    func isInScope(_ row: TableRow) -> Bool {
        namespaces.contains(row.key.namespace) && relation?.holds(for: row) ?? true
    }

    func matches(_ row: TableRow) -> Bool {
        if faultsOnly && !row.health.isFault { return false }
        guard isInScope(row) else { return false }
        return switch test {
        case .everything: true
        case .text(let pattern, let isInverse): pattern.matches(searchText(of: row)) != isInverse
        case .labels(let selector): selector.matches(row.labels)
        case .fuzzy: rank(of: row) != nil
        case .column(let index, let pattern):
            row.cells[index].stableText.map { pattern.matches(Array($0.lowercased().utf8)) } ?? false
        }
    }

    private func searchText(of row: TableRow) -> [UInt8] {
        guard hidesNamespace, let namespace = row.key.namespace else { return row.searchText }
        let hidden = Array("\(namespace) ".utf8)
        return row.searchText.starts(with: hidden) ? Array(row.searchText.dropFirst(hidden.count)) : row.searchText
    }

    func rank(of row: TableRow) -> Int? {
        guard case .fuzzy(let letters) = test else { return nil }
        return FuzzyMatch.score(letters, in: (hidesNamespace ? row.key.name : row.key.description).lowercased().utf8)
    }
}

/// Why a filter can't be used, as the end of a sentence.
package struct TableFilterError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
