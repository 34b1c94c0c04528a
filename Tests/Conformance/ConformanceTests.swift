import Foundation
import KubernetesModel
import SimulatedCluster
import SimulatedClusterServer
import Testing

/// The recorded answers of a real cluster are the truth that the simulated one is held against.
@Suite("Conformance")
struct ConformanceTests {
    @Test("a recorded request is answered as a real cluster did", arguments: try Recording.chosen.filter { !$0.usesKubectl })
    func agrees(_ recording: Recording) async throws {
        let cluster = try SimulatedCluster.empty(clock: Instant(seconds: 1_785_578_400))
        recording.report(await CaseRunner(recording, on: cluster).differences(to: recording))
    }

    @Test(
        "the same requests to the same cluster are answered the same, to the byte",
        arguments: ["controllers/", "watch/", "apply/", "delete/"])
    func repeats(_ group: String) async throws {
        for recording in try Recording.all where recording.title.hasPrefix(group) && !recording.usesKubectl {
            var transcripts: [[UInt8]] = []
            for seed: UInt64 in [7, 7, 8] {
                let cluster = try SimulatedCluster.empty(clock: Instant(seconds: 1_785_578_400), seed: seed)
                let runner = CaseRunner(recording, on: cluster)
                _ = await runner.differences(to: recording)
                transcripts.append(await runner.transcript)
            }
            #expect(transcripts[0] == transcripts[1], "\(recording.title) differs from run to run")
            #expect(transcripts[0] != transcripts[2], "\(recording.title) doesn't depend on the seed")
        }
    }

    @Test("every case that is known to differ has been recorded")
    func knownDifferencesExist() throws {
        #expect(try Recording.all.count > 200)
        #expect(try Set(KnownDifferences.reasons.keys).subtracting(Recording.all.map(\.title)).isEmpty)
    }
}

/// The same for what kubectl makes of the answers; `make test-clients` names the kubectl to use.
@Suite("ClientTests: conformance", .serialized, .enabled(if: Kubectl.path != nil))
struct ConformanceClientTests {
    @Test("kubectl tells what it told of a real cluster", arguments: try Recording.chosen.filter(\.usesKubectl))
    func agrees(_ recording: Recording) async throws {
        recording.report(try await differences(to: recording))
    }

    private func differences(to recording: Recording) async throws -> [String] {
        // Some time ago, so that nothing is younger for kubectl than it is for the cluster, whose clock runs faster.
        let start = Instant(seconds: Int(Date.now.timeIntervalSince1970) - 86_400)
        let authority = try CertificateAuthority()
        let cluster = try SimulatedCluster.empty(clock: start, certificateAuthority: authority)
        let server = try await SimulatedClusterServer.start(
            cluster, name: "test", time: VirtualTime(epoch: start, speed: 0), authority: authority
        )
        let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let kubectl = try Kubectl(cluster: cluster, kubeconfig: server.kubeconfig, folder: folder)
        let differences = await CaseRunner(recording, on: cluster, kubectl: kubectl).differences(to: recording)
        await server.stop()
        return differences
    }
}

extension SimulatedCluster {
    /// The cluster that was recorded.
    fileprivate static func empty(
        clock: Instant, seed: UInt64 = 1, certificateAuthority: CertificateAuthority? = try? CertificateAuthority()
    ) throws -> SimulatedCluster {
        var scenario = try ScenarioDefinition.builtIn("empty")
        scenario.certificateAuthority = certificateAuthority
        return SimulatedCluster(scenario: scenario, seed: seed, clock: clock)
    }
}

extension Recording {
    /// A case on the list of known differences that agrees by now fails too: the list stays true.
    fileprivate func report(_ differences: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        if Self.only == nil, let reason = KnownDifferences.reasons[title] {
            guard differences.isEmpty else { return }
            Issue.record("\(title) agrees by now: take it off the list of known differences (\(reason))", sourceLocation: sourceLocation)
        } else if !differences.isEmpty {
            let lines = differences.joined(separator: "\n    ")
            Issue.record(Comment(rawValue: "\(title):\n    \(lines)"), sourceLocation: sourceLocation)
        }
    }
}
