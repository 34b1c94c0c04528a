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
        GroupKind(group: "apps", "StatefulSet"): { statefulSet($0) },
        GroupKind(group: "batch", "CronJob"): { cronJob in
            guard cronJob.object("spec")?.string("schedule").contains("TZ") == true else { return [] }
            return [
                "CRON_TZ or TZ used in spec.schedule is not officially supported, see "
                    + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details"
            ]
        },
        GroupKind(group: "storage.k8s.io", "StorageClass"): { storageClass in
            storageClass.objects("allowedTopologies").enumerated().flatMap { index, term in
                NodeLabels.warnings(about: term, in: "matchLabelExpressions", at: FieldPath("allowedTopologies")[index])
            }
        },
        GroupKind(group: "node.k8s.io", "RuntimeClass"): { runtime in
            (runtime.object("scheduling")?.object("nodeSelector") ?? [:]).keys.sorted().compactMap { key in
                NodeLabels.deprecation(of: key).map { "\(FieldPath("scheduling")["nodeSelector"].key(key)): \($0)" }
            }
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

    private static func statefulSet(_ set: JSONObject) -> [String] {
        let spec = set.object("spec") ?? [:]
        let claims = spec.objects("volumeClaimTemplates").enumerated().flatMap { index, claim in
            PodWarnings.fractions(
                in: claim.object("spec")?.object("resources") ?? [:], of: ["storage"],
                at: FieldPath.spec["volumeClaimTemplates"][index]["spec"]["resources"])
        }
        guard let limit = spec.int("revisionHistoryLimit"), limit < 0 else { return claims }
        return claims + ["spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended"]
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
        if spec.string("type") == "ClusterIP", spec.string("clusterIP") == "None" { warnings += headless(spec) }
        if isExternal, !spec.strings("externalIPs").isEmpty {
            warnings.append("spec.externalIPs is ignored when spec.type is \"ExternalName\"")
        }
        if !isExternal, !spec.string("externalName").isEmpty {
            warnings.append("spec.externalName is ignored when spec.type is not \"ExternalName\"")
        }
        if spec.string("trafficDistribution") == "PreferClose" {
            warnings.append("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"")
        }
        return warnings
    }

    private static func headless(_ spec: JSONObject) -> [String] {
        let ignored = [
            ("loadBalancerIP", !spec.string("loadBalancerIP").isEmpty), ("externalIPs", !spec.strings("externalIPs").isEmpty),
            ("SessionAffinity", spec.string("sessionAffinity") != "None"),
        ]
        return ignored.filter(\.1).map { "spec.\($0.0) is ignored for headless services" }
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
        let terms = spec.object("nodeAffinity")?.object("required")?.objects("nodeSelectorTerms") ?? []
        let path = FieldPath.spec["nodeAffinity"]["required"]["nodeSelectorTerms"]
        return warnings + terms.enumerated().flatMap { NodeLabels.warnings(about: $1, at: path[$0]) }
            + PodWarnings.deprecatedVolume(spec, at: .spec)
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
