import KubernetesClient
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Waiting for a pod", .timeLimit(.minutes(1)))
struct PodWaitTests {
    private static func pod(_ status: JSONObject) -> KubernetesObject {
        KubernetesObject(["kind": "Pod", "metadata": ["name": "a", "namespace": "shop"], "status": .object(status)])
    }

    private static func pod(_ list: String, _ state: JSONValue) -> KubernetesObject {
        pod([list: [["name": "c", "state": state]]])
    }

    @Test("a container of any kind runs, waits for a reason, or has ended")
    func verdicts() {
        func verdict(_ pod: KubernetesObject) -> PodWait.Verdict { .init(container: "c", of: pod) }
        #expect(verdict(Self.pod("ephemeralContainerStatuses", ["running": ["startedAt": "x"]])) == .ready)
        #expect(verdict(Self.pod("containerStatuses", ["running": [:]])) == .ready)
        #expect(
            verdict(Self.pod("containerStatuses", ["waiting": ["reason": "ErrImagePull", "message": "not found"]]))
                == .waiting("Container c waits: ErrImagePull: not found"))
        #expect(
            verdict(Self.pod("ephemeralContainerStatuses", ["terminated": ["exitCode": 1, "reason": "Error"]]))
                == .failed("Container c has ended with status 1: Error"))
        #expect(verdict(Self.pod([:])) == .waiting("Container c is not started yet"))
        #expect(verdict(Self.pod(["phase": "Failed", "reason": "Evicted", "message": "disk"])) == .failed("Pod a is over: Evicted: disk"))
    }

    private func wait(_ batches: [[ReflectorEvent]], progress: (String) -> Void = { _ in }) async throws -> KubernetesObject {
        let shell = try TestShell.make()
        shell.session.reflect = { _ in ReflectorStream(batches) }
        let target = ObjectTarget(resource: shell.podResource, namespace: "shop", name: "a")
        return try await PodWait(target: target, session: shell.session) { .init(container: "c", of: $0) }.run(onProgress: progress)
    }

    @Test("what is missing is told until the container runs")
    func progress() async throws {
        let running = Self.pod("containerStatuses", ["running": [:]])
        var told: [String] = []
        let pod = try await wait([
            [.restarting, .initial(Self.pod([:])), .ready(resourceVersion: "1")],
            [.applied(Self.pod("containerStatuses", ["waiting": ["reason": "ContainerCreating"]]))], [.applied(running)],
        ]) { told.append($0) }
        #expect(pod == running)
        #expect(told == ["Container c is not started yet", "Container c waits: ContainerCreating"])
    }

    @Test("a pod that is gone, or goes, is not waited for")
    func gone() async {
        await #expect(throws: PodWaitError.self) { try await wait([[.restarting, .ready(resourceVersion: "1")]]) }
        await #expect(throws: PodWaitError.self) { try await wait([[.initial(Self.pod([:])), .deleted(Self.pod([:]))]]) }
    }

    @Test("a debugging container sees the processes of its target, at a terminal")
    func patch() {
        let container = DebugContainer(name: "debugger-x", image: "busybox", target: "app")
        #expect(
            container.patch.description == """
                {"spec":{"ephemeralContainers":[{"name":"debugger-x","image":"busybox","stdin":true,"tty":true,"targetContainerName":"app"}]}}
                """)
    }

    @Test("Esc takes the dialog away and cancels what was waited for")
    func cancel() async throws {
        let shell = try TestShell.make(screen: WordScreen())
        var wasCancelled = false
        shell.wait("Debug a", "Waiting …") { _ in
            let (never, continuation) = AsyncStream<Void>.makeStream()
            for await _ in never {}
            withExtendedLifetime(continuation) {}
            wasCancelled = Task.isCancelled
            throw CancellationError()
        }
        #expect(shell.picture().contains("Waiting …"))
        shell.press("Esc")
        await until { shell.work.pending == 0 }
        #expect(wasCancelled)
        #expect(!shell.picture().contains("Waiting …"))
        #expect(shell.flash?.text == "Debug a: given up")
    }
}
