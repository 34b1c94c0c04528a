package import KubernetesClient
package import KubernetesModel
import KubernetesSemantics

/// What the metrics API told at one moment of what is used.
package struct UsageReport: Sendable, Hashable {
    package var pods: [ObjectKey: CPUAndMemory] = [:]
    /// By pod, then by container.
    package var containers: [ObjectKey: [String: CPUAndMemory]] = [:]
    package var nodes: [String: CPUAndMemory] = [:]

    package init() {}

    /// - Parameters: items of the lists `pods` and `nodes` of `metrics.k8s.io`.
    package init(pods: [KubernetesObject], nodes: [KubernetesObject]) {
        for pod in pods {
            let parts = FieldReader(pod).containers.elements.map { ($0.name.text, CPUAndMemory($0.usage)) }
            containers[pod.key] = Dictionary(parts) { first, _ in first }
            self.pods[pod.key] = parts.reduce(CPUAndMemory()) { $0 + $1.1 }
        }
        for node in nodes { self.nodes[node.name] = CPUAndMemory(FieldReader(node).usage) }
    }

    /// What is used by all nodes together.
    package var total: CPUAndMemory { nodes.values.reduce(CPUAndMemory(), +) }

    func usage(of resource: GroupResource, _ key: ObjectKey) -> CPUAndMemory? {
        resource.resource == "nodes" ? nodes[key.name] : pods[key]
    }
}

extension ClusterClient {
    /// Asks the metrics API what is used now. Without the right to see nodes, or pods, there is nothing about them.
    /// - Throws: when neither can be had.
    package func usage() async throws(ClientError) -> UsageReport {
        let version = GroupVersion(apiVersion: "metrics.k8s.io/v1beta1")
        func read(_ name: String) async -> Result<[KubernetesObject], ClientError> {
            do throws(ClientError) {
                return .success(try await list(GroupVersionResource(group: version.group, version: version.version, resource: name)).items)
            } catch {
                return .failure(error)
            }
        }
        async let pods = read("pods")
        let nodes = await read("nodes")
        switch (await pods, nodes) {
        case (.failure(let error), .failure): throw error
        case (let pods, let nodes): return UsageReport(pods: (try? pods.get()) ?? [], nodes: (try? nodes.get()) ?? [])
        }
    }
}
