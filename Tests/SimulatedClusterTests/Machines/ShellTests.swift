import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The shell")
struct ShellTests {
    /// Runs a script in a pod of its own to its end, and gives what it wrote and how it ended.
    private func run(_ script: String, for time: Duration = .seconds(30)) throws -> (log: String, code: Int?) {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        let command: JSONValue = ["sh", "-c", .string(script)]
        let json: JSONObject = [
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p", "namespace": "default"],
            "spec": [
                "restartPolicy": "Never",
                "containers": [["name": "c", "image": "docker.io/library/busybox:1.35", "command": command]],
            ],
        ]
        try cluster.perform(.create(KubernetesObject(json)))
        cluster.run(time)
        let pod = try #require(cluster.get(Resource.pods, "p"))
        let code = pod.status["containerStatuses"]?[0]?["state"]?["terminated"]?["exitCode"]?.intValue
        return (try cluster.log(pod), code)
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
            ("nosuch || echo $?", "sh: nosuch: not found\n127\n"), ("cat /no/such", "cat: can't open '/no/such': No such file or directory\n"),
            ("echo err >&2; sleep 1; echo out", "err\nout\n"), ("sleep 2 & wait; echo done", "done\n"), ("until true; do echo no; done; echo end", "end\n"),
        ])
    func writes(script: String, expected: String) throws {
        #expect(try run(script).log == expected)
    }

    @Test(
        "variables are expanded in the ways that POSIX has for them",
        arguments: [
            ("f=a/b.tar.gz; echo ${f##*/} ${f%/*} ${f%.*} ${f%%.*} ${f#*.}", "b.tar.gz a a/b.tar a/b tar.gz\n"),
            ("echo ${x:-none} ${x:=set} $x ${x:+there} [${y:+there}] ${#x}", "none set set there [] 3\n"),
            ("e=; echo [${e-unset}] [${e:-empty}] [${e+there}] $# ${#}", "[] [empty] [there] 0 0\n"),
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
