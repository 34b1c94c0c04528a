import KubernetesClient
import KubernetesModel
import TextUI

/// One change to one object, as it is shown before and reported after.
struct Write {
    /// What has to be kept so that it can be taken back.
    enum Effect {
        case changes, deletes
        /// Nothing that can be taken back.
        case other
    }

    let target: ObjectTarget
    /// What it is done to besides.
    var furtherTargets: [ObjectTarget] = []
    /// The exact request: method and path, and the body where it is short.
    let request: String
    /// What is sent after it, where there is more.
    var furtherRequests: [String] = []
    var effect = Effect.changes
    /// Returns what became of the target, where the server's answer tells.
    let send: (ClusterClient) async throws -> KubernetesObject?
}

/// One of several ways to do what a dialog asks about.
struct WriteChoice {
    let title: String
    /// What is peculiar to it: the objects that it concerns.
    var text: [String] = []
    let writes: [Write]
}

extension Write {
    var targets: [ObjectTarget] { [target] + furtherTargets }
    var requests: [String] { [request] + furtherRequests }
    /// Method and path of each request: what is sent may be a secret.
    var lines: [String] { requests.map { $0.split(whereSeparator: \.isWhitespace).prefix(2).joined(separator: " ") } }

    /// Changes fields of an object.
    static func patching(_ target: ObjectTarget, subresource: String? = nil, with patch: Patch, manager: String = "fathom") -> Write {
        let path = target.path + (subresource.map { "/\($0)" } ?? "")
        return Write(target: target, request: "PATCH \(path) \(patch.document)") { client in
            let answer = try await client.patch(
                target.resource.gvr, namespace: target.namespace, name: target.name, subresource: subresource, with: patch,
                options: WriteOptions(fieldManager: manager)
            )
            // A subresource's answer may be of another kind.
            return subresource == nil ? answer : nil
        }
    }
}

extension Shell {
    /// Asks as the context's guard demands, then sends the writes one after the other and reports how that went.
    /// - Parameters:
    ///   - verb: what the button says: `Delete`.
    ///   - done: the past tense for the report: `Deleted`.
    ///   - details: what will differ, and the like.
    ///   - isDestructive: asks even where the guard is open, which it does besides about what a filter hides.
    ///   - typedName: what must be typed wherever the guard is not open; nil asks for the first object's name, only in a guarded context.
    ///   - onCancel: called when the person is asked and declines.
    func confirm(
        _ writes: [Write], verb: String, done: String, text: [String], details: [StyledText] = [], isDestructive: Bool = false,
        typedName: String? = nil, onCancel: @escaping () -> Void = {}
    ) {
        guard let first = writes.first else { return }
        let session = self.session(of: first.target)
        if session.guardLevel == .open, !isDestructive, hiddenNote(writes.flatMap(\.targets)).isEmpty { return send(writes, done: done) }
        let question = ConfirmationLayer.Question(
            title: verb, text: place(of: first.target) + text + hiddenNote(writes.flatMap(\.targets)), details: details,
            requests: Self.listed(writes.flatMap(\.requests)),
            verb: verb, typedName: session.guardLevel.nameToType(typedName, first.target), guardLevel: session.guardLevel
        )
        let layer = ConfirmationLayer(question, shell: self) { [weak self] _ in self?.send(writes, done: done) }
        layer.onCancel = onCancel
        compositor.push(layer)
        setNeedsDisplay()
    }

    /// Asks for something destructive that can be done in several ways.
    /// - Parameter typedName: as above.
    func confirm(variants: [WriteChoice], verb: String, done: String, text: [String], typedName: String? = nil) {
        guard let first = variants.first?.writes.first else { return }
        let session = self.session(of: first.target)
        var question = ConfirmationLayer.Question(
            title: verb, text: place(of: first.target) + text + hiddenNote(variants[0].writes.flatMap(\.targets)), requests: [], verb: verb,
            typedName: session.guardLevel.nameToType(typedName, first.target), guardLevel: session.guardLevel
        )
        question.variants = variants.map { .init(title: $0.title, text: $0.text, requests: Self.listed($0.writes.flatMap(\.requests))) }
        let layer = ConfirmationLayer(question, shell: self) { _ in }
        layer.onVariant = { [weak self] index in self?.send(variants[index].writes, done: done) }
        compositor.push(layer)
        setNeedsDisplay()
    }

    /// Asks for a text first: the dialog shows the request with `…` in its place. A guarded context asks once more, for the name.
    /// - Parameter target: what it is done to, or one of that.
    func ask(
        _ question: ConfirmationLayer.Question, about target: ObjectTarget, validate: @escaping (String) -> String?,
        writes: @escaping (String) -> [Write], done: String
    ) {
        let session = self.session(of: target)
        var placed = question
        placed.text = place(of: target) + question.text + hiddenNote(writes(question.field?.text ?? "").flatMap(\.targets))
        placed.guardLevel = session.guardLevel
        let layer = ConfirmationLayer(placed, shell: self, validate: validate) { [weak self] text in
            guard let self else { return }
            let writes = writes(text)
            if session.guardLevel == .strict {
                confirm(writes, verb: question.verb, done: done, text: question.text)
            } else {
                send(writes, done: done)
            }
        }
        compositor.push(layer)
        setNeedsDisplay()
    }

    /// A request doesn't tell its cluster: where there are several, the question does.
    func place(of target: ObjectTarget) -> [String] {
        let session = self.session(of: target)
        return sessions.count > 1 || session !== home ? ["In context \(session.contextName)"] : []
    }

    /// What is marked and hidden by a filter is meant as well, which one may have forgotten.
    private func hiddenNote(_ targets: [ObjectTarget]) -> [String] {
        let meant = Set(targets.map(\.path))
        // Questions may come after another view was opened.
        let names = Set(screens.flatMap(\.hiddenTargets).filter { meant.contains($0.path) }).map(\.name).sorted()
        guard !names.isEmpty else { return [] }
        let more = names.count > 5 ? " and \(names.count - 5) more" : ""
        return [
            "\(targets.count) are marked, \(names.count) of them hidden by the filter: \(names.prefix(5).joined(separator: ", "))\(more)"
        ]
    }

    /// Ten at most: the rest is more of the same.
    static func listed(_ requests: [String]) -> [String] {
        requests.count <= 10 ? requests : requests.prefix(9) + ["… and \(requests.count - 9) more"]
    }

    func send(_ writes: [Write], done: String) {
        // All of one cluster: marks in several are refused.
        let session = writes.first.map { self.session(of: $0.target) } ?? session
        let client = session.client
        let undo = session.undo
        work.run { [weak self] in
            var failures: [any Error] = []
            _ = session.warnings.take()
            var changes = undo.noChanges()
            for write in writes {
                let before = changes.areTooMuch ? nil : await UndoLog.before(write, client)
                for line in write.lines { self?.log?.write(.info, "\(session.contextName): \(line)") }
                do {
                    let answer = try await write.send(client)
                    if let before, let change = await UndoLog.keep(before, write, answer, client) { changes.add(change) }
                } catch {
                    failures.append(error)
                }
            }
            undo.record(changes.kept, title: "\(done) \(writes.what)")
            let succeeded = writes.count - failures.count
            if let failure = failures.first {
                self?.report(failure, after: writes.count == 1 ? "" : "\(succeeded) of \(writes.count) succeeded; ")
            } else {
                let warnings = session.warnings.take()
                let said = warnings.isEmpty ? "" : " · the server warns: " + warnings.joined(separator: "; ")
                self?.report(warnings.isEmpty ? .info : .warning, "\(done) \(writes.what)" + changes.hint + said)
            }
        }
    }
}

extension UndoLog.Changes {
    fileprivate var hint: String {
        if areTooMuch { return " · too much to be taken back" }
        return kept.contains { $0.replacement == nil } ? " · Ctrl-U takes it back" : ""
    }
}

extension GuardLevel {
    fileprivate func nameToType(_ wanted: String?, _ target: ObjectTarget) -> String? {
        self == .open ? nil : wanted ?? (self == .strict ? target.name : nil)
    }
}

extension [Write] {
    fileprivate var what: String { flatMap(\.targets).what }
}

extension [ObjectTarget] {
    /// `deployment shop/cart`, `3 pods`, `2 objects` of several kinds.
    var what: String {
        if count == 1 { return self[0].text }
        let names = Set(map(\.resource.name))
        return "\(count) \(names.count == 1 ? names.first ?? "" : "objects")"
    }
}

extension ObjectTarget {
    var path: String { resource.gvr.path(namespace: namespace, name: name) }
}
