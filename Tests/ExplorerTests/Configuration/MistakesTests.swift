import Testing
import TextUI

@testable import Explorer

@Suite("Mistakes in the configuration")
struct MistakesTests {
    @Test("of several mistakes all are told, each with file, line and key")
    func several() throws {
        let shell = try TestShell.make()
        let text = "theme: [a]\nmouse: maybe\nfavorites: shop\nshellPod: {image: {a: b}, limits: 5}\ngpuVendors: [x]\ncolour: blue\n"
        shell.report(problems: ConfigurationFile.settings.read(text, name: "config.yaml").problems)
        #expect(shell.flash?.text == "config.yaml line 1: theme is a text (and 6 more: :mistakes)")
        shell.openMistakes()
        let picture = shell.picture(width: 130, height: 14)
        #expect(picture.contains("Mistakes in the configuration[7]"))
        for mistake in [
            "config.yaml line 1: theme is a text", "config.yaml line 2: mouse is true or false", "config.yaml line 3: favorites is a list",
            "config.yaml line 4: shellPod.image is a text", "config.yaml line 4: shellPod.limits: expected a list of names and values",
            "config.yaml line 5: gpuVendors: expected a list of names and values",
            "config.yaml line 6: colour is no setting; there are theme",
        ] { #expect(picture.contains(mistake), "\(mistake) in \(picture)") }
    }

    @Test("of many mistakes the first ten are shown and the others counted")
    func many() throws {
        let shell = try TestShell.make()
        shell.report(problems: (1...23).map { "keys.yaml line \($0): a\($0) is no key" })
        shell.openMistakes()
        let picture = shell.picture(width: 100, height: 20)
        #expect(picture.contains("line 10: a10 is no key") && !picture.contains("a11 is no key"))
        #expect(picture.contains("and 13 more"))
    }

    @Test("what is known already is not told again with what is new")
    func known() throws {
        let shell = try TestShell.make()
        shell.report(problems: ["keys.yaml line 1: a is no key"])
        shell.report(.info, "Scaled")
        shell.report(problems: ["keys.yaml line 1: a is no key"])
        #expect(shell.flash?.text == "Scaled")
        shell.report(problems: ["keys.yaml line 1: a is no key", "keys.yaml line 2: b is no key"])
        #expect(shell.flash?.text == "keys.yaml line 2: b is no key (and 1 more: :mistakes)")
    }

    @Test("when all is well again nothing is left to show")
    func mended() throws {
        let shell = try TestShell.make()
        shell.report(problems: ["keys.yaml line 1: a is no key"])
        shell.report(problems: [])
        shell.openMistakes()
        #expect(shell.flash?.text == "The files of the configuration have nothing wrong")
    }

    @Test("views and jumps of kinds that the cluster doesn't have are told once it has said which it has")
    func unknownKinds() throws {
        let shell = try TestShell.make()
        let views = "views:\n  v1/pods: {sortColumn: AGE:desc}\n  v1/pots: {sortColumn: AGE:desc}\n"
        shell.configuration.views = ConfigurationFile.views.read(views, name: "views.yaml").configuration.views
        let jumps = "jumps:\n  gadgets: {targetGVR: v1/pods}\n"
        shell.configuration.jumps = ConfigurationFile.jumps.read(jumps, name: "jumps.yaml").configuration.jumps
        shell.session.serverVersion = nil
        #expect(shell.unknownKinds == [])
        shell.session.serverVersion = "v1.36.2"
        shell.report(problems: [])
        shell.openMistakes()
        let picture = shell.picture(width: 100)
        #expect(picture.contains("Mistakes in the configuration[2]"))
        #expect(picture.contains("views.yaml line 3: demo has no resource that is called v1/pots"))
        #expect(picture.contains("jumps.yaml line 2: demo has no resource that is called gadgets"))
    }

    @Test("a key that is taken from an action that has no other is told, unless that was given one or is to have none")
    func takenKeys() throws {
        let shell = try TestShell.make()
        func read(_ text: String) {
            let read = ConfigurationFile.keys.read(text, name: "keys.yaml")
            #expect(read.problems == [])
            shell.configuration.keys = read.configuration.keys
        }
        read("tree.toggleAll: y\nlist.down: j\n")
        #expect(
            shell.keyProblems
                == ["dir.view", "helm.manifest", "object.yaml"].map { "keys.yaml line 1: y is taken from \($0), which has no other key" })
        read("tree.toggleAll: y\ndir.view: Alt-y\nhelm.manifest: Alt-y\nobject.yaml: []\n")
        #expect(shell.keyProblems == [])
        #expect(!shell.bindings.contains { $0.action == "object.yaml" && !$0.keys.isEmpty })
    }
}
