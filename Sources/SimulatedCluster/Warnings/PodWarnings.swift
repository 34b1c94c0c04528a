import KubernetesModel

/// What is doubtful about a pod or a template of pods (`pkg/api/pod/warnings.go`).
enum PodWarnings {
    /// - Parameter path: of the pod: empty, or a template's.
    static func about(_ pod: JSONObject, isTemplate: Bool, at path: FieldPath) -> [String] {
        let spec = pod.object("spec") ?? [:]
        let metadata = pod.object("metadata") ?? [:]
        return labels(spec.object("nodeSelector") ?? [:], at: path["spec"]["nodeSelector"])
            + annotations(metadata.object("annotations") ?? [:], spec, at: path["metadata"]["annotations"])
            + spread(spec, at: path["spec"])
            + (isTemplate ? [] : name(metadata.string("name")))
            + hostAliases(spec, at: path["spec"]["hostAliases"])
            + secrets(spec, at: path["spec"]["imagePullSecrets"])
            + volumes(spec, at: path["spec"]["volumes"])
            + grace(spec, at: path["spec"])
            + ["initContainers", "containers"].flatMap { list in
                spec.objects(list).enumerated().flatMap { container($1, at: path["spec"][list][$0]) }
            }
            + affinity(spec, at: path["spec"]["affinity"])
    }

    private static let deprecatedLabels = [
        "beta.kubernetes.io/arch": "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        "beta.kubernetes.io/os": "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        "failure-domain.beta.kubernetes.io/region": "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        "failure-domain.beta.kubernetes.io/zone": "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        "beta.kubernetes.io/instance-type": "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
    ]

    private static func labels(_ selector: JSONObject, at path: FieldPath) -> [String] {
        selector.keys.sorted().compactMap { key in deprecatedLabels[key].map { "\(path.key(key)): \($0)" } }
    }

    private static func annotations(_ annotations: JSONObject, _ spec: JSONObject, at path: FieldPath) -> [String] {
        annotations.keys.sorted().compactMap { key in
            switch key {
            case "scheduler.alpha.kubernetes.io/critical-pod":
                return "\(path.key(key)): non-functional in v1.16+; use the \"priorityClassName\" field instead"
            case "seccomp.security.alpha.kubernetes.io/pod":
                return "\(path.key(key)): non-functional in v1.27+; use the \"seccompProfile\" field instead"
            case _ where key.hasPrefix("container.seccomp.security.alpha.kubernetes.io/"):
                return "\(path.key(key)): non-functional in v1.27+; use the \"seccompProfile\" field instead"
            case _ where key.hasPrefix("container.apparmor.security.beta.kubernetes.io/"):
                let name = key.split(separator: "/").last.map(String.init) ?? ""
                let container = ["containers", "initContainers"].flatMap(spec.objects).first { $0.string("name") == name }
                if container?.object("securityContext")?.present("appArmorProfile") != nil { return nil }
                return "\(path.key(key)): deprecated since v1.30; use the \"appArmorProfile\" field instead"
            default: return nil
            }
        }
    }

    private static func name(_ name: String) -> [String] {
        let problems = NameRules.label(name)
        guard !problems.isEmpty else { return [] }
        return [
            "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: "
                + "[\(problems.joined(separator: " "))]"
        ]
    }

    private static func spread(_ spec: JSONObject, at path: FieldPath) -> [String] {
        spec.objects("topologySpreadConstraints").enumerated().flatMap { index, constraint -> [String] in
            let path = path["topologySpreadConstraints"][index]
            let label = deprecatedLabels[constraint.string("topologyKey")].map { ["\(path["topologyKey"]): \($0)"] } ?? []
            guard constraint.present("labelSelector") == nil else { return label }
            return label + ["\(path["labelSelector"]): a null labelSelector results in matching no pod"]
        }
    }

    private static func hostAliases(_ spec: JSONObject, at path: FieldPath) -> [String] {
        var seen: Set<String> = []
        return spec.objects("hostAliases").enumerated().compactMap { index, alias in
            seen.insert(alias.string("ip")).inserted ? nil : "\(path[index]["ip"]): duplicate ip \(alias.string("ip").goQuoted)"
        }
    }

    private static func secrets(_ spec: JSONObject, at path: FieldPath) -> [String] {
        var seen: Set<String> = []
        return spec.objects("imagePullSecrets").enumerated().compactMap { index, secret in
            let name = secret.string("name")
            if name.isEmpty { return "\(path[index]): invalid empty name \"\"" }
            return seen.insert(name).inserted ? nil : "\(path[index]): duplicate name \(name.goQuoted)"
        }
    }

    // MARK: Volumes

    private static let deprecatedVolumes = [
        "gitRepo": "deprecated in v1.11, and disabled by default in v1.33+",
        "photonPersistentDisk": "deprecated in v1.11, non-functional in v1.16+",
        "scaleIO": "deprecated in v1.16, non-functional in v1.22+",
        "flocker": "deprecated in v1.22, non-functional in v1.25+",
        "storageos": "deprecated in v1.22, non-functional in v1.25+",
        "quobyte": "deprecated in v1.22, non-functional in v1.25+",
        "glusterfs": "deprecated in v1.25, non-functional in v1.26+",
        "cephfs": "deprecated in v1.28, non-functional in v1.31+",
        "rbd": "deprecated in v1.28, non-functional in v1.31+",
    ]

    private static func volumes(_ spec: JSONObject, at path: FieldPath) -> [String] {
        spec.objects("volumes").enumerated().flatMap { deprecatedVolume($1, at: path[$0]) }
    }

    static func deprecatedVolume(_ volume: JSONObject, at path: FieldPath) -> [String] {
        volume.keys.compactMap { source in deprecatedVolumes[source].map { "\(path[source]): \($0)" } }
    }

    private static func grace(_ spec: JSONObject, at path: FieldPath) -> [String] {
        guard let seconds = spec.int("terminationGracePeriodSeconds"), seconds < 0 else { return [] }
        return ["\(path["terminationGracePeriodSeconds"]): must be >= 0; negative values are invalid and will be treated as 1"]
    }

    // MARK: Containers

    private static func container(_ container: JSONObject, at path: FieldPath) -> [String] {
        let resources = container.object("resources") ?? [:]
        return fractions(in: resources, of: ["memory", "ephemeral-storage"], at: path["resources"])
            + environment(container, at: path["env"]) + ports(container, at: path["ports"])
    }

    static func fractions(in resources: JSONObject, of names: [String], at path: FieldPath) -> [String] {
        ["limits", "requests"].flatMap { list in
            names.compactMap { name -> String? in
                guard let text = resources.object(list)?[name]?.stringValue, text.hasSuffix("m"), let count = Int(text.dropLast()),
                    count % 1000 != 0
                else { return nil }
                return "\(path[list].key(name)): fractional byte value \(text.goQuoted) is invalid, must be an integer"
            }
        }
    }

    private static func environment(_ container: JSONObject, at path: FieldPath) -> [String] {
        var seen: [String: JSONObject] = [:]
        return container.objects("env").enumerated().compactMap { index, variable in
            let name = variable.string("name")
            defer { seen[name] = variable }
            guard let earlier = seen[name] else { return nil }
            // A value that refers to the earlier one needs it.
            if variable.string("value").contains("$(\(name))"), variable != earlier { return nil }
            return "\(path[index]): hides previous definition of \(name.goQuoted), which may be dropped when using apply"
        }
    }

    private static func ports(_ container: JSONObject, at path: FieldPath) -> [String] {
        let ports = container.objects("ports")
        func identity(_ port: JSONObject) -> [JSONValue] {
            ["containerPort", "protocol", "hostIP", "hostPort"].map { port[$0] ?? .null }
        }
        return ports.enumerated().compactMap { index, port in
            guard let earlier = ports[..<index].firstIndex(where: { identity($0) == identity(port) }) else { return nil }
            return "\(path[index]): duplicate port definition with \(path[earlier])"
        }
    }

    // MARK: Affinity

    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
    private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

    private static func affinity(_ spec: JSONObject, at path: FieldPath) -> [String] {
        ["podAffinity", "podAntiAffinity"].flatMap { kind -> [String] in
            let affinity = spec.object("affinity")?.object(kind) ?? [:]
            let firm = affinity.objects(required).enumerated().flatMap { term($1, at: path[kind][required][$0]) }
            let soft = affinity.objects(preferred).enumerated().flatMap { index, weighted in
                term(weighted.object("podAffinityTerm") ?? [:], at: path[kind][preferred][index]["podAffinityTerm"])
            }
            return firm + soft
        }
    }

    private static func term(_ term: JSONObject, at path: FieldPath) -> [String] {
        let label = deprecatedLabels[term.string("topologyKey")].map { ["\(path["topologyKey"]): \($0)"] } ?? []
        guard term.present("labelSelector") == nil else { return label }
        return label + ["\(path["labelSelector"]): a null labelSelector results in matching no pod"]
    }
}
