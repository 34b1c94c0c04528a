import Foundation

/// Writes what an archive holds below one folder, and nothing anywhere else, whatever the archive says.
///
/// A member that would lead out is an error: nobody makes one by accident. Links that lead out are left out, and counted. Nothing is
/// written through a link. A file that is there already is replaced when the new one is whole.
nonisolated struct TarExtraction {
    struct Failure: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// What was asked for: members are `name` and what is below it.
    private let name: String
    /// What it becomes here.
    private let destination: String
    private var part: Part?

    /// How many members are left out: links that lead out, devices and the like.
    private(set) var leftOut = 0
    private(set) var files = 0

    /// A file that is not whole yet, beside the place it is for.
    private struct Part {
        let file: FileHandle
        let path: String
        let destination: String
    }

    /// - Parameter name: the archive's only member at its top; `.` for all that is in it.
    init(of name: String, to destination: String) {
        self.name = name
        self.destination = destination
    }

    mutating func take(_ event: TarReader.Event) throws {
        switch event {
        case .entry(let entry):
            try endFile()
            try take(entry)
        case .content(let bytes):
            guard let part else { return }
            do {
                try part.file.write(contentsOf: bytes)
            } catch {
                throw Failure(description: "\(part.destination) can't be written: \(Self.reason(error))")
            }
        case .end: try endFile()
        }
    }

    /// Removes what is only half there.
    mutating func abandon() {
        guard let part else { return }
        try? part.file.close()
        unlink(part.path)
        self.part = nil
    }

    private mutating func endFile() throws {
        guard let part else { return }
        try part.file.close()
        guard rename(part.path, part.destination) == 0 else { throw Self.failure("\(part.destination) can't be written") }
        self.part = nil
    }

    private mutating func startFile(_ path: String, mode: Int) throws {
        guard Self.kind(of: path) != S_IFDIR else { throw Self.folderInTheWay(path) }
        // A name that no member of the archive has.
        let partPath = RemotePath(path).folder + "/.fathom-part-" + UUID().uuidString
        let descriptor = open(partPath, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode_t(mode & 0o777) | 0o600)
        guard descriptor >= 0 else { throw Self.failure("\(path) can't be written") }
        part = Part(file: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true), path: partPath, destination: path)
    }

    private mutating func take(_ entry: TarEntry) throws {
        let parts = try parts(of: entry.path)
        let path = place(parts)
        try checkFolders(above: parts)
        switch entry.kind {
        case .folder:
            try makeFolder(path)
        case .file:
            try startFile(path, mode: entry.mode)
            files += 1
        case .symbolicLink(let target):
            guard Self.staysInside(target, below: parts.count) else { return leftOut += 1 }
            try replace(path)
            guard symlink(target, path) == 0 else { throw Self.failure("\(path) can't be made") }
            files += 1
        case .hardLink(let target):
            let original = try self.parts(of: target)
            try checkFolders(above: original)
            let source = place(original)
            // Another name of a link may lead elsewhere than the link itself does: it starts in another folder.
            guard source != path, Self.kind(of: source) == S_IFREG else { return leftOut += 1 }
            try replace(path)
            guard linkat(AT_FDCWD, source, AT_FDCWD, path, 0) == 0 else { throw Self.failure("\(path) can't be made") }
            files += 1
        case .other: leftOut += 1
        }
    }

    // MARK: Places

    /// The names below the destination.
    private func parts(of path: String) throws -> [String] {
        var parts = path.split(separator: "/").map(String.init).filter { $0 != "." }
        guard !path.hasPrefix("/"), !parts.contains(".."), !path.unicodeScalars.contains("\0") else { throw Self.hostile(path) }
        if name != "." {
            guard parts.first == name else { throw Self.hostile(path) }
            parts.removeFirst()
        }
        return parts
    }

    private func place(_ parts: [String]) -> String {
        ([destination] + parts).joined(separator: "/")
    }

    private static func hostile(_ path: String) -> Failure {
        Failure(description: "the archive wants to write \(path), which is not below what was asked for")
    }

    /// Whether a link's target is below the destination: it goes up first, if at all, and no further than folders lead. What follows
    /// may go through other links, of which each stays inside for the same reason. What was asked for can't itself become a link.
    static func staysInside(_ target: String, below depth: Int) -> Bool {
        guard !target.isEmpty, !target.hasPrefix("/") else { return false }
        let parts = target.split(separator: "/").filter { $0 != "." }
        let ups = parts.prefix { $0 == ".." }.count
        return ups < depth && !parts.dropFirst(ups).contains("..")
    }

    /// Makes the folders above a member that the archive did not name. Links among them are no folders.
    private func checkFolders(above parts: [String]) throws {
        for count in parts.indices { try makeFolder(place(Array(parts[..<count]))) }
    }

    private func makeFolder(_ path: String) throws {
        switch Self.kind(of: path) {
        case S_IFDIR: return
        case nil: guard mkdir(path, 0o755) == 0 else { throw Self.failure("\(path) can't be made") }
        default: throw Failure(description: "\(path) is in the way: it is no folder")
        }
    }

    /// Makes room for a link. Folders stay.
    private func replace(_ path: String) throws {
        guard let kind = Self.kind(of: path) else { return }
        guard kind != S_IFDIR else { throw Self.folderInTheWay(path) }
        guard unlink(path) == 0 else { throw Self.failure("\(path) can't be replaced") }
    }

    private static func folderInTheWay(_ path: String) -> Failure {
        Failure(description: "\(path) is in the way: it is a folder")
    }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    private static func failure(_ what: String) -> Failure {
        Failure(description: "\(what): \(String(cString: strerror(errno)))")
    }

    private static func reason(_ error: any Error) -> String {
        (error as NSError).localizedDescription
    }
}
