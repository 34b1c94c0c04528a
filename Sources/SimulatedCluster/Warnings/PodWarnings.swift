import KubernetesModel

/// What is doubtful about a pod or a template of pods, in the order of `pkg/api/pod/warnings.go`.
struct PodWarnings {
    private let spec: JSONObject
    private let annotations: JSONObject
    private let path: FieldPath

    /// - Parameter path: of the pod: empty, or a template's.
    static func about(_ pod: JSONObject, isTemplate: Bool, at path: FieldPath) -> [String] {
        let metadata = pod.object("metadata") ?? [:]
        let warnings = PodWarnings(
            spec: pod.object("spec") ?? [:], annotations: metadata.object("annotations") ?? [:], path: path)
        return (isTemplate ? [] : name(metadata.string("name"))) + warnings.all
    }

    private static func name(_ name: String) -> [String] {
        let problems = NameRules.label(name)
        guard !problems.isEmpty else { return [] }
        return [
            "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: "
                + "[\(problems.joined(separator: " "))]"
        ]
    }

    private var all: [String] {
        let containers = self.containers
        return labels + nodeTerms + spread + deprecatedAnnotations + volumes + tokenPaths + hostAliases + pullSecrets
            + Self.fractions(in: ["overhead": spec["overhead"] ?? .null], lists: ["overhead"], of: Self.byteNames, at: path["spec"])
            + seccomp + containers.flatMap(container) + PortWarnings.about(containers) + grace + podTerms
    }

    // MARK: Nodes

    private var labels: [String] {
        (spec.object("nodeSelector") ?? [:]).keys.sorted().compactMap { key in
            NodeLabels.deprecation(of: key).map { "\(path["spec"]["nodeSelector"].key(key)): \($0)" }
        }
    }

    private var nodeTerms: [String] {
        guard let affinity = spec.object("affinity")?.object("nodeAffinity") else { return [] }
        let path = path["spec"]["affinity"]["nodeAffinity"]
        let (required, preferred) = (Self.required, Self.preferred)
        let firm = affinity.object(required)?.objects("nodeSelectorTerms") ?? []
        return firm.enumerated().flatMap { NodeLabels.warnings(about: $1, at: path[required]["nodeSelectorTerms"][$0]) }
            + affinity.objects(preferred).enumerated().flatMap { index, term in
                NodeLabels.warnings(
                    about: term.object("preference") ?? [:], checksValues: true, at: path[preferred][index]["preference"])
            }
    }

    private var spread: [String] {
        spec.objects("topologySpreadConstraints").enumerated().flatMap { index, constraint -> [String] in
            let (path, key) = (path["spec"]["topologySpreadConstraints"][index], constraint.string("topologyKey"))
            let label = NodeLabels.deprecation(of: key).map { ["\(path["topologyKey"]): \(key) is \($0)"] } ?? []
            guard constraint.present("labelSelector") == nil else { return label }
            return label + ["\(path["labelSelector"]): a null labelSelector results in matching no pod"]
        }
    }

    private var deprecatedAnnotations: [String] {
        [
            ("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
            ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
            ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
        ].filter { annotations[$0.0] != nil }.map { annotation($0.0, $0.1) }
    }

    private func annotation(_ key: String, _ text: String) -> String { "\(path["metadata"]["annotations"].key(key)): \(text)" }

    // MARK: Volumes

    private static let deprecatedVolumes = [
        ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
        ("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
        ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
        ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
        ("storageos", "deprecated in v1.22, non-functional in v1.25+"),
        ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
        ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
        ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
        ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
    ]

    private var volumes: [String] {
        spec.objects("volumes").enumerated().flatMap { index, volume -> [String] in
            let path = path["spec"]["volumes"][index]
            let claim = volume.object("ephemeral")?.object("volumeClaimTemplate")?.object("spec") ?? [:]
            return Self.deprecatedVolume(volume, at: path)
                + Self.fractions(
                    in: claim.object("resources") ?? [:], of: ["storage"], at: path["ephemeral"]["volumeClaimTemplate"]["spec"]["resources"]
                )
        }
    }

    static func deprecatedVolume(_ volume: JSONObject, at path: FieldPath) -> [String] {
        deprecatedVolumes.filter { volume.present($0.0) != nil }.map { source, text in
            "\(path[source == "storageos" ? "storageOS" : source]): \(text)"
        }
    }

    /// Files that a service account's token would overwrite.
    private var tokenPaths: [String] {
        let volumes = spec.objects("volumes").map { $0.object("projected")?.objects("sources") ?? [] }
        let tokens = Set(volumes.joined().compactMap { $0.object("serviceAccountToken")?.string("path") })
        return volumes.enumerated().flatMap { index, sources in
            sources.flatMap { source in
                [("configMap", "configMap"), ("secret", "secrets"), ("downwardAPI", "downwardAPI")].flatMap { kind, name in
                    (source.object(kind)?.objects("items") ?? []).enumerated().compactMap { position, item -> String? in
                        let file = item.string("path")
                        guard tokens.contains(file) else { return nil }
                        let path = path["spec"]["volumes"][index]["projected"]["sources"][name][position]
                        return "\(path): has duplicated path with ServiceAccountToken \(file.goQuoted)"
                    }
                }
            }
        }
    }

    // MARK: The pod as a whole

    private var hostAliases: [String] {
        var seen: Set<String> = []
        return spec.objects("hostAliases").enumerated().compactMap { index, alias in
            let address = alias.string("ip")
            return seen.insert(address).inserted ? nil : "\(path["spec"]["hostAliases"][index]["ip"]): duplicate ip \(address.goQuoted)"
        }
    }

    private var pullSecrets: [String] {
        var seen: Set<String> = []
        let names = spec.objects("imagePullSecrets").map { $0.string("name") }
        let path = path["spec"]["imagePullSecrets"]
        let twice = names.enumerated().compactMap { index, name in
            seen.insert(name).inserted ? nil : "\(path[index]["name"]): duplicate name \(name.goQuoted)"
        }
        return twice + names.indices.filter { names[$0].isEmpty }.map { "\(path[$0]["name"]): invalid empty name \"\"" }
    }

    private var seccomp: [String] {
        let key = "seccomp.security.alpha.kubernetes.io/pod"
        guard spec.object("securityContext")?.present("seccompProfile") == nil, annotations[key] != nil else { return [] }
        return [annotation(key, "non-functional in v1.27+; use the \"seccompProfile\" field instead")]
    }

    private var grace: [String] {
        guard let seconds = spec.int("terminationGracePeriodSeconds"), seconds < 0 else { return [] }
        return ["\(path["spec"]["terminationGracePeriodSeconds"]): must be >= 0; negative values are invalid and will be treated as 1"]
    }

    // MARK: Containers

    private var containers: [(JSONObject, FieldPath)] {
        ["initContainers", "containers", "ephemeralContainers"].flatMap { list in
            spec.objects(list).enumerated().map { ($1, path["spec"][list][$0]) }
        }
    }

    private static let byteNames = ["memory", "ephemeral-storage"]

    private func container(_ container: JSONObject, at path: FieldPath) -> [String] {
        profiles(of: container) + Self.fractions(in: container.object("resources") ?? [:], of: Self.byteNames, at: path["resources"])
            + environment(container, at: path["env"])
    }

    private func profiles(of container: JSONObject) -> [String] {
        let context = container.object("securityContext") ?? [:]
        let seccomp = "container.seccomp.security.alpha.kubernetes.io/\(container.string("name"))"
        let armor = PodAnnotationRules.appArmor + container.string("name")
        let hasArmor = [context, spec.object("securityContext") ?? [:]].contains { $0.present("appArmorProfile") != nil }
        var warnings: [String] = []
        if context.present("seccompProfile") == nil, annotations[seccomp] != nil {
            warnings.append(annotation(seccomp, "non-functional in v1.27+; use the \"seccompProfile\" field instead"))
        }
        if !hasArmor, annotations[armor] != nil {
            warnings.append(annotation(armor, "deprecated since v1.30; use the \"appArmorProfile\" field instead"))
        }
        return warnings
    }

    /// Amounts of bytes that are no whole numbers.
    static func fractions(
        in resources: JSONObject, lists: [String] = ["limits", "requests"], of names: [String], at path: FieldPath
    ) -> [String] {
        names.flatMap { name in
            lists.compactMap { list -> String? in
                guard let amount = Quantity(resources.object(list)?[name]), amount.milliValue % 1000 != 0 else { return nil }
                return "\(path[list].key(name)): fractional byte value \(amount.description.goQuoted) is invalid, must be an integer"
            }
        }
    }

    private func environment(_ container: JSONObject, at path: FieldPath) -> [String] {
        var seen: Set<String> = []
        return container.objects("env").enumerated().compactMap { index, variable in
            let (name, value) = (variable.string("name"), variable.string("value"))
            guard !seen.insert(name).inserted else { return nil }
            // A value that is made from the earlier one needs it.
            let reference = "$(\(name))"
            if variable.present("valueFrom") == nil, value != reference, value.contains(reference) { return nil }
            return "\(path[index]): hides previous definition of \(name.goQuoted), which may be dropped when using apply"
        }
    }

    // MARK: Pods

    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
    private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

    private var podTerms: [String] {
        ["podAffinity", "podAntiAffinity"].flatMap { kind -> [String] in
            let (affinity, path) = (spec.object("affinity")?.object(kind) ?? [:], path["spec"]["affinity"][kind])
            let firm = affinity.objects(Self.required).enumerated().flatMap { Self.term($1, at: path[Self.required][$0]) }
            let soft = affinity.objects(Self.preferred).enumerated().flatMap { index, weighted in
                Self.term(weighted.object("podAffinityTerm") ?? [:], at: path[Self.preferred][index]["podAffinityTerm"])
            }
            return firm + soft
        }
    }

    private static func term(_ term: JSONObject, at path: FieldPath) -> [String] {
        term.present("labelSelector") == nil ? ["\(path["labelSelector"]): a null labelSelector results in matching no pod"] : []
    }
}
