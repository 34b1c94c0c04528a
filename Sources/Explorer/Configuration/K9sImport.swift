import Foundation
import KubernetesClient
import TextUI
import Yams

/// Takes over what a person has set for K9s: settings, aliases, hotkeys, plugins, views, jumps and skins, in general and per context.
///
/// Nothing that is there already is replaced, and nothing of K9s's is changed.
package struct K9sImport {
    /// What became of one file.
    package struct Step: Sendable, Hashable {
        package enum Outcome: Sendable, Hashable {
            case taken
            /// There is one already.
            case kept
            /// There is nothing in it that means something here.
            case empty
            case failed(String)
        }

        package let source: String
        package let destination: String
        package let outcome: Outcome
        /// What Fathom can't use in it, a sentence each.
        package var problems: [String] = []
    }

    private let settings: URL
    private let contexts: URL
    /// Of plugins.
    private let shared: URL?
    private let destination: URL

    /// - Parameter folder: where K9s keeps its settings; nil looks where K9s does.
    /// - Returns: nil where the environment tells of no home.
    package init?(environment: [String: String], folder: String? = nil) {
        guard let destination = ConfigurationFolder.url(environment) else { return nil }
        self.destination = destination
        let folders = UserFolders(environment: environment)
        let own = folder ?? environment["K9S_CONFIG_DIR"].flatMap { $0.isEmpty ? nil : $0 }
        settings = URL(filePath: own ?? "\(folders.configuration ?? "")/k9s", directoryHint: .isDirectory)
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(folders.home ?? "")/.local/share"
        contexts = own == nil ? URL(filePath: "\(data)/k9s/clusters") : settings.appending(path: "clusters")
        shared = own == nil ? URL(filePath: "\(data)/k9s/plugins") : nil
    }

    /// Where it looked, for a person to whom nothing was found.
    package var sources: [String] { [settings, contexts, shared].compactMap { $0?.path } }

    /// Whether there is anything of K9s's.
    var finds: Bool { FileManager.default.fileExists(atPath: settings.path) }

    package func run() -> [Step] {
        let general =
            importSettings(from: settings, to: destination) + importFiles(from: settings, to: destination) + importPlugins() + importSkins()
        return general
            + contextFolders().flatMap { folder in
                let own = destination.appending(path: "contexts/\(folder.lastPathComponent)")
                return importSettings(from: folder, to: own) + importFiles(from: folder, to: own)
            }
    }

    private func importFiles(from folder: URL, to destination: URL) -> [Step] {
        [ConfigurationFile.aliases, .hotKeys, .plugins, .views, .jumps].compactMap { file in
            step(from: folder.appending(path: file.rawValue), to: destination.appending(path: file.rawValue), check: file)
        }
    }

    private func importPlugins() -> [Step] {
        let folders = [settings.appending(path: "plugins"), shared].compactMap(\.self)
        return folders.flatMap(ConfigurationFolder.yamlFiles).compactMap { url in
            step(from: url, to: destination.appending(path: "plugins/\(url.lastPathComponent)"), check: .plugins)
        }
    }

    private func importSkins() -> [Step] {
        ConfigurationFolder.yamlFiles(below: settings.appending(path: "skins")).compactMap { url in
            let name = url.deletingPathExtension().lastPathComponent
            return step(from: url, to: destination.appending(path: "themes/\(name).yaml"), check: nil)
        }
    }

    /// Those of K9s's settings that mean something here, and a word on each of the others.
    private func importSettings(from folder: URL, to destination: URL) -> [Step] {
        let source = folder.appending(path: "config.yaml")
        guard let text = try? String(contentsOf: source, encoding: .utf8) else { return [] }
        let target = destination.appending(path: ConfigurationFile.settings.rawValue)
        guard let read = K9sSettings(text: text) else {
            return [Step(source: source.path, destination: target.path, outcome: .failed("it is no YAML with settings of K9s's"))]
        }
        guard let yaml = read.yaml else {
            return read.problems.isEmpty
                ? [] : [Step(source: source.path, destination: target.path, outcome: .empty, problems: read.problems)]
        }
        var step = step(writing: Data(yaml.utf8), from: source, to: target)
        step.problems = read.problems
        return [step]
    }

    private func step(from source: URL, to target: URL, check file: ConfigurationFile?) -> Step? {
        guard let data = FileManager.default.contents(atPath: source.path) else { return nil }
        var step = step(writing: data, from: source, to: target)
        if step.outcome == .taken, let file {
            let read = file.read(String(decoding: data, as: UTF8.self), name: target.lastPathComponent)
            step.problems = read.problems + read.configuration.keyClashes
        }
        return step
    }

    private func step(writing data: Data, from source: URL, to target: URL) -> Step {
        let outcome: Step.Outcome
        do {
            try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: target, options: .withoutOverwriting)
            outcome = .taken
        } catch CocoaError.fileWriteFileExists {
            outcome = .kept
        } catch {
            outcome = .failed(error.localizedDescription)
        }
        return Step(source: source.path, destination: target.path, outcome: outcome)
    }

    /// `clusters/CLUSTER/CONTEXT`.
    private func contextFolders() -> [URL] {
        folders(in: contexts).flatMap(folders(in:))
    }

    private func folders(in folder: URL) -> [URL] {
        let urls = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isDirectoryKey])
        return (urls ?? []).filter(\.hasDirectoryPath).sorted { $0.path < $1.path }
    }
}
