import Foundation
import Testing

@testable import Explorer

@Suite("Configuration folder")
struct ConfigurationStoreTests {
    let home: URL
    let store: ConfigurationStore

    init() throws {
        home = FileManager.default.temporaryDirectory.appending(path: "fathom-configuration-\(UUID().uuidString)")
        store = ConfigurationStore(["XDG_CONFIG_HOME": home.path])
    }

    func write(_ text: String, _ path: String) throws {
        let url = home.appending(path: "fathom/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    func remove() {
        try? FileManager.default.removeItem(at: home)
    }

    @Test("what is set for a context counts before what is set in general")
    func contexts() throws {
        defer { remove() }
        try write("theme: light\nmouse: true\n", "config.yaml")
        try write("theme: high-contrast\n", "contexts/arn-aws-eks-prod/config.yaml")
        #expect(store.load(context: "kind").configuration.theme == "light")
        let (prod, problems) = store.load(context: "arn:aws/eks:prod")
        #expect(prod.theme == "high-contrast" && prod.usesMouse == true && problems == [])
    }

    @Test("a file that can't be read any more keeps what it said, and says what is wrong")
    func lastGood() throws {
        defer { remove() }
        try write("aliases: {w: deployments web}\n", "aliases.yaml")
        #expect(store.load(context: "kind").configuration.aliases == ["w": "deployments web"])
        try write("aliases: [\n", "aliases.yaml")
        let (kept, problems) = store.load(context: "kind")
        #expect(kept.aliases == ["w": "deployments web"])
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("aliases.yaml line 2: this is no YAML: ") == true, "\(problems)")
    }

    @Test("a file that is written, made or removed is noticed")
    func changes() throws {
        defer { remove() }
        _ = store.load(context: "kind")
        #expect(!store.hasChanged(context: "kind"))
        try write("shortCut: x\ndescription: d\nscopes: [all]\ncommand: ls\n", "plugins/deep/list.yaml")
        #expect(store.hasChanged(context: "kind"))
        #expect(store.load(context: "kind").configuration.plugins.map(\.id) == ["list"])
        #expect(!store.hasChanged(context: "kind"))
        remove()
        #expect(store.hasChanged(context: "kind"))
        #expect(store.load(context: "kind").configuration == Configuration())
    }

    @Test("a context's name cannot lead out of the folder", arguments: [("..", "-"), ("a/../b", "a-..-b"), ("x:y", "x-y")])
    func names(context: String, folder: String) {
        #expect(ConfigurationFolder.name(ofContext: context) == folder)
    }

    @Test("K9s's files are taken over where they are missing, and left alone where they are not")
    func importing() throws {
        defer { remove() }
        func k9s(_ text: String, _ path: String) throws { try write(text, "../k9s/\(path)") }
        try k9s("k9s:\n  readOnly: true\n  ui:\n    skin: nord\n", "config.yaml")
        try k9s("aliases: {dp: deployments}\n", "aliases.yaml")
        try k9s("k9s:\n  body: {fgColor: red}\n", "skins/nord.yaml")
        try k9s("plugins:\n  a: {description: d}\n", "plugins.yaml")
        try write("aliases: {mine: pods}\n", "aliases.yaml")
        let data = home.appending(path: "data")
        let context = data.appending(path: "k9s/clusters/east/prod")
        try FileManager.default.createDirectory(at: context, withIntermediateDirectories: true)
        try "hotKeys: {}\n".write(to: context.appending(path: "hotkeys.yaml"), atomically: true, encoding: .utf8)

        let environment = ["XDG_CONFIG_HOME": home.path, "XDG_DATA_HOME": data.path]
        let steps = try #require(K9sImport(environment: environment)).run()
        let outcomes = Dictionary(uniqueKeysWithValues: steps.map { ($0.destination.replacing(home.path + "/fathom/", with: ""), $0) })
        #expect(outcomes["config.yaml"]?.outcome == .taken)
        #expect(outcomes["aliases.yaml"]?.outcome == .kept)
        #expect(outcomes["themes/nord.yaml"]?.outcome == .taken)
        #expect(outcomes["contexts/prod/hotkeys.yaml"]?.outcome == .taken)
        #expect(outcomes["plugins.yaml"]?.problems.first?.contains("a lacks shortCut") == true)
        let configuration = store.load(context: "other").configuration
        #expect(configuration.theme == "nord" && configuration.isReadOnly == true && configuration.aliases == ["mine": "pods"])
    }

    @Test("plugins that K9s finds among a person's data are taken over, and keys that Fathom has itself are told")
    func importingSharedPlugins() throws {
        defer { remove() }
        let folder = home.appending(path: "data/k9s/plugins")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let text = "plugins:\n  mine: {shortCut: l, description: Mine, scopes: [po], command: ls}\n"
        try text.write(to: folder.appending(path: "mine.yaml"), atomically: true, encoding: .utf8)
        let environment = ["XDG_CONFIG_HOME": home.path, "XDG_DATA_HOME": home.appending(path: "data").path]
        let steps = try #require(K9sImport(environment: environment)).run()
        #expect(steps.map(\.outcome) == [.taken])
        #expect(steps.first?.problems == ["mine.yaml line 2: l is Fathom's own key for logs; override: true takes it"])
        #expect(store.load(context: "prod").configuration.plugins.map(\.id) == ["mine"])
    }

    @Test("of K9s's settings those with a counterpart are taken over, and of the others it is said why not")
    func importingSettings() throws {
        let read = try #require(
            K9sSettings(
                text: """
                    k9s:
                      refreshRate: 5
                      maxConnRetry: 5
                      screenDumpDir: ""
                      gpuVendors: {acme: acme.io/npu}
                      ui: {skin: nord, enableMouse: true, headless: false, invert: true}
                      shellPod:
                        image: alpine:3
                        namespace: tools
                        limits: {cpu: 50m}
                        args: []
                        tty: true
                        hostPathVolume: [{name: logs, mountPath: /logs, hostPath: /var/log}]
                      logger: {tail: 100, textWrap: true}
                    """))
        let (configuration, problems) = ConfigurationFile.settings.read(try #require(read.yaml), name: "config.yaml")
        #expect(problems == [])
        #expect(configuration.theme == "nord" && configuration.usesMouse == true)
        #expect(configuration.gpuVendors == ["acme": "acme.io/npu"])
        #expect(configuration.nodeShell.image == "alpine:3")
        #expect(configuration.nodeShell.namespace == "tools")
        #expect(configuration.nodeShell.limits == ["cpu": "50m"])
        #expect(
            read.problems == [
                "shellPod.hostPathVolume is not taken over: there are image, namespace, command and limits",
                "refreshRate: 5 is not taken over: there is no refresh: changes are drawn as they come",
                "ui.invert: true is not taken over: choose a light theme",
                "logger.textWrap: true is not taken over: w in the logs wraps",
            ])
    }

    @Test("a context's settings of K9s's become those of the context")
    func importingContextSettings() throws {
        defer { remove() }
        let context = home.appending(path: "data/k9s/clusters/east/prod")
        try FileManager.default.createDirectory(at: context, withIntermediateDirectories: true)
        let text =
            "k9s: {cluster: east, readOnly: true, namespace: {lockFavorites: true, favorites: [shop, db]}, featureGates: {nodeShell: true}}"
        try text.write(to: context.appending(path: "config.yaml"), atomically: true, encoding: .utf8)
        let environment = ["XDG_CONFIG_HOME": home.path, "XDG_DATA_HOME": home.appending(path: "data").path]
        #expect(try #require(K9sImport(environment: environment)).run().map(\.outcome) == [.taken])
        let configuration = store.load(context: "prod").configuration
        #expect(configuration.isReadOnly == true && configuration.hasNodeShell == true)
        #expect(configuration.favourites == ["shop", "db"] && configuration.locksFavourites == true)
    }
}
