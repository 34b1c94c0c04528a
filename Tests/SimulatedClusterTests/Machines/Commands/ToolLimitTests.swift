import KubernetesModel
import Testing

@testable import SimulatedCluster

/// Options and inputs that nobody means, but that anybody may give.
@Suite("Tools and odd numbers")
struct ToolLimitTests {
    private func run(_ words: [String], _ input: String = "") throws -> (code: Int, output: String) {
        let context = ProcessContext(
            now: Instant(seconds: 0), environment: [("HOME", "/root")], files: FileSystem(root: FileTree(["f": "one\ntwo\n"])),
            hostname: "h",
            random: Randomness(seed: 1), names: ClusterNames(view: ClusterView(ObjectStore())))
        let tool = try #require(ShellTools.all[words[0]])
        var call = ShellTools.Call(arguments: Array(words.dropFirst()), input: Array(input.utf8), context: context)
        let code = tool(&call)
        return (code, call.output + String(decoding: call.data, as: UTF8.self))
    }

    @Test(
        "lines around a match are shown once, however many are asked for",
        arguments: [
            (["-C1"], "a\na\n"), (["-C", "1"], "a\na\n"), (["-B", "-5"], "a\na\n"), (["-A", "9223372036854775807"], "a\na\n"),
            (["-A1"], "a\nx\n"), (["-B1"], "x\na\n"),
        ] as [([String], String)])
    func context(options: [String], input: String) throws {
        #expect(try run(["grep"] + options + ["a"], input).output == input)
    }

    @Test("lines that end as on Windows are lines")
    func carriageReturns() throws {
        #expect(try run(["grep", "-c", "a"], "a\r\na\r\n").output == "2\n")
        #expect(try run(["awk", "END { print NR }"], "a\r\nb\r\n").output == "2\n")
    }

    @Test("numbers beyond all measure are as good as the largest")
    func numbers() throws {
        #expect(try run(["dd", "if=/f", "bs=1024", "skip=18014398509481984"]).code == 0)
        #expect(try run(["nl", "-v", "9223372036854775807"], "a\nb\n").code == 0)
        #expect(SleepProgram.duration(of: ["nan"]) == nil)
        #expect(SleepProgram.duration(of: ["inf"]) != nil)
    }

    @Test(
        "a program of awk that goes too deep, or makes too much, is told so",
        arguments: [
            "function f(n) { return f(n + 1) * 1 + 1 } BEGIN { f(0) }", "BEGIN { while (1) a[n++] = \"x\" }",
            "BEGIN { x = \"x\"; for (;;) { x = x x; length(x) } }", "BEGIN { for (;;) printf \"%65536d\", 1 }",
        ])
    func awk(program: String) throws {
        #expect(try run(["awk", program]).code == 2)
    }
}
