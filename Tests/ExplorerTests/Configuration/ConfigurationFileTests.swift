import Testing
import TextUI

@testable import Explorer

@Suite("Configuration files")
struct ConfigurationFileTests {
    func read(_ file: ConfigurationFile, _ text: String) -> (Configuration, [String]) {
        file.read(text, name: file.rawValue)
    }

    @Test("settings and keys are read, sequences too")
    func reading() {
        let (settings, problems) = read(.settings, "theme: light\nmouse: true\nreadOnly: false\n")
        #expect(settings.theme == "light" && settings.usesMouse == true && settings.isReadOnly == false && problems == [])
        let (keys, none) = read(.keys, "logs.follow: [F5, g g]\nquit: Ctrl-Q\n")
        #expect(keys.keys.keys == ["logs.follow": [["F5"], ["g", "g"]], "quit": [["Ctrl-Q"]]] && none == [])
    }

    @Test("a mistake names file and line, and the rest counts")
    func mistakes() {
        let (settings, problems) = read(.settings, "colour: blue\ntheme: light\nmouse: maybe\n")
        #expect(settings.theme == "light")
        #expect(problems.map { $0.prefix(20) } == ["config.yaml line 1: ", "config.yaml line 3: "])
        let (keys, others) = read(.keys, "quit: Hyper-Q\nback: b\n")
        #expect(keys.keys.keys == ["back": [["b"]]])
        #expect(others == ["keys.yaml line 1: quit: Hyper-Q is no key"])
    }

    @Test("text that is no YAML or no mapping is told", arguments: ConfigurationFile.allCases, ["[", "- a", "just words", "\u{1}\u{2}"])
    func nonsense(file: ConfigurationFile, text: String) {
        let (configuration, problems) = read(file, text)
        #expect(problems.count == 1)
        #expect(configuration == Configuration())
    }

    @Test("an empty file says nothing, and is no mistake", arguments: ConfigurationFile.allCases)
    func empty(file: ConfigurationFile) {
        #expect(read(file, "").1 == [])
        #expect(read(file, "# nothing yet\n").1 == [])
    }

    @Test("K9s's aliases and hotkeys are read")
    func k9s() {
        let (aliases, _) = read(.aliases, "aliases:\n  dp: apps/v1/deployments\n  bad: pods app=web\n")
        #expect(aliases.aliases == ["dp": "apps/v1/deployments", "bad": "pods app=web"])
        let (keys, problems) = read(
            .hotKeys,
            """
            hotKeys:
              pods: {shortCut: Shift-0, description: Pods of here, command: pods $NAMESPACE, keepHistory: true}
              broken: {shortCut: Hyper-9, description: x}
            """)
        #expect(keys.hotKeys.map(\.id) == ["pods"])
        #expect(keys.hotKeys.first?.key == ")" && keys.hotKeys.first?.keepsHistory == true)
        #expect(
            problems == [
                "hotkeys.yaml line 3: broken.shortCut: Hyper-9 is no key", "hotkeys.yaml line 3: broken lacks command",
            ])
    }

    @Test("plugins are read with their inputs, alone in a file too")
    func plugins() throws {
        let (many, problems) = read(
            .plugins,
            """
            plugins:
              stern:
                shortCut: Ctrl-L
                description: Logs of all
                scopes: [pods]
                command: stern
                args: [--tail, 50, $FILTER]
                inputs:
                - {name: since, type: dropdown, options: [1m, 1h], default: 1h}
            """)
        #expect(problems == [])
        let plugin = try #require(many.plugins.first)
        #expect(plugin.arguments == ["--tail", "50", "$FILTER"] && plugin.asks)
        #expect(plugin.inputs.first?.options == ["1m", "1h"] && plugin.inputs.first?.label == "since")

        let single = "shortCut: x\ndescription: d\nscopes: [all]\ncommand: true\n"
        #expect(ConfigurationFile.plugins.read(single, name: "plugins/blame.yaml").configuration.plugins.first?.id == "blame")
        let (none, missing) = read(.plugins, "plugins:\n  a: {shortCut: x, description: d, command: c}\n")
        #expect(none.plugins == [] && missing == ["plugins.yaml line 2: a lacks scopes: the resources it is for, or all"])
    }

    @Test("what is set read-only for a context is read-only, and no other is")
    func readOnly() throws {
        let shell = try TestShell.make()
        #expect(shell.session.guardLevel == .confirm)
        shell.configuration = read(.settings, "readOnly: true\n").0
        #expect(shell.session.guardLevel == .readOnly)
        shell.configuration = Configuration()
        #expect(shell.session.guardLevel == .confirm)
    }
}
