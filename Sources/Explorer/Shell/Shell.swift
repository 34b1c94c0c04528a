import KubernetesClient
package import KubernetesModel
import ResourceTables
package import TextUI

/// The explorer between its edges: the stack of screens, the keys and the messages. It knows no terminal; `ExplorerProgram` feeds
/// it events and shows its frames.
package final class Shell: Layer {
    /// The cluster that keys are about: the one of what is selected.
    package private(set) var session: ClusterSession
    /// The cluster that is explored, whatever others a view shows.
    package private(set) var home: ClusterSession
    /// The clusters that are shown besides.
    private var joined: [ClusterSession] = []
    package let options: ExplorerOptions
    package var theme: Theme
    package let compositor = Compositor()
    /// What was typed while rows of a filter were still to come.
    var deferred: [InputEvent] = []
    package let work = WorkCounter()
    var tabs = [Tab()]
    var currentTab = 0
    package private(set) var flash: Flash?
    var whyWatch: WhyWatch { session.whyWatch }
    /// What the person has set, for the context that keys are about.
    package var configuration: Configuration {
        get { session.settings }
        set { session.settings = newValue }
    }
    /// The time of ages and of the clock in the header.
    package let now: @Sendable () -> Instant

    /// The kubeconfig's, in its order.
    package var contexts: [ExplorerOptions.Context]
    /// Something visible has changed: a frame is wanted soon.
    package var onChange: () -> Void = {}
    package var onQuit: () -> Void = {}
    /// A context is looked at from now on: its settings are wanted.
    var onSession: (ClusterSession) -> Void = { _ in }
    /// What the files of the configuration have wrong, a sentence each.
    var mistakes: [String] = []
    /// What needs the terminal itself: editors and suspension.
    var terminalAccess: (any TerminalAccess)?

    /// Where messages are written too.
    var log: MessageLog?
    /// What waits for the server to tell what it serves, with what is to be remembered of it.
    var awaited: (line: CommandLine, text: String?)?
    /// Whether the remembered views wait for that too.
    var awaitsViews = false
    /// Whether the latest command was refused.
    private(set) var hasRefused = false
    var commandHistory = CommandHistory()
    var filterHistory = CommandHistory()
    /// What a person's plugins run without the terminal.
    let programs = BackgroundRuns()
    /// K9s's toggles: a line more for the view.
    var hidesHeader = false
    var hidesCrumbs = false
    /// With what tables open that are given no filter.
    var pinnedFilter: TableFilter?
    /// What the latest click was on.
    var clicked: Clicked?
    /// Of the latest frame.
    var lastSize = Size.zero
    private var pendingKeys: [KeyPress] = []

    package init(session: ClusterSession, options: ExplorerOptions, theme: Theme, now: @escaping @Sendable () -> Instant) {
        self.session = session
        home = session
        self.options = options
        contexts = options.contexts
        self.theme = theme
        self.now = now
        compositor.push(self)
    }

    package var isOpaque: Bool { true }
    /// The way to the visible screen in its tab.
    private var visits: [Tab.Visit] {
        get { tabs[currentTab].visits }
        set { tabs[currentTab].visits = newValue }
    }
    /// All clusters that are connected to.
    package var sessions: [ClusterSession] { [home] + joined }
    /// The screens gone through in the visible tab; the last one is visible.
    package var screens: [any Screen] { visits.map(\.screen) }
    package var screen: (any Screen)? { visits.last?.screen }

    // MARK: Screens

    /// Opens a screen above the others; Esc comes back.
    /// - Parameter cluster: what it is about; nil stands for the cluster that keys are about.
    package func push(_ screen: any Screen, of cluster: ClusterSession? = nil) {
        let cluster = cluster ?? session
        self.screen?.stop()
        visits.append(Tab.Visit(screen: screen, session: cluster, namespaces: cluster.namespaces))
        screen.start()
        setNeedsDisplay()
    }

    /// Opens a screen in place of the visible one, in the same cluster.
    package func replaceTop(with screen: any Screen) {
        let replaced = visits.popLast()
        replaced?.screen.stop()
        let session = replaced?.session ?? session
        visits.append(Tab.Visit(screen: screen, session: session, namespaces: session.namespaces))
        screen.start()
        endUnusedSessions()
        setNeedsDisplay()
    }

    /// Leaves the visible screen; the last one stays.
    package func pop() {
        pop(to: screens.count - 2)
    }

    /// Leaves the screens above the one at `index`.
    func pop(to index: Int) {
        guard visits.indices.dropLast().contains(index) else { return }
        screen?.stop()
        visits.removeSubrange((index + 1)...)
        resume()
    }

    /// Takes the screens between the first and the visible one away.
    func forgetWay() {
        guard visits.count > 2 else { return }
        visits.removeSubrange(1..<(visits.count - 1))
        endUnusedSessions()
    }

    /// Takes the visible screen away without showing the one below, which another is about to replace.
    func dropTop() {
        visits.popLast()?.screen.stop()
    }

    /// Shows the visible screen again, with what was in force when it was opened.
    func resume() {
        if let visit = visits.last {
            session = visit.session
            session.namespaces = visit.namespaces
        }
        screen?.start()
        endUnusedSessions()
        setNeedsDisplay()
    }

    // MARK: Clusters

    /// The cluster of a context, for a view that shows it besides the one that is explored: shared by all that show it, and let go with
    /// the last of them.
    func join(_ context: String) throws -> ClusterSession {
        let configuration = Result { try options.configurationOfContext(context) }
        // The kubeconfig may lead elsewhere by now; one that can't be read leaves what is known.
        let known = sessions.first { session in
            session.contextName == context && (try? configuration.get())?.leadsAlike(session.configuration) ?? true
        }
        if let known { return known }
        let new = ClusterSession.make(try configuration.get(), options: options)
        joined.append(new)
        onSession(new)
        new.startWatching(in: self)
        return new
    }

    /// Leaves the old cluster; its screens end with it.
    func explore(_ new: ClusterSession) {
        screen?.stop()
        tabs = [Tab()]
        currentTab = 0
        joined = sessions.filter { $0 !== new }
        home = new
        session = new
        (awaited, awaitsViews) = (nil, false)
        endUnusedSessions()
        setNeedsDisplay()
    }

    /// Lets go of the clusters that no view shows any more, and in which no node is being drained.
    func endUnusedSessions() {
        let shown = tabs.flatMap(\.visits).flatMap { [$0.session] + $0.screen.sessions }
        let unused = joined.filter { $0 !== session && !shown.contains($0) && $0.drains.running.isEmpty }
        joined.removeAll(where: unused.contains)
        for session in unused {
            session.stopWatching()
            work.run { [weak self] in await self?.end(session) }
        }
    }

    /// Ends with all clusters.
    func shutdown() async {
        for session in sessions {
            session.stopWatching()
            await end(session)
        }
    }

    private func end(_ session: ClusterSession) async {
        for problem in await session.end() { report(problem) }
    }

    /// Keys and messages are about the cluster of what is selected. While something is asked it stays the one that the question is about.
    func followSelection() {
        guard compositor.top === self, let selected = screen?.session ?? visits.last?.session else { return }
        session = selected
    }

    /// Whether keys are still about the cluster in which something was read; where not it is said that nothing came of it.
    func isStill(in session: ClusterSession) -> Bool {
        if session === self.session { return true }
        report(.warning, "Nothing was done: another cluster was chosen meanwhile.")
        return false
    }

    // MARK: Messages

    /// - Parameter logged: what the log has instead of a text that may hold secrets.
    package func report(_ level: Flash.Level, _ text: String, logged: String? = nil) {
        flash = Flash(level, text)
        log?.write(level.logged, logged ?? text)
        setNeedsDisplay()
    }

    /// Says why a command is not run.
    func refuse(_ reason: String, _ level: Flash.Level = .error) {
        hasRefused = true
        report(level, reason)
    }

    func refuse(_ error: any Error, after prefix: String = "") {
        hasRefused = true
        report(error, after: prefix)
    }

    /// Runs a command; what is refused is not remembered.
    /// - Parameter text: what the history gets; nil leaves it as it is.
    func execute(_ line: CommandLine, remembering text: String?) {
        hasRefused = false
        if let command = BuiltInCommand.named(line.name) { command.run(self, line) } else { openResource(line) }
        if awaited?.line == line { awaited?.text = text } else if !hasRefused, let text { commandHistory.record(text) }
    }

    /// Tells what failed; the log gets no more of it than it may have.
    /// - Parameter prefix: what the sentence begins with.
    func report(_ error: any Error, after prefix: String = "") {
        report(.error, prefix + FailureText.of(error), logged: prefix + LoggedText.of(error))
    }

    /// Takes back what was said of something that is over now.
    func clearReport() {
        flash = nil
        setNeedsDisplay()
    }

    package func setNeedsDisplay() {
        onChange()
    }

    // MARK: Events

    package func handle(_ event: InputEvent) -> EventResult {
        flash = nil
        followSelection()
        guard case .key(let key) = event else {
            if case .mouse(let mouse) = event { handle(mouse) } else { _ = screen?.handle(event) }
            return .consumed
        }
        pendingKeys.append(key)
        switch keyMap.lookup(pendingKeys) {
        case .pending: break
        case .action(let action):
            pendingKeys = []
            perform(action)
        case .none:
            pendingKeys = []
            if screen?.handle(event) == true { return .consumed }
            return explainsAbsence(to: key) ? .consumed : .meaningless
        }
        return .consumed
    }

    /// A key for any object, pressed where none is selected, is told so.
    private func explainsAbsence(to key: KeyPress) -> Bool {
        guard let screen, screen.targets.isEmpty, let absence = screen.absence,
            configuration.keys.applied(to: ObjectActions.general).contains(where: { $0.keys.contains([key]) })
        else { return false }
        report(.info, absence)
        return true
    }

    /// What comes of a key that means nothing to a dialog: pictures are taken of dialogs too.
    func handleBehindDialog(_ key: KeyPress) -> EventResult {
        guard keyMap.lookup([key]) == .action("picture") else { return .meaningless }
        savePicture()
        return .consumed
    }

    /// Every binding in force: the screen's, those for its objects, the general ones. Earlier ones win.
    package var bindings: [Binding] { bindings(ofObjects: ObjectActions.bindings(for: screen?.targets ?? [])) }

    /// - Parameter objects: the bindings for what is shown.
    func bindings(ofObjects objects: [Binding]) -> [Binding] {
        let fathom = (screen?.bindings ?? []) + objects + GeneralActions.bindings
        let yours = UserActions.bindings(for: self, overriding: false)
        return configuration.keys.applied(to: UserActions.bindings(for: self, overriding: true) + fathom + yours)
    }

    var keyMap: KeyMap { KeyMap(bindings) }

    package func perform(_ action: ActionID) {
        let targets = screen?.targets ?? []
        if let reason = disabledReason(for: action, on: targets) {
            report(.warning, reason)
            return
        }
        if UserActions.perform(action, in: self) || screen?.perform(action) == true { return }
        if ObjectActions.perform(action, on: targets, in: self) { return }
        GeneralActions.perform(action, in: self)
    }

    package func disabledReason(for action: ActionID) -> String? {
        disabledReason(for: action, on: screen?.targets ?? [])
    }

    /// - Parameter targets: the visible screen's, for who asks about many actions.
    func disabledReason(for action: ActionID, on targets: [ObjectTarget]) -> String? {
        UserActions.disabledReason(for: action, on: targets, in: self) ?? screen?.disabledReason(for: action)
            ?? ObjectActions.disabledReason(for: action, on: targets, in: self)
    }
}
