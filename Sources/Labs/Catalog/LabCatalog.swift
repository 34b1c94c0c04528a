import Foundation
import KubernetesClient

/// The labs there are: a person's own first, then those that come with the program.
package struct LabCatalog: Sendable {
    private let userFolder: String?

    /// - Parameter userFolder: `$XDG_CONFIG_HOME/fathom/labs`; nil for the program's own labs only.
    package init(userFolder: String?) {
        self.userFolder = userFolder
    }

    package init(environment: [String: String]) {
        self.init(userFolder: UserFolders(environment: environment).configuration.map { "\($0)/fathom/labs" })
    }

    /// By name. One of a person's that has the name of another replaces it.
    package var names: [String] {
        Set(userFiles.keys).union(Self.own.keys).sorted()
    }

    /// - Throws: when there is no such lab, or it cannot be read.
    package func lab(named name: String) throws(LabError) -> Lab {
        if let path = userFiles[name] {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw LabError("Can't read \(path).") }
            return try LabReader.read(text, name: name)
        }
        guard let text = Self.own[name] else {
            throw LabError("There is no lab \(name); there are \(names.joined(separator: ", ")).")
        }
        return try LabReader.read(text, name: name)
    }

    private static let own: [String: String] = Dictionary(
        uniqueKeysWithValues: EmbeddedFiles.contents.compactMap { path, text in name(ofFile: path).map { ($0, text) } }
    )

    private var userFiles: [String: String] {
        guard let userFolder, let files = try? FileManager.default.contentsOfDirectory(atPath: userFolder) else { return [:] }
        return Dictionary(
            files.sorted().compactMap { file in Self.name(ofFile: file).map { ($0, "\(userFolder)/\(file)") } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func name(ofFile path: String) -> String? {
        for ending in [".yaml", ".yml"] where path.hasSuffix(ending) { return String(path.dropLast(ending.count)) }
        return nil
    }
}
