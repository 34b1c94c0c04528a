import KubernetesModel

/// Logs, processes and connections of a pod's containers, which the kubelets hold.
struct ContainerHandler {
    let handler: ObjectHandler
    let subresource: String

    private var request: APIRequest { handler.call.request }

    func respond() throws(StatusError) -> APIResponse {
        let pod = handler.parts.view.object(try handler.stored())
        if subresource == "log" { return try logs(of: pod) }
        if subresource == "portforward" { return try forward(to: pod) }
        return try run(in: pod)
    }

    // MARK: Sessions

    private func run(in pod: KubernetesObject) throws(StatusError) -> APIResponse {
        let command = subresource == "exec" ? request.query.filter { $0.name == "command" }.map(\.value) : nil
        var options = try streamOptions()
        guard command?.isEmpty != true else { throw .badRequest("you must specify at least 1 command for the container") }
        let container = try container(of: pod)
        let agent = try agent(for: pod)
        let upgrade = try SessionProtocol.negotiated(by: request, among: SessionProtocol.streams)
        try checkUpgrade(upgrade)
        options.transport = upgrade.transport
        options.version = upgrade.version
        // Who speaks version 5 is answered by the API server, within the session; others are connected to the kubelet, which refuses.
        guard upgrade.version >= 5 || agent.isRunning(container, of: pod) else {
            return .text("container not found (\(container.goQuoted))", status: 500)
        }
        let session = agent.run(command, in: pod, container: container, options: options)
        return APIResponse(status: 101, body: .session(session, protocol: upgrade.name))
    }

    private func forward(to pod: KubernetesObject) throws(StatusError) -> APIResponse {
        let agent = try agent(for: pod)
        let upgrade = try SessionProtocol.negotiated(by: request, among: SessionProtocol.forwards)
        try checkUpgrade(upgrade)
        let session = try agent.forward(ports: upgrade.transport == .channels ? try ports() : [], to: pod, over: upgrade.transport)
        return APIResponse(status: 101, body: .session(session, protocol: upgrade.name))
    }

    /// Who opens a WebSocket, which is a GET, must be allowed to create the session, too.
    private func checkUpgrade(_ upgrade: SessionProtocol) throws(StatusError) {
        guard upgrade.carrier == .webSocket else { return }
        var attributes = handler.call.attributes
        attributes.verb = "create"
        try AccessCheck(handler.parts).check(attributes)
    }

    private func ports() throws(StatusError) -> [Int] {
        let texts = request.query.filter { $0.name == "ports" }.flatMap {
            $0.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard !texts.isEmpty else { throw .badRequest("query parameter \"port\" is required") }
        var ports: [Int] = []
        for text in texts {
            guard !text.isEmpty else { throw .badRequest("query parameter \"port\" cannot be empty") }
            guard let port = UInt16(text) else {
                let cause = text.allSatisfy { $0.isASCII && $0.isNumber } ? "value out of range" : "invalid syntax"
                throw .badRequest("unable to parse \(text.goQuoted) as a port: strconv.ParseUint: parsing \(text.goQuoted): \(cause)")
            }
            guard port > 0 else { throw .badRequest("port \(text.goQuoted) must be > 0") }
            ports.append(Int(port))
        }
        return ports
    }

    private func agent(for pod: KubernetesObject) throws(StatusError) -> any NodeAgent {
        guard pod.spec["nodeName"]?.stringValue?.isEmpty == false else {
            throw .badRequest("pod \(pod.name) does not have a host assigned")
        }
        guard let agent = handler.parts.nodes else { throw .internalError("error dialing backend: no kubelet answers") }
        return agent
    }

    private func streamOptions() throws(StatusError) -> StreamOptions {
        var options = StreamOptions()
        options.stdin = request.flag("stdin")
        options.stdout = request.flag("stdout")
        options.stderr = request.flag("stderr")
        options.tty = request.flag("tty")
        guard options.stdin || options.stdout || options.stderr else {
            throw .badRequest("you must specify at least one of stdin, stdout, stderr")
        }
        return options
    }

    // MARK: Logs

    private func logs(of pod: KubernetesObject) throws(StatusError) -> APIResponse {
        let options = try LogOptions(request, at: handler.parts.timeline.now, pod: handler.target.name ?? "")
        let container = try container(of: pod)
        guard pod.spec["nodeName"]?.stringValue?.isEmpty == false else {
            // Nothing runs anywhere yet: an empty log, as from a real server.
            return APIResponse(status: 200, headers: [("content-type", "text/plain")], body: .bytes([]))
        }
        let body = try agent(for: pod).logs(of: pod, container: container, options: options)
        return APIResponse(status: 200, headers: [("content-type", "text/plain")], body: body)
    }

    /// The container that the request names, or the only one.
    private func container(of pod: KubernetesObject) throws(StatusError) -> String {
        let names = names("containers", of: pod)
        let others = self.names("initContainers", of: pod)
        let ephemeral = self.names("ephemeralContainers", of: pod)
        if let name = request.parameter("container"), !name.isEmpty {
            guard (names + others + ephemeral).contains(name) else {
                throw .badRequest("container \(name) is not valid for pod \(pod.name)")
            }
            return name
        }
        if names.count == 1 { return names[0] }
        var message = "a container name must be specified for pod \(pod.name), choose one of: [\(names.joined(separator: " "))]"
        if !others.isEmpty { message += " or one of the init containers: [\(others.joined(separator: " "))]" }
        if !ephemeral.isEmpty { message += " or one of the ephemeral containers: [\(ephemeral.joined(separator: " "))]" }
        throw .badRequest(message)
    }

    private func names(_ list: String, of pod: KubernetesObject) -> [String] {
        pod.spec[list]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
    }
}
