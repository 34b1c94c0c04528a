import KubernetesModel

/// Who the programs of a pod and of its containers run as, and what they may do.
enum SecurityContextRules {
    private static let identifiers = 0...2_147_483_647

    static func pod(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let context = spec.object("securityContext") else { return }
        for key in ["fsGroup", "runAsUser", "runAsGroup"] { errors.checkRange(context, key, identifiers, at: path) }
        for (index, group) in (context["supplementalGroups"]?.arrayValue ?? []).enumerated() {
            guard let id = group.intValue, !identifiers.contains(id) else { continue }
            errors.invalid(path["supplementalGroups"][index], group, "must be between 0 and 2147483647, inclusive")
        }
        if spec.bool("shareProcessNamespace"), spec.bool("hostPID") {
            errors.invalid(path["shareProcessNamespace"], true, "ShareProcessNamespace and HostPID cannot both be enabled")
        }
        sysctls(context.objects("sysctls"), spec, at: path["sysctls"], &errors)
        errors.checkChoice(context, "fsGroupChangePolicy", ["Always", "OnRootMismatch"], at: path)
        profiles(context, at: path, &errors)
        errors.checkChoice(context, "supplementalGroupsPolicy", ["Merge", "Strict"], at: path)
        errors.checkChoice(context, "seLinuxChangePolicy", ["MountOption", "Recursive"], at: path)
    }

    static func container(_ context: JSONObject, hasHostUsers: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["runAsUser", "runAsGroup"] { errors.checkRange(context, key, identifiers, at: path) }
        errors.checkChoice(context, "procMount", ["Default", "Unmasked"], at: path)
        if hasHostUsers, context.string("procMount") == "Unmasked" {
            errors.invalid(path["procMount"], "Unmasked", "`hostUsers` must be false to use `Unmasked`")
        }
        if let profile = context.object("seccompProfile") { seccomp(profile, at: path["seccompProfile"], &errors) }
        if context.present("allowPrivilegeEscalation") == false { escalation(context, at: path, &errors) }
        if let options = context.object("windowsOptions") { WindowsRules.options(options, at: path["windowsOptions"], &errors) }
        if let profile = context.object("appArmorProfile") { appArmor(profile, at: path["appArmorProfile"], &errors) }
    }

    private static func escalation(_ context: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if context.bool("privileged") {
            errors.invalid(path, .object(context), "cannot set `allowPrivilegeEscalation` to false and `privileged` to true")
        }
        for capability in context.object("capabilities")?.strings("add") ?? [] where capability == "CAP_SYS_ADMIN" {
            errors.invalid(path, .object(context), "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN")
        }
    }

    private static func profiles(_ context: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let profile = context.object("seccompProfile") { seccomp(profile, at: path["seccompProfile"], &errors) }
        if let options = context.object("windowsOptions") { WindowsRules.options(options, at: path["windowsOptions"], &errors) }
        if let profile = context.object("appArmorProfile") { appArmor(profile, at: path["appArmorProfile"], &errors) }
    }

    private static let profileTypes = ["Localhost", "RuntimeDefault", "Unconfined"]

    private static func seccomp(_ profile: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (type, file) = (profile.string("type"), profile["localhostProfile"]?.stringValue)
        if type.isEmpty { errors.required(path["type"], "type is required when seccompProfile is set") }
        errors.checkChoice(profile, "type", profileTypes, at: path)
        switch (type == "Localhost", file) {
        case (true, nil): errors.required(path["localhostProfile"], "must be set when seccomp type is Localhost")
        case (true, let file?): VolumeSourceRules.descending(file, at: path["localhostProfile"], &errors)
        case (false, _?):
            errors.invalid(path["localhostProfile"], .object(profile), "can only be set when seccomp type is Localhost")
        case (false, nil): break
        }
    }

    private static func appArmor(_ profile: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (name, path) = (profile["localhostProfile"]?.stringValue, path)
        switch profile.string("type") {
        case "Localhost":
            let trimmed = name?.drop(while: \.isWhitespace) ?? ""
            if let name, name.first?.isWhitespace == true || name.last?.isWhitespace == true, !trimmed.isEmpty {
                errors.invalid(path["localhostProfile"], .string(name), "must not be padded with whitespace")
            } else if trimmed.isEmpty {
                errors.required(path["localhostProfile"], "must be set when AppArmor type is Localhost")
            }
        case "RuntimeDefault", "Unconfined":
            guard let name else { return }
            errors.invalid(path["localhostProfile"], .string(name), "can only be set when AppArmor type is Localhost")
        case "": errors.required(path["type"], "type is required when appArmorProfile is set")
        default: errors.checkChoice(profile, "type", profileTypes, at: path)
        }
    }

    private static let sysctlPattern = #"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"#

    private static func isSysctl(_ name: String) -> Bool {
        name.utf8.count <= 253
            && name.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "/" }.allSatisfy { segment in
                let isPlain = segment.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
                }
                let isBounded = [segment.utf8.first, segment.utf8.last].allSatisfy { $0 != nil && $0 != 0x2D && $0 != 0x5F }
                return isPlain && isBounded
            }
    }

    private static func sysctls(_ sysctls: [JSONObject], _ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        var names: Set<String> = []
        for (index, sysctl) in sysctls.enumerated() {
            let (name, path) = (sysctl.string("name"), path[index]["name"])
            if name.isEmpty {
                errors.required(path)
            } else if !isSysctl(name) {
                errors.invalid(path, .string(name), "must have at most 253 characters and match regex \(sysctlPattern)")
            } else if names.contains(name) {
                errors.append(.duplicate(path, .string(name)))
            }
            names.insert(name)
            // What belongs to a namespace that the pod shares with its node is not the pod's to set.
            let dotted = name.replacing("/", with: ".")
            if spec.bool("hostNetwork"), dotted.hasPrefix("net.") {
                errors.invalid(path, .string(name), "may not be specified when 'hostNetwork' is true")
            } else if spec.bool("hostIPC"), ["kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."].contains(where: dotted.hasPrefix) {
                errors.invalid(path, .string(name), "may not be specified when 'hostIPC' is true")
            }
        }
    }
}
