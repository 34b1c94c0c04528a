import Foundation
import Testing

/// The commands that reach into pods and nodes.
@Suite("ClientTests: kubectl, pods", .serialized, .enabled(if: Kubectl.isAvailable), .timeLimit(.minutes(5)))
struct KubectlPodClientTests {
    private let kubectl: Kubectl

    init() throws {
        kubectl = try Kubectl()
    }

    @Test("exec runs commands, with input, and hands their exit code on")
    func exec() throws {
        try kubectl.runPod()
        let result = try kubectl.run("exec", "p", "--", "sh", "-c", "echo out; echo err >&2; exit 7")
        #expect(result.status == 7)
        #expect(result.output == "out\n")
        #expect(result.errors == "err\ncommand terminated with exit code 7\n")
        #expect(try kubectl.output("exec", "-i", "p", "--", "cat", input: "typed\n") == "typed\n")
        #expect(try kubectl.run("exec", "p", "--", "nope").errors.contains("executable file not found in $PATH"))
    }

    @Test("a shell at a terminal prompts and keeps its state")
    func shell() throws {
        try kubectl.runPod()
        let shell = try kubectl.start("exec", "-it", "p", "--", "sh", terminal: true)
        try shell.wait(for: "/ # ")
        try shell.type("cd /tmp\r")
        try shell.wait(for: "/tmp # ")
        try shell.type("echo $((6*7)) > f; cat f\r")
        try shell.wait(for: "42\r\n/tmp # ")
        try shell.type("exit 4\r")
        #expect(shell.waitForEnd() == 4)
    }

    @Test("files are copied both ways, byte by byte, and directories whole")
    func copies() throws {
        try kubectl.runPod()
        let bytes = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) })
        let (original, copy) = (kubectl.folder.appending(path: "original"), kubectl.folder.appending(path: "copy"))
        try bytes.write(to: original)
        try kubectl.output("cp", original.path, "p:/tmp/file")
        #expect(try kubectl.output("exec", "p", "--", "wc", "-c", "/tmp/file").contains("300000"))
        try kubectl.output("cp", "p:/tmp/file", copy.path)
        #expect(try Data(contentsOf: copy) == bytes)
        let folder = try kubectl.file("folder/inner/file", "text").dropLast("/inner/file".count)
        try kubectl.output("cp", String(folder), "p:/tmp")
        #expect(try kubectl.output("exec", "p", "--", "cat", "/tmp/folder/inner/file") == "text")
    }

    @Test("attach shows what is written and feeds the container's input")
    func attach() throws {
        try kubectl.runPod("p", "stdin: true, stdinOnce: true, command: [sh, -c, 'while read line; do echo got $line; done; sleep 1']")
        let attached = try kubectl.start("attach", "-i", "p")
        try attached.type("one\n")
        try attached.wait(for: "got one")
        try attached.type("two\n")
        try attached.wait(for: "got two")
        try attached.endInput()
        #expect(attached.waitForEnd() == 0)
    }

    @Test("run -it --rm opens a shell in a pod that goes with it")
    func runInteractive() throws {
        let shell = try kubectl.start(
            "run", "tmp", "-it", "--rm", "--restart=Never", "--image=docker.io/library/busybox:1.36", "--", "sh", terminal: true)
        try shell.wait(for: "try pressing enter.")
        try shell.type("\r")
        try shell.wait(for: "/ # ")
        try shell.type("hostname\r")
        try shell.wait(for: "tmp\r\n")
        try shell.type("exit\r")
        try shell.wait(for: "pod \"tmp\" deleted")
        _ = shell.waitForEnd()
        #expect(try kubectl.output("get", "pods", "-o", "name") == "")
    }

    @Test("a debugging container joins a pod and sees its target's processes")
    func debug() throws {
        try kubectl.runPod()
        let shell = try kubectl.start(
            "debug", "-it", "p", "--image=docker.io/library/busybox:1.36", "--target=c", "--profile=general", terminal: true)
        try shell.wait(for: "try pressing enter.")
        try shell.type("\r")
        try shell.wait(for: "/ # ")
        try shell.type("ps\r")
        try shell.wait(for: "sleep infinity")
        try shell.type("exit\r")
        #expect(shell.waitForEnd() == 0)
        #expect(try kubectl.output("get", "pod", "p", "-o", "jsonpath={.spec.ephemeralContainers[0].targetContainerName}") == "c")
    }

    @Test("a forwarded port carries traffic to the server in the pod, and tells of ports without one")
    func portForward() throws {
        let script = "echo hello > /tmp/index.html; exec httpd -f -p 8080 -h /tmp"
        try kubectl.runPod("web", "command: [sh, -c, '\(script)'], ports: [{containerPort: 8080}]", labels: "{app: web}")
        try kubectl.output("expose", "pod", "web", "--port=80", "--target-port=8080")
        let forward = try kubectl.start("port-forward", "service/web", ":80", ":81")
        #expect(forward.waitForEnd() == 1)
        #expect(forward.text.contains("Service web does not have a service port 81"))
        let forwarding = try kubectl.start("port-forward", "service/web", ":80")
        try forwarding.wait(for: " -> 8080\n")
        let port = try #require(forwarding.text.firstMatch(of: /127\.0\.0\.1:(\d+) -> 8080/)).1
        let curl = URL(filePath: "/usr/bin/curl")
        for _ in 0..<2 {
            #expect(try Program.run(curl, ["-sS", "http://127.0.0.1:\(port)/"]).output == "hello\n")
        }
        let missing = try Program.run(curl, ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "http://127.0.0.1:\(port)/nope"])
        #expect(missing.output == "404")
        #expect(try kubectl.output("get", "--raw", "/api/v1/namespaces/default/services/web:80/proxy/") == "hello\n")
        #expect(
            try kubectl.run("get", "--raw", "/api/v1/namespaces/default/pods/web:9/proxy/").errors.contains("connect: connection refused"))
    }

    @Test("logs are followed, cut and stamped")
    func logs() throws {
        try kubectl.runPod("p", "command: [sh, -c, 'echo one; echo two; sleep 2; echo three; sleep 3600']")
        let following = try kubectl.start("logs", "-f", "p")
        try following.wait(for: "one\ntwo\nthree\n")
        #expect(try kubectl.output("logs", "p", "--tail=1") == "three\n")
        #expect(try kubectl.output("logs", "p", "--timestamps", "--tail=1").contains("Z three\n"))
        #expect(try kubectl.run("logs", "p", "-c", "nope").errors.contains("container nope is not valid for pod p"))
    }

    @Test("what happened is listed as events, and a wait ends when its condition holds")
    func eventsAndWait() throws {
        try kubectl.runPod()
        #expect(try kubectl.output("events", "--for", "pod/p").contains("Container started"))
        #expect(try kubectl.output("wait", "--for=jsonpath={.status.phase}=Running", "pod/p") == "pod/p condition met\n")
        let late = try kubectl.run("wait", "--for=condition=Nonsense", "pod/p", "--timeout=1s")
        #expect(late.errors == "error: timed out waiting for the condition on pods/p\n")
    }

    @Test("a drain waits for the budget, and goes on when it allows")
    func drain() throws {
        let budget = """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: p}
            spec: {minAvailable: 1, selector: {matchLabels: {app: p}}}
            """
        try kubectl.output("apply", "-f", "-", input: budget)
        try kubectl.runPod("p", labels: "{app: p}")
        try kubectl.output("wait", "--for=jsonpath={.status.currentHealthy}=1", "pdb/p", "--timeout=30s")
        let drain = try kubectl.start("drain", "node-1", "--force", "--ignore-daemonsets", "--timeout=60s")
        try drain.wait(for: "Cannot evict pod as it would violate the pod's disruption budget.")
        try kubectl.output("delete", "pdb", "p")
        try drain.wait(for: "node/node-1 drained")
        #expect(drain.waitForEnd() == 0)
        #expect(try kubectl.output("get", "pods", "-o", "name") == "")
        #expect(try kubectl.output("get", "nodes").contains("SchedulingDisabled"))
        #expect(try kubectl.output("uncordon", "node-1") == "node/node-1 uncordoned\n")
        #expect(try kubectl.output("taint", "node", "node-1", "a=b:NoSchedule") == "node/node-1 tainted\n")
    }

    @Test("what pods and nodes use is listed once it was measured")
    func top() throws {
        try kubectl.runPod()
        var pods = try kubectl.run("top", "pods")
        // Measuring takes two windows of fifteen seconds.
        for _ in 0..<600 where pods.status != 0 { pods = try kubectl.run("top", "pods") }
        #expect(pods.output.split(separator: "\n").first?.split(separator: " ").first == "NAME")
        #expect(try kubectl.output("top", "nodes").contains("node-1"))
    }
}
