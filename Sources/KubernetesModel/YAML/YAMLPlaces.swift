import Yams

/// Where in a YAML text the fields stand that a server's messages name.
package struct YAMLPlaces {
    private let root: Yams.Node?

    /// - Parameter text: one document; of a text that is no YAML nothing is found.
    package init(_ text: String) {
        root = try? Yams.compose(yaml: text)
    }

    /// The line, from 1, of a field such as `spec.containers[0].image` or `metadata.labels[app.kubernetes.io/name]`; of its nearest
    /// parent where it does not stand there; nil where not even that does.
    package func line(of path: String) -> Int? {
        guard var node = root else { return nil }
        var line: Int?
        for step in Self.steps(path) {
            guard let (next, place) = Self.follow(step, from: node) else { break }
            line = place ?? line
            node = next
        }
        return line
    }

    private static func follow(_ step: String, from node: Yams.Node) -> (Yams.Node, Int?)? {
        if let mapping = node.mapping {
            return mapping.first { $0.key.string == step }.map { ($0.value, $0.key.mark?.line) }
        }
        guard let sequence = node.sequence, let index = Int(step), sequence.indices.contains(index) else { return nil }
        return (sequence[index], sequence[index].mark?.line)
    }

    /// Names between dots, and what stands in brackets: an index, or a key that may hold dots.
    private static func steps(_ path: String) -> [String] {
        var steps: [String] = []
        var step = ""
        var isInBrackets = false
        for character in path {
            switch character {
            case "." where !isInBrackets, "[" where !isInBrackets, "]":
                if !step.isEmpty { steps.append(step) }
                step = ""
                isInBrackets = character == "["
            default: step.append(character)
            }
        }
        return step.isEmpty ? steps : steps + [step]
    }
}
