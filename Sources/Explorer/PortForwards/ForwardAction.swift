import KubernetesClient
import KubernetesModel
import TextUI

/// Asks which port to forward, and where to.
enum ForwardAction {
    /// A port that the object says it has.
    struct Port: Equatable {
        /// As the pod knows it: a number or a name.
        let port: String
        /// What a person would use it as.
        let number: Int?
        let note: String
    }

    static func start(_ target: ObjectTarget, in shell: Shell) {
        shell.reading(target) { object, target in
            let ports = ports(of: object)
            guard ports.count > 1 else { return ask(ports.first, of: target, in: shell) }
            let choices = ports.map { Choice(title: $0.number.map(String.init) ?? $0.port, note: $0.note) }
            shell.compositor.push(
                ChoiceLayer(title: "Port", choices: choices, shell: shell) { index in ask(ports[index], of: target, in: shell) })
            shell.setNeedsDisplay()
        }
    }

    static func ports(of object: KubernetesObject) -> [Port] {
        if object.kind == "Service" {
            return (object.spec["ports"]?.arrayValue ?? []).filter(isTCP).map { port in
                let number = port["port"]?.intValue
                let target = port["targetPort"]?.stringValue ?? (port["targetPort"]?.intValue ?? number).map(String.init) ?? ""
                return Port(port: target, number: number, note: port["name"]?.stringValue ?? "")
            }
        }
        let spec = object.kind == "Pod" ? object.spec : object.spec["template"]?["spec"] ?? .null
        return (spec["containers"]?.arrayValue ?? []).flatMap { container in
            (container["ports"]?.arrayValue ?? []).filter(isTCP).compactMap { port in
                guard let number = port["containerPort"]?.intValue else { return nil }
                let name = [container["name"]?.stringValue, port["name"]?.stringValue].compactMap(\.self).joined(separator: " · ")
                return Port(port: String(number), number: number, note: name)
            }
        }
    }

    private static func isTCP(_ port: JSONValue) -> Bool {
        port["protocol"]?.stringValue.map { $0 == "TCP" } ?? true
    }

    /// - Parameter text: what was typed before, and why it came to nothing.
    private static func ask(
        _ port: Port?, of target: ObjectTarget, after text: (ports: String, problem: String)? = nil, in shell: Shell
    ) {
        var question = ConfirmationLayer.Question(
            title: "Forward a port",
            text: shell.place(of: target) + [
                "Forward a port of this machine to \(target.text).",
                "[ADDRESS:]LOCAL:REMOTE\(port.map { ", or LOCAL for port \($0.port)" } ?? ""); 0 takes a free local port. The address is localhost unless given.",
            ],
            requests: ["GET \(target.namespace.map { "/api/v1/namespaces/\($0)" } ?? "")/pods/…/portforward for each connection"],
            verb: "Forward"
        )
        if let text { question.text.append("It was not done: \(text.problem)") }
        question.field = .init(label: "Ports", text: text?.ports ?? port.map { "\(standardLocalPort($0)):\($0.port)" } ?? "8080:80")
        let layer = ConfirmationLayer(
            question, shell: shell,
            validate: { specification($0, target, of: port) == nil ? "[ADDRESS:]LOCAL:REMOTE, ports up to 65535" : nil }
        ) { [weak shell] text in
            guard let shell, let specification = specification(text, target, of: port) else { return }
            begin(specification, of: shell.session(of: target), in: shell) { problem in
                ask(port, of: target, after: (text, problem), in: shell)
            }
        }
        shell.compositor.push(layer)
        shell.setNeedsDisplay()
    }

    /// Ports below 1024 are not for everybody: 80 becomes 8080.
    private static func standardLocalPort(_ port: Port) -> Int {
        let number = port.number ?? Int(port.port) ?? 0
        return number > 0 && number < 1024 ? number + 8000 : number
    }

    /// - Parameter port: the one that was chosen: a number alone is a local port for it.
    static func specification(_ text: String, _ target: ObjectTarget, of port: Port? = nil) -> ForwardSpecification? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count), let last = parts.last, !last.isEmpty else { return nil }
        let local = parts.count == 1 ? Int(last) : Int(parts[parts.count - 2])
        guard let local, (0...65_535).contains(local) else { return nil }
        let remote = parts.count == 1 ? port?.port ?? last : last
        return ForwardSpecification(target: target, port: remote, address: parts.count == 3 ? parts[0] : "localhost", localPort: local)
    }

    /// - Parameter onFailure: told why nothing listens, where somebody can mend it.
    static func begin(
        _ specification: ForwardSpecification, of session: ClusterSession, in shell: Shell, onFailure: @escaping (String) -> Void = { _ in }
    ) {
        shell.work.run { [weak shell] in
            do {
                let forward = try await session.forwards.begin(specification, at: shell?.now() ?? .wallClock) { [weak shell] in
                    shell?.setNeedsDisplay()
                }
                guard let forward else { return }
                shell?.keepForwards(of: session)
                shell?.report(
                    .info,
                    "\(specification.address):\(forward.forwarder.port) leads to \(specification.target.text), port \(specification.port)")
            } catch {
                let place = "Can't listen on \(specification.address):\(specification.localPort): "
                shell?.report(error, after: place)
                onFailure(place + FailureText.of(error))
            }
        }
    }
}
