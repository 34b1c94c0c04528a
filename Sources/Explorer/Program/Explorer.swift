import CursesTerminal
import Foundation
import KubernetesClient
package import KubernetesModel
import TextUI

/// The explorer as a whole: it takes the terminal and gives it back.
package enum Explorer {
    /// Explores until the person leaves.
    /// - Parameter now: the time that ages and the clock show.
    /// - Throws: `TerminalError` without a usable terminal, `ThemeError` for a theme that can't be read.
    package static func run(_ options: ExplorerOptions, now: @escaping @Sendable () -> Instant) async throws {
        let status = StatusReport(environment: options.environment)
        let store = ConfigurationStore(options.environment)
        let (configuration, problems) = store.load(context: options.configuration.names.context)
        let themes = ThemeStore(folder: ConfigurationFolder.url(options.environment)?.appending(path: "themes"))
        let first = try themes.first(asked: options.theme, configured: configuration.theme)
        var skin = first.skin
        let log = try options.log.map { try MessageLog($0, now: now) }
        // Whatever may fail comes before: nobody would give the terminal back.
        let terminal = try CursesTerminal()
        let isColorless = terminal.colorDepth == .monochrome || !(options.environment["NO_COLOR"] ?? "").isEmpty
        if isColorless, options.theme == nil, let plain = try? themes.load(ThemeStore.monochromeName) { skin = plain }

        let session = ClusterSession.make(options.configuration, options: options)
        let shell = Shell(session: session, options: options, theme: skin.theme, now: now)
        shell.configuration = configuration
        shell.log = log
        let watch = ConfigurationWatch(store, shell: shell)
        watch.start()
        let kubeconfig = KubeconfigWatch(shell)
        kubeconfig.start()
        let program = ExplorerProgram(shell: shell, terminal: terminal, status: status)
        shell.report(problems: problems + shell.keyProblems + first.problems + skin.problems.map { "Theme \(skin.theme.name): \($0)" })
        shell.offerK9sImport()
        await program.run(command: options.command)
        watch.stop()
        kubeconfig.stop()
        shell.keepViews()
        await shell.shutdown()
    }
}
