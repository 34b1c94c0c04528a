import KubernetesModel
import TextUI

/// Takes back what was changed or deleted lately.
enum UndoAction {
    /// The latest, after asking.
    static func start(in shell: Shell) {
        let entries = shell.session.undo.entries
        guard !entries.isEmpty else { return shell.report(.info, "Nothing was changed that could be taken back") }
        take(entries.count - 1, in: shell)
    }

    /// One of them all.
    static func choose(in shell: Shell) {
        let entries = Array(shell.session.undo.entries.enumerated().reversed())
        guard !entries.isEmpty else { return shell.report(.info, "Nothing was changed that could be taken back") }
        let choices = entries.map { Choice(title: SafeText.line($0.element.title)) }
        shell.compositor.push(
            ChoiceLayer(title: "Take back", choices: choices, shell: shell) { [weak shell] index in
                if let shell { take(entries[index].offset, in: shell) }
            })
        shell.setNeedsDisplay()
    }

    private static func take(_ index: Int, in shell: Shell) {
        let entry = shell.session.undo.entries[index]
        let writes = entry.kept.map { kept in
            let restoring = kept.restoring
            return Write(target: kept.target, request: restoring.request, effect: .other) { [weak shell] client in
                try await restoring.send(client)
                shell?.session.undo.forget(entry)
            }
        }
        shell.confirm(
            writes, verb: "Take back", done: "Brought back", text: ["\(entry.title): bring back what was before?"], isDestructive: true
        )
    }
}

extension UndoLog {
    /// What was taken back once is not offered again.
    fileprivate func forget(_ entry: Entry) {
        if let index = entries.lastIndex(where: { $0.title == entry.title && $0.kept.count == entry.kept.count }) { remove(at: index) }
    }
}
