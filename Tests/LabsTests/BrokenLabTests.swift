import KubernetesClient
import KubernetesModel
import SimulatedCluster
import SimulatedClusterServer
import Testing

@testable import Labs

@Suite("Labs on a simulated cluster", .serialized)
struct BrokenLabTests {
    @Test("a lab is open at first, and solved once the cluster is repaired")
    func solved() async throws {
        let lab = try LabCatalog(userFolder: nil).lab(named: "dns-scaled-to-zero")
        try await running(lab) { cluster, client in
            let checker = LabChecker(client)
            let before = await checker.check(lab)
            #expect(!before.isSolved)
            #expect(before.checks.contains { if case .fails = $0.outcome { true } else { false } }, "\(before.text)")
            #expect(before.violations.isEmpty, "\(before.text)")

            let deployments = GroupVersionResource(group: "apps", resource: "deployments")
            _ = try await client.patch(
                deployments, namespace: "kube-system", name: "coredns", with: .merge(["spec": ["replicas": 1]])
            )
            await cluster.advance(to: await cluster.now + .seconds(420))
            let after = await checker.check(lab, help: LabHelp(hintsTaken: 1))
            #expect(after.isSolved, "\(after.text)")
            #expect(after.score == 80)
        }
    }

    @Test("a forbidden shortcut is told")
    func forbidden() async throws {
        let lab = try LabCatalog(userFolder: nil).lab(named: "dns-blocked-by-policy")
        try await running(lab) { cluster, client in
            let policies = GroupVersionResource(group: "networking.k8s.io", resource: "networkpolicies")
            try await client.delete(policies, namespace: "shop", name: "restrict-egress")
            await cluster.advance(to: await cluster.now + .seconds(420))
            let report = await LabChecker(client).check(lab)
            #expect(report.violations == ["NetworkPolicy restrict-egress was deleted"])
            #expect(!report.isSolved)
            #expect(report.checks.allSatisfy { $0.outcome == .holds }, "\(report.text)")
        }
    }

    @Test("what the second container of a pod writes is not silence")
    func secondContainer() async throws {
        let lab = try LabReader.read(
            """
            title: T
            scenario: empty
            brief: B
            solution: S
            manifests:
            - apiVersion: v1
              kind: Pod
              metadata: {name: two, namespace: default}
              spec:
                containers:
                - {name: first, image: "docker.io/library/busybox:1.36", command: [sh, -c, "sleep 3600"]}
                - {name: second, image: "docker.io/library/busybox:1.36", command: [sh, -c, "echo lookup failed; sleep 3600"]}
            checks:
            - says: nothing is looked up in vain
              quiet: {namespace: default, text: "lookup ", seconds: 600}
            - says: nothing panics
              quiet: {namespace: default, text: "panic", seconds: 600}
            """, name: "x")
        try await running(lab) { _, client in
            let report = await LabChecker(client).check(lab)
            #expect(report.checks.map(\.outcome) == [.fails("pod default/two wrote so in the last 600 seconds"), .holds])
        }
    }

    private func running(_ lab: Lab, _ body: (SimulatedCluster, ClusterClient) async throws -> Void) async throws {
        var scenario = try ScenarioDefinition.builtIn(lab.scenario)
        scenario.faults = lab.faults.map { FaultSelection(name: $0.name, parameters: $0.parameters) }
        scenario.manifests += lab.manifests
        let epoch = Instant(seconds: 1_800_000_000)
        let cluster = SimulatedCluster(scenario: scenario, seed: 3, clock: epoch)
        let server = try await SimulatedClusterServer.start(
            cluster, name: lab.name, time: VirtualTime(epoch: epoch, speed: 0), authority: CertificateAuthority()
        )
        let client = ClusterClient(try Kubeconfig(text: server.kubeconfig, file: "test").configuration())
        #expect(await cluster.loadingProblems == [])
        await cluster.advance(to: epoch + .seconds(180))
        do {
            try await body(cluster, client)
        } catch {
            await client.shutdown()
            await server.stop()
            throw error
        }
        await client.shutdown()
        await server.stop()
    }
}
