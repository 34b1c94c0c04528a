/// The file system that a container sees: its image's root and what is mounted over it.
struct FileSystem {
    struct Mount {
        /// Without a trailing slash.
        var path: String
        var tree: FileTree
        /// The part of `tree` that is mounted; empty for all of it.
        var subPath: String = ""
        var isReadOnly: Bool = false
    }

    enum Failure: String, Error {
        case missing = "No such file or directory"
        case readOnly = "Read-only file system"
        case isDirectory = "Is a directory"
        case notDirectory = "Not a directory"
        case exists = "File exists"
        case notEmpty = "Directory not empty"
        case tooManyLinks = "Too many levels of symbolic links"
        case full = "No space left on device"
        case nameTooLong = "File name too long"
    }

    private let isRootReadOnly: Bool
    private(set) var mounts: [Mount]

    init(root: FileTree = FileTree(), isRootReadOnly: Bool = false, mounts: [Mount] = []) {
        self.root = root
        self.isRootReadOnly = isRootReadOnly
        // The longest path wins, so it is asked first.
        self.mounts = mounts.sorted { $0.path.utf8.count > $1.path.utf8.count }
    }

    /// What is no volume's.
    let root: FileTree

    /// What a path leads to; nil for nothing, and for a link that leads nowhere.
    func node(at path: String) -> FileTree.Node? {
        guard let path = try? resolved(path) else { return nil }
        return entry(atResolved: path)
    }

    /// What stands at a path, which may be a link.
    func entry(at path: String) -> FileTree.Node? {
        guard let path = try? resolved(path, followsLast: false) else { return nil }
        return entry(atResolved: path)
    }

    private func entry(atResolved path: String) -> FileTree.Node? {
        let place = locate(path)
        if let node = place.tree[place.path] { return node }
        return mounts.contains { $0.path.hasPrefix(path == "/" ? "/" : path + "/") } ? .directory : nil
    }

    /// As a kernel has it, with the zero at the end: whatever goes down a tree needn't be afraid of its depth.
    private static let longestPath = 4096

    /// As many links as a kernel follows.
    private static let mostLinks = 40

    /// The path that is left when links are followed; at its end only on demand.
    func resolved(_ path: String, followsLast: Bool = true) throws(Failure) -> String {
        guard path.utf8.count < Self.longestPath else { throw .nameTooLong }
        let path = Self.normalized(path)
        guard root.hasLinks || mounts.contains(where: \.tree.hasLinks) else { return path }
        var rest = path.split(separator: "/").map(String.init)[...]
        var done = ""
        var links = 0
        while let part = rest.popFirst() {
            let next = done + "/" + part
            guard followsLast || !rest.isEmpty, case .link(let target)? = entry(atResolved: next) else {
                done = next
                continue
            }
            links += 1
            guard links <= Self.mostLinks else { throw .tooManyLinks }
            let whole = Self.normalized(target.hasPrefix("/") ? target : done + "/" + target)
            rest = whole.split(separator: "/").map(String.init) + rest
            done = ""
        }
        return done.isEmpty ? "/" : done
    }

    func makeLink(at path: String, to target: String) throws(Failure) {
        guard entry(at: path) == nil else { throw .exists }
        let path = try resolved(path, followsLast: false)
        guard node(at: Self.parent(of: path)) == .directory else { throw .missing }
        let place = locate(path)
        guard !place.isReadOnly else { throw .readOnly }
        place.tree.add(place.path, .link(to: target))
    }

    /// A file's content as text.
    func read(_ path: String) throws(Failure) -> String {
        String(decoding: try bytes(of: path), as: UTF8.self)
    }

    func bytes(of path: String) throws(Failure) -> [UInt8] {
        switch node(at: path) {
        case .file(let bytes, _): return bytes
        case .null, .zero: return []
        case .directory: throw .isDirectory
        case .link, nil: throw .missing
        }
    }

    func write(_ text: String, to path: String, appending: Bool = false) throws(Failure) {
        try write(Array(text.utf8), to: path, appending: appending)
    }

    /// - Parameter isExecutable: nil leaves an existing file's as it is.
    func write(_ bytes: [UInt8], to path: String, appending: Bool = false, isExecutable: Bool? = nil) throws(Failure) {
        let path = try resolved(path)
        let place = locate(path)
        var (oldSize, wasExecutable) = (0, false)
        switch place.tree[place.path] {
        case .directory: throw .isDirectory
        case .null, .zero: return
        case .file(let old, let executable): (oldSize, wasExecutable) = (old.count, executable)
        case .link, nil: guard node(at: Self.parent(of: path)) == .directory || place.isReadOnly else { throw .missing }
        }
        guard !place.isReadOnly else { throw .readOnly }
        let growth = appending ? bytes.count : bytes.count - oldSize
        guard growth <= place.tree.disk?.free ?? .max || growth <= 0 else { throw .full }
        if appending, place.tree[place.path] != nil { return place.tree.append(bytes, to: place.path) }
        place.tree.add(place.path, .file(bytes: bytes, isExecutable: isExecutable ?? wasExecutable))
    }

    func makeDirectory(_ path: String, withParents: Bool) throws(Failure) {
        if node(at: path) != nil {
            if withParents { return }
            throw .exists
        }
        let path = try resolved(path)
        let place = locate(path)
        guard !place.isReadOnly else { throw .readOnly }
        guard withParents || node(at: Self.parent(of: path)) == .directory else { throw .missing }
        place.tree.add(place.path, .directory)
    }

    func remove(_ path: String) throws(Failure) {
        guard entry(at: path) != nil else { throw .missing }
        let place = locate(try resolved(path, followsLast: false))
        guard !place.isReadOnly, !place.path.isEmpty else { throw .readOnly }
        place.tree.remove(place.path)
    }

    func names(in path: String) throws(Failure) -> [String] {
        guard let node = node(at: path) else { throw .missing }
        guard node == .directory else { throw .notDirectory }
        let path = try resolved(path)
        let place = locate(path)
        let prefix = path == "/" ? "/" : path + "/"
        let mounted = mounts.map(\.path).filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
            .compactMap { $0.split(separator: "/").first.map(String.init) }
        return Set(place.tree.names(in: place.path)).union(mounted).sorted()
    }

    /// - Parameter path: resolved.
    private func locate(_ path: String) -> (tree: FileTree, path: String, isReadOnly: Bool) {
        for mount in mounts where path == mount.path || path.hasPrefix(mount.path + "/") {
            let rest = path.dropFirst(mount.path.count).drop { $0 == "/" }
            let inside = [mount.subPath, String(rest)].filter { !$0.isEmpty }.joined(separator: "/")
            return (mount.tree, inside, mount.isReadOnly)
        }
        return (root, String(path.dropFirst()), isRootReadOnly)
    }

    /// Absolute, without `.`, `..`, repeated and trailing slashes.
    static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    static func parent(of path: String) -> String {
        let parts = normalized(path).split(separator: "/").dropLast()
        return "/" + parts.joined(separator: "/")
    }
}
