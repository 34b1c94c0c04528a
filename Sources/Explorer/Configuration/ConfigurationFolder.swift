import Foundation
import KubernetesClient

/// Where a person's own settings for Fathom are.
enum ConfigurationFolder {
    /// Nil where the environment tells of no home.
    static func url(_ environment: [String: String]) -> URL? {
        UserFolders(environment: environment).configuration.map { URL(filePath: $0, directoryHint: .isDirectory).appending(path: "fathom") }
    }

    /// The name of a context as a folder's: what separates paths becomes a dash, as in K9s.
    static func name(ofContext context: String) -> String {
        let name = String(context.map { "/:\\".contains($0) ? "-" : $0 })
        return name.allSatisfy { $0 == "." } ? "-" : name
    }
}
