import KubernetesModel

/// What a pod says about the system it is for: options of Windows, and fields that only one system has.
enum WindowsRules {
    static func options(_ options: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkText(options, "gmsaCredentialSpecName", NameRules.subdomain, at: path)
        if let spec = options["gmsaCredentialSpec"]?.stringValue {
            let path = path["gmsaCredentialSpec"]
            if spec.isEmpty { errors.invalid(path, .string(spec), "gmsaCredentialSpec cannot be an empty string") }
            if spec.utf8.count > 64 * 1024 { errors.invalid(path, .string(spec), "gmsaCredentialSpec size must be under 64 KiB") }
        }
        guard let name = options["runAsUserName"]?.stringValue else { return }
        errors.invalid(path["runAsUserName"], .string(name), problems(withUser: name).map { "runAsUserName\($0)" })
    }

    private static func problems(withUser name: String) -> [String] {
        if name.isEmpty { return [" cannot be an empty string"] }
        if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) { return [" cannot contain control characters"] }
        let parts = name.split(separator: "\\", omittingEmptySubsequences: false)
        if parts.count > 2 { return [" cannot contain more than one backslash"] }
        let user = parts.last ?? ""
        var problems: [String] = []
        if parts.count == 2, !isDomain(parts[0]) { problems.append("'s Domain doesn't match the NetBios nor the DNS format") }
        if user.isEmpty {
            problems.append("'s User cannot be empty")
        } else if user.utf8.count > 104 {
            problems.append("'s User length must not be longer than 104 characters")
        }
        if !user.isEmpty, user.allSatisfy({ $0 == "." || $0 == " " }) { problems.append("'s User cannot contain only periods or spaces") }
        if user.contains(where: { "\"/\\:;|=,+*?<>@[]".contains($0) }) {
            problems.append("'s User cannot contain the following characters: \"/\\:;|=,+*?<>@[]")
        }
        return problems
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let isNetBios = (1...15).contains(text.utf8.count) && text.first != "." && !text.contains { "\\/:*?\"<>|".contains($0) }
        return isNetBios || NameRules.subdomain(text.lowercased()).isEmpty
    }

    private static let notForPods = [
        "appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls", "runAsUser", "runAsGroup",
        "supplementalGroups", "supplementalGroupsPolicy", "seLinuxChangePolicy",
    ]
    private static let notForContainers = [
        "appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged",
        "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup",
    ]

    /// The system that the pod names, and that it sets nothing that this system doesn't have.
    static func system(of spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let system = spec.object("os") else { return }
        let contexts = containerContexts(of: spec, at: path)
        switch system.string("name") {
        case "": errors.required(path["os"]["name"], "cannot be empty")
        case "linux":
            let detail = "windows options cannot be set for a linux pod"
            errors.checkAbsent(spec.object("securityContext") ?? [:], ["windowsOptions"], at: path["securityContext"], detail)
            for (context, path) in contexts { errors.checkAbsent(context, ["windowsOptions"], at: path, detail) }
        case "windows":
            let detail = "cannot be set for a windows pod"
            errors.checkAbsent(spec.object("securityContext") ?? [:], notForPods, at: path["securityContext"], detail)
            errors.checkAbsent(spec, ["hostUsers", "shareProcessNamespace"], at: path, detail)
            for key in ["hostPID", "hostIPC"] where spec.bool(key) { errors.forbidden(path[key], detail) }
            for (context, path) in contexts { errors.checkAbsent(context, notForContainers, at: path, detail) }
        case let name: errors.append(.notSupported(path["os"], .string(name), ["linux", "windows"]))
        }
    }

    private static func containerContexts(of spec: JSONObject, at path: FieldPath) -> [(JSONObject, FieldPath)] {
        ["initContainers", "containers", "ephemeralContainers"].flatMap { list in
            spec.objects(list).enumerated().compactMap { index, container in
                container.object("securityContext").map { ($0, path[list][index]["securityContext"]) }
            }
        }
    }
}
