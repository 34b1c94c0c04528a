import KubernetesModel
import KubernetesSemantics
import ResourceTables

extension ObjectDescription {
    mutating func node() {
        let (spec, status) = (fields.spec, fields.status)
        name()
        let roles = object.metadata.labels.keys.compactMap { $0.hasPrefix("node-role.kubernetes.io/") ? String($0.dropFirst(24)) : nil }
            .sorted()
        outline.field("Roles", roles.isEmpty ? "<none>" : roles.joined(separator: ","))
        labelsAndAnnotations()
        created()
        let taints = spec.taints.elements.map { taint in
            let value = taint.value.text.isEmpty ? "" : "=\(taint.value.text)"
            return LinkedText("\(taint.key.text)\(value):\(taint.effect.text)")
        }
        outline.values("Taints", taints.isEmpty ? ["<none>"] : taints)
        outline.field("Unschedulable", "\(spec.unschedulable.flag)")
        lease()
        nodeConditions()
        outline.heading("Addresses")
        for address in status.addresses.elements { outline.field(address.type.text, address.address.text, depth: 1) }
        amounts("Capacity", status.capacity)
        amounts("Allocatable", status.allocatable)
        systemInfo()
        optional("PodCIDR", spec.podCIDR.text)
        optional("PodCIDRs", spec.podCIDRs.texts.joined(separator: ","))
        optional("ProviderID", spec.providerID.text)
        podsOnNode()
    }

    private mutating func lease() {
        let mirror = beside(Self.leaseScope(ofNode: object.name))
        guard let lease = mirror.objects.first.map({ FieldReader($0).spec }) else {
            return outline.field("Lease", mirror.absence)
        }
        outline.heading("Lease")
        outline.field("HolderIdentity", lease.holderIdentity.text(or: "<unset>"), depth: 1)
        outline.field("AcquireTime", lease.acquireTime.exists ? time(lease.acquireTime.text) : "<unset>", depth: 1)
        outline.field("RenewTime", lease.renewTime.exists ? time(lease.renewTime.text) : "<unset>", depth: 1)
    }

    private mutating func nodeConditions() {
        outline.heading("Conditions")
        outline.table(
            ["Type", "Status", "Heartbeat", "Since", "Reason", "Message"],
            fields.status.conditions.elements.map { condition in
                [
                    LinkedText(condition.type.text), LinkedText(condition.status.text), LinkedText(age(condition.lastHeartbeatTime.text)),
                    LinkedText(age(condition.lastTransitionTime.text)), LinkedText(condition.reason.text),
                    LinkedText(condition.message.text),
                ]
            })
    }

    private mutating func amounts(_ title: String, _ amounts: FieldReader) {
        guard !amounts.members.isEmpty else { return }
        outline.heading(title)
        for (name, amount) in amounts.members.sorted(by: { $0.key < $1.key }) {
            outline.field(name, FieldReader(amount).textOrNumber, depth: 1)
        }
    }

    private mutating func systemInfo() {
        let info = fields.status.nodeInfo
        outline.heading("System Info")
        let rows = [
            ("Machine ID", info.machineID), ("System UUID", info.systemUUID), ("Boot ID", info.bootID),
            ("Kernel Version", info.kernelVersion),
            ("OS Image", info.osImage), ("Operating System", info.operatingSystem), ("Architecture", info.architecture),
            ("Container Runtime Version", info.containerRuntimeVersion), ("Kubelet Version", info.kubeletVersion),
            ("Kube-Proxy Version", info.kubeProxyVersion),
        ]
        for (title, value) in rows { outline.field(title, value.text, depth: 1) }
    }

    // MARK: Pods

    private mutating func podsOnNode() {
        let mirror = beside(Self.podScope(onNode: object.name))
        if let problem = mirror.problem, mirror.objects.isEmpty { return outline.field("Pods", "unknown: \(problem)") }
        let pods = mirror.objects.filter { !Pod($0).isFinished }
        let allocatable = ResourceAmounts((fields.status.allocatable.exists ? fields.status.allocatable : fields.status.capacity).json)
        let usage = pods.map { (requests: ResourceAmounts(podSpec: $0.spec), limits: ResourceAmounts(limitsOfPodSpec: $0.spec)) }
        outline.field("Non-terminated Pods", "(\(pods.count) in total)")
        let titles = ["Namespace", "Name", "CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age"]
        outline.table(
            titles,
            zip(pods, usage).map { pod, usage in
                let shares = ["cpu", "memory"].flatMap { name in
                    [usage.requests, usage.limits].map { LinkedText(Self.share($0[name], of: allocatable[name], name)) }
                }
                let reference = ObjectReference.builtIn("Pod", namespace: pod.namespace, pod.name)
                return [LinkedText(pod.namespace ?? ""), LinkedText(pod.name, link: reference)] + shares
                    + [LinkedText(age(pod.metadata.creationTimestamp ?? ""))]
            })
        allocated(usage.map(\.requests).reduce(ResourceAmounts(), +), usage.map(\.limits).reduce(ResourceAmounts(), +), of: allocatable)
    }

    private mutating func allocated(_ requests: ResourceAmounts, _ limits: ResourceAmounts, of allocatable: ResourceAmounts) {
        outline.heading("Allocated resources")
        outline.line("(Total limits may be over 100 percent, i.e., overcommitted.)", depth: 1)
        let known = ["cpu", "memory", "ephemeral-storage"]
        let others = allocatable.amounts.keys.filter { !known.contains($0) && $0 != "pods" }.sorted()
        let huge = others.filter { $0.hasPrefix("hugepages-") }
        let shared = (known + huge).map { name in
            [LinkedText(name)] + [requests, limits].map { LinkedText(Self.share($0[name], of: allocatable[name], name)) }
        }
        let plain = others.filter { !huge.contains($0) }.map { name in
            [LinkedText(name), LinkedText("\(requests[name])"), LinkedText("\(limits[name])")]
        }
        outline.table(["Resource", "Requests", "Limits"], shared + plain)
    }

    /// `250m (12%)`.
    private static func share(_ amount: Int, of all: Int, _ name: String) -> String {
        let quantity = name == "cpu" ? Quantity(milli: amount) : Quantity(amount, format: .binarySI)
        return "\(quantity.canonical) (\(Int(CPUAndMemory.share(amount, of: all) ?? 0))%)"
    }
}
