import Foundation
import KubernetesClient

/// Where a person's own settings for Fathom are.
enum ConfigurationFolder {
    /// Nil where the environment tells of no home.
    static func url(_ environment: [String: String]) -> URL? {
        UserFolders(environment: environment).configuration.map { URL(filePath: $0, directoryHint: .isDirectory).appending(path: "fathom") }
    }

    /// The YAML files in a folder and those below it.
    static func yamlFiles(below folder: URL) -> [URL] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return files.filter { ["yaml", "yml"].contains($0.pathExtension) }.sorted { $0.path < $1.path }
    }

    /// The name of a context as a folder's: what separates paths becomes a dash, as in K9s.
    static func name(ofContext context: String) -> String {
        let name = String(context.map { "/:\\".contains($0) ? "-" : $0 })
        return name.allSatisfy { $0 == "." } ? "-" : name
    }
}
