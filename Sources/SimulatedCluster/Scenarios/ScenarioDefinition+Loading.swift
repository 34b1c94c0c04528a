import KubernetesModel
import KubernetesSemantics

extension ScenarioDefinition {
    /// Builds the cluster: nodes with their kubelets, controllers, objects, faults.
    func load(into parts: ClusterParts, seed: UInt64) {
        let machines = makeMachines(parts, seed: seed)
        parts.nodes = machines
        startControllers(parts, seed: seed)
        for manifest in manifests {
            // A pod needs the service account with which a controller furnishes its namespace.
            if manifest.kind == "Pod" { parts.timeline.advance(to: parts.timeline.now) }
            create(manifest, in: parts)
        }
        crowd?.load(into: parts, seed: seed)
        for selection in faults {
            do throws(ScenarioError) {
                try FaultDefinition.builtIn(selection.name).inject(selection.parameters, into: parts)
            } catch {
                parts.loadingProblems.append(error.description)
            }
        }
    }

    private func makeMachines(_ parts: ClusterParts, seed: UInt64) -> Kubelets {
        let resolver = PodResolver.Kubelet(
            clusterDNS: [dnsAddress], host: ResolverConfiguration(nameservers: [serverAddress], searches: [], options: []))
        let purpose = StableHash.fnv64("machines")
        let world = MachineWorld(parts: parts, catalog: images, resolver: resolver, seed: seed ^ purpose)
        let kubelets = Kubelets(world: world)
        for node in nodes {
            create(node.object(random: world.random, at: parts.timeline.now), in: parts)
            guard let address = IPv4(node.address), let range = IPv4Range(node.podRange) else { continue }
            kubelets.add(node: node.name, address: address, podRange: range)
        }
        return kubelets
    }

    private func startControllers(_ parts: ClusterParts, seed: UInt64) {
        let random = Randomness(seed: seed ^ StableHash.fnv64("controllers"))
        let controllers: [any Controller] = [
            NamespaceFurnisher(authority: certificateAuthority?.certificatePEM ?? ""), NamespaceController(),
            GarbageCollector(registry: parts.registry),
            DeploymentController(), ReplicaSetController(random: random),
            ReplicaSetController(.replicationController, random: random), DaemonSetController(random: random), StatefulSetController(),
            JobController(random: random), CronJobController(), DisruptionController(),
            HorizontalPodAutoscaler(registry: parts.registry) { [weak parts] in parts?.nodes?.metrics(of: $0) },
            VolumeBinder(), VolumeKeeper(provisioners), VolumeProvisioner(provisioners), VolumeExpander(provisioners), Scheduler(),
            EndpointSliceController(), EndpointSliceMirroring(), EndpointsController(), ServerServiceKeeper(), ServiceAddressController(),
            EventExpiry(),
        ]
        for controller in controllers { parts.controllers.add(controller) }
        if let certificateAuthority { parts.controllers.add(CertificateSigner(certificateAuthority)) }
        // The nodes of a crowd have no kubelets that could be missed.
        guard crowd == nil else { return }
        let keepers: [any Controller] = [NodeLifecycleController(), TaintEviction(), PodGarbageCollector()]
        for controller in keepers { parts.controllers.add(controller) }
    }

    /// Creates an object of the scenario's data. What the rules refuse is missing from the cluster, as after `kubectl apply`.
    private func create(_ object: KubernetesObject, in parts: ClusterParts) {
        let writer = Writer.system("scenario")
        do throws(StatusError) {
            var created = try parts.pipeline.perform(.create(object), by: writer, at: parts.timeline.now)
            guard let status = object["status"], created["status"] != status else { return }
            created["status"] = status
            try parts.pipeline.perform(.updateStatus(created), by: writer, at: parts.timeline.now)
        } catch {
            parts.loadingProblems.append("\(object.reference): \(error.message)")
        }
    }
}
