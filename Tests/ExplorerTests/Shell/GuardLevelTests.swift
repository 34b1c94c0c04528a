import Testing

@testable import Explorer

@Suite("Guards of contexts")
struct GuardLevelTests {
    private func level(of name: String, _ file: String = "", chosen: GuardLevel? = nil) -> GuardLevel {
        let settings = ConfigurationFile.guards.read(file, name: "guards.yaml").configuration
        return ContextGuard(ofContext: name, chosen: chosen, settings: settings).level
    }

    @Test("names that look like production are guarded", arguments: ["prod", "eu-prod-1", "shop.live", "PRD_2"])
    func production(name: String) {
        #expect(level(of: name) == .strict)
    }

    @Test("names that merely contain the letters are not", arguments: ["product-dev", "reprodb", "delivery", "olive", ""])
    func others(name: String) {
        #expect(level(of: name) == .confirm)
    }

    @Test("the first rule whose pattern is found in the name as words of its own counts, before what is shipped")
    func rules() {
        let file = "bank-.*: read-only\ntest|kind-.*: open\nprod-eu: confirm\n.*: strict\n"
        let guards = ["bank-test", "My-TEST-2", "kind-a", "prod-eu", "eu-prod-1", "contest"].map { level(of: $0, file) }
        #expect(guards == [.readOnly, .open, .open, .confirm, .strict, .strict])
    }

    @Test("signs for the beginning and the end are those of the whole name")
    func anchors() {
        let guards = ["dev-1", "prod-dev", "eu-test", "test-prod"].map { level(of: $0, "^dev: open\ntest$: read-only\n") }
        #expect(guards == [.open, .strict, .readOnly, .strict])
        #expect(ConfigurationFile.guards.read("'(?x)prod # live': open\n", name: "guards.yaml").problems.count == 1)
    }

    @Test("no rule opens what is opened read-only, or guards the simulated cluster")
    func strength() {
        #expect(level(of: "shop", ".*: open", chosen: .readOnly) == .readOnly)
        #expect(level(of: "demo", ".*: strict", chosen: .open) == .open)
    }

    @Test("what is no guard and no pattern is told with its line, and the other rules count")
    func mistakes() {
        let read = ConfigurationFile.guards.read("shop: stict\n'[': open\ntest: open\n", name: "guards.yaml")
        #expect(
            read.problems == [
                "guards.yaml line 1: shop: a guard is open, confirm, strict, read-only", "guards.yaml line 2: [ is no regular expression",
            ])
        #expect(read.configuration.guards.map(\.pattern) == ["test"])
    }

    @Test("a rule counts as soon as the settings have it, and :guard tells which one")
    func told() throws {
        let shell = try TestShell.make(guardLevel: nil)
        #expect(shell.session.guardLevel == .confirm)
        shell.configuration = ConfigurationFile.guards.read("a: open\ndemo: strict\n", name: "guards.yaml").configuration
        #expect(shell.session.guardLevel == .strict)
        shell.run(command: "guard")
        #expect(
            shell.flash?.text == """
                demo is guarded as strict (names are typed, and objects are changed one at a time) by guards.yaml line 2: demo
                """)
    }
}
