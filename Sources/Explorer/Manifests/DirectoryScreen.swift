import Foundation
import KubernetesClient
import KubernetesModel
import TextUI

/// A folder's manifests, to look at, edit, apply and delete by.
final class DirectoryScreen: Screen {
    struct Item: Equatable {
        let name: String
        let isFolder: Bool
        var size = 0
        var modified: Instant?
    }

    private let path: String
    private unowned let shell: Shell
    private var items: [Item] = []
    private var list = ListPane()

    init(_ path: String, shell: Shell) {
        self.path = path
        self.shell = shell
    }

    var title: String { "dir" }
    var command: String? { "dir \(path)" }

    var bindings: [Binding] {
        [
            Binding("dir.open", "Enter", title: "open", section: .resource, footer: true),
            Binding("dir.view", "y", title: "view", section: .resource, footer: true),
            Binding("dir.edit", "e", title: "edit", section: .resource, footer: true),
            Binding("dir.apply", "a", title: "apply", section: .resource, footer: true),
            Binding("dir.delete", "d", "Ctrl-D", title: "delete what it describes", section: .resource, footer: true),
            Binding("dir.reload", "Ctrl-R", title: "look again"),
        ] + ListNavigation.bindings
    }

    /// Folders first, then manifests; other files are none of its business.
    static func items(in path: String) -> [Item] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let items = names.sorted().filter { !$0.hasPrefix(".") }.compactMap { name -> Item? in
            if TextFile.isFolder(path + "/" + name) { return Item(name: name, isFolder: true) }
            guard Manifests.isManifest(name) else { return nil }
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/" + name)
            let modified = (attributes?[.modificationDate] as? Date).map { Instant(seconds: Int($0.timeIntervalSince1970)) }
            return Item(name: name, isFolder: false, size: attributes?[.size] as? Int ?? 0, modified: modified)
        }
        return items.filter(\.isFolder) + items.filter { !$0.isFolder }
    }

    func start() {
        items = Self.items(in: path)
    }

    private var selected: Item? {
        items.indices.contains(list.selected) ? items[list.selected] : nil
    }

    func disabledReason(for action: ActionID) -> String? {
        switch action {
        case "dir.apply", "dir.delete": shell.session.guardLevel.obstacle
        case "dir.view", "dir.edit": selected?.isFolder == true ? "It is a folder" : nil
        default: nil
        }
    }

    func perform(_ action: ActionID) -> Bool {
        if action == "dir.reload" { start() }
        guard let selected else { return list.perform(action, count: items.count) }
        let path = path + "/" + selected.name
        switch action {
        case "dir.open" where selected.isFolder: shell.push(DirectoryScreen(path, shell: shell))
        case "dir.open", "dir.view": view(path)
        case "dir.edit": edit(path)
        case "dir.apply": shell.apply(path)
        case "dir.delete": shell.deleteObjects(in: path)
        case "dir.reload": break
        default: return list.perform(action, count: items.count)
        }
        return true
    }

    private func view(_ path: String) {
        do {
            let text = try TextFile.read(path)
            shell.push(PlainTextScreen(title: "file", heading: path, text: text, isYAML: true, shell: shell))
        } catch {
            shell.report(.error, "\(path) can't be read: \(FailureText.of(error))")
        }
    }

    private func edit(_ path: String) {
        guard let terminal = shell.terminalAccess else { return }
        let command = EditAction.editor(shell.options.environment)
        shell.work.run { [weak self, shell] in
            guard !terminal.isLent else { return shell.report(.warning, "The terminal is in use") }
            let status = await terminal.run(command[0], Array(command.dropFirst()) + [path])
            if status != 0 { shell.report(.warning, "\(command[0]) ended with status \(status)") }
            self?.start()
            shell.setNeedsDisplay()
        }
    }

    func select(at point: Point) -> Bool { list.select(at: point) }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let heading =
            StyledText("Dir", theme[.title]) + StyledText("(\(path))", theme[.titleHighlight])
            + StyledText("[\(items.count)]", theme[.titleCounter])
        let inside = BorderBox(title: heading, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        let table = ListTable(titles: ["NAME", "SIZE", "AGE"], count: items.count) { [items, now = shell.now()] index in
            let item = items[index]
            return [
                item.name + (item.isFolder ? "/" : ""), item.isFolder ? "" : ByteCount.text(item.size),
                item.modified.map { HumanDuration.text(since: $0, now: now) } ?? "",
            ]
        }
        list.draw(table, absence: "No folders and no YAML or JSON files here", theme: theme, in: inside, on: &frame)
    }
}
