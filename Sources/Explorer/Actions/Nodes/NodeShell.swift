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
        let node = targets[0]
        let pod = shell.configuration.nodeShell.pod(named: "fathom-shell-\(RandomName.suffix())", on: node.name)
        let place = target(named: pod.name, in: shell)
        let write = Write(target: node, request: "POST \(place.resource.gvr.path(namespace: place.namespace))", effect: .other) {
            [weak shell] client in
            _ = try await client.create(pod, as: place.resource.gvr, namespace: place.namespace)
            guard let shell else { return nil }
            shell.session.nodeShells.opened(place)
            open(place, on: node, in: shell)
            return nil
        }
        shell.confirm(
            [write], verb: "Open", done: "Opened a shell on",
            text: ["Open a shell on \(node.text)?", "A privileged pod is placed there; it is deleted when the shell is left."],
            details: SafeText.lines(YAML.write(pod.spec)).map { StyledText($0, shell.theme[.dialog].with(.dim)) }, isDestructive: true
        )
    }

    private static func open(_ place: ObjectTarget, on node: ObjectTarget, in shell: Shell) {
        let session = shell.session
        shell.wait("Shell on \(node.name)", "Waiting for pod \(place.name) …") { [weak shell] layer in
            do {
                let wait = PodWait(target: place, session: session) { .init(container: NodeShellSettings.container, of: $0) }
                let pod = try await wait.run { layer.lines = [$0] }
                if let shell {
                    shell.dismiss(layer)
                    await ContainerSession.run(.shell, in: place, pod, NodeShellSettings.container, shell: shell)
                }
            } catch {
                await session.nodeShells.close(place, session.client)
                throw error
            }
            await session.nodeShells.close(place, session.client)
        }
    }
}

/// The pods that shells on nodes run in. None outlives the program.
final class NodeShells {
    private(set) var open: [ObjectTarget] = []

    func opened(_ pod: ObjectTarget) {
        open.append(pod)
    }

    func close(_ pod: ObjectTarget, _ client: ClusterClient) async {
        guard let index = open.firstIndex(of: pod) else { return }
        open.remove(at: index)
        // In a task of its own: that of the shell may have been cancelled.
        await Task {
            _ = try? await client.delete(
                pod.resource.gvr, namespace: pod.namespace, name: pod.name, options: DeleteOptions(gracePeriodSeconds: 0))
        }.value
    }

    func closeAll(_ client: ClusterClient) async {
        for pod in open { await close(pod, client) }
    }
}
