import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The shell")
struct ShellTests {
    private func run(_ script: String, for time: Duration = .seconds(30)) throws -> (log: String, code: Int?) {
        let (log, code, _) = try runScript(script, for: time)
        return (log, code)
    }

    @Test(
        "scripts write what they say",
        arguments: [
            ("echo hi", "hi\n"), ("for i in 1 2 3; do echo line $i; done", "line 1\nline 2\nline 3\n"),
            ("echo b; echo a | cat; (echo c; echo d) | sort -r", "b\na\nd\nc\n"), ("A=1; B=\"$A 2\"; echo \"$B\" '$B'", "1 2 $B\n"),
            ("false && echo no || echo yes", "yes\n"), ("if [ 1 -lt 2 ]; then echo less; else echo more; fi", "less\n"),
            ("i=0; while [ $i -lt 3 ]; do i=$((i + 1)); echo $i; done", "1\n2\n3\n"), ("echo $(echo inner | tr a-z A-Z)", "INNER\n"),
            ("echo x > /tmp/f; echo y >> /tmp/f; cat /tmp/f | wc -l", "2\n"), ("echo a:b:c | cut -d: -f2", "b\n"),
            ("printf '%s-%s\\n' a b", "a-b\n"), ("case abc in a*) echo starts;; *) echo other;; esac", "starts\n"),
            ("echo one two | while read a b; do echo $b $a; done", "two one\n"), ("env | grep -c KUBERNETES_SERVICE_HOST", "1\n"),
            ("nosuch || echo $?", "sh: nosuch: not found\n127\n"),
            ("cat /no/such", "cat: can't open '/no/such': No such file or directory\n"),
            ("echo err >&2; sleep 1; echo out", "err\nout\n"), ("sleep 2 & wait; echo done", "done\n"),
            ("until true; do echo no; done; echo end", "end\n"),
        ])
    func writes(script: String, expected: String) throws {
        #expect(try run(script).log == expected)
    }

    @Test(
        "functions have arguments, variables and a status of their own",
        arguments: [
            ("greet() { echo hi $1 $#; return 3; }; greet bob x; echo $? $#", "hi bob 2\n3 0\n"),
            ("f() { local a=2 b; a=3; b=4; echo $a$b; }; a=1; f; echo $a[$b]", "34\n1[]\n"),
            ("f()\n{\n  [ $1 -gt 0 ] || return 0\n  echo $1\n  f $(($1 - 1))\n}\nf 3", "3\n2\n1\n"),
            ("f() { for x; do echo [$x]; done; }; f 'a b' c; set -- d 'e f'; f \"$@\"; shift; echo $1", "[a b]\n[c]\n[d]\n[e f]\ne f\n"),
            ("f() { cat; }; echo in | f; f > /tmp/f < /etc/hostname; cat /tmp/f", "in\np\n"),
            ("f() { while true; do break; done; (exit 4); }; f; echo $?", "4\n"),
        ])
    func functions(script: String, expected: String) throws {
        #expect(try run(script).log == expected)
    }

    @Test("a script that starts programs without end is ended by it, and nobody else")
    func forkBomb() throws {
        let (log, code) = try run("while true; do sleep 1000 & done")
        #expect(log == "sh: can't fork: Resource temporarily unavailable\n")
        #expect(code == 2)
    }

    @Test("a function that calls itself without end is the end of its script")
    func endlessRecursion() throws {
        let (log, code) = try run("f() { f; }; f; echo no")
        #expect(log == "sh: f: functions call each other too deeply\n")
        #expect(code == 2)
    }

    @Test(
        "here-documents are input, expanded unless their end is quoted",
        arguments: [
            ("x=1; cat <<EOF\nhello $x $((x + 1)) $(echo there)\n\\$x \"q\" 'q'\nEOF\necho end", "hello 1 2 there\n$x \"q\" 'q'\nend\n"),
            ("cat <<'EOF' | tr a-z A-Z\n$HOME `a`\nEOF", "$HOME `A`\n"), ("cat <<-E\n\t\ttabs\n\tE\necho end", "tabs\nend\n"),
            ("while read line; do echo got $line; done <<EOF\none\ntwo\nEOF", "got one\ngot two\n"),
            ("cat <<A - <<B\na\nA\nb\nB\necho end", "b\nend\n"),
        ])
    func hereDocuments(script: String, expected: String) throws {
        #expect(try run(script).log == expected)
    }

    @Test(
        "symbolic links are followed, shown, copied and removed as what they are",
        arguments: [
            ("cd /tmp; mkdir d; echo x > d/f; ln -s d l; ln -s l/f g; cat l/f g; readlink g; readlink -f g", "x\nx\nl/f\n/tmp/d/f\n"),
            ("cd /tmp; ln -s a b; ln -s b a; cat a", "cat: can't open 'a': No such file or directory\n"),
            ("cd /tmp; ln -s nowhere l; [ -e l ] || echo no; [ -L l ] && echo link; echo y > l; cat nowhere", "no\nlink\ny\n"),
            ("cd /tmp; echo x > f; ln -s f l; rm l; cat f; ln -s /tmp m; ls m", "x\nf\nm\n"),
            ("cd /tmp; mkdir d; ln -s ../etc d/l; mv d e; readlink e/l; cp -r e c; readlink c/l; ls", "../etc\n../etc\nc\ne\n"),
        ])
    func links(script: String, expected: String) throws {
        #expect(try run(script).log == expected)
    }

    @Test("ls shows kinds, sizes and targets, and what lies below")
    func listing() throws {
        let script = "cd /tmp; mkdir -p d/e; echo hello > d/f; ln -s f d/l; ls -l d; ls -R d; ls -ld d; ls nosuch"
        #expect(
            try run(script).log == """
                total 12
                drwxr-xr-x    1 root     root          4096 Jan  1 00:00 e
                -rw-r--r--    1 root     root             6 Jan  1 00:00 f
                lrwxrwxrwx    1 root     root             1 Jan  1 00:00 l -> f
                d:
                e
                f
                l

                d/e:
                drwxr-xr-x    1 root     root          4096 Jan  1 00:00 d
                ls: nosuch: No such file or directory

                """)
    }

    @Test("tools tell of the machine: disks, memory, addresses, sockets, neighbours")
    func machine() throws {
        let script = "df; mount | head -1; free -g; ip route; httpd -p 8080 -h /tmp; ss -lnt; netstat -lnt | tail -1; ping -c 2 127.0.0.1"
        let log = try run(script).log
        for text in [
            "Filesystem           1K-blocks      Used Available Use% Mounted on\noverlay ", "overlay on / type overlay (rw,relatime)\n",
            "\nMem:", "default via 10.", "LISTEN 0      128          0.0.0.0:8080", "tcp        0      0 0.0.0.0:8080            0.0.0.0:*",
            "PING 127.0.0.1 (127.0.0.1): 56 data bytes\n64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.",
            "2 packets transmitted, 2 packets received, 0% packet loss\n",
        ] {
            #expect(log.contains(text))
        }
    }

    @Test(
        "variables are expanded in the ways that POSIX has for them",
        arguments: [
            ("f=a/b.tar.gz; echo ${f##*/} ${f%/*} ${f%.*} ${f%%.*} ${f#*.}", "b.tar.gz a a/b.tar a/b tar.gz\n"),
            ("echo ${x:-none} ${x:=set} $x ${x:+there} [${y:+there}] ${#x}", "none set set there [] 3\n"),
            ("e=; echo [${e-unset}] [${e:-empty}] [${e+there}] $# ${#}", "[] [empty] [there] 0 0\n"),
            ("x=abcdef; echo ${x:1:3} ${x:2} ${x: -2} ${x:0:-1} [${x:9}]", "bcd cdef ef abcde []\n"),
            ("y=1; echo ${x:-$y} ${y:+is $y}", "1 is 1\n"), ("echo ${x:?no x}; echo after", "sh: x: no x\n"),
            ("echo $((1 / 0)); echo after", "sh: arithmetic: divide by zero\n"),
            ("a=$RANDOM; b=$RANDOM; [ $a != $b ] && [ $a -lt 32768 ] && echo differs", "differs\n"),
        ])
    func expands(script: String, expected: String) throws {
        #expect(try run(script).log == expected)
    }

    @Test("the last status, exit, and signals decide the exit code")
    func codes() throws {
        #expect(try run("exit 7").code == 7)
        #expect(try run("false").code == 1)
        #expect(try run("sleep 99 & kill -9 $!; wait $!").code == 137)
        #expect(try run("(exit 3); echo $?").log == "3\n")
    }

    @Test(
        "under set -e what fails ends the script, unless somebody asks how it ends",
        arguments: [
            ("set -e; false; echo no", "", 1), ("set -e; (exit 3); echo no", "", 3), ("set -e; x=$(exit 4); echo no", "", 4),
            ("set -e; if false; then :; fi; while false; do :; done; ! true; echo yes", "yes\n", 0),
            ("set -e; false && true; true && false || true; echo yes", "yes\n", 0), ("set -e; true && false; echo no", "", 1),
            ("set -e; f() { false; echo on; }; f || echo no; f; echo no", "on\n", 1), ("set -e; false | true; echo yes", "yes\n", 0),
            ("set -eo pipefail; false | true; echo no", "", 1), ("set -e; set +e; false; echo yes", "yes\n", 0),
            ("set -u; echo $nosuch; echo no", "sh: nosuch: parameter not set\n", 2), ("set -x; x=1; echo $x", "+ x=1\n+ echo 1\n1\n", 0),
        ])
    func failing(script: String, expected: String, code: Int) throws {
        let result = try run(script)
        #expect(result.log == expected)
        #expect(result.code == code)
    }

    @Test(
        "a trap for the end of the script runs then, and changes its code only by an exit of its own",
        arguments: [
            ("trap 'echo bye' EXIT; echo hi; exit 3", "hi\nbye\n", 3), ("trap 'false' EXIT; true", "", 0),
            ("trap 'exit 9' EXIT; exit 3", "", 9), ("set -e; trap 'echo $?' EXIT; false; echo no", "1\n", 1),
        ])
    func endTraps(script: String, expected: String, code: Int) throws {
        let result = try run(script)
        #expect(result.log == expected)
        #expect(result.code == code)
    }

    @Test("a line that is longer than a pipe is read as a whole")
    func longLine() throws {
        #expect(try run("head -c 200000 /dev/zero | tr '\\0' a | { read x; echo ${#x}; }").log == "200000\n")
    }

    @Test("reading what has no end takes all memory", arguments: ["tail /dev/zero", "sort < /dev/null; md5sum /dev/zero"])
    func endless(script: String) throws {
        let container: JSONObject = ["resources": ["limits": ["memory": "20Mi"]]]
        let result = try runScript(script, container: container)
        #expect(result.reason == "OOMKilled")
        #expect(result.code == 137)
    }

    @Test("a name that no server answers for is a bad address")
    func lookup() throws {
        let (log, code) = try run("nslookup web; wget -q -O- http://web/", for: .seconds(60))
        #expect(log == ";; connection timed out; no servers could be reached\n\nwget: bad address 'web'\n")
        #expect(code == 1)
    }

    @Test("holding more than the limit allows is the end")
    func memory() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: default}
            spec:
              restartPolicy: Never
              containers:
              - name: c
                image: docker.io/library/busybox:1.35
                command: [sh, -c, "head -c 200m /dev/zero | tail"]
                resources: {limits: {memory: 16Mi}}
            """)
        cluster.run(.seconds(20))
        let state = cluster.get(Resource.pods, "p")?.status["containerStatuses"]?[0]?["state"]?["terminated"]
        #expect(state?["reason"] == "OOMKilled")
        #expect(state?["exitCode"] == 137)
    }
}
