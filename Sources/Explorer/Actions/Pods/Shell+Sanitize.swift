import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import TextUI

/// Which pods are only left over.
enum PodLeftovers {
    /// What makes a pod come to nothing as it is.
    private static let failing: Set = [
        "CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "CreateContainerConfigError", "CreateContainerError",
        "Error",
        "OOMKilled", "ContainerStatusUnknown", "RunContainerError", "StartError",
    ]

    /// Pods that have ended, for good or ill: completed, failed, evicted.
    static func over(_ pods: [KubernetesObject]) -> [KubernetesObject] {
        pods.filter { $0.metadata.deletionTimestamp == nil && ["Succeeded", "Failed"].contains($0.status["phase"]?.stringValue) }
    }

    /// Pods that are not over and only fail.
    static func failing(_ pods: [KubernetesObject]) -> [KubernetesObject] {
        pods.filter { pod in
            guard pod.metadata.deletionTimestamp == nil, !["Succeeded", "Failed"].contains(pod.status["phase"]?.stringValue) else {
                return false
            }
            return failing.contains(PodColumns(pod).status.replacing("Init:", with: ""))
        }
    }
}

extension Shell {
    /// `:sanitize`: deletes what is left over of pods.
    func sanitize(_ line: CommandLine) {
        guard session.guardLevel != .readOnly else { return report(.warning, "This cluster is opened read-only") }
        let namespaces = line.namespaces ?? session.namespaces
        let session = session
        work.run { [weak self] in
            do {
                let pods = try await session.client.list(GroupVersionResource(resource: "pods"), namespace: namespaces.single).items
                guard let self, session === self.session else { return }
                confirmSanitizing(pods.filter { namespaces.contains($0.namespace ?? "") }, in: namespaces)
            } catch {
                self?.report(.error, "\(error)")
            }
        }
    }

    private func confirmSanitizing(_ pods: [KubernetesObject], in namespaces: NamespaceChoice) {
        let (over, failing) = (PodLeftovers.over(pods), PodLeftovers.failing(pods))
        let choices = [("Those that are over", over), ("Those that fail as well", over + failing)].filter { !$0.1.isEmpty }
        var variants: [(title: String, writes: [Write])] = []
        for (title, pods) in choices where variants.last?.writes.count != pods.count {
            let targets = pods.sorted { $0.key < $1.key }.map {
                ObjectTarget(resource: podResource, namespace: $0.namespace, name: $0.name)
            }
            variants.append(("\(title): \(pods.count)", DeleteAction.writes(targets, DeleteOptions())))
        }
        guard !variants.isEmpty else { return report(.info, "No pod in \(namespaces.text) is left over") }
        confirm(
            variants: variants, verb: "Sanitize", done: "Deleted",
            text: ["Delete the pods in \(namespaces.text) that are left over?"] + Self.listed(over + failing),
            typedName: session.guardLevel == .strict ? namespaces.text : nil
        )
    }

    private static func listed(_ pods: [KubernetesObject]) -> [String] {
        listed(pods.sorted { $0.key < $1.key }.map { SafeText.line("  \($0.key)  \(PodColumns($0).status)") })
    }
}
