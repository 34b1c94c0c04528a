/// A directory tree: an image's root, or the content of a volume that containers share.
final class FileTree {
    enum Node: Equatable {
        case directory
        case file(bytes: [UInt8], isExecutable: Bool)
        /// A symbolic link.
        case link(to: String)
        case null
        case zero

        static func file(text: String, isExecutable: Bool) -> Node {
            .file(bytes: Array(text.utf8), isExecutable: isExecutable)
        }
    }

    /// By path without a leading slash; the root itself is not listed.
    private var nodes: [String: Node]
    /// Whether there may be a symbolic link.
    private(set) var hasLinks = false

    init(_ files: [String: String] = [:]) {
        nodes = [:]
        for (path, text) in files { add(path, .file(text: text, isExecutable: false)) }
    }

    /// Adds a node and the directories above it.
    func add(_ path: String, _ node: Node) {
        let parts = path.split(separator: "/").map(String.init)
        for count in parts.indices.dropFirst() {
            let parent = parts[..<count].joined(separator: "/")
            if nodes[parent] == nil { nodes[parent] = .directory }
        }
        nodes[parts.joined(separator: "/")] = node
        if case .link = node { hasLinks = true }
    }

    func remove(_ path: String) {
        nodes[path] = nil
        for key in nodes.keys where key.hasPrefix(path + "/") { nodes[key] = nil }
    }

    /// Replaces everything, as the kubelet does when the ConfigMap behind a volume changes.
    func replaceAll(with files: [String: String]) {
        nodes = [:]
        for (path, text) in files { add(path, .file(text: text, isExecutable: false)) }
    }

    subscript(path: String) -> Node? {
        path.isEmpty ? .directory : nodes[path]
    }

    /// The bytes of all files together.
    var size: Int {
        nodes.values.reduce(0) { sum, node in
            if case .file(let bytes, _) = node { sum + bytes.count } else { sum }
        }
    }

    /// The names directly below a directory, in order.
    func names(in path: String) -> [String] {
        let prefix = path.isEmpty ? "" : path + "/"
        return nodes.keys.filter { $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains("/") && $0 != path }
            .map { String($0.dropFirst(prefix.count)) }
            .sorted()
    }
}
