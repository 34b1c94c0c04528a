/// A directory tree: an image's root, or the content of a volume that containers share.
final class FileTree {
    enum Node: Equatable {
        case directory
        case file(bytes: [UInt8], isExecutable: Bool)
        /// A symbolic link.
        case link(to: String)
        case null
        case zero

        /// In bytes.
        var size: Int {
            if case .file(let bytes, _) = self { bytes.count } else { 0 }
        }

        static func file(text: String, isExecutable: Bool) -> Node {
            .file(bytes: Array(text.utf8), isExecutable: isExecutable)
        }
    }

    /// By path without a leading slash; the root itself is not listed.
    private var nodes: [String: Node]
    /// Whether there may be a symbolic link.
    private(set) var hasLinks = false
    /// The bytes of all files together.
    private(set) var size = 0
    /// Where they lie; nil for what takes no room anywhere, such as what a kubelet makes of a ConfigMap.
    let disk: Disk?

    init(_ files: [String: String] = [:], on disk: Disk? = nil) {
        nodes = [:]
        self.disk = disk
        for (path, text) in files { add(path, .file(text: text, isExecutable: false)) }
    }

    deinit {
        disk?.grow(by: -size)
    }

    private func grow(by bytes: Int) {
        size += bytes
        disk?.grow(by: bytes)
    }

    /// Adds a node and the directories above it.
    func add(_ path: String, _ node: Node) {
        let parts = path.split(separator: "/").map(String.init)
        for count in parts.indices.dropFirst() {
            let parent = parts[..<count].joined(separator: "/")
            if nodes[parent] == nil { nodes[parent] = .directory }
        }
        let old = nodes.updateValue(node, forKey: parts.joined(separator: "/"))
        grow(by: node.size - (old?.size ?? 0))
        if case .link = node { hasLinks = true }
    }

    /// Adds to a file, if there is one, in its place.
    func append(_ bytes: [UInt8], to path: String) {
        guard case .file(var content, let isExecutable)? = nodes.removeValue(forKey: path) else { return }
        content += bytes
        nodes[path] = .file(bytes: content, isExecutable: isExecutable)
        grow(by: bytes.count)
    }

    func remove(_ path: String) {
        for key in nodes.keys where key == path || key.hasPrefix(path + "/") {
            let node = nodes.removeValue(forKey: key)
            grow(by: -(node?.size ?? 0))
        }
    }

    /// Replaces everything, as the kubelet does when the ConfigMap behind a volume changes.
    func replaceAll(with files: [String: String]) {
        nodes = [:]
        grow(by: -size)
        for (path, text) in files { add(path, .file(text: text, isExecutable: false)) }
    }

    subscript(path: String) -> Node? {
        path.isEmpty ? .directory : nodes[path]
    }

    /// The names directly below a directory, in order.
    func names(in path: String) -> [String] {
        let prefix = path.isEmpty ? "" : path + "/"
        return nodes.keys.filter { $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains("/") && $0 != path }
            .map { String($0.dropFirst(prefix.count)) }
            .sorted()
    }
}
