import Foundation
import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// Files that a person asked for: tables, logs, texts, screens.
enum Exports {
    /// `$XDG_STATE_HOME/fathom/exports/CONTEXT`; nil where the environment tells of no home.
    static func folder(_ environment: [String: String], context: String) -> String? {
        UserFolders(environment: environment).state.map { "\($0)/fathom/exports/\(safe(context))" }
    }

    /// Only its owner may read it: what a cluster says is nobody else's business.
    static func write(_ text: String, name: String, in folder: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = "\(folder)/\(safe(name))"
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw ExportError(path: path, reason: String(cString: strerror(errno)))
        }
        return path
    }

    /// A name as a file's or a folder's: no part of it leads elsewhere.
    private static func safe(_ name: String) -> String {
        let plain = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
        return plain.allSatisfy { $0 == "." } ? "-" : plain
    }
}

nonisolated package struct ExportError: LoggableError, CustomStringConvertible {
    let path: String
    let reason: String

    package var description: String { "Can't write \(path): \(reason); is there room, and may you write there?" }
    var logged: String { description }
}

extension Shell {
    /// - Parameters:
    ///   - name: without the time and the ending.
    ///   - note: what is said of it besides where it is.
    func save(_ text: String, as name: String, ending: String, note: String = "") {
        guard let folder = Exports.folder(options.environment, context: session.contextName) else {
            return report(.error, "Nothing tells where to save: set HOME or XDG_STATE_HOME")
        }
        do {
            let stamp = KubernetesTime.seconds(now()).filter { $0 != ":" && $0 != "-" }
            report(
                note.isEmpty ? .info : .warning, "Saved \(try Exports.write(text, name: "\(name)-\(stamp).\(ending)", in: folder))\(note)")
        } catch {
            report(error)
        }
    }

    func copyDocument() {
        guard let document = screen?.document else { return report(.info, "There is nothing to copy here") }
        copy(document.text, what: "\(document.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1) lines")
    }

    func saveDocument() {
        guard let document = screen?.document else {
            return report(.info, "There is nothing to save here: Ctrl-Y saves a picture of the screen")
        }
        guard !document.text.isEmpty else { return report(.info, "There is nothing in it yet to save") }
        save(document.text, as: document.name, ending: document.ending)
    }

    /// As text and as SVG.
    func savePicture() {
        let frame = frame(size: lastSize)
        save(frame.picture + "\n", as: "screen", ending: "txt")
        save(frame.svg, as: "screen", ending: "svg")
    }

    /// Offers the forms in which a table's objects can be saved.
    func export(_ model: TableModel) {
        let name = "\(model.resource.name)-\(model.query.namespaces.text)"
        let rows = model.marks.isEmpty ? model.snapshot.rows : model.snapshot.rows.filter { model.marks.contains($0.id) }
        let choices = [
            Choice(title: "CSV", note: "the table's rows"), Choice(title: "YAML", note: "the objects"),
            Choice(title: "JSON", note: "the objects"),
        ]
        compositor.push(
            ChoiceLayer(title: "Save \(rows.count) \(model.resource.name)", choices: choices, shell: self) { [weak self] index in
                guard let self else { return }
                var snapshot = model.snapshot
                snapshot.rows = rows
                if index == 0 { saveRows(snapshot, as: name) } else { saveObjects(of: model, rows, as: name, isYAML: index == 1) }
            })
        setNeedsDisplay()
    }

    private func saveRows(_ snapshot: TableSnapshot, as name: String) {
        let now = now()
        work.run { [weak self] in self?.save(await Exports.csv(snapshot, now: now), as: name, ending: "csv") }
    }

    private func saveObjects(of model: TableModel, _ rows: [TableRow], as name: String, isYAML: Bool) {
        work.run { [weak self] in
            do {
                var objects: [KubernetesObject] = []
                for session in model.sessions {
                    let wanted = Set(rows.filter { $0.context == nil || $0.context == session.contextName }.map(\.key))
                    objects += try await Exports.objects(wanted, of: model.resource, session.client)
                }
                let gone = rows.count - objects.count
                let note = gone <= 0 ? "" : ": \(objects.count) of \(rows.count), \(gone == 1 ? "one is" : "\(gone) are") gone"
                self?.save(await Exports.text(of: objects, isYAML: isYAML), as: name, ending: isYAML ? "yaml" : "json", note: note)
            } catch {
                self?.report(error)
            }
        }
    }
}
