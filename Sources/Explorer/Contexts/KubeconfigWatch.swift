import KubernetesClient

/// Takes over what changes of the kubeconfig: contexts that come and go, and credentials.
final class KubeconfigWatch {
    private unowned let shell: Shell
    private var watching: Task<Void, Never>?

    init(_ shell: Shell) {
        self.shell = shell
    }

    func start() {
        watching = Task { [weak self] in
            // As with the configuration, looking every two seconds costs nothing that could be measured.
            while (try? await Task.sleep(for: .seconds(2))) != nil {
                guard let self else { return }
                look()
            }
        }
    }

    func stop() {
        watching?.cancel()
    }

    /// What can't be read leaves everything as it was, and is told.
    func look() {
        do {
            guard let contexts = try shell.options.changedContexts() else { return }
            shell.contexts = contexts
            for session in shell.sessions {
                // A context that is gone is explored to its end, and no server gets credentials that are meant for another,
                // or over a way that is none of theirs.
                guard let new = try? shell.options.configurationOfContext(session.contextName),
                    new.leadsAlike(session.configuration)
                else { continue }
                session.client.use(new.credentials)
                session.client.retryNow()
            }
            shell.setNeedsDisplay()
        } catch {
            shell.report(
                .warning, "The kubeconfig as it was stays in force: \(FailureText.of(error))", logged: "the kubeconfig can't be read")
        }
    }
}
