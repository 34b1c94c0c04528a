import KubernetesModel

/// A named cluster, user or context of a kubeconfig, with the file it came from.
struct KubeconfigEntry: Sendable, Hashable {
    enum Kind: String, Sendable {
        case cluster, user, context

        /// The member of the file that lists them.
        var section: String { rawValue + "s" }
    }

    var kind: Kind
    var name: String
    var json: JSONObject
    var file: String

    func error(_ problem: String) -> KubeconfigError {
        KubeconfigError(file: file, entry: "\(kind.rawValue) \"\(name)\"", problem)
    }

    /// An empty text counts as none.
    func string(_ key: String) throws(KubeconfigError) -> String? {
        switch json[key] {
        case nil, .null: return nil
        case .string(let text): return text.isEmpty ? nil : text
        default: throw error("\(key) must be text; put it in quotes")
        }
    }

    func bool(_ key: String) throws(KubeconfigError) -> Bool {
        switch json[key] {
        case nil, .null: return false
        case .bool(let value): return value
        default: throw error("\(key) must be true or false")
        }
    }

    func strings(_ key: String) throws(KubeconfigError) -> [String] {
        try strings(json[key], key)
    }

    func strings(_ value: JSONValue?, _ key: String) throws(KubeconfigError) -> [String] {
        guard let value, !value.isNull else { return [] }
        guard let elements = value.arrayValue else { throw error("\(key) must be a list") }
        let strings = elements.compactMap(\.stringValue)
        guard strings.count == elements.count else { throw error("\(key) must be a list of texts") }
        return strings
    }

    /// A path, relative to the directory of the file that the entry stands in.
    func path(_ key: String) throws(KubeconfigError) -> String? {
        try string(key).map(resolve)
    }

    func resolve(_ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }

    /// The content of `key`-data, or of the file that `key` names.
    func content(_ key: String, _ files: FileAccess) throws(KubeconfigError) -> String? {
        let path = try path(key)
        if let data = try string(key + "-data") {
            guard path == nil else { throw error("\(key) and \(key)-data are both set; remove one of them") }
            guard let text = Base64.text(data) else { throw error("\(key)-data is not base64") }
            return text
        }
        guard let path else { return nil }
        do {
            return try files.read(path)
        } catch {
            throw self.error("\(key) can't be read: \(FileAccess.reason(error, path: path))")
        }
    }
}
