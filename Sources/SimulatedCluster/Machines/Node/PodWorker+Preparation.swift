import KubernetesModel
import KubernetesSemantics

extension PodWorker {
    /// Mounts the pod's volumes and makes its network, before any container starts.
    func prepare() {
        guard !isPreparing else { return }
        do throws(PodVolumes.Failure) {
            volumes = try podVolumes.trees(known: volumes ?? [:])
        } catch {
            event(.warning, "FailedMount", error.message, of: nil)
            mountBackOff.attempt(at: world.now)
            return tryAgain(after: mountBackOff.delay)
        }
        reportMissingPullSecrets()
        isPreparing = true
        world.after(.milliseconds(world.random.int(in: 150...600))) { [weak self] in
            guard let self, phase == .running else { return }
            isPreparing = false
            attachNetwork()
            advance()
            statusChanged()
        }
    }

    private var podVolumes: PodVolumes {
        PodVolumes(
            view: world.parts.view, pod: pod, storage: world.storage, host: kubelet.files,
            tokens: world.parts.access.authenticator.tokens, now: world.now)
    }

    private func tryAgain(after delay: Duration) {
        isPreparing = true
        world.after(delay) { [weak self] in
            guard let self else { return }
            isPreparing = false
            advance()
            statusChanged()
        }
    }

    private func attachNetwork() {
        guard let address = usesHostNetwork ? kubelet.address : kubelet.allocateAddress() else {
            event(
                .warning, "FailedCreatePodSandBox",
                "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: "
                    + "plugin type=\"host-local\" failed (add): no IP addresses available in range set", of: nil)
            return tryAgain(after: .seconds(10))
        }
        let network = PodNetwork(pod: pod.key, node: kubelet.node, hostname: hostname, address: address)
        self.network = network
        if !usesHostNetwork { world.network.attach(network) }
        watchStorage()
    }

    private func reportMissingPullSecrets() {
        let names = (pod.spec["imagePullSecrets"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        let missing = names.filter { world.parts.view.get(Resource.secrets, ObjectKey(namespace: pod.namespace, name: $0)) == nil }
        guard !missing.isEmpty else { return }
        event(
            .warning, "FailedToRetrieveImagePullSecret",
            "Unable to retrieve some image pull secrets (\(missing.joined(separator: ", "))); attempting to pull the image may not succeed.",
            of: nil)
    }

    /// Brings a changed ConfigMap or Secret into the volumes made from it, as the kubelet does with its next look at the pod.
    func refreshVolumes() {
        guard volumes != nil, phase == .running else { return }
        world.after(.seconds(world.random.int(in: 20...70))) { [weak self] in
            guard let self, phase == .running, let known = volumes else { return }
            if let trees = try? podVolumes.trees(known: known) { volumes = trees }
        }
    }

    /// What a process of a container sees.
    func setting(for record: ContainerRecord) throws(ContainerEnvironment.Failure) -> Process.Setting? {
        guard let network, let volumes else { return nil }
        let environment = ContainerEnvironment(
            view: world.parts.view, pod: pod, container: record.spec, address: network.address.description,
            nodeAddress: kubelet.address.description)
        let variables = try environment.variables(hostname: hostname)
        let mounts = try podVolumes.mounts(of: record.spec, trees: volumes) { expression throws(ContainerEnvironment.Failure) in
            try environment.subPath(expression, with: variables)
        }
        fillRoot(of: record, network)
        let security = record.spec["securityContext"]
        let podSecurity = pod.spec["securityContext"]
        return Process.Setting(
            pod: network, environment: variables,
            files: FileSystem(
                root: record.root, isRootReadOnly: security?["readOnlyRootFilesystem"]?.boolValue ?? false, mounts: mounts),
            directory: workingDirectory(of: record),
            user: (security?["runAsUser"] ?? podSecurity?["runAsUser"])?.intValue ?? image(of: record)?.user ?? 0,
            group: (security?["runAsGroup"] ?? podSecurity?["runAsGroup"])?.intValue ?? 0,
            memoryLimit: Quantity(record.spec["resources"]?["limits"]?["memory"])?.value, space: processSpace(of: record), machine: machine
        )
    }

    private var machine: Machine {
        let capacity = world.parts.view.get(Resource.nodes, ObjectKey(name: kubelet.node))?.status["capacity"]
        return Machine(
            memory: Quantity(capacity?["memory"])?.value ?? 0, disk: Quantity(capacity?["ephemeral-storage"])?.value ?? 0,
            processors: Quantity(capacity?["cpu"])?.value ?? 1,
            memoryInUse: { [weak kubelet] in kubelet?.usage?.bytes ?? 0 })
    }

    /// The runtime makes the directory where the image has none.
    private func workingDirectory(of record: ContainerRecord) -> String {
        let path = FileSystem.normalized(record.spec["workingDir"]?.stringValue ?? "/")
        if path != "/", record.root[String(path.dropFirst())] == nil { record.root.add(String(path.dropFirst()), .directory) }
        return path
    }

    /// A debugging container that names a target sees the target's processes.
    private func processSpace(of record: ContainerRecord) -> ProcessSpace {
        guard let target = record.spec["targetContainerName"]?.stringValue else { return ProcessSpace() }
        return all.first { $0.name == target }?.console?.setting.space ?? ProcessSpace()
    }

    func image(of record: ContainerRecord) -> ImageCatalog.Image? {
        guard let reference = try? ImageReference(record.image) else { return nil }
        return world.catalog.image(reference)
    }

    private func fillRoot(of record: ContainerRecord, _ network: PodNetwork) {
        let resolver = PodResolver(pod, on: world.resolver)
        for directory in ["tmp", "var", "root", "home", "usr", "bin", "proc", "dev", "etc"] where record.root[directory] == nil {
            record.root.add(directory, .directory)
        }
        record.root.add("dev/null", .null)
        record.root.add("dev/zero", .zero)
        if record.root["dev/termination-log"] == nil { record.root.add("dev/termination-log", .file(text: "", isExecutable: false)) }
        record.root.add("etc/resolv.conf", .file(text: resolver.configuration.text, isExecutable: false))
        record.root.add("etc/hostname", .file(text: hostname + "\n", isExecutable: false))
        record.root.add("etc/hosts", .file(text: HostsFile(pod, network).text, isExecutable: false))
    }
}
