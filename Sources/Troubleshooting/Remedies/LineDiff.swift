package import KubernetesModel

/// The difference of two texts, line by line.
package enum LineDiff {
    package enum Line: Sendable, Hashable {
        case same(String)
        case removed(String)
        case added(String)
        /// Lines that are the same and left out.
        case gap

        /// With its mark: `+ spec:`.
        package var text: String {
            switch self {
            case .same(let line): "  \(line)"
            case .removed(let line): "- \(line)"
            case .added(let line): "+ \(line)"
            case .gap: "  …"
            }
        }
    }

    /// Of two values as YAML; nothing where there is none.
    package static func lines(from old: JSONValue?, to new: JSONValue?, context: Int) -> [Line] {
        lines(from: old.map { YAML.write($0) } ?? "", to: new.map { YAML.write($0) } ?? "", context: context)
    }

    package static func lines(from old: String, to new: String, context: Int) -> [Line] {
        lines(from: lines(of: old), to: lines(of: new), context: context)
    }

    /// Without an empty one after the last line's end.
    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.isEmpty || text.hasSuffix("\n") ? 1 : 0).map(
            String.init)
    }

    /// - Parameter context: how many lines that are the same stay around each change.
    package static func lines(from old: [String], to new: [String], context: Int) -> [Line] {
        var removed = Set<Int>()
        var added = Set<Int>()
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var lines: [Line] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, removed.contains(left) {
                lines.append(.removed(old[left]))
                left += 1
            } else if right < new.count, added.contains(right) {
                lines.append(.added(new[right]))
                right += 1
            } else {
                lines.append(.same(new[right]))
                left += 1
                right += 1
            }
        }
        return folded(lines, context: context)
    }

    private static func folded(_ lines: [Line], context: Int) -> [Line] {
        var isShown = [Bool](repeating: false, count: lines.count)
        for (index, line) in lines.enumerated() {
            if case .same = line { continue }
            for near in max(0, index - context)...min(lines.count - 1, index + context) { isShown[near] = true }
        }
        var folded: [Line] = []
        for (index, line) in lines.enumerated() {
            if isShown[index] {
                folded.append(line)
            } else if folded.last != .gap {
                folded.append(.gap)
            }
        }
        return folded.contains { $0 != .gap } ? folded : []
    }
}
