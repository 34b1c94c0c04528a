import KubernetesModel

extension Defaults {
    static func container(_ container: inout JSONObject) {
        let pullPolicy = ImageTag.isLatest(container.string("image")) ? "Always" : "IfNotPresent"
        container.setDefaultText("imagePullPolicy", pullPolicy)
        container.setDefaultText("terminationMessagePath", "/dev/termination-log")
        container.setDefaultText("terminationMessagePolicy", "File")
        container.setDefault("resources", .object([:]))
        container.modifyEach("ports") { $0.setDefaultText("protocol", "TCP") }
        for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
            container.modify(name) { probe(&$0) }
        }
        container.modify("lifecycle") { lifecycle in
            for hook in ["postStart", "preStop"] {
                lifecycle.modify(hook) { $0.modify("httpGet") { httpGet(&$0) } }
            }
        }
        container.modifyEach("env") { variable in
            variable.modify("valueFrom") { source in
                source.modify("fieldRef") { $0.setDefaultText("apiVersion", "v1") }
                source.modify("resourceFieldRef") { $0.setDefault("divisor", "0") }
                source.modify("fileKeyRef") { $0.setDefault("optional", false) }
            }
        }
    }

    private static func probe(_ probe: inout JSONObject) {
        probe.setPositiveDefault("timeoutSeconds", 1)
        probe.setPositiveDefault("periodSeconds", 10)
        probe.setPositiveDefault("successThreshold", 1)
        probe.setPositiveDefault("failureThreshold", 3)
        probe.modify("httpGet") { httpGet(&$0) }
        probe.modify("grpc") { $0.setDefault("service", "") }
    }

    private static func httpGet(_ action: inout JSONObject) {
        action.setDefaultText("path", "/")
        action.setDefaultText("scheme", "HTTP")
    }
}

extension JSONObject {
    /// Sets a number that is missing or 0, which a server can't tell apart.
    fileprivate mutating func setPositiveDefault(_ key: String, _ value: Int) {
        if int(key) ?? 0 == 0 { self[key] = JSONValue(value) }
    }
}

/// What an image's name says about its tag.
enum ImageTag {
    /// Whether the name has the tag `latest`, or neither tag nor digest. A name that is none has no tag.
    static func isLatest(_ image: String) -> Bool {
        guard !image.isEmpty, !image.contains("@") else { return false }
        let name = image.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let colon = name.lastIndex(of: ":") else {
            return image.utf8.allSatisfy { $0 != UInt8(ascii: " ") } && image.lowercased() == image
        }
        return name[name.index(after: colon)...] == "latest"
    }
}
