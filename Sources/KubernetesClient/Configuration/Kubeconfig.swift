import KubernetesModel

/// What the kubeconfig files of a person say: clusters, users, and contexts that pair them.
///
/// Follows client-go's `clientcmd`. Several files are merged entry by entry: the first that defines a name, or sets the
/// current context, wins.
package struct Kubeconfig: Sendable, Hashable {
    /// Of the files that were read, in order.
    package private(set) var files: [String] = []
    package private(set) var currentContext: String?

    private var entries: [KubeconfigEntry.Kind: [KubeconfigEntry]] = [:]

    /// Nothing: what there is without any file.
    package init() {}

    /// Reads one file's text.
    /// - Parameter file: its path, for messages and relative paths.
    package init(text: String, file: String) throws(KubeconfigError) {
        let documents: [JSONValue]
        do {
            documents = try YAML.parse(text)
        } catch {
            throw KubeconfigError(file: file, "is not YAML: \(error)")
        }
        files = [file]
        guard let document = documents.first, !document.isNull else { return }
        guard let json = document.objectValue else { throw KubeconfigError(file: file, "is not a kubeconfig") }
        if let kind = json["kind"]?.stringValue, kind != "Config" {
            throw KubeconfigError(file: file, "is not a kubeconfig but a \(kind)")
        }
        switch json["current-context"] {
        case nil, .null: break
        case .string(let name): currentContext = name.isEmpty ? nil : name
        default: throw KubeconfigError(file: file, "current-context must be text; put it in quotes")
        }
        for kind in [KubeconfigEntry.Kind.cluster, .user, .context] {
            entries[kind] = try Self.entries(kind, in: json, file: file)
        }
    }

    private static func entries(
        _ kind: KubeconfigEntry.Kind, in json: JSONObject, file: String
    ) throws(KubeconfigError) -> [KubeconfigEntry] {
        guard let section = json[kind.section], !section.isNull else { return [] }
        guard let list = section.arrayValue else { throw KubeconfigError(file: file, "\(kind.section) must be a list") }
        var entries: [KubeconfigEntry] = []
        for (index, item) in list.enumerated() {
            guard let name = item["name"]?.stringValue else {
                throw KubeconfigError(file: file, "element \(index + 1) of \(kind.section) has no name, or one that is not text")
            }
            let content = item[kind.rawValue] ?? .null
            guard content.isNull || content.objectValue != nil else {
                throw KubeconfigError(file: file, entry: "\(kind.rawValue) \"\(name)\"", "its \(kind.rawValue) must have members")
            }
            entries.append(KubeconfigEntry(kind: kind, name: name, json: content.objectValue ?? [:], file: file))
        }
        return entries
    }

    /// Adds what a later file defines and this one does not.
    package mutating func merge(_ later: Kubeconfig) {
        files += later.files
        currentContext = currentContext ?? later.currentContext
        for (kind, added) in later.entries {
            let known = Set(entries[kind, default: []].map(\.name))
            entries[kind, default: []] += added.filter { !known.contains($0.name) }
        }
    }

    package var isEmpty: Bool {
        currentContext == nil && entries.values.allSatisfy(\.isEmpty)
    }

    func entry(_ kind: KubeconfigEntry.Kind, _ name: String) -> KubeconfigEntry? {
        entries[kind]?.first { $0.name == name }
    }

    /// The file that defines a context.
    package func file(ofContext name: String) -> String? { entry(.context, name)?.file }

    func names(_ kind: KubeconfigEntry.Kind) -> [String] {
        (entries[kind] ?? []).map(\.name)
    }

    /// A context, as people choose among them.
    package struct Context: Sendable, Hashable {
        package var name: String
        package var cluster: String
        package var user: String
        package var namespace: String?
    }

    package var contexts: [Context] {
        (entries[.context] ?? []).map { entry in
            Context(
                name: entry.name,
                cluster: entry.json["cluster"]?.stringValue ?? "",
                user: entry.json["user"]?.stringValue ?? "",
                namespace: entry.json["namespace"]?.stringValue
            )
        }
    }
}
