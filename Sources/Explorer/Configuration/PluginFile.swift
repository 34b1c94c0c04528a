import Yams

/// A file of plugins: `plugins:` with a name for each, such a list without the heading, or a single one named after its file.
enum PluginFile {
    static let mostInputs = 5

    static func read(_ document: inout SettingsDocument, into configuration: inout Configuration) {
        let isSingle = document.has("shortCut") && document.has("command")
        if isSingle, let node = document.whole {
            read(String(document.file.split(separator: "/").last?.split(separator: ".").first ?? "plugin"), node, &document, &configuration)
            return
        }
        for (name, value) in document.entries(under: document.has("plugins") ? "plugins" : nil) {
            read(name, value, &document, &configuration)
        }
    }

    private static func read(_ name: String, _ node: Node, _ document: inout SettingsDocument, _ configuration: inout Configuration) {
        var reader = SettingsReader(name, node)
        let inputs = inputs(of: reader, &document)
        let plugin = Plugin(&reader, inputs: inputs)
        for problem in reader.problems { document.report(problem.node, problem.text) }
        guard var plugin else { return }
        plugin.place = document.place(of: node)
        if plugin.scopes.isEmpty {
            document.report(node, "\(name) lacks scopes: the resources it is for, or all")
        } else {
            configuration.plugins.append(plugin)
        }
    }

    private static func inputs(of plugin: SettingsReader, _ document: inout SettingsDocument) -> [Plugin.Input] {
        let nodes = plugin.nodes("inputs")
        if nodes.count > mostInputs { document.report(nodes[mostInputs], "\(plugin.name) has more than \(mostInputs) inputs") }
        var inputs: [Plugin.Input] = []
        for node in nodes.prefix(mostInputs) {
            var reader = SettingsReader("\(plugin.name).inputs", node)
            if let input = Plugin.Input(&reader) {
                inputs.append(input)
            } else if reader.problems.isEmpty {
                document.report(node, "\(plugin.name).inputs: the type is string, number, bool, or dropdown with its options")
            }
            for problem in reader.problems { document.report(problem.node, problem.text) }
        }
        return inputs
    }
}
