import Testing

@testable import SimulatedCluster

@Suite("The shell's language")
struct ShellLanguageTests {
    @Test(
        "arithmetic has the usual precedence",
        arguments: [
            ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("-2 * -3", 6), ("7 - 2 - 1", 4), ("17 / 5 % 2", 1), ("n * 2", 10), ("$n - -n", 10),
            ("2 * (3 + (4 - 1))", 12), ("1 +", 1), ("", 0), ("()", 0), ("1)) + 2", 3), ("--5", 5), ("missing", 0), ("0x1F + 010", 39),
            ("1 << 4 | 1", 17), ("5 > 3 && 2 != 2", 0), ("~0 & 6 ^ 3", 5), ("!0 + !7", 1), ("x", 16),
        ])
    func arithmetic(text: String, expected: Int) throws {
        #expect(try ShellArithmetic.value(of: text, ["n": "5", "x": "0x10"]) == expected)
    }

    @Test("arithmetic wraps around instead of ending everything")
    func overflow() throws {
        #expect(try ShellArithmetic.value(of: "-(9223372036854775807 + 1)", [:]) == .min)
        #expect(try ShellArithmetic.value(of: "(9223372036854775807 + 1) / -1", [:]) == .min)
        #expect(try ShellArithmetic.value(of: "(9223372036854775807 + 1) % -1", [:]) == 0)
    }

    @Test("no number of brackets or signs is too many for arithmetic")
    func deepArithmetic() throws {
        let count = 200_000
        let brackets = String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
        #expect(try ShellArithmetic.value(of: brackets, [:]) == 1)
        #expect(try ShellArithmetic.value(of: String(repeating: "-", count: count) + "1", [:]) == 1)
    }

    @Test("a script that is nested too deeply is a mistake", arguments: ["(", "{ ", "if ", "f() ", "echo $("])
    func deepScripts(opening: String) {
        #expect(throws: ShellSyntaxError.self) { try ShellParser.parse(String(repeating: opening, count: 20_000)) }
    }

    @Test("a list of commands may be long")
    func longLists() throws {
        let script = Array(repeating: "true", count: 20_000).joined(separator: "&&")
        guard case .sequence(let nodes) = try ShellParser.parse(script), case .chain(_, let links)? = nodes.first else {
            Issue.record("this is no list of commands")
            return
        }
        #expect(links.count == 19_999)
    }

    @Test(
        "patterns match what they say",
        arguments: [
            ("a*c", "abbc", true), ("a*c", "abbd", false), ("*", "", true), ("?", "", false), ("?x", "ax", true), ("", "", true),
            ("**a**", "bab", true), ("a*b*c", "aXbYbZc", true), ("abc", "abcd", false), ("*.log", ".log", true),
        ])
    func patterns(pattern: String, text: String, isMatch: Bool) {
        #expect(ShellPattern(pattern).matches(text) == isMatch)
    }

    @Test("a pattern of many stars is done with at once")
    func manyStars() {
        let text = String(repeating: "a", count: 5_000)
        #expect(!ShellPattern(String(repeating: "*a", count: 40) + "b").matches(text))
    }

    @Test(
        "values are trimmed at either end",
        arguments: [
            ("*/", false, false, "b/c.d"), ("*/", false, true, "c.d"), ("/*", true, false, "a/b"), ("/*", true, true, "a"),
            ("x", true, true, "a/b/c.d"),
            (".d", true, false, "a/b/c"),
        ])
    func trimming(pattern: String, atEnd: Bool, longest: Bool, expected: String) {
        #expect(ShellPattern(pattern).trimming("a/b/c.d", atEnd: atEnd, longest: longest) == expected)
    }
}
