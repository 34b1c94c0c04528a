import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The shell's tools")
struct FileToolTests {
    @Test(
        "printing knows escapes, widths and numbers",
        arguments: [
            (#"printf '\033[1m%s\033[0m\n' bold"#, "\u{1B}[1mbold\u{1B}[0m\n"), (#"printf 'a\rb\a\b\101\x42\n'"#, "a\rb\u{7}\u{8}AB\n"),
            (#"echo -e 'a\tb\e[0m\0101\x42\c no'; echo; echo 'a\tb'"#, "a\tb\u{1B}[0mAB\na\\tb\n"), (#"printf '\303\244\n'"#, "ä\n"),
            (#"printf '[%5s|%-5s|%05d|%x|%o|%+d|%.2s|%c]\n' a b -7 255 8 3 xyz q"#, "[    a|b    |-0007|ff|10|+3|xy|q]\n"),
            (#"printf '%s %s\n' a b c"#, "a b\nc \n"), (#"printf '%*d%%\n' 4 7; printf '%d\n' 0x1f"#, "   7%\n31\n"),
            (#"printf '%b|%s' 'x\ty' 'x\ty'"#, "x\ty|x\\ty"),
            (#"printf %d no; echo " $?""#, "0printf: invalid number 'no'\n 1\n"),
            (#"printf 'no end %'; echo $?"#, "no end printf: %\0: invalid format\n1\n"),
        ])
    func printing(script: String, expected: String) throws {
        #expect(try runScript(script).log == expected)
    }

    @Test(
        "rm, mv and cp lose nothing that they were not asked to",
        arguments: [
            (
                "mkdir /d; echo x > /d/f; rm /d; cat /d/f; rm -f /d; rm -r /d; ls /d",
                "rm: '/d' is a directory\nx\nrm: '/d' is a directory\nls: /d: No such file or directory\n"
            ),
            (
                "cd /tmp; echo x > f; mv f f; echo $?; cp f ./f; cat f",
                "mv: 'f' and 'f' are the same file\n1\ncp: 'f' and './f' are the same file\nx\n"
            ),
            ("cd /tmp; echo a > a; echo b > b; mkdir d; mv a b d; echo $?; cat d/a d/b; ls", "0\na\nb\nd\n"),
            (
                "cd /tmp; echo a > a; echo b > b; cp a b c; echo $?",
                "cp: can't create 'c/a': Not a directory\ncp: can't create 'c/b': Not a directory\n1\n"
            ),
            (
                "cd /tmp; mkdir -p d/e; echo x > d/e/f; cp d g; cp -r d g; cat g/e/f; mv d h; cat h/e/f",
                "cp: omitting directory 'd'\nx\nx\n"
            ),
            (
                "cd /tmp; mv nosuch x; rm nosuch; rm -f nosuch; echo $?; mv x; rm",
                "mv: can't rename 'nosuch': No such file or directory\nrm: can't remove 'nosuch': No such file or directory\n0\nUsage: mv SOURCE... DEST\nUsage: rm [-rf] FILE...\n"
            ),
        ])
    func copies(script: String, expected: String) throws {
        #expect(try runScript(script).log == expected)
    }

    @Test(
        "sed edits lines",
        arguments: [
            ("s/a/X/", "a\naa\n", "X\nXa\n"), ("s/a/X/g", "aab", "XXb"), ("s/a/X/2", "aaa\n", "aXa\n"), ("s/a/X/2g", "aaa\n", "aXX\n"),
            (#"s/\(.\)\(.\)/\2\1[&]/"#, "ab\n", "ba[ab]\n"), ("s|/usr|/opt|", "/usr/bin\n", "/opt/bin\n"),
            (#"s/\//-/g"#, "a/b/c\n", "a-b-c\n"),
            ("2d", "a\nb\nc\n", "a\nc\n"), ("$d", "a\nb\n", "a\n"), ("2,3d", "a\nb\nc\nd\n", "a\nd\n"),
            ("/b/,/c/d", "a\nb\nx\nc\nd\n", "a\nd\n"), ("/b/!d", "a\nb\n", "b\n"),
            ("2q", "a\nb\nc\n", "a\nb\n"), ("/b/,+1d", "a\nb\nc\nd\n", "a\nd\n"), ("s/x*/-/g", "abc\n", "-a-b-c-\n"),
            ("/a/s//b/;s/$/!/", "a\nc\n", "b!\nc!\n"),
            ("s/[/]/-/; # nothing more", "a/b\n", "a-b\n"), (#"s/,/\n/g"#, "a,b\n", "a\nb\n"), ("p", "a\n", "a\na\n"),
            ("s/A/x/I", "a\n", "x\n"), ("2,1d", "a\nb\nc\n", "a\nc\n"),
        ])
    func sed(script: String, input: String, expected: String) throws {
        #expect(try edit(["sed", script], input).output == expected)
    }

    @Test("sed is told by its options what it reads and prints")
    func sedOptions() throws {
        #expect(try edit(["sed", "-n", "-e", "s/a/b/p", "-e", "2p"], "a\nc\nd\n").output == "b\nc\n")
        #expect(try edit(["sed", "-E", #"s/(a|b)+/<\0>/"#], "xabay\n").output == "x<aba>y\n")
        #expect(try edit(["sed", "y/a/b/"], "a\n").errors == "sed: unsupported command y\n")
        #expect(try edit(["sed", "s/a"], "a\n").errors == "sed: unmatched 's' delimiter\n")
        #expect(try edit(["sed", "s/(/x/", "-E"], "a\n").errors == "sed: bad regex '(': missing closing ): `(`\n")
        #expect(try edit(["sed", "//d"], "a\n").errors == "sed: no previous regex\n")
        let log = try runScript("cd /tmp; printf 'a\\nb' > f; printf 'a\\n' > g; sed -i 1s/a/x/ f g; cat f g; sed -i d nosuch").log
        #expect(log == "x\nbx\nsed: nosuch: No such file or directory\n")
    }

    private func call(_ words: [String], input: String? = nil) throws -> (code: Int, output: String, errors: String) {
        let context = ProcessContext(
            now: Instant(seconds: 0), environment: [], files: FileSystem(), hostname: "h", random: Randomness(seed: 1),
            names: ClusterNames(view: ClusterView(ObjectStore())))
        let tool = try #require(ShellTools.all[words[0]])
        var call = ShellTools.Call(arguments: Array(words.dropFirst()), input: input.map { Array($0.utf8) }, context: context)
        let code = tool(&call)
        return (code, call.output, call.errors)
    }

    private func edit(_ words: [String], _ input: String) throws -> (output: String, errors: String) {
        let result = try call(words, input: input)
        return (result.output, result.errors)
    }

    private static let tree = "mkdir -p /t/a/b; echo 1 > /t/one.txt; echo 2 > /t/a/two.txt; echo 3 > /t/a/b/three.log; ln -s a /t/link; "

    @Test(
        "find goes through directories",
        arguments: [
            ("find /t", "/t\n/t/a\n/t/a/b\n/t/a/b/three.log\n/t/a/two.txt\n/t/link\n/t/one.txt\n"),
            ("cd /t; find . -name '*.txt'", "./a/two.txt\n./one.txt\n"),
            ("cd /t; find a -type d", "a\na/b\n"), ("find /t -maxdepth 1 -type f", "/t/one.txt\n"), ("find /t -type l", "/t/link\n"),
            ("cd /t/a/b; find", ".\n./three.log\n"),
            ("find /t -name '*.txt' -exec cat {} \\;", "2\n1\n"), ("find /t -name '*.txt' -exec grep -q 1 {} \\; -print", "/t/one.txt\n"),
            ("find /t -maxdepth 1 -exec rm -r {} \\; ; ls /t", "ls: /t: No such file or directory\n"),
            ("find /no /t/one.txt; echo $?", "find: /no: No such file or directory\n/t/one.txt\n1\n"),
            ("find /t -size 1; find -exec ls", "find: unrecognized: -size\nfind: -exec requires an argument ending in ';'\n"),
        ])
    func find(script: String, expected: String) throws {
        #expect(try runScript(Self.tree + script).log == expected)
    }

    @Test(
        "conditions may be as long as they like",
        arguments: [
            ("[ ! -n '' ] && echo yes", "yes\n"), ("[ a = a -a b = b ] && echo yes", "yes\n"),
            ("[ a = b -o ! b = c ] && echo yes", "yes\n"),
            ("[ -a = -a ] && echo yes", "yes\n"), ("[ a = b -o a = a -a b = c ] || echo no", "no\n"), ("[ ! ] && echo yes", "yes\n"),
        ])
    func conditions(script: String, expected: String) throws {
        #expect(try runScript(script).log == expected)
    }

    @Test("a condition of a hundred thousand negations is decided")
    func negations() throws {
        #expect(try call(["test"] + Array(repeating: "!", count: 100_001) + ["-n", "x"]).code == 1)
    }
}
