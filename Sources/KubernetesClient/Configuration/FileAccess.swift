import Foundation

/// Reading files, so that tests can have their own.
package struct FileAccess: Sendable {
    /// The text of a file; what is not UTF-8 is replaced.
    var read: @Sendable (String) throws -> String
    var exists: @Sendable (String) -> Bool

    package static let disk = FileAccess(
        read: { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) },
        exists: { FileManager.default.fileExists(atPath: $0) }
    )

    /// `/etc/token does not exist`.
    static func reason(_ error: any Error, path: String) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile?, .fileNoSuchFile?: "\(path) does not exist"
        case .fileReadNoPermission?: "\(path) may not be read by you"
        case _ where (try? URL(fileURLWithPath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true:
            "\(path) is a directory"
        default: "\(path): \(error)"
        }
    }
}
