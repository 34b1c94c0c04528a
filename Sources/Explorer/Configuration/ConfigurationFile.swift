import Foundation
import TextUI
import Yams

/// What `config.yaml` and `keys.yaml` of the configuration folder say. What can't be read is told, and the rest counts.
struct ConfigurationFile {
    var theme: String?
    var usesMouse = false
    var keys = KeyOverrides()
    /// A sentence each, with file and line.
    var problems: [String] = []

    static func load(_ environment: [String: String]) -> ConfigurationFile {
        guard let folder = ConfigurationFolder.url(environment) else { return ConfigurationFile() }
        var file = ConfigurationFile()
        if let text = try? String(contentsOf: folder.appending(path: "config.yaml"), encoding: .utf8) { file.read(configuration: text) }
        if let text = try? String(contentsOf: folder.appending(path: "keys.yaml"), encoding: .utf8) { file.read(keys: text) }
        return file
    }

    mutating func read(configuration text: String) {
        for (key, value) in entries(of: text, file: "config.yaml") {
            switch key.string {
            case "theme": theme = value.string
            case "mouse":
                if let flag = value.bool { usesMouse = flag } else { report("config.yaml", value, "mouse is true or false") }
            default: report("config.yaml", key, "\(key.string ?? "?") is no setting; there are theme and mouse")
            }
        }
    }

    /// `logs.follow: s` or `logs.follow: [s, Ctrl-S]`; a sequence is written with blanks: `g g`.
    mutating func read(keys text: String) {
        for (key, value) in entries(of: text, file: "keys.yaml") {
            guard let name = key.string else { continue }
            let texts = value.sequence.map { $0.compactMap(\.string) } ?? [value.string].compactMap { $0 }
            let sequences = texts.map { text in text.split(separator: " ").map { KeyPress(String($0)) } }
            guard !sequences.isEmpty, sequences.allSatisfy({ !$0.isEmpty && !$0.contains(nil) }) else {
                report("keys.yaml", value, "\(texts.joined(separator: ", ")) is no key")
                continue
            }
            keys.keys[ActionID(name)] = sequences.map { $0.compactMap { $0 } }
        }
    }

    private mutating func entries(of text: String, file: String) -> [(Node, Node)] {
        do {
            guard let root = try Yams.compose(yaml: text) else { return [] }
            guard let mapping = root.mapping else {
                report(file, root, "expected a list of names and values")
                return []
            }
            return mapping.map { ($0.key, $0.value) }
        } catch {
            problems.append("\(file): \(error)".split(separator: "\n").joined(separator: " "))
            return []
        }
    }

    private mutating func report(_ file: String, _ node: Node, _ problem: String) {
        problems.append("\(file) line \(node.mark?.line ?? 1): \(problem)")
    }
}
