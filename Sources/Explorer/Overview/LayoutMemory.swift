import Foundation
import KubernetesClient
import KubernetesModel

/// How the overview was divided when it was last changed, for each context: in `$XDG_STATE_HOME/fathom/contexts/NAME/overview.json`.
struct LayoutMemory {
    /// Nil where the environment tells of no home.
    private let file: URL?

    init(_ environment: [String: String], context: String) {
        file = UserFolders(environment: environment).state.map { state in
            URL(filePath: "\(state)/fathom/contexts/\(ConfigurationFolder.name(ofContext: context))/overview.json")
        }
    }

    var layout: OverviewLayout {
        guard let file, let data = try? Data(contentsOf: file), let json = try? JSONParser.parse(Array(data)) else { return OverviewLayout() }
        return OverviewLayout(json)
    }

    /// A layout that can't be remembered is no reason to trouble anybody.
    func keep(_ layout: OverviewLayout) {
        guard let file else { return }
        try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try? Data(JSONWriter.compact(layout.json)).write(to: file)
    }
}
