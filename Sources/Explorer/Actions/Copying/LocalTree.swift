import Foundation

/// A file or folder here, as the entries of an archive.
nonisolated struct LocalTree {
    struct Failure: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    struct Member: Equatable {
        let entry: TarEntry
        /// Where its content is.
        let path: String
    }

    let members: [Member]

    /// The bytes of all files.
    var size: Int {
        members.reduce(0) { sum, member in
            if case .file(let size) = member.entry.kind { sum + size } else { sum }
        }
    }

    /// - Parameter name: what it is called in the archive.
    /// - Throws: `Failure` for what can't be read, or is neither file, folder nor link.
    init(_ path: String, as name: String) throws {
        var members: [Member] = []
        try Self.add(path, name, to: &members, followsLink: true)
        self.members = members
    }

    private static func add(_ path: String, _ name: String, to members: inout [Member], followsLink: Bool = false) throws {
        var status = stat()
        guard (followsLink ? stat(path, &status) : lstat(path, &status)) == 0 else { throw failure(path) }
        func add(_ kind: TarEntry.Kind, _ name: String) {
            let entry = TarEntry(path: name, kind: kind, mode: Int(status.st_mode & 0o777), modified: Int(status.st_mtim.tv_sec))
            members.append(Member(entry: entry, path: path))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: add(.file(size: Int(status.st_size)), name)
        case S_IFLNK: add(.symbolicLink(target: try FileManager.default.destinationOfSymbolicLink(atPath: path)), name)
        case S_IFDIR:
            add(.folder, name + "/")
            guard access(path, R_OK | X_OK) == 0 else { throw failure(path) }
            for child in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
                try self.add(path + "/" + child, name + "/" + child, to: &members)
            }
        default: throw Failure(description: "\(path) is neither a file nor a folder")
        }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(description: "\(path) can't be read: \(String(cString: strerror(errno)))")
    }
}
