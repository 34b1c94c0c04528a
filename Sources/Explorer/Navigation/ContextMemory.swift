import Foundation
import KubernetesClient
import KubernetesModel

/// What is remembered of a context from one run to the next: small files in `$XDG_STATE_HOME/fathom/contexts/NAME`.
struct ContextMemory {
    enum Part: String {
        /// How the overview is divided.
        case overview
        /// The namespaces one went to.
        case namespaces
        /// The ports that lead into the cluster.
        case forwards
        /// The views that were left open.
        case views
    }

    /// Nil where the environment tells of no home.
    private let folder: URL?

    init(_ environment: [String: String], context: String) {
        folder = UserFolders(environment: environment).state.map { state in
            URL(filePath: "\(state)/fathom/contexts/\(ConfigurationFolder.name(ofContext: context))", directoryHint: .isDirectory)
        }
    }

    /// Nil where nothing is remembered, or nothing that can be read.
    subscript(part: Part) -> JSONValue? {
        guard let file = file(of: part), let data = try? Data(contentsOf: file) else { return nil }
        return try? JSONParser.parse(Array(data))
    }

    /// What can't be remembered is no reason to trouble anybody.
    func keep(_ value: JSONValue, as part: Part) {
        guard let folder, let file = file(of: part) else { return }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try? Data(JSONWriter.compact(value)).write(to: file, options: .atomic)
    }

    private func file(of part: Part) -> URL? { folder?.appending(path: "\(part.rawValue).json") }
}
