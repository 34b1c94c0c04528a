import ResourceTables
import TextUI

/// The keys of every table, wherever it is shown.
enum TableActions {
    static let bindings: [Binding] =
        [
            Binding("table.open", "Enter", title: "open", section: .resource, footer: true),
            Binding("table.owner", "Shift-J", title: "go to the owner", section: .resource),
            Binding("table.copyNamespaces", "n", title: "copy the namespaces"),
            Binding("table.pin", "Alt-p", title: "keep this filter"),
            Binding("table.mark", "Space", title: "mark"),
            Binding("table.markRange", "Ctrl-Space", title: "mark up to here"),
            Binding("table.markAll", "*", title: "mark all shown"),
            Binding("table.clearMarks", "Ctrl-\\", title: "clear marks"),
            Binding("table.faults", "Ctrl-Z", title: "faults only"),
            Binding("table.wide", "Ctrl-W", title: "all columns"),
            Binding("table.sortName", "Shift-N", title: "sort by name"),
            Binding("table.sortAge", "Shift-A", title: "sort by age"),
            Binding("table.sortStatus", "Shift-S", title: "sort by status"),
            Binding("table.sortNamespace", "Shift-P", title: "sort by namespace"),
            Binding("table.previousColumn", "Shift-Left", title: "column to the left"),
            Binding("table.nextColumn", "Shift-Right", title: "column to the right"),
            Binding("table.sortColumn", "Shift-O", title: "sort by that column"),
            Binding("table.scrollLeft", "Left", title: "scroll left", section: .navigation),
            Binding("table.scrollRight", "Right", title: "scroll right", section: .navigation),
        ] + ListNavigation.bindings

    /// False when the action is none of a table's.
    static func perform(_ action: ActionID, on model: TableModel, page: Int, in shell: Shell) -> Bool {
        switch action {
        case "table.open": shell.open(model.selectedRow, of: model.resource)
        case "table.owner": shell.openOwner(of: model.selectedRow)
        case "copy": shell.copy(model.targets.map(\.name).joined(separator: "\n"), what: model.targets.what)
        case "table.copyNamespaces":
            let namespaces = Set(model.targets.compactMap(\.namespace)).sorted()
            shell.copy(namespaces.joined(separator: "\n"), what: namespaces.joined(separator: ", "))
        case "save": shell.export(model)
        case "table.pin": shell.togglePin(model.query.filter)
        default: return perform(action, on: model, page: page)
        }
        return true
    }

    /// Does what changes only the table itself. False when the action is none of these.
    private static func perform(_ action: ActionID, on model: TableModel, page: Int) -> Bool {
        switch action {
        case "table.mark": if let row = model.selectedRow { model.marks.toggle(row) }
        case "table.markRange": model.marks.extend(to: model.position.selected, in: model.snapshot.rows)
        case "table.markAll": model.marks.insert(model.snapshot.rows)
        case "table.clearMarks": model.marks.clear()
        case "table.faults": model.change { $0.faultsOnly.toggle() }
        case "table.wide":
            model.showsWide.toggle()
            model.columnOffset = 0
        case "table.sortName": model.sort(by: "NAME")
        case "table.sortAge": model.sort(by: model.column("LAST SEEN") == nil ? "AGE" : "LAST SEEN")
        case "table.sortStatus": model.sort(by: model.column("STATUS") == nil ? "READY" : "STATUS")
        case "table.sortNamespace": model.sort(by: "NAMESPACE")
        case "table.previousColumn": chooseColumn(-1, of: model)
        case "table.nextColumn": chooseColumn(1, of: model)
        case "table.sortColumn":
            if let column = model.chosenColumn { model.sort(by: column) }
        case "table.scrollLeft": model.columnOffset = max(0, model.columnOffset - 1)
        case "table.scrollRight": model.columnOffset = min(model.visibleColumns.count - 1, model.columnOffset + 1)
        default: return navigate(action, model, page)
        }
        return true
    }

    private static func navigate(_ action: ActionID, _ model: TableModel, _ page: Int) -> Bool {
        var isKnown = false
        model.move { position, count in isKnown = ListNavigation.perform(action, &position, count: count, page: page) }
        return isKnown
    }

    private static func chooseColumn(_ step: Int, of model: TableModel) {
        let titles = model.visibleColumns.map { model.snapshot.columns[$0].title }
        guard !titles.isEmpty else { return }
        let current = (model.chosenColumn ?? model.query.sort?.column).flatMap { titles.firstIndex(of: $0) }
        let next = current.map { ($0 + step + titles.count) % titles.count } ?? (step > 0 ? 0 : titles.count - 1)
        model.chosenColumn = titles[next]
    }
}
