import KubernetesModel
import Yams

/// What K9s's `config.yaml`, the general one or a context's, means in the words of Fathom's.
struct K9sSettings {
    /// For `config.yaml`.
    private(set) var settings: JSONObject = [:]
    /// What is set and has no counterpart here, a sentence each.
    private(set) var problems: [String] = []

    /// Settings without a counterpart: what K9s writes down without being asked, and why there is nothing to set.
    private static let others: [(path: String, standard: [String], reason: String)] = [
        ("liveViewAutoRefresh", ["false"], "texts are always live"),
        ("refreshRate", ["2"], "there is no refresh: changes are drawn as they come"),
        ("ui.reactive", ["false"], "files are always read again when they change"),
        ("maxConnRetry", ["5", "15"], "it tries again until the cluster is back"),
        ("apiServerTimeout", ["15s", "120s", "2m0s"], "--request-timeout sets it"),
        ("noExitOnCtrlC", ["false"], "give `quit` another key in keys.yaml"),
        ("defaultView", [""], "--command or startView: last opens one"),
        ("view.active", ["po", "pods", ""], "startView: last opens what was open when the context was left"),
        ("namespace.active", ["default", ""], "-n and startView: last choose the namespace"),
        ("portForwardAddress", ["localhost"], "the dialog asks for the address"),
        ("screenDumpDir", [], "files go to $XDG_STATE_HOME/fathom/exports"),
        ("skipLatestRevCheck", ["false"], "nothing but the cluster is asked"),
        ("disablePodCounting", ["false"], "pods of nodes are always counted"),
        ("ui.headless", ["false"], "Ctrl-E hides the header"),
        ("ui.crumbsless", ["false"], "Ctrl-G hides the crumbs"),
        ("ui.logoless", ["false"], "there is no logo"), ("ui.splashless", ["false"], "there is no splash"),
        ("ui.noIcons", ["false"], "there are no icons"), ("ui.invert", ["false"], "choose a light theme"),
        ("ui.defaultsToFullScreen", ["false"], "f shows a text in full"),
        ("ui.useFullGVRTitle", ["false"], "titles are names"),
        ("thresholds.cpu.warn", ["70"], "it is 70 %"), ("thresholds.cpu.critical", ["90"], "it is 90 %"),
        ("thresholds.memory.warn", ["70"], "it is 70 %"), ("thresholds.memory.critical", ["90"], "it is 90 %"),
        ("logger.tail", ["100"], "logs are bounded by 64 MiB"), ("logger.buffer", ["5000"], "logs are bounded by 64 MiB"),
        ("logger.sinceSeconds", ["-1"], "0 to 6 in the logs choose the time"),
        ("logger.textWrap", ["false"], "w in the logs wraps"), ("logger.showTime", ["false"], "t in the logs shows times"),
        ("logger.disableAutoscroll", ["false"], "s in the logs stops following"),
        ("logger.columnLock", ["false"], "Shift-L in the logs locks the column"),
        ("logger.logBufferSize", ["50"], "logs are bounded by 64 MiB"),
        ("imageScans.enable", ["false"], "plugins scan images"),
        ("proxy.address", [], "the kubeconfig's proxy-url and HTTPS_PROXY set it"),
    ]

    /// - Returns: nil for what is no YAML with a part for K9s.
    init?(text: String) {
        guard let k9s = (try? Yams.compose(yaml: text))?.mapping?["k9s"] else { return nil }
        take("theme", Self.at("ui.skin", k9s)?.string ?? k9s["skin"]?.string)
        take("mouse", Self.at("ui.enableMouse", k9s)?.bool)
        take("readOnly", k9s["readOnly"]?.bool)
        take("favorites", Self.at("namespace.favorites", k9s)?.sequence?.compactMap(\.string))
        take("lockFavorites", Self.at("namespace.lockFavorites", k9s)?.bool)
        takeVendors(k9s["gpuVendors"])
        if let gate = Self.at("featureGates.nodeShell", k9s)?.bool { settings["featureGates"] = ["nodeShell": .bool(gate)] }
        takeShellPod(k9s["shellPod"])
        for (path, standard, reason) in Self.others {
            guard let value = Self.at(path, k9s).map(Self.text), !standard.contains(value), !value.isEmpty else { continue }
            problems.append("\(path): \(value) is not taken over: \(reason)")
        }
    }

    /// The file's text; nil where there is nothing to write.
    var yaml: String? { settings.isEmpty ? nil : YAML.write(.object(settings)) }

    // MARK: Parts

    private mutating func take(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { settings[name] = .string(value) }
    }

    private mutating func take(_ name: String, _ value: Bool?) {
        if let value { settings[name] = .bool(value) }
    }

    private mutating func take(_ name: String, _ values: [String]?) {
        // K9s notes down `all` and `default` for everybody.
        if let values, !values.isEmpty, values != ["default"] { settings[name] = JSONValue(values) }
    }

    private mutating func takeVendors(_ node: Yams.Node?) {
        let vendors = (node?.mapping ?? [:]).compactMap { vendor, resource -> (String, JSONValue)? in
            guard let vendor = vendor.string, let resource = resource.string else { return nil }
            return (vendor, .string(resource))
        }
        if !vendors.isEmpty { settings["gpuVendors"] = .object(JSONObject(vendors)) }
    }

    private mutating func takeShellPod(_ node: Yams.Node?) {
        var pod: JSONObject = [:]
        for (key, value) in node?.mapping ?? [:] {
            switch key.string ?? "" {
            case "image", "namespace":
                if let text = value.string, !text.isEmpty { pod[key.string ?? ""] = .string(text) }
            case "command":
                if let words = value.sequence?.compactMap(\.string), !words.isEmpty { pod["command"] = JSONValue(words) }
            case "limits":
                let limits = (value.mapping ?? [:]).compactMap { name, amount in
                    name.string.flatMap { name in amount.string.map { (name, $0) } }
                }
                pod["limits"] = JSONValue(Dictionary(limits) { $1 })
            // What the pod has in any case.
            case "tty": break
            case let name:
                if !Self.isEmpty(value) {
                    problems.append("shellPod.\(name) is not taken over: there are image, namespace, command and limits")
                }
            }
        }
        if !pod.isEmpty { settings["shellPod"] = .object(pod) }
    }

    // MARK: Reading

    private static func at(_ path: String, _ node: Yams.Node) -> Yams.Node? {
        path.split(separator: ".").reduce(node as Yams.Node?) { node, name in node?.mapping?[String(name)] }
    }

    private static func isEmpty(_ node: Yams.Node) -> Bool {
        node.sequence?.isEmpty ?? node.mapping?.isEmpty ?? node.string?.isEmpty ?? true
    }

    private static func text(_ node: Yams.Node) -> String { node.string ?? "" }
}
