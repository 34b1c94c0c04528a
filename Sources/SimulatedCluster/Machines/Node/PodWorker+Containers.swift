import KubernetesModel

extension PodWorker {
    /// Takes a container from its image to a running process, reporting each step.
    func start(_ record: ContainerRecord) {
        guard phase == .running else { return }
        let reference: ImageReference
        do throws(ImageReference.Failure) {
            reference = try ImageReference(record.image)
        } catch {
            event(.warning, "InspectFailed", error.message, of: record)
            event(.warning, "Failed", "Error: InvalidImageName", of: record)
            return wait(record, "InvalidImageName", error.message, retryAfter: .seconds(15))
        }
        let isPresent = kubelet.images.contains(reference.description)
        let policy = record.spec["imagePullPolicy"]?.stringValue ?? "IfNotPresent"
        if isPresent, policy != "Always" {
            let message = "Container image \"\(record.image)\" already present on machine and can be accessed by the pod"
            event(.normal, "Pulled", message, of: record)
            return create(record, reference)
        }
        if policy == "Never" {
            let message = "Container image \"\(record.image)\" is not present with pull policy of Never"
            event(.warning, "ErrImageNeverPull", message, of: record)
            event(.warning, "Failed", "Error: ErrImageNeverPull", of: record)
            return wait(record, "ErrImageNeverPull", message, retryAfter: .seconds(15))
        }
        pull(record, reference, isPresent: isPresent)
    }

    private func wait(_ record: ContainerRecord, _ reason: String, _ message: String?, retryAfter delay: Duration) {
        if let last = record.termination { record.lastTermination = last }
        record.state = .waiting(reason: reason, message: message)
        record.isBusy = true
        let life = record.life
        world.after(delay) { [weak self, weak record] in
            guard let self, let record, record.life == life else { return }
            record.isBusy = false
            start(record)
            statusChanged()
        }
    }

    // MARK: Pulling

    private func pull(_ record: ContainerRecord, _ reference: ImageReference, isPresent: Bool) {
        event(.normal, "Pulling", "Pulling image \"\(record.image)\"", of: record)
        record.isBusy = true
        let failure = world.catalog.pullFailure(reference)
        let megabytes = world.catalog.image(reference)?.megabytes ?? 30
        // A registry answers in some tenths of a second, and gives about 40 MB a second.
        let time = Duration.milliseconds(world.random.int(in: 180...420) + (failure == nil && !isPresent ? megabytes * 25 : 0))
        let life = record.life
        world.after(time) { [weak self, weak record] in
            guard let self, let record, record.life == life, phase == .running else { return }
            record.isBusy = false
            if let failure { fail(toPull: record, failure) } else { pulled(record, reference, megabytes, time) }
            statusChanged()
        }
    }

    private func pulled(_ record: ContainerRecord, _ reference: ImageReference, _ megabytes: Int, _ time: Duration) {
        let taken = Self.goText(time)
        let size = megabytes * 1_048_576 + Int(StableHash.fnv32(reference.description) % 1_000_000)
        event(
            .normal, "Pulled",
            "Successfully pulled image \"\(record.image)\" in \(taken) (\(taken) including waiting). Image size: \(size) bytes.", of: record
        )
        kubelet.addImage(reference)
        record.pullBackOff = BackOff()
        create(record, reference)
    }

    /// As Go prints durations below a minute: `350ms`, `1.2s`.
    private static func goText(_ time: Duration) -> String {
        let milliseconds = Int(time.nanoseconds / 1_000_000)
        guard milliseconds >= 1000 else { return "\(milliseconds)ms" }
        var fraction = String(milliseconds % 1000 + 1000).dropFirst()
        while fraction.last == "0" { fraction = fraction.dropLast() }
        return fraction.isEmpty ? "\(milliseconds / 1000)s" : "\(milliseconds / 1000).\(fraction)s"
    }

    private func fail(toPull record: ContainerRecord, _ failure: String) {
        event(.warning, "Failed", "Failed to pull image \"\(record.image)\": \(failure)", of: record)
        event(.warning, "Failed", "Error: ErrImagePull", of: record)
        record.pullBackOff.attempt(at: world.now)
        let delay = record.pullBackOff.delay
        wait(record, "ErrImagePull", failure, retryAfter: delay)
        let life = record.life
        world.after(.seconds(2)) { [weak self, weak record] in
            guard let self, let record, record.life == life, phase == .running else { return }
            event(.normal, "BackOff", "Back-off pulling image \"\(record.image)\"", of: record)
            event(.warning, "Failed", "Error: ImagePullBackOff", of: record)
            record.state = .waiting(
                reason: "ImagePullBackOff", message: "Back-off pulling image \"\(record.image)\": ErrImagePull: \(failure)")
            statusChanged()
        }
    }

    // MARK: Creating

    private func create(_ record: ContainerRecord, _ reference: ImageReference) {
        record.imageID = "\(reference.name)@sha256:\(StableHash.hexadecimal(reference.description))"
        if let problem = rootProblem(record) { return fail(toCreate: record, problem) }
        let setting: Process.Setting
        do throws(ContainerEnvironment.Failure) {
            guard let made = try self.setting(for: record) else { return }
            setting = made
        } catch {
            return fail(toCreate: record, error.message)
        }
        if record.termination != nil || record.lastTermination != nil { beginNextLife(of: record) }
        record.life += 1
        record.containerID = world.random.hexadecimal(64)
        event(.normal, "Created", "Container created", of: record)
        launch(record, setting)
    }

    private func beginNextLife(of record: ContainerRecord) {
        if let last = record.termination { record.lastTermination = last }
        record.restarts += 1
        record.restartBackOff.attempt(at: world.now)
        record.previousLog = record.log
        record.log = LogBuffer()
        record.renewRoot()
    }

    private func launch(_ record: ContainerRecord, _ setting: Process.Setting) {
        let environment = ContainerEnvironment(
            view: world.parts.view, pod: pod, container: record.spec, address: setting.pod.address.description,
            nodeAddress: kubelet.address.description)
        func words(_ field: String) -> [String] {
            (record.spec[field]?.arrayValue ?? []).compactMap(\.stringValue).map { environment.expand($0, with: setting.environment) }
        }
        let ports = (record.spec["ports"]?.arrayValue ?? []).compactMap { $0["containerPort"]?.intValue }
        let invocation = ProgramFactory.Invocation(
            image: image(of: record), command: words("command"), arguments: words("args"), ports: ports)
        let program: any Program
        let command: String
        do throws(ProgramFactory.StartFailure) {
            (program, command) = try world.programs.program(for: invocation)
        } catch {
            return fail(toStart: record, error.message)
        }
        event(.normal, "Started", "Container started", of: record)
        // The process ends at once where its first step is its last, so the record is told before it starts.
        let start = world.now
        var ended: Process.Ending?
        let life = record.life
        let runner = world.runner
        let console = ContainerConsole(container: record.spec, setting: setting) { [weak self, weak record] bytes, stream in
            guard let self, let record else { return }
            record.log.append(bytes, stream: stream, at: world.now)
            for follower in record.followers.values { follower() }
        } raise: { signal, terminal, space in
            runner.send(signal, to: terminal, in: space)
        }
        record.console = console
        let process = runner.start(program, command: command, in: console.setting, streams: console.streams) {
            [weak self, weak record] ending in
            guard let self, let record, record.life == life else { return }
            guard case .running(_, let since) = record.state else { return ended = ending }
            self.ended(record, ending, since: since, files: setting.files)
        }
        record.state = .running(process, since: start)
        runStartHook(of: record) { [weak self, weak record] in
            if let self, let record { started(record) }
        }
        record.isOver = ended != nil
        guard let ended else { return }
        // A process that is over within its first step still has lived a moment.
        world.after(.milliseconds(world.random.int(in: 4...20))) { [weak self, weak record] in
            guard let self, let record, record.life == life, case .running = record.state else { return }
            self.ended(record, ended, since: start, files: setting.files)
        }
    }

    private func started(_ record: ContainerRecord) {
        record.isStarted = Probe(.startup, of: record.spec) == nil
        record.isReady = record.isStarted && Probe(.readiness, of: record.spec) == nil
        beginProbes(of: record)
        guard hasStartHook(record) else { return }
        advance()
        statusChanged()
    }

    private func fail(toCreate record: ContainerRecord, _ message: String) {
        event(.warning, "Failed", "Error: \(message)", of: record)
        wait(record, "CreateContainerConfigError", message, retryAfter: .seconds(world.random.int(in: 11...16)))
    }

    private func fail(toStart record: ContainerRecord, _ message: String) {
        event(.warning, "Failed", "Error: \(message)", of: record)
        let epoch = Instant(seconds: 0)
        record.state = .terminated(
            ContainerRecord.Termination(
                code: 128, reason: "StartError", message: message, started: epoch, finished: world.now,
                containerID: record.containerID ?? ""))
        advance()
        statusChanged()
    }

    private func rootProblem(_ record: ContainerRecord) -> String? {
        let security = record.spec["securityContext"]
        let podSecurity = pod.spec["securityContext"]
        guard (security?["runAsNonRoot"] ?? podSecurity?["runAsNonRoot"])?.boolValue == true else { return nil }
        let subject = "(pod: \"\(pod.name)_\(pod.namespace ?? "default")(\(pod.uid))\", container: \(record.name))"
        let user = (security?["runAsUser"] ?? podSecurity?["runAsUser"])?.intValue
        if user == 0 { return "container's runAsUser breaks non-root policy \(subject)" }
        if user == nil, image(of: record)?.user ?? 0 == 0 { return "container has runAsNonRoot and image will run as root \(subject)" }
        return nil
    }

    // MARK: Ending

    private func ended(_ record: ContainerRecord, _ ending: Process.Ending, since start: Instant, files: FileSystem) {
        let reason =
            switch ending {
            case .outOfMemory: "OOMKilled"
            case .exited(0): "Completed"
            case .exited: "Error"
            }
        record.state = .terminated(
            ContainerRecord.Termination(
                code: ending.code, reason: reason, message: lastWords(of: record, files, failed: ending.code != 0), started: start,
                finished: world.now, containerID: record.containerID ?? ""))
        record.isStopping = false
        record.isOver = true
        record.isReady = false
        record.isStarted = false
        record.probes = [:]
        for follower in record.followers.values { follower() }
        record.console?.close()
        advance()
        removeWhenQuiet()
        statusChanged()
    }

    private func lastWords(of record: ContainerRecord, _ files: FileSystem, failed: Bool) -> String? {
        let path = record.spec["terminationMessagePath"]?.stringValue ?? "/dev/termination-log"
        let text = (try? files.read(path)) ?? ""
        if !text.isEmpty { return String(decoding: text.utf8.prefix(4096), as: UTF8.self) }
        guard failed, record.spec["terminationMessagePolicy"] == "FallbackToLogsOnError" else { return nil }
        let tail = record.log.tail(bytes: 2048, lines: 80)
        return tail.isEmpty ? nil : tail + "\n"
    }
}
