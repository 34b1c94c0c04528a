import KubernetesClient
import KubernetesModel
import TextUI
import Troubleshooting

/// Takes back what was changed or deleted lately.
enum UndoAction {
    /// The latest, after asking.
    static func start(in shell: Shell) {
        guard let latest = shell.session.undo.entries.last else {
            return shell.report(.info, "Nothing was changed that could be taken back")
        }
        take(latest, in: shell)
    }

    /// One of them all.
    static func choose(in shell: Shell) {
        let entries = Array(shell.session.undo.entries.reversed())
        guard !entries.isEmpty else { return shell.report(.info, "Nothing was changed that could be taken back") }
        let choices = entries.map { Choice(title: $0.title) }
        shell.compositor.push(
            ChoiceLayer(title: "Take back", choices: choices, shell: shell) { [weak shell] index in
                if let shell { take(entries[index], in: shell) }
            })
        shell.setNeedsDisplay()
    }

    /// Looks first whether it can be taken back, and what that would change.
    private static func take(_ entry: UndoLog.Entry, in shell: Shell) {
        var entry = entry
        let replaced = entry.kept.filter { $0.replacement != nil }
        entry.kept.removeAll { $0.replacement != nil }
        guard !entry.kept.isEmpty else {
            replaced.forEach { shell.session.undo.forget($0.target, ofEntry: entry.id) }
            return shell.report(.info, "\(entry.title): not brought back, \(replaced.replacementText)")
        }
        let session = shell.session
        shell.reading(of: session) { [entry] client in
            var difference: [LineDiff.Line] = []
            for kept in entry.kept { difference += try await kept.preview(client) }
            return difference
        } then: { [entry] difference in
            confirm(entry, difference, replaced, of: session, in: shell)
        }
    }

    private static func confirm(
        _ entry: UndoLog.Entry, _ difference: [LineDiff.Line], _ replaced: [UndoLog.Kept], of session: ClusterSession, in shell: Shell
    ) {
        let undo = session.undo
        let writes = entry.kept.map { kept in
            let restoring = kept.restoring
            return Write(target: kept.target.bound(to: session), request: restoring.request, effect: .other) { client in
                let restored = try await restoring.send(client)
                undo.forget(kept.target, ofEntry: entry.id)
                return restored
            }
        }
        shell.confirm(
            writes, verb: "Take back", done: "Brought back",
            text: ["\(entry.title): bring back what was before?"]
                + (replaced.isEmpty ? [] : ["Not the other \(replaced.count): \(replaced.replacementText)."]),
            details: DiffText(theme: shell.theme).lines(difference), isDestructive: true
        )
    }
}

extension [UndoLog.Kept] {
    /// `ReplicaSet cart-5d8 has replaced it`.
    fileprivate var replacementText: String {
        let controllers = Set(compactMap(\.replacement).map { "\($0.kind) \($0.name)" }).sorted()
        let who = controllers.count == 1 ? controllers[0] : "their controllers"
        return "\(who) \(controllers.count == 1 ? "has" : "have") replaced \(count == 1 ? "it" : "them")"
    }
}

extension UndoLog.Kept {
    /// Nil for what was deleted, which is made anew.
    var inverse: InverseChange? {
        after.map { InverseChange(before: before, after: $0) }
    }

    /// Brings back what was, and nothing else.
    var restoring: Write {
        guard let inverse else {
            return Write(target: target, request: "POST \(target.resource.gvr.path(namespace: target.namespace))", effect: .other) {
                client in
                try await client.create(fresh, as: target.resource.gvr, namespace: target.namespace)
            }
        }
        let shown = SecretSizes.hidden(patch: inverse.patch, of: target)
        return Write(target: target, request: "PATCH \(target.path) \(JSONValue.object(shown))", effect: .other) { client in
            let current = try await target.read(client)
            try check(current)
            return try await client.patch(
                target.resource.gvr, namespace: target.namespace, name: target.name, with: .merge(inverse.patch(for: current)),
                options: WriteOptions(fieldManager: "fathom-undo")
            )
        }
    }

    /// What taking it back changes; nothing to compare with for what was deleted.
    func preview(_ client: ClusterClient) async throws -> [LineDiff.Line] {
        guard let inverse else { return [] }
        let current = try await target.read(client)
        try check(current)
        return try await inverse.preview(of: current)
    }

    /// Later changes by others are not overwritten.
    func check(_ current: KubernetesObject) throws {
        guard let after, let inverse else { return }
        guard current.uid == after.uid else {
            throw ExplorerError("Can't take back: another \(target.text) has come in its place")
        }
        let fields = inverse.touchedSince(in: current)
        guard fields.isEmpty else {
            throw ExplorerError("Can't take back: of \(target.text) \(fields.joined(separator: ", ")) was changed again since")
        }
    }
}
