import Foundation
import TextUI

/// The themes to choose from: files of a person's `themes` folder, then those built in; a file on disk of the same name wins.
struct ThemeStore {
    static let defaultName = "dark"
    static let monochromeName = "mono"

    /// `$XDG_CONFIG_HOME/fathom/themes`; nil where there is no such folder.
    let folder: URL?

    var names: [String] {
        let onDisk = folder.flatMap { try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil) } ?? []
        let files = onDisk.map(\.lastPathComponent) + EmbeddedFiles.contents.keys
        return Set(files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }).sorted()
    }

    func load(_ name: String) throws(ThemeError) -> SkinFile {
        guard let text = text(of: name) else {
            throw ThemeError(name: name, problem: "there is none of that name; there are \(names.joined(separator: ", "))")
        }
        return try SkinFile(name: name, text: text)
    }

    /// The theme to start with: a person's own words on the command line must name one; what a file says gives way to the standard one, and
    /// is told.
    func first(asked: String?, configured: String?) throws(ThemeError) -> (skin: SkinFile, problems: [String]) {
        if let asked { return (try load(asked), []) }
        do {
            return (try load(configured ?? Self.defaultName), [])
        } catch {
            return (try load(Self.defaultName), ["config.yaml, theme: \(error)"])
        }
    }

    private func text(of name: String) -> String? {
        let file = "\(name).yaml"
        guard !name.contains("/"), !name.isEmpty else { return nil }
        if let folder, let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) { return text }
        return EmbeddedFiles.contents[file]
    }
}
