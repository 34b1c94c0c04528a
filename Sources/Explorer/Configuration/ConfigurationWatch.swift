import KubernetesClient

/// Takes over the settings when a file of them changes, or another context with its own is explored.
final class ConfigurationWatch {
    private let store: ConfigurationStore
    private unowned let shell: Shell
    private var watching: Task<Void, Never>?

    init(_ store: ConfigurationStore, shell: Shell) {
        self.store = store
        self.shell = shell
    }

    func start() {
        shell.onSession = { [unowned self] in read(for: $0) }
        watching = Task { [weak self] in
            while !Task.isCancelled {
                // A few files every two seconds cost nothing that could be measured, and need no system's way of watching them.
                try? await Task.sleep(for: .seconds(2))
                guard let self else { return }
                for session in shell.sessions where store.hasChanged(context: context(of: session)) { read(for: session) }
            }
        }
    }

    func stop() {
        watching?.cancel()
    }

    private func context(of session: ClusterSession) -> String { session.configuration.names.context }

    private func read(for session: ClusterSession) {
        let (settings, problems) = store.load(context: context(of: session))
        let previous = session.settings
        session.settings = settings
        // The colours are those of the context that is explored.
        if session === shell.home, let theme = settings.theme, theme != previous.theme { shell.useTheme(theme) }
        if session === shell.session, settings.views != previous.views { shell.reopenTable() }
        // What a file says wrong names its line: it is told rather than what came of it.
        shell.report(problems: problems + (session === shell.session ? shell.keyProblems : []))
        shell.setNeedsDisplay()
    }
}
