import TextUI
import Yams

/// The values of one entry of a settings file, by field; what is missing or mistyped is told with its line.
struct SettingsReader {
    let name: String
    private let node: Node
    private let fields: [String: Node]
    private(set) var problems: [(node: Node, text: String)] = []

    init(_ name: String, _ node: Node) {
        self.name = name
        self.node = node
        let pairs = node.mapping?.map { ($0.key.string ?? "", $0.value) } ?? []
        fields = Dictionary(pairs) { first, _ in first }
    }

    mutating func text(_ field: String) -> String? {
        guard let node = fields[field] else { return nil }
        if let text = node.string { return text }
        problems.append((node, "\(name).\(field) is a text"))
        return nil
    }

    mutating func requiredText(_ field: String) -> String {
        if fields[field] == nil { problems.append((node, "\(name) lacks \(field)")) }
        return text(field) ?? ""
    }

    mutating func flag(_ field: String) -> Bool? {
        guard let node = fields[field] else { return nil }
        if let flag = node.bool ?? node.string.flatMap({ Bool($0) }) { return flag }
        problems.append((node, "\(name).\(field) is true or false"))
        return nil
    }

    mutating func texts(_ field: String) -> [String] {
        guard let node = fields[field] else { return [] }
        if let sequence = node.sequence { return sequence.compactMap { $0.scalar?.string } }
        problems.append((node, "\(name).\(field) is a list"))
        return []
    }

    /// Tells of the fields that are none of these.
    mutating func allow(_ known: [String]) {
        for (field, node) in fields.sorted(by: { $0.key < $1.key }) where !known.contains(field) {
            problems.append((node, "\(name).\(field) means nothing; there are \(known.joined(separator: ", "))"))
        }
    }

    func nodes(_ field: String) -> [Node] {
        fields[field]?.sequence.map(Array.init) ?? []
    }

    /// A key as K9s writes it; shifted digits are the signs above them on an American keyboard, as a terminal sends them.
    mutating func shortCut() -> KeyPress? {
        let text = requiredText("shortCut")
        guard !text.isEmpty else { return nil }
        if let key = Self.shiftedDigits[text.lowercased()] ?? KeyPress(text) { return key }
        problems.append((fields["shortCut"] ?? node, "\(name).shortCut: \(text) is no key"))
        return nil
    }

    private static let shiftedDigits: [String: KeyPress] = {
        let signs = Array(")!@#$%^&*(".unicodeScalars)
        return Dictionary(uniqueKeysWithValues: signs.enumerated().map { ("shift-\($0.offset)", KeyPress.character($0.element)) })
    }()
}
