import KubernetesModel

/// What is allowed in an object, but tells of a mistake or of something that will go.
enum ObjectWarnings {
    static func about(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) -> [String] {
        guard context.subresource == nil else { return [] }
        let kind = GroupKind(object)
        // The template of a workload is judged anew only when something changed.
        if let old, old.metadata.generation == object.metadata.generation, PodTemplates.path(in: kind) != nil { return [] }
        if kind == GroupKind("Pod") { return old == nil ? PodWarnings.about(object.json, isTemplate: false, at: .root) : [] }
        return podName(object, kind) + template(of: object, kind) + (table[kind]?(object.json) ?? [])
    }

    private typealias Rule = @Sendable (JSONObject) -> [String]

    private static let table: [GroupKind: Rule] = [
        GroupKind("Service"): { service($0) },
        GroupKind("PersistentVolume"): { volume($0) },
        GroupKind("PersistentVolumeClaim"): { claim($0) },
        GroupKind("Node"): { node in
            let spec = node.object("spec") ?? [:]
            return spec.string("externalID").isEmpty ? [] : ["spec.externalID: this field is deprecated, and is unused by Kubernetes"]
        },
        GroupKind("ServiceAccount"): { account in
            let key = "kubernetes.io/enforce-mountable-secrets"
            guard annotations(account)[key] != nil else { return [] }
            return ["metadata.annotations[\(key)]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"]
        },
        GroupKind(group: "networking.k8s.io", "Ingress"): { ingress in
            let key = "kubernetes.io/ingress.class"
            guard annotations(ingress)[key] != nil else { return [] }
            return ["annotation \"\(key)\" is deprecated, please use 'spec.ingressClassName' instead"]
        },
    ]

    private static func annotations(_ object: JSONObject) -> JSONObject {
        object.object("metadata")?.object("annotations") ?? [:]
    }

    // MARK: Workloads

    private static let namingKinds: Set = [
        GroupKind(group: "apps", "Deployment"), GroupKind(group: "apps", "StatefulSet"), GroupKind(group: "apps", "ReplicaSet"),
        GroupKind("ReplicationController"), GroupKind(group: "batch", "Job"), GroupKind(group: "batch", "CronJob"),
    ]

    private static func podName(_ object: KubernetesObject, _ kind: GroupKind) -> [String] {
        guard namingKinds.contains(kind) else { return [] }
        let problems = NameRules.label(object.name)
        guard !problems.isEmpty else { return [] }
        return [
            "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: "
                + "[\(problems.joined(separator: " "))]"
        ]
    }

    private static func template(of object: KubernetesObject, _ kind: GroupKind) -> [String] {
        guard let path = PodTemplates.path(in: kind), let template = object.value[path: path]?.objectValue else { return [] }
        return PodWarnings.about(template, isTemplate: true, at: FieldPath(path.joined(separator: ".")))
    }

    // MARK: Services and storage

    private static func service(_ service: JSONObject) -> [String] {
        let spec = service.object("spec") ?? [:]
        let isExternal = spec.string("type") == "ExternalName"
        var warnings: [String] = []
        if annotations(service)["service.kubernetes.io/topology-aware-hints"] != nil {
            warnings.append(
                "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead"
            )
        }
        if isExternal, !spec.strings("externalIPs").isEmpty {
            warnings.append("spec.externalIPs is ignored when spec.type is \"ExternalName\"")
        }
        if !isExternal, !spec.string("externalName").isEmpty {
            warnings.append("spec.externalName is ignored when spec.type is not \"ExternalName\"")
        }
        guard spec.string("clusterIP") == "None" else { return warnings }
        if !spec.string("loadBalancerIP").isEmpty { warnings.append("spec.loadBalancerIP is ignored when spec.clusterIP is \"None\"") }
        if !spec.strings("externalIPs").isEmpty { warnings.append("spec.externalIPs is ignored when spec.clusterIP is \"None\"") }
        if !["", "None"].contains(spec.string("sessionAffinity")) {
            warnings.append("spec.SessionAffinity is ignored for headless services")
        }
        return warnings
    }

    private static let classAnnotation = "volume.beta.kubernetes.io/storage-class"

    private static func volume(_ volume: JSONObject) -> [String] {
        let spec = volume.object("spec") ?? [:]
        var warnings: [String] = []
        if annotations(volume)[classAnnotation] != nil {
            warnings.append("metadata.annotations[\(classAnnotation)]: deprecated since v1.8; use \"storageClassName\" attribute instead")
        }
        if spec.string("persistentVolumeReclaimPolicy") == "Recycle" {
            warnings.append(
                "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning."
            )
        }
        return warnings + PodWarnings.deprecatedVolume(spec, at: .spec)
    }

    private static func claim(_ claim: JSONObject) -> [String] {
        var warnings: [String] = []
        if annotations(claim)[classAnnotation] != nil {
            warnings.append("metadata.annotations[\(classAnnotation)]: deprecated since v1.8; use \"storageClassName\" attribute instead")
        }
        let resources = claim.object("spec")?.object("resources") ?? [:]
        return warnings + PodWarnings.fractions(in: resources, of: ["storage"], at: .spec["resources"])
    }
}

/// Where the kinds that run pods keep their template.
enum PodTemplates {
    static func path(in kind: GroupKind) -> [String]? {
        switch (kind.group, kind.kind) {
        case ("apps", "Deployment"), ("apps", "ReplicaSet"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("batch", "Job"),
            ("", "ReplicationController"):
            ["spec", "template"]
        case ("batch", "CronJob"): ["spec", "jobTemplate", "spec", "template"]
        case ("", "PodTemplate"): ["template"]
        default: nil
        }
    }
}
