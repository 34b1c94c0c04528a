import Yams

/// A YAML file of settings. It is read entry by entry: what is wrong with one names file and line, and the others count.
struct SettingsDocument {
    let file: String
    private(set) var problems: [String] = []
    /// The file as one value; nil when it is empty or no YAML.
    private(set) var whole: Node?

    init(file: String, text: String) {
        self.file = file
        do {
            whole = try Yams.compose(yaml: text)
        } catch {
            problems.append("\(file)\(Self.text(of: error))")
        }
    }

    private static func text(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            " line \(mark.line): this is no YAML: \(problem)"
        case .reader(let problem, _, _, _): ": this is no YAML: \(problem)"
        default: ": \(error)".split(separator: "\n").joined(separator: " ")
        }
    }

    /// The names and values of the file, or of the mapping below a key of it; none when the file is empty.
    mutating func entries(under key: String? = nil) -> [(name: String, value: Node)] {
        guard let whole else { return [] }
        guard let key else { return entries(of: whole) }
        guard let node = whole.mapping?[Node(key)] else {
            report(whole, "expected \(key): with a list of names and values below")
            return []
        }
        return entries(of: node, named: key)
    }

    /// Whether the file has the key at its top.
    func has(_ key: String) -> Bool {
        whole?.mapping?[Node(key)] != nil
    }

    /// - Parameter key: what the node stands behind; nil for the whole file.
    mutating func entries(of node: Node, named key: String? = nil) -> [(name: String, value: Node)] {
        // `aliases:` with nothing below it is an empty list.
        if node.scalar?.string.isEmpty == true || node.null != nil { return [] }
        guard let mapping = node.mapping else {
            report(node, "\(key.map { "\($0): " } ?? "")expected a list of names and values")
            return []
        }
        return mapping.map { ($0.key.string ?? "?", $0.value) }
    }

    mutating func report(_ node: Node, _ problem: String) {
        problems.append("\(place(of: node)): \(problem)")
    }

    /// The text of a field; anything else is told.
    mutating func text(_ node: Node, of key: String) -> String? {
        if node.string == nil { report(node, "\(key) is a text") }
        return node.string
    }

    /// The texts of a field; anything but a list is told.
    mutating func texts(_ node: Node, of key: String) -> [String] {
        if node.sequence == nil { report(node, "\(key) is a list") }
        return node.sequence?.compactMap(\.string) ?? []
    }

    /// `keys.yaml line 3`.
    func place(of node: Node) -> String {
        "\(file) line \(node.mark?.line ?? 1)"
    }
}
