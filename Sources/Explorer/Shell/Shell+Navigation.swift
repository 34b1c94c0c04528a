import KubernetesClient
import KubernetesModel
import TextUI

/// Going somewhere: commands, prompts, back.
extension Shell {
    /// Runs a line as the `:` prompt does, with or without the colon.
    /// - Parameter isRecorded: whether it goes into the history.
    package func run(command text: String, isRecorded: Bool = true) {
        let text = text.hasPrefix(":") ? String(text.dropFirst()) : text
        guard let line = CommandLine(configuration.expandingAlias(of: text)) else { return }
        log?.write(.debug, ":\(line.name)")
        execute(line, remembering: isRecorded && line.name != "q" ? text : nil)
    }

    /// Runs a command; from what it opens Esc leads to the first screen.
    func run(afresh command: String) {
        let before = screens
        run(command: command)
        if screens.count == before.count + 1, screens.dropLast().last === before.last { forgetWay() }
    }

    func repeatCommand(_ command: String?) {
        if let command { run(command: command, isRecorded: false) }
    }

    func openCommandPrompt() {
        let completion = CommandCompletion(
            commands: BuiltInCommand.all.flatMap(\.names) + configuration.aliases.keys.sorted(),
            resources: session.catalog.resources.filter { $0.supports("list") },
            namespaces: session.namespaceNames,
            contexts: contexts.map(\.name),
            history: commandHistory.entries
        )
        compositor.push(
            PromptLayer(label: ":", shell: self, suggestions: completion.suggestions) { [weak self] text in
                self?.run(command: text)
            })
    }

    func openFilterPrompt() {
        guard let screen, let filter = screen.filter else {
            report(.info, "There is nothing to filter here")
            return
        }
        let suggestions = { [filterHistory] (text: String) in filterHistory.entries(startingWith: text) }
        let prompt = PromptLayer(label: "/", text: filter, shell: self, suggestions: suggestions) { [weak self, weak screen] text in
            if !text.isEmpty { self?.filterHistory.record(text) }
            if let problem = screen?.setFilter(text, isFinal: true) { self?.report(.error, problem) }
        }
        prompt.onChange = { [weak screen] text in screen?.setFilter(text, isFinal: false) }
        prompt.onCancel = { [weak screen] in _ = screen?.setFilter(filter, isFinal: true) }
        compositor.push(prompt)
    }

    func goBack() {
        if screen?.goBack() == true { return setNeedsDisplay() }
        pop()
    }

    func toggleHelp() {
        if screen is HelpScreen { return pop() }
        let resource = screen?.targets.first?.resource ?? screen?.resource
        let listed = bindings(ofObjects: resource.map { ObjectActions.bindings(for: $0) } ?? [])
        push(HelpScreen(bindings: listed.reachable, about: screen?.targets ?? [], shell: self))
    }

    func openPalette() {
        let offered = bindings.reachable.filter { !$0.keys.isEmpty }
        let targets = screen?.targets ?? []
        let choices = offered.map {
            Choice(title: $0.title, note: $0.keyText, isEnabled: disabledReason(for: $0.action, on: targets) == nil)
        }
        compositor.push(
            ChoiceLayer(title: "Actions", choices: choices, narrowsAtOnce: true, shell: self) { [weak self] index in
                self?.perform(offered[index].action)
            })
    }

    /// Draws the screen anew; what waits before it asks a cluster again asks now.
    func askAgain() {
        sessions.forEach { $0.client.retryNow() }
        setNeedsDisplay()
    }

    /// Explores another context of the kubeconfig.
    func switchContext(to name: String, then command: String? = nil) {
        do {
            let before = home.settings.theme
            let new = try join(name)
            keepViews()
            explore(new)
            if let theme = home.settings.theme, theme != before { useTheme(theme) }
            start(command: command)
        } catch {
            refuse(error, after: "Can't switch to context \(name): ")
        }
    }

    /// Begins to explore the session's cluster.
    package func start(command: String?) {
        session.startWatching(in: self)
        if let command { run(command: command) } else { reopenViews() }
        if screens.isEmpty { openFirstScreen() }
    }
}
