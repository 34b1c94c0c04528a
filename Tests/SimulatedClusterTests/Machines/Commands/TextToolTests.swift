import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The shell's tools for texts")
struct TextToolTests {
    private func call(_ words: [String], input: String? = nil) throws -> (code: Int, output: String, errors: String) {
        let context = ProcessContext(
            now: Instant(seconds: 1_785_578_400), environment: [], files: FileSystem(), hostname: "h", random: Randomness(seed: 1),
            names: ClusterNames(view: ClusterView(ObjectStore())))
        let tool = try #require(ShellTools.all[words[0]])
        var call = ShellTools.Call(arguments: Array(words.dropFirst()), input: input.map { Array($0.utf8) }, context: context)
        let code = tool(&call)
        return (code, String(decoding: call.data, as: UTF8.self) + call.output, call.errors)
    }

    @Test(
        "sort goes by whole lines or by keys",
        arguments: [
            (["-n"], "10\n9\n-1\n", "-1\n9\n10\n"), (["-k", "2", "-n"], "a 3\nb 1\nc 20\n", "b 1\na 3\nc 20\n"),
            (["-k2,2nr", "-k1,1"], "b 1\na 1\nc 2\n", "c 2\na 1\nb 1\n"), (["-t:", "-k2"], "x:b\ny:a\n", "y:a\nx:b\n"),
            (["-u"], "b\na\nb\n", "a\nb\n"), (["-u", "-k1,1"], "a 2\na 1\n", "a 2\n"), (["-r"], "a\nb\n", "b\na\n"),
            (["-h"], "2K\n1M\n3\n", "3\n2K\n1M\n"),
        ])
    func sort(options: [String], input: String, expected: String) throws {
        #expect(try call(["sort"] + options, input: input).output == expected)
    }

    @Test(
        "grep finds, counts, names and cuts out",
        arguments: [
            (["-o", "-E", "[0-9]+"], "a1b22\n", "1\n22\n"), (["-c", "a"], "a\nb\na\n", "2\n"), (["-vn", "a"], "a\nb\n", "2:b\n"),
            (["-i", "A"], "a\n", "a\n"), (["-w", "ab"], "ab c\nabc\n", "ab c\n"), (["-x", "ab"], "ab\nabc\n", "ab\n"),
            (["-e", "a", "-e", "c"], "a\nb\nc\n", "a\nc\n"), (["-A1", "b"], "a\nb\nc\nd\n", "b\nc\n"), (["-m1", "a"], "a1\na2\n", "a1\n"),
            (["-F", "a.b"], "a.b\naxb\n", "a.b\n"), (["-q", "a"], "a\n", ""), (["-H", "a"], "a\n", "(standard input):a\n"),
        ])
    func grep(options: [String], input: String, expected: String) throws {
        let result = try call(["grep"] + options, input: input)
        #expect(result.output == expected)
        #expect(result.code == 0)
    }

    @Test("grep looks through all files below a directory")
    func grepBelow() throws {
        let script = "mkdir -p /t/a; echo one > /t/a/f; echo two > /t/g; cd /t; grep -r o .; grep -rl w .; grep x /t/g; echo $?"
        #expect(try runScript(script).log == "./a/f:one\n./g:two\n./g\n1\n")
    }

    @Test(
        "lines are turned round, numbered, joined and cut",
        arguments: [
            (["tac"], "a\nb\n", "b\na\n"), (["rev"], "abc\n", "cba\n"), (["nl"], "a\n\nb\n", "     1\ta\n       \n     2\tb\n"),
            (["paste", "-sd,", "-"], "a\nb\nc\n", "a,b,c\n"), (["paste", "-", "-"], "1\n2\n3\n", "1\t2\n3\t\n"),
            (["fold", "-w3"], "abcdefg\n", "abc\ndef\ng\n"),
            (["fold", "-s", "-w5"], "ab cd ef\n", "ab \ncd ef\n"), (["uniq", "-c"], "a\na\nb\n", "      2 a\n      1 b\n"),
            (["uniq", "-d"], "a\na\nb\n", "a\n"), (["wc", "-l"], "a\nb\n", "2\n"), (["wc"], "a b\n", "        1         2         4\n"),
            (["base64"], "hello", "aGVsbG8=\n"), (["base64", "-d"], "aGVsbG8=\n", "hello"),
            (["md5sum"], "a", "0cc175b9c0f1b6a831c399e269772661  -\n"),
            (["sha256sum"], "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  -\n"),
            (["date", "+%Y-%m-%d %H:%M:%S %a %j"], "", "2026-08-01 10:00:00 Sat 213\n"), (["date"], "", "Sat Aug  1 10:00:00 UTC 2026\n"),
        ])
    func lines(words: [String], input: String, expected: String) throws {
        #expect(try call(words, input: input).output == expected)
    }

    @Test(
        "commands that run others do so",
        arguments: [
            ("echo a b c | xargs -n 2 echo got", "got a b\ngot c\n"), ("printf 'x y\\nz\\n' | xargs -I {} echo [{}]", "[x y]\n[z]\n"),
            ("echo 'a b' | xargs nosuch; echo $?", "xargs: nosuch: No such file or directory\n127\n"),
            ("timeout 1 sleep 10; echo $?", "143\n"), ("timeout 10 echo quick; echo $?", "quick\n0\n"),
            ("yes | head -n 2", "y\ny\n"), ("seq 3; seq 2 -1 1; seq -w 9 10; seq -s, 3", "1\n2\n3\n2\n1\n09\n10\n1,2,3\n"),
            ("seq 1 2000000 | tail -n 1", "2000000\n"),
        ])
    func runners(script: String, expected: String) throws {
        #expect(try runScript(script, for: .seconds(300)).log == expected)
    }

    @Test(
        "files are copied by blocks, described and made",
        arguments: [
            (
                "cd /tmp; dd if=/dev/zero of=f bs=1k count=3; stat -c '%n %s %F %a' f",
                "3+0 records in\n3+0 records out\nf 3072 regular file 644\n"
            ),
            ("echo abcdef | dd bs=1 skip=1 count=2 status=none; echo", "bc\n"),
            ("f=$(mktemp); ls $f | wc -l; d=$(mktemp -d); [ -d $d ] && echo dir", "1\ndir\n"),
            ("which sh nosuch; echo $?", "/bin/sh\n1\n"), ("kill -9 1; echo still here", "still here\n"),
        ])
    func files(script: String, expected: String) throws {
        #expect(try runScript(script).log == expected)
    }

    @Test("options of wget may stand behind its address")
    func wget() {
        let log = try? runScript("wget -qO- http://127.0.0.1:9/x -T 2; echo $?").log
        #expect(log == "wget: can't connect to remote host (127.0.0.1): Connection refused\n1\n")
    }
}
