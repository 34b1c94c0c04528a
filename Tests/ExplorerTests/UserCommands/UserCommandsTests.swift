import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("A person's own commands")
struct UserCommandsTests {
    func plugin(_ fields: String) throws -> Plugin {
        let text = "plugins:\n  p: {shortCut: x, description: Try it, \(fields)}\n"
        return try #require(ConfigurationFile.plugins.read(text, name: "plugins.yaml").configuration.plugins.first)
    }

    @Test("variables are filled in, and what is unknown stays", arguments: [
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
        for script in [#"/bin/bash, args: ["-c", "echo $COL-STATUS"]"#, #"bash, args: ["-lc", "echo $COL-STATUS"]"#,
            #"env, args: [sh, "-ec", "echo $COL-STATUS"]"#, #"sudo, args: [bash, "-c", "echo $COL-STATUS"]"#, "ssh, args: [host, $COL-STATUS]"] {
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

    @Test("plugins show for what they are made for, and win only where they say so")
    func scopes() throws {
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let target = ObjectTarget(resource: pods, namespace: "shop", name: "web-1")
        let shell = try TestShell.make(screen: WordScreen("pods", targets: [target]))
        shell.configuration.plugins = [
            try plugin("scopes: [po], command: ls"),
        ]
        #expect(shell.bindings.contains { $0.action == "plugin.p" })
        shell.configuration.plugins = [try plugin("scopes: [services], command: ls")]
        #expect(!shell.bindings.contains { $0.action == "plugin.p" })

        let contested = "plugins:\n  p: {shortCut: d, description: Mine, scopes: [all], command: ls, override: true}\n"
        shell.configuration.plugins = ConfigurationFile.plugins.read(contested, name: "").configuration.plugins
        #expect(KeyMap(shell.bindings).lookup(["d"]) == .action("plugin.p"))
        shell.configuration.plugins = ConfigurationFile.plugins.read(contested.replacing(", override: true", with: ""), name: "").configuration.plugins
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

    @Test("a hotkey runs its command where it is pressed")
    func hotKeys() throws {
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let shell = try TestShell.make(screen: WordScreen("pods", targets: [ObjectTarget(resource: pods, namespace: "shop", name: "web-1")]))
        let text = "hotKeys:\n  h: {shortCut: F6, description: Aliases, command: aliases, keepHistory: true}\n"
        shell.configuration.hotKeys = ConfigurationFile.hotKeys.read(text, name: "").configuration.hotKeys
        shell.press("F6")
        #expect(shell.screen?.title == "aliases")
        shell.press("Esc")
        #expect(shell.screen?.title == "pods")
    }
}
