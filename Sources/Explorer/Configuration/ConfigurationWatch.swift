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
        shell.onContextChange = { [unowned self] in reload() }
        watching = Task { [weak self] in
            while !Task.isCancelled {
                // A few files every two seconds cost nothing that could be measured, and need no system's way of watching them.
                try? await Task.sleep(for: .seconds(2))
                guard let self else { return }
                if store.hasChanged(context: context) { reload() }
            }
        }
    }

    func stop() {
        watching?.cancel()
    }

    private var context: String { shell.session.configuration.names.context }

    private func reload() {
        let (configuration, problems) = store.load(context: context)
        if let problem = problems.first { shell.report(.warning, problem) }
        let previous = shell.configuration.theme
        shell.configuration = configuration
        if let theme = configuration.theme, theme != previous { shell.useTheme(theme) }
        shell.setNeedsDisplay()
    }
}
