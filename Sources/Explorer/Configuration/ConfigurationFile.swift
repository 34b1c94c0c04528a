import TextUI
import Yams

/// The files of a configuration folder, each with its own part of the settings. All but settings, keys and guards are K9s's formats.
enum ConfigurationFile: String, CaseIterable {
    case settings = "config.yaml"
    case keys = "keys.yaml"
    case aliases = "aliases.yaml"
    case hotKeys = "hotkeys.yaml"
    case plugins = "plugins.yaml"
    case views = "views.yaml"
    case jumps = "jumps.yaml"
    case guards = "guards.yaml"

    /// What the text of such a file says, and a sentence for each thing in it that can't be read.
    /// - Parameter name: what the sentences call the file.
    func read(_ text: String, name: String) -> (configuration: Configuration, problems: [String]) {
        var document = SettingsDocument(file: name, text: text)
        var configuration = Configuration()
        switch self {
        case .settings: Self.readSettings(&document, into: &configuration)
        case .keys: Self.readKeys(&document, into: &configuration)
        case .aliases: Self.readAliases(&document, into: &configuration)
        case .hotKeys: Self.readHotKeys(&document, into: &configuration)
        case .plugins: PluginFile.read(&document, into: &configuration)
        case .views: ViewSettings.read(&document, into: &configuration)
        case .jumps: Jump.read(&document, into: &configuration)
        case .guards: GuardRule.read(&document, into: &configuration)
        }
        return (configuration, document.problems)
    }

    private static func readSettings(_ document: inout SettingsDocument, into configuration: inout Configuration) {
        for (name, value) in document.entries() {
            switch name {
            case "theme": configuration.theme = document.text(value, of: name)
            case "mouse": configuration.usesMouse = flag(value, name, &document)
            case "readOnly": configuration.isReadOnly = flag(value, name, &document)
            case "startView":
                configuration.startView = value.string.flatMap(StartView.init(rawValue:))
                if configuration.startView == nil { document.report(value, "startView is overview or last") }
            case "gpuVendors":
                for (vendor, resource) in document.entries(of: value, named: name) {
                    configuration.gpuVendors[vendor] = document.text(resource, of: "\(name).\(vendor)")
                }
            // K9s writes `all` among them, for which there is `0`.
            case "favorites": configuration.favourites = document.texts(value, of: name).filter { $0 != "all" }
            case "lockFavorites": configuration.locksFavourites = flag(value, name, &document)
            case "featureGates":
                for (gate, value) in document.entries(of: value, named: name) {
                    if gate == "nodeShell" {
                        configuration.hasNodeShell = flag(value, gate, &document)
                    } else {
                        document.report(value, "\(gate) is no feature; there is nodeShell")
                    }
                }
            case "shellPod": configuration.ownNodeShell = NodeShellSettings(value, &document)
            default:
                let known = "theme, mouse, readOnly, startView, favorites, lockFavorites, gpuVendors, featureGates and shellPod"
                document.report(value, "\(name) is no setting; there are \(known)")
            }
        }
    }

    private static func flag(_ value: Node, _ name: String, _ document: inout SettingsDocument) -> Bool? {
        if value.bool == nil { document.report(value, "\(name) is true or false") }
        return value.bool
    }

    /// `logs.follow: s` or `logs.follow: [s, Ctrl-S]`, and `[]` for no key; a sequence is written with blanks: `g g`.
    private static func readKeys(_ document: inout SettingsDocument, into configuration: inout Configuration) {
        for (name, value) in document.entries() {
            let texts = value.sequence.map { $0.compactMap(\.string) } ?? [value.string].compactMap { $0 }
            let sequences = texts.map { text in text.split(separator: " ").map { KeyPress(String($0)) } }
            // Where not all are texts, the others are no keys.
            let isComplete = texts.count == value.sequence?.count ?? 1
            guard isComplete, sequences.allSatisfy({ !$0.isEmpty && !$0.contains(nil) }) else {
                let wrong = isComplete ? texts.joined(separator: ", ") : "something here"
                document.report(value, "\(name): \(wrong) is no key")
                continue
            }
            configuration.keys.keys[ActionID(name)] = sequences.map { $0.compactMap { $0 } }
            configuration.keys.places[ActionID(name)] = document.place(of: value)
        }
    }

    private static func readAliases(_ document: inout SettingsDocument, into configuration: inout Configuration) {
        for (name, value) in document.entries(under: "aliases") {
            if let command = value.string, !command.isEmpty {
                configuration.aliases[name.lowercased()] = command
            } else {
                document.report(value, "\(name) stands for a resource or a command, written as a text")
            }
        }
    }

    private static func readHotKeys(_ document: inout SettingsDocument, into configuration: inout Configuration) {
        for (name, value) in document.entries(under: "hotKeys") {
            var reader = SettingsReader(name, value)
            if var hotKey = HotKey(&reader) {
                hotKey.place = document.place(of: value)
                configuration.hotKeys.append(hotKey)
            }
            for problem in reader.problems { document.report(problem.node, problem.text) }
        }
    }
}
