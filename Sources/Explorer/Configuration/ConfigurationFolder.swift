import Foundation
import KubernetesClient

/// Where a person's own settings for Fathom are.
enum ConfigurationFolder {
    /// Nil where the environment tells of no home.
    static func url(_ environment: [String: String]) -> URL? {
        UserFolders(environment: environment).configuration.map { URL(filePath: $0, directoryHint: .isDirectory).appending(path: "fathom") }
    }
}
