import Testing

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

    @Test("when all is well again nothing is left to show")
    func mended() throws {
        let shell = try TestShell.make()
        shell.report(problems: ["keys.yaml line 1: a is no key"])
        shell.report(problems: [])
        shell.openMistakes()
        #expect(shell.flash?.text == "The files of the configuration have nothing wrong")
    }
}
