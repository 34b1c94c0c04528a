import KubernetesClient
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Shells on nodes", .timeLimit(.minutes(1)))
struct NodeShellTests {
    private func shell(_ guardLevel: GuardLevel, nodeShell: Bool?) throws -> Shell {
        let shell = try TestShell.make(guardLevel: guardLevel)
        shell.configuration.hasNodeShell = nodeShell
        return shell
    }

    @Test("they are offered where they are switched on, and in clusters to play with")
    func offered() throws {
        #expect(try NodeShell.obstacle(in: shell(.confirm, nodeShell: nil))?.contains("featureGates.nodeShell") == true)
        #expect(try NodeShell.obstacle(in: shell(.open, nodeShell: false)) != nil)
        #expect(try NodeShell.obstacle(in: shell(.confirm, nodeShell: true)) == nil)
        #expect(try NodeShell.obstacle(in: shell(.open, nodeShell: nil)) == nil)
    }

    @Test("the pod is on its node whatever taints it has, sees all of it, and writes nothing")
    func pod() {
        let pod = NodeShellSettings().pod(named: "fathom-shell-x", on: "worker-1")
        #expect(pod.key == ObjectKey(namespace: "default", name: "fathom-shell-x"))
        #expect(pod.spec["nodeName"] == "worker-1")
        #expect(["hostPID", "hostNetwork", "hostIPC"].allSatisfy { pod.spec[$0] == true })
        #expect(pod.spec["tolerations"] == [["operator": "Exists"]])
        let container = pod.spec["containers"]?[0]
        #expect(container?["securityContext"] == ["privileged": true])
        #expect(container?["volumeMounts"] == [["name": "host", "mountPath": "/host", "readOnly": true]])
        #expect(container?["command"] == nil)
    }

    @Test("the settings say how the pod is made")
    func settings() {
        let text = """
            featureGates:
              nodeShell: true
            shellPod:
              image: alpine:3.22
              namespace: tools
              command: [sleep, 1d]
              limits: {memory: 50Mi}
            """
        let (configuration, problems) = ConfigurationFile.settings.read(text, name: "config.yaml")
        #expect(problems == [])
        #expect(configuration.hasNodeShell == true)
        let pod = configuration.nodeShell.pod(named: "x", on: "n")
        #expect(pod.namespace == "tools")
        #expect(pod.spec["containers"]?[0]?["image"] == "alpine:3.22")
        #expect(pod.spec["containers"]?[0]?["command"] == ["sleep", "1d"])
        #expect(pod.spec["containers"]?[0]?["resources"]?["limits"] == ["memory": "50Mi"])
    }

    @Test("a mistake in them is told with its line")
    func mistakes() {
        let (_, problems) = ConfigurationFile.settings.read("featureGates: {warp: true}\nshellPod:\n  tty: true\n", name: "config.yaml")
        #expect(
            problems == [
                "config.yaml line 1: warp is no feature; there is nodeShell",
                "config.yaml line 3: shellPod.tty is no setting; there are image, namespace, command and limits",
            ])
    }

    @Test("a pod whose cluster is let go of while it is created is deleted all the same")
    func endedMeanwhile() async throws {
        try await ServedShell.with { served in
            let (place, pod) = Self.pod(in: served)
            let pods = NodeShells()
            let creation = Task { try await pods.create(pod, at: place, served.client) }
            await until { !pods.open.isEmpty }
            #expect(await pods.closeAll(served.client).isEmpty)
            await #expect(throws: CancellationError.self) { try await creation.value }
            let left = try await served.get("pods", place.name)
            #expect(left == nil || left?.metadata.deletionTimestamp != nil)
        }
    }

    @Test("a pod that can't be deleted is told by its name; one that is gone is not")
    func leftBehind() async throws {
        try await ServedShell.with { served in
            let (place, pod) = Self.pod(in: served)
            let pods = NodeShells()
            try await pods.create(pod, at: place, served.client)
            try await served.client.delete(
                place.resource.gvr, namespace: "default", name: place.name, options: DeleteOptions(gracePeriodSeconds: 0))
            try await pods.close(place, served.client)
            try await pods.create(pod, at: place, served.client)
            let away = try TestShell.make()
            let problems = await pods.closeAll(away.session.client)
            #expect(problems.count == 1)
            let text = problems.first.map { "\($0)" }
            #expect(text?.hasPrefix("Pod default/fathom-shell-x, which is privileged, can't be deleted: ") == true)
            #expect(text?.hasSuffix("; delete it by hand") == true)
        }
    }

    private static func pod(in served: ServedShell) -> (ObjectTarget, KubernetesObject) {
        let pod = NodeShellSettings().pod(named: "fathom-shell-x", on: "worker-1")
        return (ObjectTarget(resource: served.shell.session.builtIn("pods"), namespace: "default", name: pod.name), pod)
    }

    @Test("what is read for an action stays in its cluster")
    func bound() async throws {
        try await ServedShell.with { served in
            var session: ClusterSession?
            let target = ObjectTarget(resource: served.shell.session.builtIn("namespaces"), namespace: nil, name: "default")
            served.shell.reading(target) { _, target in session = target.session }
            await served.settle()
            #expect(session === served.shell.session)
        }
    }
}
