import KubernetesModel

/// The Pod Security Standards: what each level forbids, in the words and the order of Kubernetes's own checks.
///
/// Source: k8s.io/pod-security-admission/policy.
struct PodSecurityStandard {
    private let spec: JSONObject
    private let annotations: [String: String]
    private let containers: [JSONObject]
    private let security: JSONObject

    /// - Parameter isShort: only what is wrong, not where.
    static func violations(of level: PodSecurityLevel, by pod: KubernetesObject, isShort: Bool) -> [String] {
        let all = violations(of: level, by: pod)
        return isShort ? all.map { $0.split(separator: " (", maxSplits: 1).first.map(String.init) ?? $0 } : all
    }

    static func violations(of level: PodSecurityLevel, by pod: KubernetesObject) -> [String] {
        let standard = PodSecurityStandard(pod)
        switch level {
        case .privileged: return []
        case .baseline:
            return [
                standard.appArmor, standard.addedCapabilities, standard.hostNamespaces, standard.hostPathVolumes, standard.hostPorts,
                standard.privileged, standard.procMount, standard.unconfinedSeccomp, standard.seLinux, standard.sysctls,
                standard.hostProcess,
            ].compactMap(\.self)
        case .restricted:
            return [
                standard.appArmor, standard.hostNamespaces, standard.hostPathVolumes, standard.hostPorts, standard.privileged,
                standard.procMount, standard.seLinux, standard.sysctls, standard.hostProcess, standard.privilegeEscalation,
                standard.capabilities, standard.volumeTypes, standard.runAsNonRoot, standard.runAsRootUser, standard.seccomp,
            ].compactMap(\.self)
        }
    }

    private init(_ pod: KubernetesObject) {
        spec = pod.json.object("spec") ?? [:]
        annotations = pod.metadata.annotations
        containers = ["initContainers", "containers", "ephemeralContainers"].flatMap(spec.objects)
        security = spec.object("securityContext") ?? [:]
    }

    // MARK: Words

    private func context(of container: JSONObject) -> JSONObject { container.object("securityContext") ?? [:] }

    /// `container "a"`, `containers "a", "b"`; nil for none.
    private func names(where isBad: (JSONObject) -> Bool) -> String? {
        words("container", containers.filter(isBad).map { $0.string("name") })
    }

    private func words(_ noun: String, _ names: [String]) -> String? {
        guard !names.isEmpty else { return nil }
        return "\(noun)\(names.count > 1 ? "s" : "") \(names.map(\.goQuoted).joined(separator: ", "))"
    }

    private func list(_ items: [String]) -> String { items.map(\.goQuoted).joined(separator: ", ") }

    private func violation(_ reason: String, _ detail: String?) -> String? { detail.map { "\(reason) (\($0))" } }

    // MARK: Baseline

    private var appArmor: String? {
        func isForbidden(_ context: JSONObject) -> Bool { context.object("appArmorProfile")?.string("type") == "Unconfined" }
        var subjects = isForbidden(security) ? ["pod"] : []
        if let names = names(where: { isForbidden(context(of: $0)) }) { subjects.append(names) }
        guard !subjects.isEmpty else { return nil }
        return "forbidden AppArmor profile (\(subjects.joined(separator: " and ")) must not set AppArmor profile type to \"Unconfined\")"
    }

    private static let allowedCapabilities: Set = [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP",
        "SETUID", "SYS_CHROOT",
    ]

    private var addedCapabilities: String? {
        func added(_ container: JSONObject) -> [String] {
            (context(of: container).object("capabilities")?.strings("add") ?? []).filter { !Self.allowedCapabilities.contains($0) }
        }
        let names = names { !added($0).isEmpty }
        let all = Set(containers.flatMap(added)).sorted()
        return violation(
            "non-default capabilities", names.map { "\($0) must not include \(list(all)) in securityContext.capabilities.add" })
    }

    private var hostNamespaces: String? {
        let used = ["hostNetwork", "hostPID", "hostIPC"].filter(spec.bool)
        return used.isEmpty ? nil : "host namespaces (\(used.map { "\($0)=true" }.joined(separator: ", ")))"
    }

    private var hostPathVolumes: String? {
        let names = spec.objects("volumes").filter { $0.present("hostPath") != nil }.map { $0.string("name") }
        return violation("hostPath volumes", words("volume", names))
    }

    private var hostPorts: String? {
        func ports(_ container: JSONObject) -> [Int] { container.objects("ports").compactMap { $0.int("hostPort") }.filter { $0 != 0 } }
        let all = Set(containers.flatMap(ports)).sorted()
        guard let names = names(where: { !ports($0).isEmpty }) else { return nil }
        let verb = names.hasPrefix("containers") ? "use" : "uses"
        return "hostPort (\(names) \(verb) hostPort\(all.count > 1 ? "s" : "") \(all.map(String.init).joined(separator: ", ")))"
    }

    private var privileged: String? {
        let names = names { context(of: $0).bool("privileged") }
        return violation("privileged", names.map { "\($0) must not set securityContext.privileged=true" })
    }

    private var procMount: String? {
        let names = names { !["", "Default"].contains(context(of: $0).string("procMount")) }
        return violation("procMount", names.map { "\($0) must not set securityContext.procMount to \"Unmasked\"" })
    }

    private var seLinux: String? {
        let allowed: Set = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"]
        func options(_ context: JSONObject) -> JSONObject { context.object("seLinuxOptions") ?? [:] }
        func isForbidden(_ context: JSONObject) -> Bool {
            let options = options(context)
            return !allowed.contains(options.string("type")) || !options.string("user").isEmpty || !options.string("role").isEmpty
        }
        var subjects = isForbidden(security) ? ["pod"] : []
        if let names = names(where: { isForbidden(context(of: $0)) }) { subjects.append(names) }
        guard !subjects.isEmpty else { return nil }
        let contexts = [security] + containers.map(context)
        let types = Set(contexts.map { options($0).string("type") }.filter { !allowed.contains($0) }).sorted()
        var problems = types.isEmpty ? [] : ["type\(types.count > 1 ? "s" : "") \(list(types))"]
        if contexts.contains(where: { !options($0).string("user").isEmpty }) { problems.append("user may not be set") }
        if contexts.contains(where: { !options($0).string("role").isEmpty }) { problems.append("role may not be set") }
        return
            "seLinuxOptions (\(subjects.joined(separator: " and ")) set forbidden securityContext.seLinuxOptions: \(problems.joined(separator: "; ")))"
    }

    private static let safeSysctls: Set = [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
    ]

    private var sysctls: String? {
        let forbidden = security.objects("sysctls").map { $0.string("name") }.filter { !Self.safeSysctls.contains($0) }
        return forbidden.isEmpty ? nil : "forbidden sysctls (\(forbidden.joined(separator: ", ")))"
    }

    private var hostProcess: String? {
        func uses(_ context: JSONObject) -> Bool { context.object("windowsOptions")?.bool("hostProcess") ?? false }
        var subjects = uses(security) ? ["pod"] : []
        if let names = names(where: { uses(context(of: $0)) }) { subjects.append(names) }
        guard !subjects.isEmpty else { return nil }
        return "hostProcess (\(subjects.joined(separator: " and ")) must not set securityContext.windowsOptions.hostProcess=true)"
    }

    private var unconfinedSeccomp: String? {
        func isUnconfined(_ context: JSONObject) -> Bool { context.object("seccompProfile")?.string("type") == "Unconfined" }
        var subjects = isUnconfined(security) ? ["pod"] : []
        if let names = names(where: { isUnconfined(context(of: $0)) }) { subjects.append(names) }
        guard !subjects.isEmpty else { return nil }
        return "seccompProfile (\(subjects.joined(separator: " and ")) must not set securityContext.seccompProfile.type to \"Unconfined\")"
    }

    // MARK: Restricted

    private var privilegeEscalation: String? {
        let names = names { context(of: $0).present("allowPrivilegeEscalation") != false }
        return violation(
            "allowPrivilegeEscalation != false", names.map { "\($0) must set securityContext.allowPrivilegeEscalation=false" }
        )
    }

    private var capabilities: String? {
        func capabilities(_ container: JSONObject, _ list: String) -> [String] {
            context(of: container).object("capabilities")?.strings(list) ?? []
        }
        let undropped = names { !capabilities($0, "drop").contains("ALL") }
        let forbidden = Set(containers.flatMap { capabilities($0, "add") }).subtracting(["NET_BIND_SERVICE"]).sorted()
        let adding = names { container in capabilities(container, "add").contains { $0 != "NET_BIND_SERVICE" } }
        let details = [
            undropped.map { "\($0) must set securityContext.capabilities.drop=[\"ALL\"]" },
            adding.map { "\($0) must not include \(list(forbidden)) in securityContext.capabilities.add" },
        ].compactMap(\.self)
        return details.isEmpty ? nil : "unrestricted capabilities (\(details.joined(separator: "; ")))"
    }

    private static let allowedVolumes: Set = [
        "name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret",
    ]

    private var volumeTypes: String? {
        let bad = spec.objects("volumes").compactMap { volume in
            volume.keys.first { !Self.allowedVolumes.contains($0) && volume.present($0) != nil }.map { (volume.string("name"), $0) }
        }
        guard let names = words("volume", bad.map(\.0)) else { return nil }
        let types = Set(bad.map(\.1)).sorted()
        let verb = bad.count > 1 ? "use" : "uses"
        return "restricted volume types (\(names) \(verb) restricted volume type\(types.count > 1 ? "s" : "") \(list(types)))"
    }

    private var runAsNonRoot: String? {
        let explicit = names { context(of: $0).present("runAsNonRoot") == false }
        if let explicit { return "runAsNonRoot != true (\(explicit) must not set securityContext.runAsNonRoot=false)" }
        if security.present("runAsNonRoot") == false {
            return "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)"
        }
        guard security.present("runAsNonRoot") != true else { return nil }
        let silent = names { context(of: $0).present("runAsNonRoot") == nil }
        return violation("runAsNonRoot != true", silent.map { "pod or \($0) must set securityContext.runAsNonRoot=true" })
    }

    private var runAsRootUser: String? {
        var subjects = security.int("runAsUser") == 0 ? ["pod"] : []
        if let names = names(where: { context(of: $0).int("runAsUser") == 0 }) { subjects.append(names) }
        return subjects.isEmpty ? nil : "runAsUser=0 (\(subjects.joined(separator: " and ")) must not set runAsUser=0)"
    }

    private var seccomp: String? {
        func type(_ context: JSONObject) -> String { context.object("seccompProfile")?.string("type") ?? "" }
        let allowed: Set = ["RuntimeDefault", "Localhost"]
        let explicit = names { !type(context(of: $0)).isEmpty && !allowed.contains(type(context(of: $0))) }
        if let explicit {
            return "seccompProfile (\(explicit) must not set securityContext.seccompProfile.type to \"Unconfined\")"
        }
        if !type(security).isEmpty {
            return allowed.contains(type(security))
                ? nil : "seccompProfile (pod must not set securityContext.seccompProfile.type to \"\(type(security))\")"
        }
        let silent = names { type(context(of: $0)).isEmpty }
        return violation(
            "seccompProfile",
            silent.map { "pod or \($0) must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"" }
        )
    }
}
