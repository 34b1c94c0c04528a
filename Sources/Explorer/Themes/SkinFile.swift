import TextUI
import Yams

/// A theme file: K9s's skin schema under `k9s`, and Fathom's own additions under `fathom.roles`.
///
///     fathom:
///       roles:
///         searchMatch: { fgColor: black, bgColor: yellow, style: bold underline }
struct SkinFile {
    /// Everything readable, however much of the file was not.
    let theme: Theme
    /// What could not be read, a sentence each.
    let problems: [String]

    /// - Throws: `ThemeError` when the text is no YAML mapping at all.
    init(name: String, text: String) throws(ThemeError) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw ThemeError(name: name, problem: "\(error)")
        }
        guard let root, root.mapping != nil else { throw ThemeError(name: name, problem: "it is not a mapping of names to colours") }
        var reader = SkinReader(skin: root["k9s"] ?? root, additions: root["fathom"]?["roles"])
        let styles = Dictionary(uniqueKeysWithValues: StyleRole.allCases.map { ($0, reader.style(of: $0)) })
        reader.checkNames()
        theme = Theme(name: name, styles: styles)
        problems = reader.problems
    }
}

/// Why a theme can't be used.
package struct ThemeError: Error, CustomStringConvertible {
    let name: String
    let problem: String

    package var description: String { "Can't read theme \(name): \(problem)" }
}

private struct SkinReader {
    let skin: Node
    let additions: Node?
    var problems: [String] = []

    init(skin: Node, additions: Node?) {
        self.skin = skin
        self.additions = additions
    }

    mutating func style(of role: StyleRole) -> Style {
        let source = role.source
        let addition = additions?[role.rawValue]
        return Style(
            foreground: color(addition?["fgColor"]) ?? firstColor(source.foreground),
            background: color(addition?["bgColor"]) ?? firstColor(source.background),
            attributes: addition?["style"]?.string.map { attributes($0) } ?? source.attributes
        )
    }

    private mutating func firstColor(_ paths: [String]) -> Color {
        for path in paths {
            if let found = color(node(at: path)) { return found }
        }
        return .terminal
    }

    private func node(at path: String) -> Node? {
        path.split(separator: ".").reduce(skin) { node, key in node?[String(key)] }
    }

    private mutating func color(_ node: Node?) -> Color? {
        guard let node, let text = node.string else { return nil }
        if let color = ColorNames.color(text) { return color }
        report("line \(node.mark?.line ?? 0): \(text) is no colour", once: true)
        return nil
    }

    private mutating func attributes(_ text: String) -> Style.Attributes {
        text.split(separator: " ").reduce(into: []) { attributes, word in
            switch word {
            case "bold": attributes.insert(.bold)
            case "dim": attributes.insert(.dim)
            case "italic": attributes.insert(.italic)
            case "underline": attributes.insert(.underline)
            case "reverse": attributes.insert(.reverse)
            case "normal": break
            default: report("\(word) is no style: bold, dim, italic, underline, reverse or normal", once: true)
            }
        }
    }

    mutating func checkNames() {
        checkNames(of: skin, path: "")
        for key in additions?.mapping?.keys.compactMap(\.string) ?? [] where StyleRole(rawValue: key) == nil {
            report("\(key) is no role", once: false)
        }
    }

    private mutating func checkNames(of section: Node, path: String) {
        for (key, value) in section.mapping ?? [:] {
            // Fathom's own part may stand beside colours that stand for themselves.
            guard let name = key.string, !(path.isEmpty && name == "fathom") else { continue }
            if SkinSchema.has(name, in: path) {
                checkNames(of: value, path: path.isEmpty ? name : "\(path).\(name)")
            } else {
                report("line \(key.mark?.line ?? 0): skins have no \(path.isEmpty ? name : "\(path).\(name)")", once: true)
            }
        }
    }

    private mutating func report(_ problem: String, once: Bool) {
        if !once || !problems.contains(problem) { problems.append(problem) }
    }
}
