package import KubernetesClient
import KubernetesModel
import KubernetesSemantics

/// Asks a cluster for the facts of a lab, as any client would.
package struct LabChecker: Sendable {
    private let client: ClusterClient

    package init(_ client: ClusterClient) {
        self.client = client
    }

    package func check(_ lab: Lab, help: LabHelp = LabHelp()) async -> LabReport {
        var checks: [LabReport.Result] = []
        for check in lab.checks {
            checks.append(LabReport.Result(says: check.says, outcome: await outcome(of: check)))
        }
        var violations: [String] = []
        for check in lab.forbidden {
            switch await outcome(of: check) {
            case .holds: violations.append(check.says)
            case .fails: break
            // Whether it was done nobody can tell: no lab is solved by that.
            case .unknown(let reason): checks.append(LabReport.Result(says: "Not so: \(check.says)", outcome: .unknown(reason)))
            }
        }
        return LabReport(
            lab: lab.name, checks: checks, violations: violations, help: help, hintsTotal: lab.hints.count
        )
    }

    /// Brings the lab's cluster back to how it began.
    package func reset() async throws(ClientError) {
        let answer = try await client.raw("POST", "/sim/reset")
        guard answer.status == 404 || answer.status >= 500 || answer.status == 403 else { return }
        throw ClientError(
            .request(method: "POST"), .init(path: "/sim/reset"), cause: .other("the server answered \(answer.status)")
        )
    }

    private func outcome(of check: LabCheck) async -> LabReport.Outcome {
        do {
            switch check.question {
            case .ready(let object): return try await ready(object)
            case .bound(let object): return try await bound(object)
            case .resolves(let pods, let name):
                return try await run(["nslookup", name], in: pods, failure: "\(name) is not found")
            case .connects(let pods, let host, let port):
                return try await run(["nc", "-z", "-w", "3", host, String(port)], in: pods, failure: "\(host):\(port) can't be reached")
            case .quiet(let pods, let text, let seconds): return try await quiet(pods, text, seconds)
            case .exists(let object): return try await find(object) == nil ? .fails("it does not exist") : .holds
            case .missing(let object): return try await find(object) == nil ? .holds : .fails("it exists")
            case .field(let object, let path, let value): return try await field(object, path, value)
            }
        } catch  where error.isNotFound {
            return .fails("it does not exist")
        } catch {
            return .unknown("\(error)")
        }
    }

    private func find(_ object: LabObject) async throws(ClientError) -> KubernetesObject? {
        do {
            return try await client.get(object.resource.gvr, namespace: object.namespace, name: object.name ?? "")
        } catch  where error.isNotFound {
            return nil
        } catch {
            throw error
        }
    }

    private func ready(_ object: LabObject) async throws(ClientError) -> LabReport.Outcome {
        var objects = try await client.list(object.resource.gvr, namespace: object.namespace).items
        if let name = object.name { objects = objects.filter { $0.name == name } }
        if objects.isEmpty { return .fails("it does not exist") }
        for object in objects.sorted(by: { $0.key < $1.key }) {
            if let lacking = Self.lacking(object) { return .fails("\(object.kind) \(object.key): \(lacking)") }
        }
        return .holds
    }

    /// Why an object is not ready. One that is scaled to zero is healthy, but there is nothing that could be ready.
    static func lacking(_ object: KubernetesObject) -> String? {
        if object.spec["replicas"]?.intValue == 0 { return "scaled to zero" }
        let health = Health.of(object)
        return health.level == .ok || health.level == .finished ? nil : health.reason ?? "\(health.level)"
    }

    private func bound(_ object: LabObject) async throws(ClientError) -> LabReport.Outcome {
        let claim = try await client.get(object.resource.gvr, namespace: object.namespace, name: object.name ?? "")
        let phase = claim.status["phase"]?.stringValue ?? "Pending"
        return phase == "Bound" ? .holds : .fails("it is \(phase)")
    }

    private func field(_ object: LabObject, _ path: [String], _ value: JSONValue?) async throws(ClientError) -> LabReport.Outcome {
        let found = try await client.get(object.resource.gvr, namespace: object.namespace, name: object.name ?? "")
        let actual = found.value[path: path]
        return actual == value ? .holds : .fails("it is \(actual?.description ?? "not set")")
    }

    private func pods(_ pods: LabPods) async throws(ClientError) -> [KubernetesObject] {
        try await client.list(GroupVersionResource(resource: "pods"), namespace: pods.namespace, labelSelector: pods.selector).items
            .filter { $0.status["phase"]?.stringValue == "Running" && $0.metadata.deletionTimestamp == nil }
            .sorted { $0.key < $1.key }
    }

    /// Runs a command in the first of the pods; its exit status decides.
    private func run(_ command: [String], in pods: LabPods, failure: String) async throws(ClientError) -> LabReport.Outcome {
        guard let pod = try await self.pods(pods).first else { return .fails("no such pod runs") }
        let result = try await client.run(command, pod: pod.name, namespace: pods.namespace, container: containers(of: pod).first)
        switch result.end {
        case .exited(0): return .holds
        case .exited: return .fails("from pod \(pod.key) \(failure)")
        case .failed(let reason): return .unknown(reason)
        }
    }

    private func quiet(_ pods: LabPods, _ text: String, _ seconds: Int) async throws(ClientError) -> LabReport.Outcome {
        let running = try await self.pods(pods)
        if running.isEmpty { return .fails("no such pod runs") }
        var unread: String?
        for pod in running {
            let path = GroupVersionResource(resource: "pods").path(namespace: pods.namespace, name: pod.name, subresource: "log")
            for container in containers(of: pod) {
                let query = [("sinceSeconds", String(seconds)), ("container", container)]
                let answer = try await client.raw("GET", path, query: query, accept: "text/plain, */*")
                if answer.status != 200 {
                    unread = unread ?? "the log of container \(container) of pod \(pod.key) can't be read (\(answer.status))"
                } else if String(decoding: answer.bytes, as: UTF8.self).contains(text) {
                    return .fails("pod \(pod.key) wrote so in the last \(seconds) seconds")
                }
            }
        }
        return unread.map { .unknown($0) } ?? .holds
    }

    private func containers(of pod: KubernetesObject) -> [String] {
        (pod.spec["containers"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    }
}
