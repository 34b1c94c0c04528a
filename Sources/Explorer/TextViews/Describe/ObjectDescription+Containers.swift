import KubernetesModel
import KubernetesSemantics

extension ObjectDescription {
    /// - Parameter statuses: how they run; none of a template.
    mutating func containers(_ title: String, _ containers: FieldReader, _ statuses: FieldReader, depth: Int = 0) {
        guard !containers.elements.isEmpty else { return }
        outline.heading(title, depth: depth)
        for container in containers.elements {
            outline.heading(container.name.text, depth: depth + 1)
            let status = statuses.elements.first { $0.name.text == container.name.text }
            tell(container, status, depth: depth + 2)
        }
    }

    private mutating func tell(_ container: FieldReader, _ status: FieldReader?, depth: Int) {
        if let status { outline.field("Container ID", status.containerID.text, depth: depth) }
        outline.field("Image", container.image.text, depth: depth)
        if let status { outline.field("Image ID", status.imageID.text, depth: depth) }
        ports("Port", container.ports.elements.map { "\($0.containerPort.number)/\($0.protocol.text(or: "TCP"))" }, depth)
        ports("Host Port", container.ports.elements.map { "\($0.hostPort.number)/\($0.protocol.text(or: "TCP"))" }, depth)
        optional("SeccompProfile", container.securityContext.seccompProfile.type.text, depth: depth)
        optional("LocalhostProfile", container.securityContext.seccompProfile.localhostProfile.text, depth: depth + 1)
        words("Command", container.command.texts, depth)
        words("Args", container.args.texts, depth)
        if let status { state(status, depth) }
        resources(container.resources, depth: depth)
        for (title, probe) in [
            ("Liveness", container.livenessProbe), ("Readiness", container.readinessProbe), ("Startup", container.startupProbe),
        ]
        where probe.exists {
            outline.field(title, Self.probe(probe), depth: depth)
        }
        environmentSources(container.envFrom, depth)
        environment(container, depth)
        mounts(container, depth)
    }

    private mutating func ports(_ title: String, _ ports: [String], _ depth: Int) {
        outline.field(ports.count > 1 ? title + "s" : title, ports.isEmpty ? "<none>" : ports.joined(separator: ", "), depth: depth)
    }

    private mutating func words(_ title: String, _ words: [String], _ depth: Int) {
        guard !words.isEmpty else { return }
        outline.heading(title, depth: depth)
        for word in words { outline.line(LinkedText(word), depth: depth + 1) }
    }

    mutating func resources(_ resources: FieldReader, depth: Int) {
        for (title, amounts) in [("Limits", resources.limits), ("Requests", resources.requests)] where !amounts.members.isEmpty {
            outline.heading(title, depth: depth)
            for (name, amount) in amounts.members.sorted(by: { $0.key < $1.key }) {
                outline.field(name, FieldReader(amount).textOrNumber, depth: depth + 1)
            }
        }
    }

    // MARK: State

    private mutating func state(_ status: FieldReader, _ depth: Int) {
        state("State", status.state, depth)
        if status.lastState.terminated.exists { state("Last State", status.lastState, depth) }
        outline.field("Ready", status.ready.flag ? "True" : "False", depth: depth)
        outline.field("Restart Count", "\(status.restartCount.number)", depth: depth)
    }

    private mutating func state(_ title: String, _ state: FieldReader, _ depth: Int) {
        if state.running.exists {
            outline.field(title, "Running", depth: depth)
            outline.field("Started", time(state.running.startedAt.text), depth: depth + 1)
        } else if state.terminated.exists {
            outline.field(title, "Terminated", depth: depth)
            terminated(state.terminated, depth + 1)
        } else {
            outline.field(title, "Waiting", depth: depth)
            optional("Reason", state.waiting.reason.text, depth: depth + 1)
            optional("Message", state.waiting.message.text, depth: depth + 1)
        }
    }

    private mutating func terminated(_ state: FieldReader, _ depth: Int) {
        optional("Reason", state.reason.text, depth: depth)
        optional("Message", state.message.text, depth: depth)
        outline.field("Exit Code", "\(state.exitCode.number)", depth: depth)
        if state.signal.number > 0 { outline.field("Signal", "\(state.signal.number)", depth: depth) }
        outline.field("Started", time(state.startedAt.text), depth: depth)
        outline.field("Finished", time(state.finishedAt.text), depth: depth)
    }

    // MARK: Probes

    static func probe(_ probe: FieldReader) -> String {
        let times =
            "delay=\(probe.initialDelaySeconds.number)s timeout=\(probe.timeoutSeconds.number)s period=\(probe.periodSeconds.number)s"
        let limits = "#success=\(probe.successThreshold.number) #failure=\(probe.failureThreshold.number)"
        return "\(question(probe)) \(times) \(limits)"
    }

    private static func question(_ probe: FieldReader) -> String {
        if probe.exec.exists { return "exec [\(probe.exec.command.texts.joined(separator: " "))]" }
        if probe.httpGet.exists {
            let request = probe.httpGet
            return "http-get \(request.scheme.text.lowercased())://\(request.host.text):\(request.port.textOrNumber)\(request.path.text)"
        }
        if probe.tcpSocket.exists { return "tcp-socket \(probe.tcpSocket.host.text):\(probe.tcpSocket.port.textOrNumber)" }
        if probe.grpc.exists { return "grpc <pod>:\(probe.grpc.port.number) \(probe.grpc.service.text)" }
        return "unknown"
    }

    // MARK: Environment

    private mutating func environmentSources(_ sources: FieldReader, _ depth: Int) {
        guard !sources.elements.isEmpty else { return }
        outline.heading("Environment Variables from", depth: depth)
        for source in sources.elements {
            let (kind, reference) = source.configMapRef.exists ? ("ConfigMap", source.configMapRef) : ("Secret", source.secretRef)
            let prefix = source.prefix.text.isEmpty ? "" : " with prefix '\(source.prefix.text)'"
            let text = "\(reference.name.text)  \(kind)\(prefix)  Optional: \(reference.optional.flag)"
            outline.line(LinkedText(text, link: link(kind, reference.name.text)), depth: depth + 1)
        }
    }

    private mutating func environment(_ container: FieldReader, _ depth: Int) {
        let variables = container["env"].elements
        guard !variables.isEmpty else { return outline.field("Environment", "<none>", depth: depth) }
        outline.heading("Environment", depth: depth)
        for variable in variables {
            let value = value(of: variable, in: container)
            outline.field(variable.name.text, value.text, depth: depth + 1, link: value.link)
        }
    }

    private func value(of variable: FieldReader, in container: FieldReader) -> LinkedText {
        let source = variable.valueFrom
        if source.fieldRef.exists {
            let path = source.fieldRef.fieldPath.text
            return LinkedText("\(field(path)) (\(source.fieldRef.apiVersion.text(or: "v1")):\(path))")
        }
        if source.resourceFieldRef.exists {
            let resource = source.resourceFieldRef.resource.text
            let parts = resource.split(separator: ".", maxSplits: 1).map(String.init)
            let amount = parts.count == 2 ? container.resources[parts[0]][parts[1]].textOrNumber : ""
            return LinkedText("\(amount.isEmpty && parts.first == "limits" ? "node allocatable" : amount) (\(resource))")
        }
        for (kind, words, reference) in [
            ("Secret", "in secret", source.secretKeyRef), ("ConfigMap", "of config map", source.configMapKeyRef),
        ]
        where reference.exists {
            let text = "<set to the key '\(reference["key"].text)' \(words) '\(reference.name.text)'>  Optional: \(reference.optional.flag)"
            return LinkedText(text, link: link(kind, reference.name.text))
        }
        return LinkedText(variable.value.text)
    }

    /// A field of the pod, by the paths that the downward API knows; empty for a template.
    private func field(_ path: String) -> String {
        guard object.kind == "Pod" else { return "" }
        if let start = path.firstIndex(of: "["), path.hasSuffix("']") {
            let key = String(path[path.index(start, offsetBy: 2)...].dropLast(2))
            return fields.metadata[path.hasPrefix("metadata.labels") ? "labels" : "annotations"][key].text
        }
        return path.split(separator: ".").reduce(fields) { $0[String($1)] }.textOrNumber
    }

    private mutating func mounts(_ container: FieldReader, _ depth: Int) {
        let mounts = container.volumeMounts.elements.sorted { $0.mountPath.text < $1.mountPath.text }
        if mounts.isEmpty { outline.field("Mounts", "<none>", depth: depth) } else { outline.heading("Mounts", depth: depth) }
        for mount in mounts {
            let path = mount.subPath.text.isEmpty ? "" : ",path=\"\(mount.subPath.text)\""
            outline.line(
                LinkedText("\(mount.mountPath.text) from \(mount.name.text) (\(mount.readOnly.flag ? "ro" : "rw")\(path))"),
                depth: depth + 1)
        }
        let devices = container.volumeDevices.elements.sorted { $0.devicePath.text < $1.devicePath.text }
        guard !devices.isEmpty else { return }
        outline.heading("Devices", depth: depth)
        for device in devices { outline.line(LinkedText("\(device.devicePath.text) from \(device.name.text)"), depth: depth + 1) }
    }
}
