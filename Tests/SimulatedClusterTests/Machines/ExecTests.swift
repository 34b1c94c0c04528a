import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Exec and attach")
struct ExecTests {
    private let cluster: SteppedCluster

    init() throws {
        cluster = try SteppedCluster()
        cluster.run(.seconds(1))
    }

    @Test("a command's output, errors and exit code come back")
    func command() throws {
        let session = try TestSession(cluster, pod: try cluster.runningPod(), command: ["sh", "-c", "echo out; echo err >&2; exit 7"])
        #expect(session.text == "out\n")
        #expect(session.errors == Array("err\n".utf8))
        #expect(session.code == 7)
        #expect(session.isOver)
    }

    @Test("input goes on until its end, byte by byte as it was")
    func input() throws {
        let session = try TestSession(cluster, pod: try cluster.runningPod(), command: ["cat"])
        session.send(input: [0xFF, 0x00, 0x0A])
        #expect(session.output == [0xFF, 0x00, 0x0A])
        #expect(!session.isOver)
        session.endInput()
        #expect(session.code == 0)
    }

    @Test("without input a command that reads is at its end at once")
    func noInput() throws {
        let session = try TestSession(cluster, pod: try cluster.runningPod(), command: ["cat"], stdin: false)
        #expect(session.code == 0)
    }

    @Test("at a terminal a shell prompts, echoes, edits and keeps its state")
    func terminal() throws {
        let session = try TestSession(cluster, pod: try cluster.runningPod(), command: ["sh"], tty: true)
        session.resize(width: 100, height: 30)
        session.type("cd /tmpx\u{7F}\r")
        session.type("echo $((6*7)) > f; cat f; stty size\r")
        session.type("exit 3\r")
        #expect(
            session.text == "/ # cd /tmpx\u{8} \u{8}\r\n/tmp # echo $((6*7)) > f; cat f; stty size\r\n42\r\n30 100\r\n/tmp # exit 3\r\n")
        #expect(session.code == 3)
    }

    @Test("^C ends the command and not the shell, ^D the shell")
    func keys() throws {
        let session = try TestSession(cluster, pod: try cluster.runningPod(), command: ["sh"], tty: true)
        session.type("sleep 100\r")
        session.type("\u{3}")
        session.type("echo $?\r")
        #expect(session.text == "/ # sleep 100\r\n^C\r\n/ # echo $?\r\n130\r\n/ # ")
        session.type("\u{4}")
        #expect(session.code == 0)
    }

    @Test("a command over several lines is asked for with another prompt")
    func continuation() throws {
        let session = try TestSession(cluster, pod: try cluster.runningPod(), command: ["sh"], tty: true)
        for line in ["for i in 1 2; do", "echo $i", "done"] { session.type(line + "\r") }
        #expect(session.text.hasSuffix("> echo $i\r\n> done\r\n1\r\n2\r\n/ # "))
    }

    @Test("a shell without a terminal reads its script from the input")
    func script() throws {
        let session = try TestSession(cluster, pod: try cluster.runningPod(), command: ["sh"])
        session.type("read a b\none two three\necho $b\n")
        session.endInput()
        #expect(session.text == "two three\n")
        #expect(session.code == 0)
    }

    @Test("files are packed, sent and unpacked, as kubectl cp does")
    func archive() throws {
        let pod = try cluster.runningPod()
        let entries = [
            TarArchive.Entry(path: "d/", content: .directory),
            TarArchive.Entry(path: "d/f", content: .file([0, 255, 10]), isExecutable: true),
            TarArchive.Entry(path: "d/g", content: .link(to: "f")),
            TarArchive.Entry(path: "d/long", content: .link(to: String(repeating: "../", count: 50) + "f")),
        ]
        let unpacking = try TestSession(cluster, pod: pod, command: ["tar", "-xmf", "-", "-C", "/tmp"])
        unpacking.send(input: TarArchive.bytes(of: entries, at: 0))
        unpacking.endInput()
        #expect(unpacking.code == 0)
        let packing = try TestSession(cluster, pod: pod, command: ["tar", "cf", "-", "-C", "/tmp", "d"], stdin: false)
        #expect(try TarArchive.entries(of: packing.output) == entries)
        #expect(packing.code == 0)
    }

    @Test("processes of a container see each other, and all end with its first")
    func processes() throws {
        let pod = try cluster.runningPod("command: [sh, -c, 'sleep 100 & wait']")
        let listing = try TestSession(cluster, pod: pod, command: ["ps"])
        #expect(listing.text.split(separator: "\n").dropFirst().map { String($0.suffix(9)) } == ["00 & wait", "sleep 100", "  0:00 ps"])
        let shell = try TestSession(cluster, pod: pod, command: ["sleep", "50"])
        _ = try TestSession(cluster, pod: pod, command: ["sh", "-c", "kill -9 2"])
        shell.settle()
        #expect(shell.code == 137)
    }

    @Test("a command that isn't there and a container that doesn't run are told in the runtime's words")
    func refusals() throws {
        let pod = try cluster.runningPod()
        let missing = try TestSession(cluster, pod: pod, command: ["nope"])
        #expect(missing.status?["message"]?.stringValue?.hasSuffix("exec: \"nope\": executable file not found in $PATH: unknown") == true)
        let over = try cluster.runningPod("command: ['true']", name: "over")
        let late = try TestSession(cluster, pod: over, command: ["ls"])
        #expect(late.status?["message"] == "Internal error occurred: unable to upgrade connection: container not found (\"c\")")
    }

    @Test("attaching shows what is written from then on and feeds the container's own input")
    func attach() throws {
        let pod = try cluster.runningPod(
            "stdin: true, stdinOnce: true, command: [sh, -c, 'echo before; while read line; do echo got $line; done']")
        let session = try TestSession(cluster, pod: pod, command: nil)
        session.type("a\n")
        #expect(session.text == "got a\n")
        #expect(try cluster.log(pod) == "before\ngot a\n")
        session.endInput()
        #expect(session.code == 0)
    }

    @Test("the oldest protocols tell success by nothing and failure in words", arguments: [("true", ""), ("exit 3", "exit code 3")])
    func oldProtocol(script: String, said: String) throws {
        var options = StreamOptions()
        (options.stdout, options.version) = (true, 3)
        let pod = try cluster.runningPod()
        let session = try #require(cluster.parts.nodes).run(["sh", "-c", script], in: pod, container: "c", options: options)
        cluster.run(.seconds(1))
        let messages = session.outbound.drain().filter { $0.first == 3 }.map { String(decoding: $0.dropFirst(), as: UTF8.self) }
        #expect(messages.joined().hasSuffix(said))
        #expect(messages.isEmpty == said.isEmpty)
    }

    @Test("version 4 can't tell the end of the input")
    func versionFour() throws {
        var options = StreamOptions()
        (options.stdin, options.stdout, options.version) = (true, true, 4)
        let pod = try cluster.runningPod()
        let session = try #require(cluster.parts.nodes).run(["cat"], in: pod, container: "c", options: options)
        for message: [UInt8] in [[255, 0], [0] + Array("still".utf8)] {
            cluster.parts.sessions.deliver(.message(message), to: session)
            cluster.run(.milliseconds(200))
        }
        #expect(session.outbound.drain().contains([1] + Array("still".utf8)))
    }

    @Test("nothing can be attached to what is over")
    func attachedTooLate() throws {
        let pod = try cluster.apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: q, namespace: default}
            spec: {restartPolicy: Never, containers: [{name: c, image: 'docker.io/library/busybox:1.36', stdin: true, command: [echo, hi]}]}
            """)
        while cluster.get(Resource.pods, "q")?.status["phase"] != "Running" { cluster.run(.milliseconds(2)) }
        let session = try TestSession(cluster, pod: try #require(cluster.get(Resource.pods, pod[0].name)), command: nil)
        #expect(session.status?["status"] == "Failure")
    }

    @Test("a terminal's lines end in the log as they were written")
    func terminalLog() throws {
        let pod = try cluster.runningPod("tty: true, command: [sh, -c, 'echo one; echo two; sleep 100']")
        #expect(try cluster.log(pod) == "one\r\ntwo\r\n")
        #expect(try cluster.log(pod, tailLines: 1) == "two\r\n")
    }

    @Test("a command whose client doesn't read waits, and goes on where it was when the client does")
    func slowReader() throws {
        var options = StreamOptions()
        options.stdout = true
        let pod = try cluster.runningPod()
        let session = try #require(cluster.parts.nodes).run(["cat", "/dev/zero"], in: pod, container: "c", options: options)
        for _ in 0..<3 {
            cluster.run(.seconds(5))
            let bytes = session.outbound.drain().reduce(0) { $0 + $1.count }
            #expect((MessageChannel.capacity...2 * MessageChannel.capacity).contains(bytes))
            #expect(session.outbound.takeRelief())
            cluster.parts.sessions.deliver(.drained, to: session)
        }
    }

    @Test("however often it has to wait, a command's output arrives whole", arguments: [true, false])
    func longOutput(attached: Bool) throws {
        let script = "read line; head -c 3000000 /dev/zero; echo end"
        let pod = try cluster.runningPod(attached ? "stdin: true, command: [sh, -c, '\(script)']" : "command: [sleep, infinity]")
        let session = try TestSession(cluster, pod: pod, command: attached ? nil : ["sh", "-c", script])
        session.type("go\n")
        #expect(session.output.count == 3_000_004)
        #expect(session.code == 0)
    }

    @Test("a client can't send what nobody reads")
    func unreadInput() throws {
        let pod = try cluster.runningPod()
        for tty in [false, true] {
            let session = try TestSession(cluster, pod: pod, command: ["sleep", "20"], tty: tty)
            session.type("x\n")
            #expect(session.takesInput)
            session.type(String(repeating: "line\n", count: 20_000))
            #expect(!session.takesInput)
            session.settle(.seconds(20))
            #expect(session.takesInput, "the end of the command is the end of waiting for it")
        }
    }

    @Test("a line that never ends is kept as far as a terminal keeps it")
    func endlessLine() throws {
        let session = try TestSession(cluster, pod: try cluster.runningPod(), command: ["cat"], tty: true)
        session.type(String(repeating: "x", count: 10_000) + "\r")
        #expect(session.text == String(repeating: "x", count: 4095) + "\r\n" + String(repeating: "x", count: 4095) + "\r\n")
    }

    @Test(
        "when the client goes, a terminal hangs up, an input ends, and who writes is ended by it; others run to their end",
        arguments: [
            ("sleep 77", true, true, false), ("while true; do :; done; : 77", true, true, false), ("read line; : 77", false, true, false),
            ("while true; do echo 77; sleep 1; done", false, false, false), ("sleep 77", false, false, true),
        ])
    func leaving(script: String, tty: Bool, stdin: Bool, staysOn: Bool) throws {
        let pod = try cluster.runningPod()
        func processes() throws -> String { try TestSession(cluster, pod: pod, command: ["ps"]).text }
        let session = try TestSession(cluster, pod: pod, command: ["sh", "-c", script], tty: tty, stdin: stdin)
        #expect(try processes().contains("77"))
        session.close()
        cluster.run(.seconds(2))
        #expect(try processes().contains("77") == staysOn)
        cluster.run(.seconds(80))
        #expect(try !processes().contains("77"))
    }

    @Test("nonsense in a session is ignored", arguments: [[], [9], [0], [4, 1], [255], [255, 7], [4] + Array("{}".utf8)] as [[UInt8]])
    func nonsense(message: [UInt8]) throws {
        let session = try TestSession(cluster, pod: try cluster.runningPod(), command: ["cat"])
        session.send(message)
        session.type("x")
        #expect(session.text == "x")
    }

    @Test("a pod that mounts its node's root sees the node's files and name, and shares what it writes there")
    func hostPath() throws {
        func mounting(_ name: String, _ fields: String) throws -> KubernetesObject {
            try cluster.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: \(name), namespace: default}
                spec:
                  hostNetwork: true
                  containers:
                  - {name: c, image: 'docker.io/library/busybox:1.36', command: [sleep, infinity], volumeMounts: [{name: host, mountPath: /host, \(fields)}]}
                  volumes: [{name: host, hostPath: {path: /}}]
                """)
            cluster.run(.seconds(10))
            return try #require(cluster.get(Resource.pods, name))
        }
        let reader = try mounting("reader", "readOnly: true")
        let node = try #require(reader.spec["nodeName"]?.stringValue)
        let look = try TestSession(cluster, pod: reader, command: ["sh", "-c", "cat /host/etc/hostname; hostname; touch /host/tmp/x"])
        #expect(look.text == "\(node)\n\(node)\n")
        #expect(String(decoding: look.errors, as: UTF8.self).contains("Read-only file system"))
        let writer = try mounting("writer", "subPath: tmp")
        _ = try TestSession(cluster, pod: writer, command: ["sh", "-c", "echo hello > /host/f"])
        #expect(try TestSession(cluster, pod: reader, command: ["cat", "/host/tmp/f"]).text == "hello\n")
    }

    @Test("a path that a volume wants to be there already is missed")
    func missingHostPath() {
        let files = NodeFiles.tree(of: "n", osImage: "Debian GNU/Linux 12", on: Disk(capacity: 1 << 20))
        #expect(files.prepare(hostPath: "srv", type: "Directory") == "hostPath type check failed: /srv is not a directory")
        #expect(files.prepare(hostPath: "etc", type: "Directory") == nil)
        #expect(files.prepare(hostPath: "srv", type: "DirectoryOrCreate") == nil)
        #expect(files["srv"] == .directory)
        #expect(files.prepare(hostPath: "run/lock", type: "FileOrCreate") == nil)
        #expect(files["run/lock"] == .file(text: "", isExecutable: false))
    }
}
