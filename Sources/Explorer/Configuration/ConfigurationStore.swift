import Foundation
import KubernetesClient

/// Reads the configuration folder, and again whenever a file in it has changed. A file that can't be read any more keeps what it said
/// when it last could.
final class ConfigurationStore {
    /// Nil where the environment tells of no home.
    private let folder: URL?
    private var lastGood: [URL: Configuration] = [:]
    /// When the files of each context were written that was read.
    private var stamps: [String: [URL: Date]] = [:]

    init(_ environment: [String: String]) {
        folder = ConfigurationFolder.url(environment)
    }

    /// What is set in general, overridden by what is set for the context; and a sentence for each thing that can't be read.
    func load(context: String) -> (configuration: Configuration, problems: [String]) {
        let files = files(context: context)
        stamps[context] = Self.stamps(files.map(\.url))
        var merged = Configuration()
        var problems: [String] = []
        for (url, file) in files {
            guard let data = contents(of: url, &problems) else {
                merged = merged.overridden(by: lastGood[url] ?? Configuration())
                continue
            }
            let read = file.read(String(decoding: data, as: UTF8.self), name: relativePath(url))
            problems += read.problems
            let counts = read.problems.isEmpty ? read.configuration : lastGood[url] ?? read.configuration
            lastGood[url] = counts
            merged = merged.overridden(by: counts)
        }
        return (merged, problems)
    }

    /// Nil where there is no such file, which then says nothing, or where it can't be read, which is told.
    private func contents(of url: URL, _ problems: inout [String]) -> Data? {
        do {
            return try Data(contentsOf: url)
        } catch CocoaError.fileReadNoSuchFile {
            lastGood[url] = nil
        } catch {
            problems.append("\(relativePath(url)) can't be read: \(error.localizedDescription)")
        }
        return nil
    }

    /// Whether a file was written, made or removed since it was last read.
    func hasChanged(context: String) -> Bool {
        Self.stamps(files(context: context).map(\.url)) != stamps[context]
    }

    private func files(context: String) -> [(url: URL, file: ConfigurationFile)] {
        guard let folder else { return [] }
        return [folder, folder.appending(path: "contexts/\(ConfigurationFolder.name(ofContext: context))")].flatMap { folder in
            let plugins = ConfigurationFolder.yamlFiles(below: folder.appending(path: "plugins")).map {
                (url: $0, file: ConfigurationFile.plugins)
            }
            return ConfigurationFile.allCases.map { (url: folder.appending(path: $0.rawValue), file: $0) } + plugins
        }
    }

    private static func stamps(_ urls: [URL]) -> [URL: Date] {
        var stamps: [URL: Date] = [:]
        for url in urls {
            stamps[url] = (try? FileManager.default.attributesOfItem(atPath: url.path))?[.modificationDate] as? Date
        }
        return stamps
    }

    private func relativePath(_ url: URL) -> String {
        let prefix = (folder?.path ?? "") + "/"
        return url.path.hasPrefix(prefix) ? String(url.path.dropFirst(prefix.count)) : url.path
    }
}
