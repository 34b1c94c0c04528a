/// Which fields stand in which lines of a YAML text as `YAML.write` writes it.
nonisolated struct YAMLFields {
    /// A line with a key and a value.
    struct Field: Hashable {
        let line: Int
        let path: [FieldStep]
        /// The characters of the value.
        let value: Range<Int>
    }

    private struct Open {
        let depth: Int
        let step: FieldStep
    }

    private(set) var fields: [Field] = []
    private var open: [Open] = []
    /// The column of a text that deeper lines go on with.
    private var text: Int?

    init(_ lines: [String]) {
        for (number, line) in lines.enumerated() { take(line, number) }
    }

    private mutating func take(_ line: String, _ number: Int) {
        var rest = line.drop { $0 == " " }
        guard !rest.isEmpty else { return }
        var column = line.count - rest.count
        if let text, column > text { return }
        text = nil
        while rest.hasPrefix("- ") {
            openItem(2 * column + 1)
            text = column
            rest = rest.dropFirst(2)
            column += 2
        }
        guard let (key, value) = Self.parts(of: rest) else { return }
        close(2 * column)
        open.append(Open(depth: 2 * column, step: .key(key)))
        text = value.isEmpty ? nil : column
        if !value.isEmpty { fields.append(Field(line: number, path: open.map(\.step), value: (line.count - value.count)..<line.count)) }
    }

    /// What stands before the colon and behind it; nil where the line is no key's.
    private static func parts(of line: Substring) -> (key: String, value: Substring)? {
        guard let colon = line.indices.first(where: { line[$0] == ":" && (line[$0...].dropFirst().first ?? " ") == " " }) else {
            return nil
        }
        return (String(line[..<colon]), line[colon...].dropFirst(2))
    }

    /// Lists are not indented below their key: an item is a little deeper than a key in its column.
    private mutating func openItem(_ depth: Int) {
        let last = close(depth)
        guard case .index(let index)? = last?.step else { return open.append(Open(depth: depth, step: .index(0))) }
        open.append(Open(depth: depth, step: .index(index + 1)))
    }

    /// Ends what is as deep or deeper; returns what was exactly as deep.
    @discardableResult
    private mutating func close(_ depth: Int) -> Open? {
        var last: Open?
        while let deepest = open.last, deepest.depth >= depth {
            last = deepest.depth == depth ? deepest : nil
            open.removeLast()
        }
        return last
    }
}
