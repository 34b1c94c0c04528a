// Usage: EmbedFilesTool FOLDER OUTPUT
// Writes a Swift file whose `EmbeddedFiles.contents` maps each file's path below FOLDER to its text.

import Foundation

guard CommandLine.arguments.count == 3 else {
    FileHandle.standardError.write(Data("usage: EmbedFilesTool FOLDER OUTPUT\n".utf8))
    exit(64)
}
let root = URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory).standardizedFileURL
let output = URL(filePath: CommandLine.arguments[2])

/// A raw string literal with enough `#` that nothing in `text` can end it or interpolate.
func literal(_ text: String) -> String {
    var fence = "#"
    while text.contains("\"" + fence) || text.contains("\\" + fence) { fence += "#" }
    return "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)"
}

let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
let files = found.filter { !$0.hasDirectoryPath }.map(\.standardizedFileURL).sorted { $0.path < $1.path }
let entries = try files.map { file in
    let name = String(file.path.dropFirst(root.path.count).drop { $0 == "/" })
    return "        #\"\(name)\"#:\n\(literal(try String(contentsOf: file, encoding: .utf8))),"
}
let body = entries.isEmpty ? "[:]" : "[\n\(entries.joined(separator: "\n"))\n    ]"
let source = """
    /// The data files compiled into this module, by their path below the data folder.
    enum EmbeddedFiles {
        static let contents: [String: String] = \(body)
    }

    """
try source.write(to: output, atomically: true, encoding: .utf8)
