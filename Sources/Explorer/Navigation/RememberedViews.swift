import KubernetesModel
import TextUI

/// The views of all tabs, as they can be opened again.
struct RememberedViews: Hashable {
    indirect enum View: Hashable {
        /// What the `:` prompt opens.
        case command(String)
        case split(Rect.Axis, share: Int, View, View)
    }

    var tabs: [View] = []
    var current = 0

    /// Whether somebody has arranged them: several tabs, or views beside each other.
    var areArranged: Bool {
        tabs.count > 1 || tabs.contains { if case .split = $0 { true } else { false } }
    }

    init() {}

    var commands: [String] { tabs.flatMap(\.commands) }

    // MARK: As JSON

    /// As `json` wrote it; nil where there is nothing to open.
    init?(_ json: JSONValue?) {
        tabs = json?["tabs"]?.arrayValue?.compactMap(Self.view) ?? []
        guard !tabs.isEmpty else { return nil }
        current = max(0, min(tabs.count - 1, json?["current"]?.intValue ?? 0))
    }

    private static func view(_ json: JSONValue) -> View? {
        if let command = json["command"]?.stringValue { return .command(command) }
        guard let parts = json["split"]?.arrayValue, parts.count == 2, let first = view(parts[0]), let second = view(parts[1]) else {
            return nil
        }
        return .split(
            json["axis"]?.stringValue == "vertical" ? .vertical : .horizontal, share: json["share"]?.intValue ?? 50, first, second)
    }

    var json: JSONValue { ["tabs": .array(tabs.map(Self.json)), "current": JSONValue(current)] }

    private static func json(_ view: View) -> JSONValue {
        switch view {
        case .command(let command): ["command": .string(command)]
        case .split(let axis, let share, let first, let second):
            [
                "split": [json(first), json(second)], "axis": .string(axis == .vertical ? "vertical" : "horizontal"),
                "share": JSONValue(share),
            ]
        }
    }
}

extension RememberedViews.View {
    fileprivate var commands: [String] {
        switch self {
        case .command(let command): [command]
        case .split(_, _, let first, let second): first.commands + second.commands
        }
    }
}

extension Shell {
    /// Of each tab the highest view that can be opened again.
    var openViews: RememberedViews {
        var views = RememberedViews()
        for (index, tab) in tabs.enumerated() {
            guard let view = tab.visits.reversed().lazy.compactMap({ Self.remembered($0.screen) }).first else { continue }
            if index <= currentTab { views.current = views.tabs.count }
            views.tabs.append(view)
        }
        return views
    }

    private static func remembered(_ screen: any Screen) -> RememberedViews.View? {
        guard let split = screen as? SplitScreen else { return screen.command.map(RememberedViews.View.command) }
        guard let first = remembered(split.parts[0]), let second = remembered(split.parts[1]) else { return nil }
        return .split(split.axis, share: split.share, first, second)
    }

    /// Called before the explored context is left. What still waits to be opened is remembered already.
    func keepViews() {
        guard awaited == nil, !awaitsViews else { return }
        memory(of: home).keep(openViews.json, as: .views)
    }

    /// Opens what was open when the context was left: what was arranged always, a single view where the person wants that. Custom resources
    /// are known only when the server has told what it serves; all wait for them.
    func reopenViews() {
        guard let views = RememberedViews(memory(of: home)[.views]), views.areArranged || configuration.startView == .last else { return }
        awaitsViews = home.serverVersion == nil && views.commands.contains(where: isUnknown)
        guard !awaitsViews else { return }
        for (index, view) in views.tabs.enumerated() {
            if index > 0 { openTab(view) } else { open(view) }
        }
        moveTab(to: views.current)
    }

    /// Unless the person has gone on meanwhile.
    func reopenAwaitedViews() {
        awaitsViews = false
        if tabs.count == 1, screens.count == 1, screen is OverviewScreen { reopenViews() }
    }

    private func isUnknown(_ command: String) -> Bool {
        guard let line = CommandLine(configuration.expandingAlias(of: command)) else { return false }
        return BuiltInCommand.named(line.name) == nil && home.catalog.resource(named: line.name) == nil
    }

    private func openTab(_ view: RememberedViews.View) {
        openTab { [self] in open(view) }
    }

    private func open(_ view: RememberedViews.View) {
        switch view {
        case .command(let command): openBeside(command, isRecorded: false)
        case .split(let axis, let share, let first, let second):
            open(first)
            let depth = screens.count
            open(second)
            guard depth > 0, screens.count == depth + 1 else { return }
            joinTopScreens(axis, share: share)
        }
    }
}
