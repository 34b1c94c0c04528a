import Foundation

/// Files that a person wrote.
nonisolated enum TextFile {
    struct Unreadable: Error, Equatable, CustomStringConvertible {
        /// A clause.
        let description: String
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    static func read(_ path: String) throws(Unreadable) -> String {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw Unreadable(description: error.localizedDescription)
        }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // Where it is mended it differs first.
        let good = zip(bytes, String(decoding: bytes, as: UTF8.self).utf8).prefix { $0 == $1 }
        let line = good.count { $0.0 == UInt8(ascii: "\n") } + 1
        throw Unreadable(description: "line \(line) is no text in UTF-8: save the file in that encoding")
    }
}
