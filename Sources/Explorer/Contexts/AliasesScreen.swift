import Foundation
import KubernetesModel
import TextUI

/// Every resource that the cluster serves, with the names it answers to.
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

    private var resources: [APIResource] {
        let all = shell.session.catalog.resources.filter { $0.supports("list") }
        if text.isEmpty { return all }
        return all.filter { resource in Self.cells(resource).contains { $0.localizedCaseInsensitiveContains(text) } }
    }

    private static func cells(_ resource: APIResource) -> [String] {
        [
            resource.name, resource.group.isEmpty ? "core" : resource.group, resource.version, resource.kind,
            resource.shortNames.joined(separator: " "),
        ]
    }

    func perform(_ action: ActionID) -> Bool {
        let resources = resources
        if action == "aliases.open" {
            guard resources.indices.contains(list.selected) else { return true }
            let resource = resources[list.selected]
            shell.run(command: resource.group.isEmpty ? resource.name : "\(resource.name).\(resource.group)")
            return true
        }
        return list.perform(action, count: resources.count)
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
        let resources = resources
        let filter = text.isEmpty ? StyledText() : StyledText(" /\(text)", theme[.titleFilter])
        let title = StyledText("Aliases", theme[.title]) + StyledText(" [\(resources.count)]", theme[.titleCounter]) + filter
        let inside = BorderBox(title: title, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        let table = ListTable(titles: ["RESOURCE", "GROUP", "VERSION", "KIND", "SHORT NAMES"], count: resources.count) {
            Self.cells(resources[$0])
        }
        list.draw(table, absence: "No resource is called so", theme: theme, in: inside, on: &frame)
    }
}
