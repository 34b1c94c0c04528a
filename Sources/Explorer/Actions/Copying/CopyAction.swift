import Foundation
import KubernetesClient
import KubernetesModel
import TextUI

/// Copies files from a pod or into it, after asking what and where.
enum CopyAction {
    private static let directions = ["download", "upload"]

    static func start(_ targets: [ObjectTarget], in shell: Shell) {
        shell.reading(targets[0]) { pod, target in
            let containers = ContainerSession.running(in: pod)
            guard let first = containers.first else { return shell.report(.warning, "No container of \(target.text) runs now") }
            let preferred = pod.metadata.annotations["kubectl.kubernetes.io/default-container"].flatMap {
                containers.contains($0) ? $0 : nil
            }
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
                let isUpload = texts[0] == directions[1]
                return [
                    isUpload ? "From here into the container" : "From the container to here",
                    "POST \(target.path)/exec tar \(isUpload ? "x" : "c")… in \(texts[3])",
                ]
            },
            validate: { texts in texts[1].isEmpty ? "from where?" : texts[2].isEmpty ? "to where?" : nil }
        ) { texts in
            let request = Request(isUpload: texts[0] == directions[1], from: texts[1], to: texts[2], container: texts[3])
            guard request.isUpload, shell.session(of: target).guardLevel == .strict else { return copy(request, target, in: shell) }
            let write = Write(target: target, request: "POST \(target.path)/exec tar x", effect: .other) { _ in
                copy(request, target, in: shell)
                return nil
            }
            shell.confirm([write], verb: "Copy", done: "Copying into", text: ["Copy \(request.from) into \(target.text)?"])
        }
        shell.compositor.push(form)
        shell.setNeedsDisplay()
    }

    private struct Request {
        let isUpload: Bool
        let from: String
        let to: String
        let container: String
    }

    private static func copy(_ request: Request, _ target: ObjectTarget, in shell: Shell) {
        let copy = FileCopy(
            client: shell.session(of: target).client, pod: target.name, namespace: target.namespace ?? "default",
            container: request.container)
        let (from, to) = (request.from, request.to)
        shell.wait("Copy \(from)", "Waiting for tar …") { [weak shell] layer in
            let progress: FileCopy.Progress
            do {
                if request.isUpload {
                    progress = try await copy.upload(path(from), to: to) { layer.lines = [text($0)] }
                } else {
                    progress = try await copy.download(from, to: path(to)) { layer.lines = [text($0)] }
                }
            } catch let error where !(error is CancellationError || error is ClientError) {
                throw EditError("Can't copy \(from) \(request.isUpload ? "into" : "from") \(target.text): \(error)")
            }
            shell?.report(progress.leftOut == 0 ? .info : .warning, "Copied \(from) to \(to): \(text(progress))")
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
