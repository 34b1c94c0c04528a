import Foundation
import KubernetesModel
import ResourceTables
import Testing
import TextUI

@testable import Explorer

@Suite("A person's own commands", .timeLimit(.minutes(1)))
struct UserCommandsTests {
    func plugin(_ fields: String) throws -> Plugin {
        let text = "plugins:\n  p: {shortCut: x, description: Try it, \(fields)}\n"
        return try #require(ConfigurationFile.plugins.read(text, name: "plugins.yaml").configuration.plugins.first)
    }

    @Test(
        "variables are filled in, and what is unknown stays",
        arguments: [
            ("$NAME in ${NAMESPACE}", "web in shop"), ("$NAME-$NAMESPACE", "web-shop"), ("$COL-UP-TO-DATE!", "3!"),
            ("$!INPUT_DRY $INPUT_DRY", "true false"), ("for i in 1; do echo $i $(date) $; done", "for i in 1; do echo $i $(date) $; done"),
            ("${NAME", "${NAME"), ("$NAMES", "webS"),
        ])
    func variables(text: String, expected: String) {
        let variables = CommandVariables(["NAME": "web", "NAMESPACE": "shop", "COL-UP-TO-DATE": "3", "INPUT_DRY": "false"])
        #expect(variables.substituted(text) == expected)
    }

    @Test("a value from the cluster is an argument, and never part of a script")
    func scripts() throws {
        let evil = CommandVariables(["COL-STATUS": "$(reboot)", "NAME": "web"])
        let direct = try PluginCommand(try plugin("scopes: [pods], command: echo, args: [$COL-STATUS]"), evil)
        #expect(direct.words == ["echo", "$(reboot)"])
        for script in [
            #"/bin/bash, args: ["-c", "echo $COL-STATUS"]"#, #"bash, args: ["-lc", "echo $COL-STATUS"]"#,
            #"env, args: [sh, "-ec", "echo $COL-STATUS"]"#, #"sudo, args: [bash, "-c", "echo $COL-STATUS"]"#,
            "ssh, args: [host, $COL-STATUS]",
        ] {
            #expect(throws: PluginCommand.Refusal.self) { try PluginCommand(plugin("scopes: [pods], command: \(script)"), evil) }
        }
        let harmless = try plugin(#"scopes: [pods], command: sh, args: ["-c", "kubectl logs $NAME"]"#)
        #expect(try PluginCommand(harmless, evil).words == ["sh", "-c", "kubectl logs web"])
    }

    @Test("pipes make a line for a shell, in which arguments stay words")
    func pipes() throws {
        let piped = try plugin(#"scopes: [pods], command: kubectl, args: [logs, $NAME, "a b"], pipes: ["grep $NAME", "head -n 1"]"#)
        let command = try PluginCommand(piped, CommandVariables(["NAME": "web"]))
        #expect(command.words == ["/bin/sh", "-c", "kubectl logs web 'a b' | grep web | head -n 1"])
    }

    @Test("an alias stands for the first word of a command")
    func aliases() throws {
        var configuration = Configuration()
        configuration.aliases = ["dp": "deployments.apps", "web": "pods -l app=web"]
        #expect(configuration.expandingAlias(of: "DP shop") == "deployments.apps shop")
        #expect(configuration.expandingAlias(of: "web") == "pods -l app=web")
        #expect(configuration.expandingAlias(of: "pods dp") == "pods dp")
        #expect(Configuration().expandingAlias(of: "crb") == "clusterrolebindings")
    }

    @Test("an alias may stand for another, and one that goes round in a circle is told and stands for nothing")
    func nestedAliases() throws {
        var configuration = Configuration()
        configuration.aliases = ["w": "web shop", "web": "dp -l app=web", "a": "b", "b": "a", "pods": "pods -l app=x"]
        #expect(configuration.expandingAlias(of: "w") == "deployments -l app=web shop")
        #expect(configuration.expandingAlias(of: "pods") == "pods -l app=x")
        #expect(configuration.expandingAlias(of: "a x") == "a x")
        #expect(
            configuration.aliasProblems == [
                "aliases.yaml: a → b → a goes round in a circle", "aliases.yaml: b → a → b goes round in a circle",
            ])
    }

    @Test("an input that can't be taken is told where it is entered, and nothing entered before is lost")
    func inputs() throws {
        let shell = try TestShell.make(screen: WordScreen("pods"))
        let inputs = "inputs: [{name: text, required: true}, {name: count, type: number}]"
        shell.configuration.plugins = [try plugin("scopes: [all], command: echo, args: [$INPUT_TEXT, $INPUT_COUNT], \(inputs)")]
        shell.press("x", "Enter")
        #expect(shell.picture().contains("needed"))
        shell.type("hello")
        shell.press("Enter")
        shell.type("many")
        shell.press("Enter")
        #expect(shell.picture().contains("this is no number"))
        for _ in 0..<4 { shell.press("Backspace") }
        shell.type("5")
        shell.press("Enter")
        #expect(shell.picture().contains("echo hello 5"))
    }

    @Test(
        "a yes or no is no until the plugin's default says yes",
        arguments: [("", "false"), (", default: false", "false"), (", default: true", "true"), (", default: 'true'", "true")])
    func booleanInputs(field: String, expected: String) throws {
        let shell = try TestShell.make(screen: WordScreen("pods"))
        let input = "inputs: [{name: dry, type: bool\(field)}]"
        shell.configuration.plugins = [try plugin("scopes: [all], command: echo, args: [$INPUT_DRY], \(input)")]
        shell.press("x", "Enter")
        #expect(shell.picture().contains("echo \(expected)"))
    }

    @Test("a program without the terminal is shown while it runs, with how it ends and what it writes")
    func backgroundProgram() async throws {
        let shell = try TestShell.make(screen: WordScreen("pods"))
        let script = "read -r x < $FIFO; echo first; echo second; exit 3"
        let gate = FileManager.default.temporaryDirectory.appending(path: "fathom-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: gate) }
        #expect(mkfifo(gate, 0o600) == 0)
        let words = script.replacing("$FIFO", with: gate)
        shell.configuration.plugins = [try plugin("scopes: [all], command: sh, args: ['-c', '\(words)'], background: true")]
        shell.press("x")
        await until(in: shell) { shell.programs.running == 1 }
        #expect(shell.picture().contains("Try it runs; :programs shows"))
        #expect(shell.picture(width: 120).contains("programs 1"))
        shell.run(command: "programs")
        await until(in: shell) { shell.picture(width: 120).contains("running") }
        // Opened without waiting for the reader: it may not have come that far.
        let writer = open(gate, O_RDWR)
        #expect(write(writer, "go\n", 3) == 3)
        defer { close(writer) }
        await until(in: shell) {
            shell.picture(width: 120).split(separator: "\n").contains { $0.contains("▸") && $0.contains("failed with status 3") }
        }
        #expect(shell.programs.running == 0)
        shell.press("Enter")
        let picture = shell.picture(width: 120)
        #expect(picture.contains("Output of Try it") && picture.contains("first") && picture.contains("second"))
    }

    @Test("of a program that writes nothing it is said, and those that end are forgotten from the fiftieth on, whatever still runs")
    func silentPrograms() async throws {
        let runs = BackgroundRuns()
        let gate = FileManager.default.temporaryDirectory.appending(path: "fathom-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: gate) }
        #expect(mkfifo(gate, 0o600) == 0)
        func command(_ words: String) throws -> PluginCommand {
            try PluginCommand(try plugin("scopes: [all], command: \(words), background: true"), CommandVariables([:]))
        }
        let waiting = try command("cat, args: ['\(gate)']")
        let first = Task { await runs.run(waiting, called: "waiting", now: .init(seconds: 0)) }
        while runs.running == 0 { await Task.yield() }
        let silent = try command("'true'")
        for _ in 0..<51 { #expect(await runs.run(silent, called: "silent", now: .init(seconds: 0)).output.isEmpty) }
        #expect(runs.all.count == 50)
        #expect(runs.running == 1)
        // Opening waits for the reader, which then meets the end.
        Thread.detachNewThread { close(open(gate, O_WRONLY)) }
        #expect(await first.value.status == 0)
        #expect(runs.running == 0)
    }

    @Test("what means nothing in an entry is told, and the rest counts")
    func unknownFields() {
        let plugins = "plugins:\n  a: {shortCut: x, description: A, scopes: [po], command: ls, nosuch: 1}\n"
        let read = ConfigurationFile.plugins.read(plugins, name: "plugins.yaml")
        #expect(read.configuration.plugins.count == 1)
        #expect(read.problems.first?.hasPrefix("plugins.yaml line 2: a.nosuch means nothing; there are shortCut, ") == true)
        let hotKeys = ConfigurationFile.hotKeys.read(
            "hotKeys:\n  h: {shortCut: F6, description: x, command: pods, keep: true}\n", name: "hotkeys.yaml")
        #expect(hotKeys.configuration.hotKeys.count == 1 && hotKeys.problems.count == 1)
    }

    @Test("of two plugins on one key for the same kind the second is told")
    func twins() {
        let plugins = """
            plugins:
              a: {shortCut: Shift-K, description: First, scopes: [po], command: ls}
              b: {shortCut: Shift-K, description: Second, scopes: [po, svc], command: ls}
              c: {shortCut: Shift-K, description: Third, scopes: [nodes], command: ls}
            """
        let configuration = ConfigurationFile.plugins.read(plugins, name: "plugins.yaml").configuration
        #expect(configuration.keyClashes == ["plugins.yaml line 3: Shift-K is the key of First already, plugins.yaml line 2"])
    }

    @Test("plugins show for what they are made for, and win only where they say so")
    func scopes() throws {
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let target = ObjectTarget(resource: pods, namespace: "shop", name: "web-1")
        let shell = try TestShell.make(screen: WordScreen("pods", targets: [target]))
        shell.configuration.plugins = [
            try plugin("scopes: [po], command: ls")
        ]
        #expect(shell.bindings.contains { $0.action == "plugin.p" })
        shell.configuration.plugins = [try plugin("scopes: [services], command: ls")]
        #expect(!shell.bindings.contains { $0.action == "plugin.p" })

        let contested = "plugins:\n  p: {shortCut: d, description: Mine, scopes: [all], command: ls, override: true}\n"
        shell.configuration.plugins = ConfigurationFile.plugins.read(contested, name: "").configuration.plugins
        #expect(KeyMap(shell.bindings).lookup(["d"]) == .action("plugin.p"))
        shell.configuration.plugins =
            ConfigurationFile.plugins.read(contested.replacing(", override: true", with: ""), name: "").configuration.plugins
        #expect(KeyMap(shell.bindings).lookup(["d"]) == .action("object.describe"))
    }

    @Test("a dangerous plugin is not run on a read-only cluster, and a confirmed one shows its command first")
    func guards() throws {
        let shell = try TestShell.make(guardLevel: .readOnly, screen: WordScreen("pods"))
        shell.configuration.plugins = [try plugin("scopes: [all], command: rm, dangerous: true")]
        shell.press("x")
        #expect(shell.flash?.text == "This cluster is opened read-only")
        shell.configuration.plugins = [try plugin("scopes: [all], command: echo, args: [$CONTEXT], confirm: true")]
        shell.press("x")
        #expect(shell.picture().contains("echo demo"))
    }

    @Test("a plugin for everything that names something of an object is not run where none is selected")
    func nothingSelected() throws {
        let shell = try TestShell.make(screen: WordScreen("pods"))
        for argument in ["x-$NAME", "$COL-STATUS", "${POD}"] {
            shell.configuration.plugins = [try plugin("scopes: [all], command: touch, args: ['\(argument)'], background: true")]
            shell.press("x")
            #expect(shell.flash?.text == "Nothing is selected" && shell.work.pending == 0)
        }
    }

    @Test("a plugin on a container gets its cells")
    func containers() async throws {
        let cluster = try ShopCluster()
        cluster.shell.push(ContainersScreen(pod: ObjectKey(namespace: "shop", name: "cart-6c5d8-9wq2z"), shell: cluster.shell))
        await until(in: cluster.shell) { cluster.picture(120, 24).contains("shop/app:1") }
        let plugin = try plugin("scopes: [containers], command: dive, args: [$COL-IMAGE, $CONTAINER, $POD]")
        #expect(try PluginCommand(plugin, cluster.shell.variables).words == ["dive", "shop/app:1", "app", "cart-6c5d8-9wq2z"])
    }

    @Test("a column that the view doesn't have is told instead of running with its name")
    func missingColumn() throws {
        let variables = CommandVariables(["COL-STATUS": "Running"])
        #expect(try PluginCommand(try plugin("scopes: [po], command: echo, args: [$COL-STATUS]"), variables).words == ["echo", "Running"])
        #expect(throws: PluginCommand.Refusal.self) {
            try PluginCommand(try plugin("scopes: [po], command: echo, args: [$COL-IMAGE]"), variables)
        }
    }

    @Test("keys that Fathom has itself are told with their lines, those that are to win and those of other views are not")
    func clashes() throws {
        let shell = try TestShell.make()
        let plugins = """
            plugins:
              a: {shortCut: Shift-L, description: Stern, scopes: [po], command: stern}
              b: {shortCut: Shift-L, description: Stern, scopes: [po], command: stern, override: true}
              c: {shortCut: l, description: Mine, scopes: [configmaps], command: ls}
              d: {shortCut: d, description: Mine, scopes: [all], command: ls}
            """
        shell.configuration.plugins = ConfigurationFile.plugins.read(plugins, name: "plugins.yaml").configuration.plugins
        let hotKeys = "hotKeys:\n  h: {shortCut: '?', description: x, command: pods}\n"
        shell.configuration.hotKeys = ConfigurationFile.hotKeys.read(hotKeys, name: "hotkeys.yaml").configuration.hotKeys
        #expect(
            shell.keyProblems == [
                "hotkeys.yaml line 2: ? is Fathom's own key for help; override: true takes it",
                "plugins.yaml line 2: Shift-L is Fathom's own key for label; override: true takes it",
                "plugins.yaml line 5: d is Fathom's own key for describe; override: true takes it",
            ])
    }

    @Test("a plugin on Ctrl-J is not run by Enter, and without one Ctrl-J is Enter")
    func controlJ() throws {
        let screen = WordScreen("pods")
        let shell = try TestShell.make(screen: screen)
        shell.press("Ctrl-P", .control("j"))
        #expect(shell.compositor.count == 1)
        let text = "hotKeys:\n  h: {shortCut: Ctrl-J, description: Aliases, command: aliases}\n"
        shell.configuration.hotKeys = ConfigurationFile.hotKeys.read(text, name: "").configuration.hotKeys
        shell.press("Enter")
        #expect(shell.screen?.title == "pods")
        shell.press(.control("j"))
        #expect(shell.screen?.title == "aliases")
    }

    @Test("a hotkey keeps the namespace that is looked at, and leads back to the first screen")
    func hotKeyNamespace() async throws {
        let cluster = try ShopCluster(namespaces: .all)
        let shell = cluster.shell
        shell.start(command: nil)
        shell.run(command: "pods shop")
        shell.run(command: "aliases")
        let text = "hotKeys:\n  h: {shortCut: F6, description: Services, command: services}\n"
        shell.configuration.hotKeys = ConfigurationFile.hotKeys.read(text, name: "").configuration.hotKeys
        shell.press("F6")
        #expect(shell.session.namespaces == .only(["shop"]))
        #expect(shell.screens.map(\.title) == ["overview", "services"])
        #expect(try #require(shell.screen as? TableScreen).model.query.namespaces == .only(["shop"]))
    }

    @Test("a hotkey runs its command where it is pressed")
    func hotKeys() throws {
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let shell = try TestShell.make(
            screen: WordScreen("pods", targets: [ObjectTarget(resource: pods, namespace: "shop", name: "web-1")]))
        let text = "hotKeys:\n  h: {shortCut: F6, description: Aliases, command: aliases, keepHistory: true}\n"
        shell.configuration.hotKeys = ConfigurationFile.hotKeys.read(text, name: "").configuration.hotKeys
        shell.press("F6")
        #expect(shell.screen?.title == "aliases")
        shell.press("Esc")
        #expect(shell.screen?.title == "pods")
    }
}
