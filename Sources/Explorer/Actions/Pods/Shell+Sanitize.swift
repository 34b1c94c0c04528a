import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables
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
        pods.filter { $0.metadata.deletionTimestamp == nil && Pod($0).isFinished }
    }

    /// Pods that are not over and only fail.
    static func failing(_ pods: [KubernetesObject]) -> [KubernetesObject] {
        pods.filter { pod in
            guard pod.metadata.deletionTimestamp == nil, !Pod(pod).isFinished else {
                return false
            }
            return failing.contains(PodColumns(pod).status.replacing("Init:", with: ""))
        }
    }

    /// Which of them may be deleted together: those that are over, and only on demand those that fail as well.
    static func choices(_ pods: [KubernetesObject]) -> [(title: String, pods: [KubernetesObject])] {
        let (over, failing) = (over(pods), failing(pods))
        if over.isEmpty { return failing.isEmpty ? [] : [("None is over; those that fail", failing)] }
        return [("Those that are over", over)] + (failing.isEmpty ? [] : [("Those that fail as well", over + failing)])
    }
}

extension Shell {
    /// `:sanitize`: deletes what is left over of pods.
    func sanitize(_ line: CommandLine) {
        if let obstacle = session.guardLevel.obstacle { return refuse(obstacle, .warning) }
        let namespaces = line.namespaces ?? session.namespaces
        let session = session
        work.run { [weak self] in
            do {
                let pods = try await session.client.list(GroupVersionResource(resource: "pods"), namespace: namespaces.single).items
                    .filter { namespaces.contains($0.namespace ?? "") }
                let leftOver = PodLeftovers.over(pods) + PodLeftovers.failing(pods)
                let resource = session.builtIn("pods")
                let denial = await session.rights.denial(
                    of: leftOver.map { (Right("delete"), ObjectTarget(resource: resource, namespace: $0.namespace, name: $0.name)) })
                guard let self, isStill(in: session) else { return }
                if let denial { return report(.error, denial) }
                confirmSanitizing(pods, in: namespaces)
            } catch {
                self?.report(error)
            }
        }
    }

    private func confirmSanitizing(_ pods: [KubernetesObject], in namespaces: NamespaceChoice) {
        let place = namespaces == .all ? "all namespaces" : namespaces.text
        let variants = PodLeftovers.choices(pods).map { choice in
            let pods = choice.pods.sorted { $0.key < $1.key }
            let targets = pods.map { ObjectTarget(resource: podResource, namespace: $0.namespace, name: $0.name, uid: $0.uid) }
            return WriteChoice(
                title: "\(choice.title): \(pods.count)", text: Self.listed(pods), writes: DeleteAction.writes(targets, DeleteOptions())
            )
        }
        guard !variants.isEmpty else { return report(.info, "No pod in \(place) is left over") }
        confirm(
            variants: variants, verb: "Sanitize", done: "Deleted", text: ["Delete pods in \(place) that are left over?"],
            typedName: session.guardLevel == .strict ? namespaces.text : nil
        )
    }

    private static func listed(_ pods: [KubernetesObject]) -> [String] {
        listed(pods.map { "  \($0.key)  \(PodColumns($0).status)" })
    }
}
