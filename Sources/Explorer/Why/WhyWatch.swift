import KubernetesClient
import KubernetesModel
import ResourceTables
import Troubleshooting

/// The latest diagnosis of the session's cluster, kept up to date while the cluster is explored.
final class WhyWatch {
    private(set) var diagnosis: Diagnosis?
    private var watching: Task<Void, Never>?

    func start(_ session: ClusterSession, in shell: Shell) {
        let namespace = session.namespaces.single ?? session.configuration.namespace
        let provider = WhyProvider(session.client, cluster: session.contextName, namespace: namespace, now: shell.now)
        watching = Task { [weak self, weak shell] in
            for await diagnosis in provider.diagnoses() {
                guard let self, let shell else { return }
                show(diagnosis)
                shell.setNeedsDisplay()
            }
        }
    }

    func stop() {
        watching?.cancel()
        watching = nil
        diagnosis = nil
    }

    func show(_ diagnosis: Diagnosis) {
        self.diagnosis = diagnosis
    }

    /// What is behind the trouble of an object, else the cluster's most important cause.
    func finding(for target: ObjectTarget?) -> Finding? {
        target.flatMap { diagnosis?.finding(about: $0.reference) } ?? diagnosis?.findings.first { $0.state == .active }
    }

    func line(for target: ObjectTarget?) -> WhyLine? {
        finding(for: target).map { WhyLine(title: $0.title, cause: $0.rootCause, affected: $0.victims.count) }
    }
}

extension ObjectTarget {
    var reference: ObjectReference {
        ObjectReference(apiVersion: resource.groupVersion.apiVersion, kind: resource.kind, namespace: namespace, name: name)
    }
}
