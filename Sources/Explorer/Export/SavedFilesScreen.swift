import Foundation
import KubernetesModel
import TextUI

/// The files that were saved of a context: tables, texts, logs, pictures.
final class SavedFilesScreen: Screen {
    struct File: Hashable {
        let name: String
        let path: String
        let size: Int
        let time: Instant
    }

    private let folder: String
    private unowned let shell: Shell
    private(set) var files: [File] = []
    private var list = ListPane()

    init(folder: String, shell: Shell) {
        self.folder = folder
        self.shell = shell
    }

    var title: String { "screendumps" }
    var command: String? { "screendumps" }

    var bindings: [Binding] {
        [
            Binding("files.open", "Enter", title: "open", section: .resource, footer: true),
            Binding("files.edit", "e", title: "edit", section: .resource, footer: true),
            Binding("files.delete", "Ctrl-D", title: "delete", section: .resource, footer: true),
        ] + ListNavigation.bindings
    }

    func start() { files = Self.files(in: folder) }

    /// The newest first.
    static func files(in folder: String) -> [File] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = names.compactMap { name -> File? in
            let path = "\(folder)/\(name)"
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                attributes[.type] as? FileAttributeType == .typeRegular,
                let time = attributes[.modificationDate] as? Date
            else { return nil }
            return File(
                name: name, path: path, size: attributes[.size] as? Int ?? 0, time: Instant(seconds: Int(time.timeIntervalSince1970)))
        }
        return files.sorted { ($1.time.nanoseconds, $0.name) < ($0.time.nanoseconds, $1.name) }
    }

    func perform(_ action: ActionID) -> Bool {
        guard ["files.open", "files.edit", "files.delete"].contains(action) else {
            return list.perform(action, count: files.count)
        }
        guard files.indices.contains(list.selected) else { return true }
        let file = files[list.selected]
        switch action {
        case "files.open": open(file, with: (shell.options.environment["PAGER"] ?? "less").split(separator: " ").map(String.init))
        case "files.edit": open(file, with: EditAction.editor(shell.options.environment))
        default: delete(file)
        }
        return true
    }

    private func open(_ file: File, with command: [String]) {
        guard let terminal = shell.terminalAccess, let program = command.first else { return }
        guard !terminal.isLent else { return shell.report(.warning, "The terminal is in use") }
        shell.work.run { [weak self] in
            let status = await terminal.run(program, Array(command.dropFirst()) + [file.path])
            if status != 0 { self?.shell.report(.warning, "\(program) ended with status \(status)") }
            self?.start()
        }
    }

    private func delete(_ file: File) {
        let question = ConfirmationLayer.Question(
            title: "Delete", text: ["Delete the file \(file.name)?"], requests: ["remove \(file.path)"], verb: "Delete")
        shell.compositor.push(
            ConfirmationLayer(question, shell: shell) { [weak self] _ in
                guard let self else { return }
                do {
                    try FileManager.default.removeItem(atPath: file.path)
                    shell.report(.info, "Deleted \(file.name)")
                } catch {
                    shell.report(.error, "Can't delete \(file.path): \(error.localizedDescription)")
                }
                start()
            })
        shell.setNeedsDisplay()
    }

    func select(at point: Point) -> Bool { list.select(at: point) }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let title =
            StyledText("ScreenDumps", theme[.title]) + StyledText("(\(folder))", theme[.titleHighlight])
            + StyledText("[\(files.count)]", theme[.titleCounter])
        let inside = BorderBox(title: title, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        let table = ListTable(titles: ["NAME", "BYTES", "AGE"], count: files.count) { [files, now = shell.now()] index in
            [files[index].name, String(files[index].size), HumanDuration.text(since: files[index].time, now: now)]
        }
        let absence = "Nothing is saved: Ctrl-S saves what is shown, Ctrl-Y a picture of the screen."
        list.draw(table, absence: absence, theme: theme, in: inside, on: &frame)
    }
}

extension Shell {
    func openSavedFiles() {
        guard let folder = Exports.folder(options.environment, context: session.contextName) else {
            return report(.error, "Nothing tells where files are saved: set HOME or XDG_STATE_HOME")
        }
        push(SavedFilesScreen(folder: folder, shell: self))
    }
}
