import ResourceTables
import Testing

@testable import Explorer

@Suite("CommandLine")
struct CommandLineTests {
    @Test("the parts come in any order")
    func order() throws {
        let line = try #require(CommandLine("Pods @eu app=web kube-system env!=y"))
        #expect(line.name == "pods")
        #expect(line.namespaces == .only(["kube-system"]))
        #expect(line.labelSelector == "app=web,env!=y")
        #expect(line.contexts == ["eu"])
    }

    @Test(
        "several contexts stand behind one another or apart, and the line can be written again",
        arguments: [
            "pods @a,@b shop", "pods @a,b shop", "pods @a shop @b",
        ])
    func contexts(text: String) throws {
        let line = try #require(CommandLine(text))
        #expect(line.contexts == ["a", "b"])
        #expect(line.text == "shop @a,@b")
    }

    @Test("a filter goes on to the end of the line, blanks and all")
    func filter() {
        #expect(CommandLine("pods /crash loop")?.filter == "crash loop")
        #expect(CommandLine("pods -f chk")?.filter == "-f chk")
        #expect(CommandLine("pods /!done")?.filter == "!done")
    }

    @Test("quotes keep a selector together")
    func quotes() {
        #expect(CommandLine("po 'env in (a, b)' shop")?.labelSelector == "env in (a, b)")
    }

    @Test(
        "namespaces may be several, all, or all but some",
        arguments: [
            ("all", NamespaceChoice.all), ("a,b", .only(["a", "b"])), ("!kube-system", .except(["kube-system"])),
        ])
    func namespaces(text: String, choice: NamespaceChoice) {
        #expect(CommandLine("po \(text)")?.namespaces == choice)
        #expect(choice.text == text)
    }

    @Test(
        "several choices of namespaces are one",
        arguments: [
            ("a,b !c", NamespaceChoice.only(["a", "b"])), ("!c a,c", .only(["a"])), ("!c !d", .except(["c", "d"])),
            ("all !c", .except(["c"])),
            ("a b", .only(["a", "b"])), ("!c,!d", .except(["c", "d"])), ("!c,d", .except(["c", "d"])), ("a,c,!c", .only(["a"])),
        ])
    func combinedNamespaces(text: String, choice: NamespaceChoice) {
        #expect(CommandLine("po \(text)")?.namespaces == choice)
    }

    @Test("what leaves nothing is no choice of namespaces")
    func nothing() {
        #expect(CommandLine("po shop,!shop")?.namespaces == nil)
    }

    @Test("a set needs no quotes, and gets them where the line is written again")
    func sets() throws {
        let line = try #require(CommandLine("po env in (a, b) shop tier=web"))
        #expect(line.labelSelector == "env in (a, b),tier=web")
        #expect(line.text == "shop 'env in (a, b),tier=web'")
        #expect(CommandLine("po \(line.text ?? "")") == line)
    }

    @Test("what can't be a namespace is none", arguments: ["", ",", "Shop", "-a", "a b", "!"])
    func noNamespace(text: String) {
        #expect(NamespaceChoice(text) == nil)
    }

    @Test("a blank line is no command", arguments: ["", "   "])
    func blank(text: String) {
        #expect(CommandLine(text) == nil)
    }
}
