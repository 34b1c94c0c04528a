import KubernetesModel

/// Makes the program that a container, an `exec` or a probe runs.
struct ProgramFactory {
    struct StartFailure: Error, Equatable {
        /// As the runtime words it.
        let message: String
    }

    /// What a container is started with.
    struct Invocation {
        var image: ImageCatalog.Image?
        /// The container's `command`, empty for the image's own.
        var command: [String]
        var arguments: [String]
        /// The ports that the container declares.
        var ports: [Int]
    }

    func program(for invocation: Invocation) throws(StartFailure) -> (program: any Program, command: String) {
        guard let first = invocation.command.first else {
            if invocation.image?.program == "shell" {
                // Such an image has a command, `sh`, but no entry point: arguments take the command's place.
                let words = invocation.arguments.isEmpty ? ["sh"] : invocation.arguments
                return (try tool(words, in: invocation.image), words.joined(separator: " "))
            }
            return (imageProgram(invocation), ([invocation.image?.binary ?? "/app"] + invocation.arguments).joined(separator: " "))
        }
        let words = invocation.command + invocation.arguments
        if let binary = invocation.image?.binary, first.split(separator: "/").last == binary.split(separator: "/").last {
            return (imageProgram(invocation), words.joined(separator: " "))
        }
        return (try tool(words, in: invocation.image), words.joined(separator: " "))
    }

    /// A command of the small shell image, as `exec` and probes run it too.
    func tool(_ words: [String], in image: ImageCatalog.Image?) throws(StartFailure) -> any Program {
        let first = words.first ?? ""
        let hasShell = image?.hasShell ?? true
        if image?.binary == "nginx", first == "nginx" || first.hasSuffix("/nginx"), let check = NginxCheck(words: words) { return check }
        guard hasShell, let program = CommandCatalog.program(words) else { throw Self.missing(first) }
        return program
    }

    private static func missing(_ command: String) -> StartFailure {
        let cause = command.contains("/") ? "stat \(command): no such file or directory" : "executable file not found in $PATH"
        return StartFailure(
            message: "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: "
                + "unable to start container process: error during container init: exec: \"\(command)\": \(cause)")
    }

    private func imageProgram(_ invocation: Invocation) -> any Program {
        let parameters = invocation.image?.parameters ?? .null
        switch invocation.image?.program {
        case "service": return ServiceProgram(ServiceProgram.Settings(parameters))
        case "web": return WebServer(port: parameters["port"]?.intValue ?? 80)
        case "postgres": return DatabaseServer(.postgres, port: parameters["port"]?.intValue)
        case "redis": return DatabaseServer(.redis, port: parameters["port"]?.intValue)
        case "worker":
            let format = parameters["format"]?.stringValue.flatMap(LogFormat.init(rawValue:)) ?? .json
            let interval = Duration.seconds(parameters["interval"]?.intValue ?? 7)
            return WorkerProgram(interval: interval, task: parameters["task"]?.stringValue ?? "job", format: format)
        case "coredns": return CoreDNS()
        case "echo": return EchoServer(port: parameters["port"]?.intValue ?? 8080)
        case "pause": return IdleProgram()
        default: return IdleProgram(ports: invocation.ports)
        }
    }
}

extension ServiceProgram.Settings {
    /// The parameters of an image that runs a service.
    init(_ json: JSONValue) {
        self.init()
        name = json["name"]?.stringValue ?? name
        if let value = json["port"] { port = value.intValue }
        interval = json["interval"]?.intValue.map { .seconds($0) } ?? interval
        timeout = json["timeout"]?.intValue.map { .seconds($0) } ?? timeout
        isReadyOnlyWithDependencies = json["readyOnlyWithDependencies"]?.boolValue ?? false
        failuresBeforeExit = json["failuresBeforeExit"]?.intValue
        format = json["format"]?.stringValue.flatMap(LogFormat.init(rawValue:)) ?? format
        visits = json["visits"]?.arrayValue?.compactMap(\.stringValue) ?? []
        startMessage = json["startMessage"]?.stringValue ?? startMessage
    }
}
