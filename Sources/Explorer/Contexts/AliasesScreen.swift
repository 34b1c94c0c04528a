import Foundation
import KubernetesModel
import TextUI

/// Every resource that the cluster serves, with the names it answers to, after a person's own names for commands.
final class AliasesScreen: Screen {
    private unowned let shell: Shell
    private var list = ListPane()
    private var text = ""

    init(shell: Shell) {
        self.shell = shell
    }

    var title: String { "aliases" }
    var command: String? { "aliases" }
    var filter: String? { text }
    var bindings: [Binding] {
        [Binding("aliases.open", "Enter", title: "open", section: .resource, footer: true)] + ListNavigation.bindings
    }

    private struct Entry {
        let cells: [String]
        /// What the name stands for.
        let command: String
    }

    private var entries: [Entry] {
        let own = shell.configuration.aliases.sorted { $0.key < $1.key }.map {
            Entry(cells: [$0.key, "", "", $0.value, ""], command: $0.value)
        }
        let served = shell.session.catalog.resources.filter { $0.supports("list") }.map(Self.entry)
        guard !text.isEmpty else { return own + served }
        return (own + served).filter { entry in entry.cells.contains { $0.localizedCaseInsensitiveContains(text) } }
    }

    private static func entry(_ resource: APIResource) -> Entry {
        Entry(
            cells: [
                resource.name, resource.group.isEmpty ? "core" : resource.group, resource.version, resource.kind,
                resource.shortNames.joined(separator: " "),
            ], command: resource.group.isEmpty ? resource.name : "\(resource.name).\(resource.group)")
    }

    func perform(_ action: ActionID) -> Bool {
        let entries = entries
        if action == "aliases.open" {
            if entries.indices.contains(list.selected) { shell.run(command: entries[list.selected].command) }
            return true
        }
        return list.perform(action, count: entries.count)
    }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        self.text = text
        list = ListPane()
        return nil
    }

    func goBack() -> Bool {
        defer { text = "" }
        return !text.isEmpty
    }

    func select(at point: Point) -> Bool { list.select(at: point) }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let entries = entries
        let filter = text.isEmpty ? StyledText() : StyledText(" /\(text)", theme[.titleFilter])
        let title = StyledText("Aliases", theme[.title]) + StyledText(" [\(entries.count)]", theme[.titleCounter]) + filter
        let inside = BorderBox(title: title, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        let table = ListTable(titles: ["NAME", "GROUP", "VERSION", "MEANING", "SHORT NAMES"], count: entries.count) { entries[$0].cells }
        list.draw(table, absence: "Nothing is called so", theme: theme, in: inside, on: &frame)
    }
}
