import KubernetesClient
import KubernetesModel
import TextUI

/// A shell on a node: a privileged pod is placed there for as long as it lasts.
enum NodeShell {
    private static let pods = GroupResource(resource: "pods")

    /// Why there is none, besides what the server allows.
    static func obstacle(in shell: Shell) -> String? {
        guard shell.configuration.hasNodeShell ?? (shell.session.guardLevel == .open) else {
            return "Shells on nodes are switched off: set featureGates.nodeShell in config.yaml"
        }
        let place = target(named: "", in: shell)
        let rights = [Right("create"), Right("delete"), Right("create", "exec")]
        return rights.lazy.compactMap { shell.session.rights.denial(of: $0, on: place, in: shell) }.first
    }

    private static func target(named name: String, in shell: Shell) -> ObjectTarget {
        ObjectTarget(resource: shell.podResource, namespace: shell.configuration.nodeShell.namespace, name: name)
    }

    static func start(_ targets: [ObjectTarget], in shell: Shell) {
        let session = shell.session(of: targets[0])
        let node = targets[0].bound(to: session)
        let pod = shell.configuration.nodeShell.pod(named: "fathom-shell-\(RandomName.suffix())", on: node.name)
        let place = target(named: pod.name, in: shell).bound(to: session)
        let write = Write(
            target: node, request: "POST \(place.resource.gvr.path(namespace: place.namespace))",
            furtherRequests: ["DELETE \(place.path)"], effect: .other
        ) { [weak shell] client in
            try await session.nodeShells.create(pod, at: place, client)
            guard let shell else {
                try await session.nodeShells.close(place, client)
                return nil
            }
            open(place, on: node, session, in: shell)
            return nil
        }
        shell.confirm(
            [write], verb: "Open", done: "Opened a shell on",
            text: ["Open a shell on \(node.text)?", "A privileged pod is placed there; it is deleted when the shell is left."],
            details: SafeText.lines(YAML.write(pod.spec)).map { StyledText($0, shell.theme[.dialog].with(.dim)) }, isDestructive: true
        )
    }

    private static func open(_ place: ObjectTarget, on node: ObjectTarget, _ session: ClusterSession, in shell: Shell) {
        shell.wait("Shell on \(node.name)", "Waiting for pod \(place.name) …") { [weak shell] layer in
            do {
                let wait = PodWait(target: place, session: session) { .init(container: NodeShellSettings.container, of: $0) }
                let pod = try await wait.run { layer.lines = [$0] }
                if let shell {
                    shell.dismiss(layer)
                    await ContainerSession.run(.shell, in: place, pod, NodeShellSettings.container, shell: shell)
                }
            } catch {
                try await session.nodeShells.close(place, session.client)
                throw error
            }
            try await session.nodeShells.close(place, session.client)
        }
    }
}

/// The pods that shells on nodes run in. None outlives the program.
final class NodeShells {
    private(set) var open: [ObjectTarget] = []

    /// Known before it is there: whatever ends meanwhile deletes it.
    func create(_ pod: KubernetesObject, at place: ObjectTarget, _ client: ClusterClient) async throws {
        open.append(place)
        do {
            _ = try await client.create(pod, as: place.resource.gvr, namespace: place.namespace)
        } catch {
            // It may be there all the same: an answer can get lost.
            try await close(place, client)
            throw error
        }
        guard open.contains(place) else {
            try await delete(place, client)
            throw CancellationError()
        }
    }

    /// - Throws: `PodLeftBehind`.
    func close(_ pod: ObjectTarget, _ client: ClusterClient) async throws {
        guard let index = open.firstIndex(of: pod) else { return }
        open.remove(at: index)
        try await delete(pod, client)
    }

    /// Returns what kept some from being deleted.
    func closeAll(_ client: ClusterClient) async -> [any Error] {
        var problems: [any Error] = []
        for pod in open {
            do { try await close(pod, client) } catch { problems.append(error) }
        }
        return problems
    }

    private func delete(_ pod: ObjectTarget, _ client: ClusterClient) async throws {
        // In a task of its own: that of the shell may have been cancelled.
        try await Task {
            do throws(ClientError) {
                try await client.delete(
                    pod.resource.gvr, namespace: pod.namespace, name: pod.name, options: DeleteOptions(gracePeriodSeconds: 0))
            } catch {
                if !error.isNotFound { throw PodLeftBehind(pod: pod, cause: error) }
            }
        }.value
    }
}

/// A privileged pod stays in the cluster.
nonisolated struct PodLeftBehind: LoggableError, CustomStringConvertible {
    let pod: ObjectTarget
    let cause: ClientError

    var description: String { text("\(cause)") }
    var logged: String { text(cause.logged) }

    private func text(_ cause: String) -> String {
        "Pod \(pod.namespace ?? "")/\(pod.name), which is privileged, can't be deleted: \(cause); delete it by hand"
    }
}
