import ResourceTables
import TextUI

/// A stack of screens that waits while another is looked at.
struct Tab {
    /// A screen with what was in force when it was opened, and comes back with it.
    struct Visit {
        let screen: any Screen
        let session: ClusterSession
        let namespaces: NamespaceChoice
    }

    var visits: [Visit] = []
}

extension Shell {
    static let tabBindings: [Binding] = [
        Binding("tab.new", "Alt-t", title: "new tab", section: .general),
        Binding("tab.close", "Alt-w", title: "close the tab", section: .general),
        Binding("tab.next", "Alt-n", title: "next tab", section: .general),
        Binding("tab.previous", "Alt-b", title: "previous tab", section: .general),
    ]

    /// Opens a tab with what a command shows, else with the first screen.
    func openTab(_ command: String?) {
        openTab { [self] in if let command { run(command: command) } }
    }

    func openTab(showing open: () -> Void) {
        switchTab { tabs in
            tabs.insert(Tab(), at: currentTab + 1)
            currentTab += 1
        }
        open()
        if screens.isEmpty { openFirstScreen() }
    }

    /// The last tab stays.
    func closeTab() {
        guard tabs.count > 1 else { return report(.info, "This is the only tab") }
        switchTab { tabs in
            tabs.remove(at: currentTab)
            currentTab = min(currentTab, tabs.count - 1)
        }
    }

    func moveTab(by step: Int) {
        guard tabs.count > 1 else { return report(.info, "This is the only tab: Alt-t opens another") }
        moveTab(to: (currentTab + step + tabs.count) % tabs.count)
    }

    func moveTab(to index: Int) {
        if index != currentTab { switchTab { _ in currentTab = index } }
    }

    private func switchTab(_ change: (inout [Tab]) -> Void) {
        screen?.stop()
        change(&tabs)
        resume()
    }

    /// The tab whose name stands there in the header.
    func tab(at point: Point) -> Int? {
        guard tabs.count > 1, !hidesHeader, point.y == 0 else { return nil }
        var start = HeaderView.margin
        return tabs.indices.first { index in
            let end = start + TextWidth.of(tabName(index))
            defer { start = end + 1 }
            return (start..<end).contains(point.x)
        }
    }

    private func tabName(_ index: Int) -> String { " \(index + 1) \(tabs[index].visits.last?.screen.title ?? "") " }

    /// `1 pods  2 nodes`; nothing where there is one tab.
    var tabLine: StyledText {
        guard tabs.count > 1 else { return StyledText() }
        return tabs.indices.reduce(StyledText()) { line, index in
            let style = theme[index == currentTab ? .activeCrumb : .crumb]
            return line + StyledText(tabName(index), style) + StyledText(" ", theme[.text])
        }
    }
}
