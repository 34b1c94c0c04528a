import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("awk")
struct AwkTests {
    private func awk(_ words: [String], _ input: String = "") throws -> (code: Int, output: String, errors: String) {
        let context = ProcessContext(
            now: Instant(seconds: 0), environment: [("HOME", "/root")], files: FileSystem(root: FileTree(["f": "one 1\ntwo 2\n"])),
            hostname: "h",
            random: Randomness(seed: 1), names: ClusterNames(view: ClusterView(ObjectStore())))
        let tool = try #require(ShellTools.all["awk"])
        var call = ShellTools.Call(arguments: words, input: Array(input.utf8), context: context)
        let code = tool(&call)
        return (code, call.output, call.errors)
    }

    @Test(
        "patterns choose records, and actions use their fields",
        arguments: [
            ("{ print $2, $1 }", "a b\nc d\n", "b a\nd c\n"), ("NR == 2", "a\nb\n", "b\n"), ("/b/", "abc\nx\n", "abc\n"),
            ("$1 > 2 { print $NF }", "1 a\n3 b c\n", "c\n"), ("END { print NR }", "a\nb\n", "2\n"), ("!/a/", "a\nb\n", "b\n"),
            ("/b/,/d/", "a\nb\nc\nd\ne\n", "b\nc\nd\n"), ("{ s += $1 } END { print s / NR }", "1\n2\n", "1.5\n"),
            ("BEGIN { FS = \":\" } { print $2 }", "a:b:c\n", "b\n"), ("{ $2 = \"x\"; print; print NF }", "a b c\n", "a x c\n3\n"),
            ("{ $5 = \"e\"; print }", "a b\n", "a b   e\n"), ("BEGIN { OFS = \"-\" } { $1 = $1; print }", "a b\n", "a-b\n"),
            ("$2 ~ /^[0-9]+$/ { n++ } END { print n + 0 }", "a 1\nb x\n", "1\n"), ("NR > 1 && $1 != \"b\"", "a\nb\nc\n", "c\n"),
            ("{ NF = 1; print }", "a b\n", "a\n"), ("BEGIN { RS = \"\" } { print $1 }", "a b\nc\n\nd\n", "a\nd\n"),
        ])
    func records(program: String, input: String, expected: String) throws {
        let result = try awk([program], input)
        #expect(result.output == expected)
        #expect(result.errors == "")
    }

    @Test(
        "values are numbers or texts as they are used",
        arguments: [
            ("2 + 3 * 4 \" \" 2 ^ 3 ^ 2 \" \" -2 ^ 2", "14 512-4"), ("10 % 3 \" \" 7 / 2", "1 3.5"),
            ("1e3 \" \" 0.1 + 0.2 \" \" 1 / 3", "1000 0.3 0.333333"),
            ("\"3x\" + 1", "4"), ("(\"a\" < \"b\") (10 < 9) (\"10\" < \"9\")", "101"), ("1 == 1.0", "1"), ("x + 0 \"\" x", "0"),
            ("substr(\"hello\", 2, 3) substr(\"hello\", 4) substr(\"hello\", 0, 2)", "ellloh"),
            ("index(\"hello\", \"l\") length(\"abc\")", "33"),
            ("toupper(\"aB\") tolower(\"aB\")", "ABab"),
            ("sprintf(\"%05.1f|%-4s|%x|%c|%d%%\", 3.14159, \"ab\", 255, \"xyz\", 7.9)", "003.1|ab  |ff|x|7%"),
            ("int(-3.7) \" \" sqrt(16)", "-3 4"), ("match(\"foobar\", /o+/) \" \" RSTART \" \" RLENGTH", "2 2 2"),
            ("1 ? \"y\" : \"n\"", "y"),
            ("!x \" \" !1 \" \" -3", "1 0-3"), ("\"a\" ~ \"A\" ? 1 : 0", "0"), ("ENVIRON[\"HOME\"]", "/root"),
            ("1000000 * 1000000", "1000000000000"),
        ])
    func expressions(expression: String, expected: String) throws {
        let result = try awk(["BEGIN { print \(expression) }"])
        #expect(result.output == expected + "\n")
        #expect(result.errors == "")
    }

    @Test(
        "statements go on as they say",
        arguments: [
            ("for (i = 0; i < 3; i++) printf \"%d \", i; print \"\"", "0 1 2 \n"),
            ("while (i < 2) { i++; if (i == 1) continue; print i }", "2\n"),
            ("do { i++ } while (i < 5); print i", "5\n"), ("n = split(\"a,b,c\", x, \",\"); print n, x[3]", "3 c\n"),
            ("a[\"x\"]; a[\"y\"] = 2; for (k in a) print k, a[k]; delete a[\"x\"]; print (\"x\" in a), length(a)", "x \ny 2\n0 1\n"),
            ("s = \"aab\"; print gsub(/a/, \"[&]\", s), s; sub(/b/, \"\\\\&\", s); print s", "2 [a][a]b\n[a][a]&\n"),
            ("a[1,2] = 3; if ((1,2) in a) print \"there\"", "there\n"), ("if (0) print 1; else if (1) print 2\nelse print 3", "2\n"),
            ("print 1 > \"/dev/stdout\"; exit 3", "1\n"), ("print length()", "0\n"), ("x[1] = 1; print x[1]++ + ++x[1]", "4\n"),
            ("while ((getline line < \"/f\") > 0) print \"<\" line \">\"", "<one 1>\n<two 2>\n"),
        ])
    func statements(body: String, expected: String) throws {
        let result = try awk(["BEGIN { \(body) }"])
        #expect(result.output == expected)
        #expect(result.errors == "")
    }

    @Test("functions have variables of their own and change the caller's arrays")
    func functions() throws {
        let program = """
            function fact(n) { return n <= 1 ? 1 : n * fact(n - 1) }
            function fill(a, i) { for (i = 1; i <= 2; i++) a[i] = i * i }
            BEGIN { i = 7; fill(b); print fact(5), b[2], i }
            """
        #expect(try awk([program]).output == "120 4 7\n")
    }

    @Test("options and files")
    func options() throws {
        #expect(try awk(["-F:", "-v", "x=5", "{ print $2 + x }"], "a:1\n").output == "6\n")
        #expect(try awk(["{ print FILENAME, FNR, $1 }", "/f"]).output == "/f 1 one\n/f 2 two\n")
        #expect(try awk(["{ print x $1 }", "x=A", "/f", "x=B", "/f"]).output == "Aone\nAtwo\nBone\nBtwo\n")
        #expect(try awk(["-F", "[0-9]+", "{ print $2 }"], "a12b\n").output == "b\n")
        #expect(try awk(["BEGIN { exit 3 }"]).code == 3)
        #expect(try awk(["1", "/nosuch"]).errors == "awk: /nosuch: No such file or directory\n")
    }

    @Test(
        "what is no program, or has no end, is told",
        arguments: [
            "{ print", "BEGIN { while (1) x = x \"a\" }", "BEGIN { x = \"a\"; while (1) x = x x }", "function f() { f() } BEGIN { f() }",
            "BEGIN { print 1 / 0 }", "{ print } }", "BEGIN { system(\"ls\") }", "BEGIN { \"date\" | getline }", "/(/",
        ])
    func mistakes(program: String) throws {
        let result = try awk([program], "a\n")
        #expect(result.errors.hasPrefix("awk: "))
        #expect(result.code == 2)
    }

    @Test("no program, however it is nested, takes all stack", arguments: ["(", "{", "-", "!", "$", "x[", "f(", "if (1) ", "1 ? ", "a = "])
    func nesting(opening: String) throws {
        let program = "BEGIN { x = " + String(repeating: opening, count: 5_000)
        #expect(try awk([program]).code == 2)
    }
}
