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

    /// Of two values as YAML; nothing where there is none. They may be large: nobody's loop waits for it.
    @concurrent package static func lines(from old: JSONValue?, to new: JSONValue?, context: Int) async -> [Line] {
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
        folded(all(from: old[...], to: new[...]), context: context)
    }

    /// Myers's algorithm takes the square of the number of changes, in time and in room: of longer texts the lines that are found once in
    /// both divide what is left, and where there are none of those all of it counts as changed.
    private static let longest = 2000

    private static func all(from old: ArraySlice<String>, to new: ArraySlice<String>) -> [Line] {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let (old, new, before) = (old.dropFirst(head), new.dropFirst(head), old.prefix(head))
        let tail = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
        let after = old.suffix(tail)
        return before.map(Line.same) + changed(from: old.dropLast(tail), to: new.dropLast(tail)) + after.map(Line.same)
    }

    private static func changed(from old: ArraySlice<String>, to new: ArraySlice<String>) -> [Line] {
        guard !old.isEmpty, !new.isEmpty, old.count + new.count > longest else { return shortest(from: old, to: new) }
        let anchors = LineAnchors.between(old, new)
        guard !anchors.isEmpty else { return old.map(Line.removed) + new.map(Line.added) }
        var lines: [Line] = []
        var (left, right) = (old.startIndex, new.startIndex)
        for anchor in anchors {
            lines += all(from: old[left..<anchor.old], to: new[right..<anchor.new]) + [.same(old[anchor.old])]
            (left, right) = (anchor.old + 1, anchor.new + 1)
        }
        return lines + all(from: old[left...], to: new[right...])
    }

    private static func shortest(from old: ArraySlice<String>, to new: ArraySlice<String>) -> [Line] {
        let (old, new) = (Array(old), Array(new))
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
        return lines
    }

    private static func folded(_ lines: [Line], context: Int) -> [Line] {
        var distances = [Int](repeating: .max, count: lines.count)
        for indices in [Array(lines.indices), lines.indices.reversed()] {
            var distance = Int.max
            for index in indices {
                if case .same = lines[index] { distance = distance == .max ? .max : distance + 1 } else { distance = 0 }
                distances[index] = min(distances[index], distance)
            }
        }
        var folded: [Line] = []
        for (line, distance) in zip(lines, distances) {
            if distance <= context, distance != .max {
                folded.append(line)
            } else if folded.last != .gap {
                folded.append(.gap)
            }
        }
        return folded.contains { $0 != .gap } ? folded : []
    }
}
