import KubernetesModel

extension Kubelets: NodeAgent {
    /// How long a client may take to open its streams, as a real runtime has it.
    private static let streamPatience = Duration.seconds(30)

    func forward(ports: [Int], to pod: KubernetesObject, over transport: SessionTransport) throws(StatusError) -> DuplexSession {
        guard let node = pod.spec["nodeName"]?.stringValue, let worker = kubelet(node)?.worker(uid: pod.uid), let network = worker.network,
            worker.all.contains(where: { $0.process != nil })
        else { throw .internalError("error dialing backend: pod not found (\"\(pod.name)_\(pod.namespace ?? "")\")") }
        let reach = PodPorts(network: network, runner: world.runner, sandbox: StableHash.hexadecimal("sandbox\(pod.uid)"))
        guard transport == .spdy else {
            let forward = ChannelForwardSession(reach, to: ports)
            world.parts.sessions.open(forward.session, receive: forward.receive)
            return forward.session
        }
        let forward = SPDYForwardSession(reach, timeline: world.parts.timeline)
        world.parts.sessions.open(forward.session, receive: forward.receive)
        return forward.session
    }

    func run(_ command: [String]?, in pod: KubernetesObject, container: String, options: StreamOptions) -> DuplexSession {
        let channels = ChannelSession(options)
        var handle: ((ChannelSession.Event) -> Void)?
        // What comes on one stream before the others are open; a client that sends more than this is not waiting for them.
        var early: [ChannelSession.Event] = []
        world.parts.sessions.open(channels.session) { input in
            for event in channels.events(input) {
                if let handle { handle(event) } else if early.count < 1000 { early.append(event) }
            }
        }
        channels.whenOpen {
            handle = self.connect(channels, to: command, in: pod, container: container, options: options)
            for event in early { handle?(event) }
            early = []
        }
        world.after(Self.streamPatience) { [weak channels] in channels?.giveUpWaiting() }
        return channels.session
    }

    func isRunning(_ container: String, of pod: KubernetesObject) -> Bool {
        (try? find(pod, container: container)).flatMap(\.self).map { $1.process != nil && !$1.isOver } ?? false
    }

    /// - Returns: to be called with what the client does; nil when it has been told why there is nothing to connect it to.
    private func connect(
        _ channels: ChannelSession, to command: [String]?, in pod: KubernetesObject, container: String, options: StreamOptions
    ) -> ((ChannelSession.Event) -> Void)? {
        guard isRunning(container, of: pod), let (worker, record) = try? find(pod, container: container), let console = record.console
        else {
            channels.fail("unable to upgrade connection: container not found (\"\(container)\")")
            return nil
        }
        guard let command else { return console.attach(channels) }
        return execute(command, channels, options, in: console, image: worker.image(of: record))
    }

    private func execute(
        _ command: [String], _ channels: ChannelSession, _ options: StreamOptions, in console: ContainerConsole, image: ImageCatalog.Image?
    ) -> ((ChannelSession.Event) -> Void)? {
        let program: any Program
        do throws(ProgramFactory.StartFailure) {
            program = try world.programs.tool(command, in: image)
        } catch {
            let cause = error.message.firstRange(of: "exec: ").map { String(error.message[$0.lowerBound...]) } ?? error.message
            channels.fail(
                "error executing command in container: failed to exec in container: failed to start exec \""
                    + world.random.hexadecimal(64) + "\": OCI runtime exec failed: exec failed: unable to start container process: "
                    + "\(cause): unknown")
            return nil
        }
        let client = ExecClient(channels, options, space: console.setting.space, runner: world.runner)
        var setting = console.setting
        setting.terminal = client.terminal
        if options.tty { setting.environment = setting.environment.filter { $0.name != "TERM" } + [("TERM", "xterm")] }
        world.runner.start(program, command: command.joined(separator: " "), in: setting, streams: client.streams) { ending in
            channels.end(code: ending.code, of: command)
        }
        return client.handle
    }
}
