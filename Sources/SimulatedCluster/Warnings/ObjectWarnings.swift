import KubernetesModel

/// What is allowed in an object, but tells of a mistake or of something that will go.
enum ObjectWarnings {
    static func about(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) -> [String] {
        guard context.subresource == nil else { return [] }
        let rules = KindRules.of(object)
        // The template of a workload is judged anew only when something changed.
        if let old, old.metadata.generation == object.metadata.generation, rules.podTemplate != nil { return [] }
        if GroupKind(object) == GroupKind("Pod") { return old == nil ? PodWarnings.about(object.json, isTemplate: false, at: .root) : [] }
        return (rules.namesPods ? podName(object) : []) + template(of: object, at: rules.podTemplate) + (rules.warnings?(object.json) ?? [])
    }

    static func node(_ node: JSONObject) -> [String] {
        let spec = node.object("spec") ?? [:]
        return spec.string("externalID").isEmpty ? [] : ["spec.externalID: this field is deprecated, and is unused by Kubernetes"]
    }

    static func serviceAccount(_ account: JSONObject) -> [String] {
        let key = "kubernetes.io/enforce-mountable-secrets"
        guard annotations(account)[key] != nil else { return [] }
        return ["metadata.annotations[\(key)]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"]
    }

    static func cronJob(_ cronJob: JSONObject) -> [String] {
        guard cronJob.object("spec")?.string("schedule").contains("TZ") == true else { return [] }
        return [
            "CRON_TZ or TZ used in spec.schedule is not officially supported, see "
                + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details"
        ]
    }

    static func storageClass(_ storageClass: JSONObject) -> [String] {
        storageClass.objects("allowedTopologies").enumerated().flatMap { index, term in
            NodeLabels.warnings(about: term, in: "matchLabelExpressions", at: FieldPath("allowedTopologies")[index])
        }
    }

    static func runtimeClass(_ runtime: JSONObject) -> [String] {
        (runtime.object("scheduling")?.object("nodeSelector") ?? [:]).keys.sorted().compactMap { key in
            NodeLabels.deprecation(of: key).map { "\(FieldPath("scheduling")["nodeSelector"].key(key)): \($0)" }
        }
    }

    static func ingress(_ ingress: JSONObject) -> [String] {
        let key = "kubernetes.io/ingress.class"
        guard annotations(ingress)[key] != nil else { return [] }
        return ["annotation \"\(key)\" is deprecated, please use 'spec.ingressClassName' instead"]
    }

    private static func annotations(_ object: JSONObject) -> JSONObject {
        object.object("metadata")?.object("annotations") ?? [:]
    }

    // MARK: Workloads

    private static func podName(_ object: KubernetesObject) -> [String] {
        let problems = NameRules.label(object.name)
        guard !problems.isEmpty else { return [] }
        return [
            "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: "
                + "[\(problems.joined(separator: " "))]"
        ]
    }

    private static func template(of object: KubernetesObject, at path: [String]?) -> [String] {
        guard let path, let template = object.value[path: path]?.objectValue else { return [] }
        return PodWarnings.about(template, isTemplate: true, at: FieldPath(path.joined(separator: ".")))
    }

    static func statefulSet(_ set: JSONObject) -> [String] {
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

    static func service(_ service: JSONObject) -> [String] {
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

    static func volume(_ volume: JSONObject) -> [String] {
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

    static func claim(_ claim: JSONObject) -> [String] {
        var warnings: [String] = []
        if annotations(claim)[classAnnotation] != nil {
            warnings.append("metadata.annotations[\(classAnnotation)]: deprecated since v1.8; use \"storageClassName\" attribute instead")
        }
        let resources = claim.object("spec")?.object("resources") ?? [:]
        return warnings + PodWarnings.fractions(in: resources, of: ["storage"], at: .spec["resources"])
    }
}
