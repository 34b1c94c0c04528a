import KubernetesClient
package import KubernetesModel
import ResourceTables
package import TextUI

/// The explorer between its edges: the stack of screens, the keys and the messages. It knows no terminal; `ExplorerProgram` feeds
/// it events and shows its frames.
package final class Shell: Layer {
    package private(set) var session: ClusterSession
    package let options: ExplorerOptions
    package var theme: Theme
    package let compositor = Compositor()
    package let work = WorkCounter()
    var tabs = [Tab()]
    var currentTab = 0
    package private(set) var flash: Flash?
    /// The root cause shown under the screen; nil while none is known.
    package var why: WhyLine?
    let whyWatch = WhyWatch()
    /// What the person has set, for the context that is explored.
    package var configuration = Configuration() {
        didSet { session.isReadOnly = configuration.isReadOnly ?? false }
    }
    /// The time of ages and of the clock in the header.
    package let now: @Sendable () -> Instant

    /// Something visible has changed: a frame is wanted soon.
    package var onChange: () -> Void = {}
    package var onQuit: () -> Void = {}
    /// Another context is explored from now on, with settings of its own.
    var onContextChange: () -> Void = {}
    /// What needs the terminal itself: editors and suspension.
    var terminalAccess: (any TerminalAccess)?

    var commandHistory = CommandHistory()
    /// With what tables open that are given no filter.
    var pinnedFilter: TableFilter?
    /// Of the latest frame.
    var lastSize = Size.zero
    private var pendingKeys: [KeyPress] = []

    package init(session: ClusterSession, options: ExplorerOptions, theme: Theme, now: @escaping @Sendable () -> Instant) {
        self.session = session
        self.options = options
        self.theme = theme
        self.now = now
        compositor.push(self)
    }

    package var isOpaque: Bool { true }
    /// The screens gone through in the visible tab; the last one is visible.
    package private(set) var screens: [any Screen] {
        get { tabs[currentTab].screens }
        set { tabs[currentTab].screens = newValue }
    }
    private var namespaces: [NamespaceChoice] {
        get { tabs[currentTab].namespaces }
        set { tabs[currentTab].namespaces = newValue }
    }
    package var screen: (any Screen)? { screens.last }

    // MARK: Screens

    /// Opens a screen above the others; Esc comes back.
    package func push(_ screen: any Screen) {
        self.screen?.stop()
        screens.append(screen)
        namespaces.append(session.namespaces)
        screen.start()
        setNeedsDisplay()
    }

    /// Opens a screen in place of the visible one.
    package func replaceTop(with screen: any Screen) {
        if !screens.isEmpty {
            screens.removeLast().stop()
            namespaces.removeLast()
        }
        screens.append(screen)
        namespaces.append(session.namespaces)
        screen.start()
        setNeedsDisplay()
    }

    /// Leaves the visible screen; the last one stays.
    package func pop() {
        pop(to: screens.count - 2)
    }

    /// Leaves the screens above the one at `index`.
    func pop(to index: Int) {
        guard screens.indices.dropLast().contains(index) else { return }
        screen?.stop()
        screens.removeSubrange((index + 1)...)
        namespaces.removeSubrange((index + 1)...)
        session.namespaces = namespaces[index]
        screen?.start()
        setNeedsDisplay()
    }

    /// Takes the visible screen away without showing the one below, which another is about to replace.
    func dropTop() {
        guard !screens.isEmpty else { return }
        screens.removeLast().stop()
        namespaces.removeLast()
    }

    /// Leaves the old cluster; its screens end with it.
    func replaceSession(_ session: ClusterSession) {
        screen?.stop()
        tabs = [Tab()]
        currentTab = 0
        let old = self.session
        old.stopWatching()
        whyWatch.stop()
        self.session = session
        why = nil
        work.run { await old.client.shutdown() }
        setNeedsDisplay()
    }

    // MARK: Messages

    package func report(_ level: Flash.Level, _ text: String) {
        flash = Flash(level, text)
        setNeedsDisplay()
    }

    package func setNeedsDisplay() {
        onChange()
    }

    // MARK: Events

    package func handle(_ event: InputEvent) -> EventResult {
        flash = nil
        guard case .key(let key) = event else {
            _ = screen?.handle(event)
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
            _ = screen?.handle(event)
        }
        return .consumed
    }

    /// Every binding in force: the screen's, those for its objects, the general ones. Earlier ones win.
    package var bindings: [Binding] {
        let fathom = (screen?.bindings ?? []) + ObjectActions.bindings(for: screen?.targets ?? []) + GeneralActions.bindings
        let yours = UserActions.bindings(for: self, overriding: false)
        return configuration.keys.applied(to: UserActions.bindings(for: self, overriding: true) + fathom + yours)
    }

    private var keyMap: KeyMap { KeyMap(bindings) }

    package func perform(_ action: ActionID) {
        if let reason = disabledReason(for: action) {
            report(.warning, reason)
            return
        }
        if UserActions.perform(action, in: self) || screen?.perform(action) == true { return }
        if ObjectActions.perform(action, on: screen?.targets ?? [], in: self) { return }
        GeneralActions.perform(action, in: self)
    }

    package func disabledReason(for action: ActionID) -> String? {
        UserActions.disabledReason(for: action, in: self) ?? screen?.disabledReason(for: action)
            ?? ObjectActions.disabledReason(for: action, on: screen?.targets ?? [], in: self)
    }
}
