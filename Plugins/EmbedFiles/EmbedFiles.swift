import Foundation
import PackagePlugin

/// Compiles a target's data files into it, so that one binary runs anywhere.
///
/// Every file under the target's `Data` folder, and for `Explorer` under the package's `themes`, becomes an entry of the
/// generated `EmbeddedFiles`, keyed by its path below that folder.
@main
struct EmbedFiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        let root =
            target.name == "Explorer"
            ? context.package.directoryURL.appending(path: "themes")
            : target.directoryURL.appending(path: "Data")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding the data files of \(target.name)",
                executable: try context.tool(named: "EmbedFilesTool").url,
                arguments: [root.path(percentEncoded: false), output.path(percentEncoded: false)],
                inputFiles: Self.files(below: root),
                outputFiles: [output]
            )
        ]
    }

    private static func files(below root: URL) -> [URL] {
        let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
        let files = (found?.allObjects as? [URL] ?? []).filter { !$0.hasDirectoryPath }
        return files.sorted { $0.path < $1.path }
    }
}
