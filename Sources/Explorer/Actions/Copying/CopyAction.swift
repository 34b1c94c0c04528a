import Foundation
import KubernetesClient
import KubernetesModel
import TextUI

/// Copies files from a pod or into it, after asking what and where. What fails, or is declined, leads back to the form.
struct CopyAction {
    private static let directions = ["download", "upload"]

    private let target: ObjectTarget
    private let isUpload: Bool
    private let from: String
    private let to: String
    private let container: String

    static func start(_ targets: [ObjectTarget], in shell: Shell) {
        shell.reading(targets[0]) { pod, target in
            let containers = ContainerSession.running(in: pod)
            guard let first = containers.first else { return shell.report(.warning, "No container of \(target.text) runs now") }
            let preferred = Pod(pod).defaultContainer.flatMap { containers.contains($0) ? $0 : nil }
            ask(target, containers, preferred ?? first, in: shell)
        }
    }

    private static func ask(_ target: ObjectTarget, _ containers: [String], _ container: String, in shell: Shell) {
        let form = FormLayer(
            title: "Copy · \(target.name)", verb: "copies",
            fields: [
                .init(label: "Direction", text: directions[0], choices: directions), .init(label: "From", text: ""),
                .init(label: "To", text: ""),
                .init(label: "Container", text: container, choices: containers),
            ], shell: shell,
            explanation: { texts in
                let copy = CopyAction(target, texts)
                return [copy.isUpload ? "From here into the container" : "From the container to here", copy.request]
            },
            validate: { texts in texts[1].isEmpty ? "from where?" : texts[2].isEmpty ? "to where?" : nil }
        ) { [weak shell] form, texts in
            if let shell { CopyAction(target, texts).begin(form, in: shell) }
        }
        shell.compositor.push(form)
        shell.setNeedsDisplay()
    }

    /// - Parameter texts: the form's.
    private init(_ target: ObjectTarget, _ texts: [String]) {
        self.target = target
        isUpload = texts[0] == Self.directions[1]
        (from, to, container) = (texts[1], texts[2], texts[3])
    }

    private var request: String { "POST \(target.path)/exec tar \(isUpload ? "x" : "c")… in \(container)" }

    /// Asks first where the guard wants it, and where something would be replaced here.
    private func begin(_ form: FormLayer, in shell: Shell) {
        if isUpload, shell.session(of: target).guardLevel == .strict {
            let write = Write(target: target, request: request, effect: .other) { [weak shell] _ in
                if let shell { copy(form, in: shell) }
                return nil
            }
            let question = "Copy \(from) into \(target.text)?"
            shell.confirm([write], verb: "Copy", done: "Copying into", text: [question]) { form.reopen() }
        } else if !isUpload, let replacing = FileCopy.question(before: FileCopy.destination(of: from, in: Self.path(to))) {
            let question = ConfirmationLayer.Question(
                title: "Copy · \(target.name)", text: [replacing], requests: [request], verb: "Replace")
            let layer = ConfirmationLayer(question, shell: shell) { [weak shell] _ in
                if let shell { copy(form, in: shell) }
            }
            layer.onCancel = { form.reopen() }
            shell.compositor.push(layer)
            shell.setNeedsDisplay()
        } else {
            copy(form, in: shell)
        }
    }

    private func copy(_ form: FormLayer, in shell: Shell) {
        let copy = FileCopy(
            client: shell.session(of: target).client, pod: target.name, namespace: target.namespace ?? "default", container: container)
        shell.wait("Copy \(from)", "Waiting for tar …") { [weak shell] layer in
            do {
                let progress =
                    if isUpload {
                        try await copy.upload(Self.path(from), to: to) { layer.lines = [Self.text($0)] }
                    } else {
                        try await copy.download(from, to: Self.path(to)) { layer.lines = [Self.text($0)] }
                    }
                shell?.report(progress.leftOut == 0 ? .info : .warning, "Copied \(from) to \(to): \(Self.text(progress))")
            } catch {
                if !Task.isCancelled { form.reopen(because: FailureText.of(error)) }
                if error is CancellationError || error is ClientError { throw error }
                let what = "Can't copy \(from) \(isUpload ? "into" : "from") \(target.text): "
                throw ExplorerError(what + FailureText.of(error), logged: what + LoggedText.of(error))
            }
        }
    }

    /// A path here: `~` is the home, as a shell has it.
    private static func path(_ text: String) -> String {
        (text as NSString).expandingTildeInPath
    }

    static func text(_ progress: FileCopy.Progress) -> String {
        var text = ByteCount.text(progress.bytes)
        if let total = progress.total { text += " of \(ByteCount.text(total))" }
        text += ", \(progress.files) \(progress.files == 1 ? "file" : "files")"
        if progress.leftOut > 0 { text += ", \(progress.leftOut) left out: links that lead elsewhere, or devices" }
        return text
    }
}

/// Numbers of bytes to read: `12.3 MiB`.
enum ByteCount {
    static func text(_ bytes: Int) -> String {
        let units = ["KiB", "MiB", "GiB", "TiB"]
        guard bytes >= 1024 else { return "\(bytes) B" }
        var value = Double(bytes) / 1024
        var unit = 0
        while value >= 1024, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        let tenths = Int(value * 10)
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
