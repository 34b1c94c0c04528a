import Foundation
import KubernetesClient
import KubernetesModel
import TextUI

/// Edits an object's YAML in the person's editor, tries the result on the server, and sends it.
enum EditAction {
    /// - Parameter decoded: whether the values of a Secret are edited as texts.
    static func start(_ target: ObjectTarget, decoded: Bool = false, in shell: Shell) {
        guard let terminal = shell.terminalAccess else { return }
        let target = shell.bound(target)
        shell.reading(of: shell.session(of: target), after: "Can't edit \(target.text): ") { client in
            try await target.read(client)
        } then: { object in
            await edit(try EditDraft(object.withoutManagedFields, target: target, decoded: decoded), with: terminal, in: shell)
        }
    }

    /// Creates an object from a template.
    static func create(_ template: KubernetesObject, as target: ObjectTarget, in shell: Shell) {
        guard let terminal = shell.terminalAccess else { return }
        let target = shell.bound(target)
        let session = shell.session(of: target)
        shell.reading(of: session, after: "Can't create \(target.text): ") { _ in
            await session.rights.denial(of: [(Right("create"), target)])
        } then: { denial in
            if let denial { return shell.report(.error, denial) }
            await edit(try EditDraft(template, target: target, isNew: true), with: terminal, in: shell)
        }
    }

    private static func edit(_ draft: EditDraft, with terminal: any TerminalAccess, in shell: Shell) async {
        guard !terminal.isLent else {
            draft.discard()
            return shell.report(.warning, "The terminal is in use")
        }
        let command = editor(shell.options.environment)
        let status = await terminal.run(command[0], Array(command.dropFirst()) + [draft.path])
        guard status == 0 else {
            let kept = draft.isTouched ? "; your text is kept in \(draft.path)" : ""
            if kept.isEmpty { draft.discard() }
            return shell.report(.warning, "\(command[0]) ended with status \(status); nothing was changed" + kept)
        }
        do {
            guard let edited = try draft.edited() else {
                draft.discard()
                return shell.report(.info, "Nothing was changed")
            }
            guard !draft.isUnchanged(edited) else {
                let reason = draft.hasChangedStatus ? ": the cluster tells the status, nobody sets it here" : ""
                draft.discard()
                return shell.report(.info, "Nothing was changed" + reason)
            }
            try await tryOut(edited, draft, in: shell)
        } catch {
            askAgain(draft, because: error, with: terminal, in: shell)
        }
    }

    /// Shows what is wrong beside the lines, and goes back to the editor or keeps the text for later.
    private static func askAgain(_ draft: EditDraft, because error: any Error, with terminal: any TerminalAccess, in shell: Shell) {
        let theme = shell.theme
        let isSecret = draft.target.resource.groupResource == GroupResource(resource: "secrets")
        let excerpt = EditProblems(error, in: (try? draft.text) ?? "", showsValues: !isSecret).excerpt(showsText: !isSecret).map { line in
            switch line {
            case .text(let number, let text):
                StyledText("\(number)  ", theme[.dialog].with(.dim)) + StyledText(text, theme[.dialog])
            case .problem(let text):
                StyledText("✗ " + text, theme[.dialog].with(foreground: theme[.statusError].foreground).with(.bold))
            case .gap: StyledText("…", theme[.dialog].with(.dim))
            }
        }
        let conflict = error as? EditConflict
        let said =
            conflict.map {
                ["\(draft.target.text) can't be changed like this: \($0)."] + ["Edit again brings your text on what is there now."]
            }
            ?? ["\(draft.target.text) can't be \(draft.isNew ? "created" : "changed") like this:"]
        let question = ConfirmationLayer.Question(
            title: "Not saved", text: said, details: excerpt, requests: ["Your text is kept in \(draft.path)"], verb: "Edit again"
        )
        let layer = ConfirmationLayer(question, shell: shell) { [weak shell] _ in
            guard let shell else { return }
            shell.work.run {
                var draft = draft
                do {
                    if let conflict { try draft.begin(anewAfter: conflict) }
                    await edit(draft, with: terminal, in: shell)
                } catch {
                    shell.report(error)
                }
            }
        }
        layer.onCancel = { [weak shell] in shell?.report(.warning, "Nothing was changed; your text is kept in \(draft.path)") }
        shell.compositor.push(layer)
        shell.setNeedsDisplay()
    }

    /// Asks the server what it would say before asking the person.
    private static func tryOut(_ edited: KubernetesObject, _ draft: EditDraft, in shell: Shell) async throws {
        let target = draft.place(of: edited)
        _ = try await put(edited, of: draft, isDryRun: true, with: shell.session(of: target).client)
        let difference = await draft.difference(edited)
        let request = draft.isNew ? "POST \(target.resource.gvr.path(namespace: target.namespace)) \(target.name)" : "PUT \(target.path)"
        let write = Write(target: target, request: request, effect: draft.isNew ? .other : .changes) { client in
            // What others have changed is looked at anew: what was tried holds their changes of then, as if they were the person's.
            try await draft.discardingAfter { try await put(edited, of: draft, isDryRun: false, with: client) }
        }
        shell.confirm(
            [write], verb: draft.isNew ? "Create" : "Save", done: draft.isNew ? "Created" : "Changed",
            text: [draft.isNew ? "Create \(target.text)?" : "Save the changes to \(target.text)?"],
            details: DiffText(theme: shell.theme).lines(difference),
            // An editor that is left with nothing done to a template must not create it unasked, not even where the guard is open.
            isDestructive: draft.isNew, onCancel: draft.discard
        )
        shell.setNeedsDisplay()
    }

    /// Sends the object, with what others have changed of it since the editor was opened: a busy object would never be saved otherwise.
    /// - Throws: `EditConflict` when they have changed the same.
    private static func put(
        _ edited: KubernetesObject, of draft: EditDraft, isDryRun: Bool, with client: ClusterClient
    ) async throws -> KubernetesObject {
        let target = draft.place(of: edited)
        let options = WriteOptions(isDryRun: isDryRun, fieldManager: "fathom-edit")
        if draft.isNew {
            return try await client.create(edited, as: target.resource.gvr, namespace: target.namespace, options: options)
        }
        var object = edited
        for _ in 0..<3 {
            do throws(ClientError) {
                return try await client.update(
                    object, as: target.resource.gvr, namespace: target.namespace, name: target.name, options: options)
            } catch {
                guard error.statusCode == 409 else { throw error }
                object = try draft.rebased(edited, onto: try await target.read(client).withoutManagedFields)
            }
        }
        throw ExplorerError("\(target.text) changes faster than it can be saved")
    }

    /// The editor with its arguments, split at blanks; no shell is involved.
    static func editor(_ environment: [String: String]) -> [String] {
        for name in ["FATHOM_EDITOR", "K9S_EDITOR", "KUBE_EDITOR", "VISUAL", "EDITOR"] {
            let words = (environment[name] ?? "").split(separator: " ").map(String.init)
            if !words.isEmpty { return words }
        }
        return ["vi"]
    }
}
