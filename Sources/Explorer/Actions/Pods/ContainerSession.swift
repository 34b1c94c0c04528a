import KubernetesClient
import KubernetesModel
import TextUI

/// A shell in a container, or the terminal of what runs there already. The terminal is lent to it.
enum ContainerSession {
    enum Kind {
        case shell, attach
    }

    /// bash where there is one.
    private static let shellCommand = [
        "sh", "-c", "TERM=xterm-256color; export TERM; command -v bash >/dev/null 2>&1 && exec bash || exec sh",
    ]
    private static let detachKey = UInt8(0x1D)

    /// - Parameter container: nil asks where there are several.
    static func open(_ kind: Kind, in target: ObjectTarget, container: String?, shell: Shell) {
        shell.reading(target) { pod, target in
            if let container { return start(kind, in: target, pod, container, shell: shell) }
            let names = running(in: pod)
            guard let first = names.first else { return shell.report(.warning, "No container of \(target.text) runs now") }
            let preferred = Pod(pod).defaultContainer.flatMap { names.contains($0) ? $0 : nil }
            if names.count == 1 || preferred != nil { return start(kind, in: target, pod, preferred ?? first, shell: shell) }
            shell.compositor.push(
                ChoiceLayer(title: "Container", choices: names.map { Choice(title: $0) }, shell: shell) { index in
                    start(kind, in: target, pod, names[index], shell: shell)
                })
            shell.setNeedsDisplay()
        }
    }

    /// The names of the containers that run.
    static func running(in pod: KubernetesObject) -> [String] {
        ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"].flatMap { list in
            (pod.status[list]?.arrayValue ?? []).filter { $0["state"]?["running"] != nil }.compactMap { $0["name"]?.stringValue }
        }
    }

    private static func start(_ kind: Kind, in target: ObjectTarget, _ pod: KubernetesObject, _ container: String, shell: Shell) {
        shell.work.run { [weak shell] in
            if let shell { await run(kind, in: target, pod, container, shell: shell) }
        }
    }

    /// Returns when it has ended; how, is reported.
    static func run(_ kind: Kind, in target: ObjectTarget, _ pod: KubernetesObject, _ container: String, shell: Shell) async {
        guard let terminal = shell.terminalAccess else { return }
        let client = shell.session(of: target).client
        let specification = ["containers", "initContainers", "ephemeralContainers"].lazy.flatMap { pod.spec[$0]?.arrayValue ?? [] }
            .first { $0["name"]?.stringValue == container }
        var end: Result<ExecEnd, any Error> = .success(.failed(""))
        let isLent = await terminal.lend { lent in
            end = await connect(kind, target, container, specification, client, lent)
        }
        guard isLent else { return shell.report(.warning, "The terminal is in use") }
        switch end {
        case .success(.exited(0)), .success(.failed("")): shell.report(.info, "Left \(target.name) · \(container)")
        case .success(.exited(let status)): shell.report(.info, "Left \(target.name) · \(container), exit status \(status)")
        case .success(.failed(let reason)):
            shell.report(.warning, "\(target.name) · \(container): \(reason)", logged: "\(target.name) · \(container) failed")
        case .failure(let error): shell.report(error)
        }
    }

    private static func connect(
        _ kind: Kind, _ target: ObjectTarget, _ container: String, _ specification: JSONValue?, _ client: ClusterClient,
        _ terminal: any ByteTerminal
    ) async -> Result<ExecEnd, any Error> {
        // Attaching takes the streams as the container has them.
        let hasTerminal = kind == .shell || specification?["tty"]?.boolValue == true
        let hasInput = kind == .shell || specification?["stdin"]?.boolValue == true
        let size = ExecOptions.TerminalSize(columns: terminal.size.width, rows: terminal.size.height)
        let options = ExecOptions(
            kind == .shell ? shellCommand : [], container: container, hasInput: hasInput, terminal: hasTerminal ? size : nil
        )
        let detach = kind == .shell ? "" : hasInput ? " · Ctrl-] leaves it, Enter shows a prompt" : " · Ctrl-C leaves it"
        let name = SafeText.line("\(target.namespace ?? "")/\(target.name) · \(container)")
        terminal.write(Array("\u{1B}[32m── \(name)\(detach) ──\u{1B}[0m\r\n".utf8))
        do {
            let namespace = target.namespace ?? "default"
            let session =
                kind == .shell
                ? try await client.exec(pod: target.name, namespace: namespace, options)
                : try await client.attach(pod: target.name, namespace: namespace, options)
            defer { session.close() }
            let detachKeys = kind == .shell ? [] : hasInput ? [detachKey] : [detachKey, 0x03]
            return .success(await TerminalPump(terminal: terminal, session: session, detachKeys: detachKeys, isRaw: hasTerminal).run())
        } catch {
            return .failure(error)
        }
    }
}
