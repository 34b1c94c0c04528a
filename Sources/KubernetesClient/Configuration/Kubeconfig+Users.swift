import KubernetesModel

extension Kubeconfig {
    /// Who a user entry says to be.
    func credentials(
        _ user: KubeconfigEntry, for cluster: KubeconfigEntry?, _ configuration: ClusterConfiguration, _ files: FileAccess
    ) throws(KubeconfigError) -> ClusterConfiguration.Credentials {
        if let provider = user.json["auth-provider"], !provider.isNull {
            let name = provider["name"]?.stringValue ?? ""
            throw user.error("Kubernetes no longer has the auth-provider \"\(name)\"; its successor is a program under exec")
        }
        let certificate = try clientCertificate(user, files)
        return .init(clientCertificate: certificate, login: try login(user, hasCertificate: certificate != nil, cluster, configuration))
    }

    private func clientCertificate(
        _ user: KubeconfigEntry, _ files: FileAccess
    ) throws(KubeconfigError) -> ClusterConfiguration.ClientCertificate? {
        let certificate = try user.content("client-certificate", files)
        let key = try user.content("client-key", files)
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return .init(certificate: certificate, key: Secret(key))
        case (_?, nil): throw user.error("it has a client-certificate, but no client-key")
        case (nil, _?): throw user.error("it has a client-key, but no client-certificate")
        }
    }

    private func login(
        _ user: KubeconfigEntry, hasCertificate: Bool, _ cluster: KubeconfigEntry?, _ configuration: ClusterConfiguration
    ) throws(KubeconfigError) -> ClusterConfiguration.Login {
        let token = try user.string("token").map(Secret.init)
        let tokenFile = try user.path("tokenFile")
        let name = try user.string("username")
        if token != nil || tokenFile != nil, name != nil {
            throw user.error("it has more than one authentication method: a token and a username; remove one of them")
        }
        if let tokenFile { return .tokenFile(path: tokenFile, fallback: token) }
        if let token { return .token(token) }
        if let name { return .basic(user: name, password: Secret(try user.string("password") ?? "")) }
        guard let exec = user.json["exec"], !exec.isNull else { return .none }
        let plugin = try execPlugin(exec, of: user, cluster, configuration)
        return hasCertificate ? .none : .exec(plugin)
    }

    func impersonation(_ user: KubeconfigEntry) throws(KubeconfigError) -> ClusterConfiguration.Impersonation? {
        let groups = try user.strings("as-groups")
        let uid = try user.string("as-uid")
        var extra: [String: [String]] = [:]
        for (key, values) in user.json["as-user-extra"]?.objectValue ?? [:] {
            extra[key] = try user.strings(values, "as-user-extra")
        }
        guard let name = try user.string("as") else {
            guard groups.isEmpty, uid == nil, extra.isEmpty else { throw user.error("as-groups, as-uid and as-user-extra need as") }
            return nil
        }
        return .init(user: name, uid: uid, groups: groups, extra: extra)
    }

    // MARK: Exec plugins

    private func execPlugin(
        _ value: JSONValue, of user: KubeconfigEntry, _ cluster: KubeconfigEntry?, _ configuration: ClusterConfiguration
    ) throws(KubeconfigError) -> ExecPluginConfiguration {
        guard let json = value.objectValue else { throw user.error("its exec must have members") }
        let exec = KubeconfigEntry(kind: .user, name: user.name, json: json, file: user.file)
        guard let command = try exec.string("command") else { throw exec.error("its exec has no command") }
        guard let apiVersion = try exec.string("apiVersion") else { throw exec.error("its exec has no apiVersion") }
        guard ["v1", "v1beta1"].map({ "client.authentication.k8s.io/\($0)" }).contains(apiVersion) else {
            throw exec.error("its exec has the apiVersion \(apiVersion); known are client.authentication.k8s.io/v1 and …/v1beta1")
        }
        var plugin = ExecPluginConfiguration(apiVersion: apiVersion, command: command.contains("/") ? exec.resolve(command) : command)
        plugin.arguments = try exec.strings("args")
        plugin.environment = try environment(exec)
        plugin.interactiveMode = try interactiveMode(exec, apiVersion)
        plugin.installHint = try exec.string("installHint")
        if try exec.bool("provideClusterInfo") { plugin.clusterInfo = clusterInfo(cluster, configuration) }
        return plugin
    }

    private func environment(_ exec: KubeconfigEntry) throws(KubeconfigError) -> [String: String] {
        guard let list = exec.json["env"], !list.isNull else { return [:] }
        guard let elements = list.arrayValue else { throw exec.error("the env of its exec must be a list") }
        var environment: [String: String] = [:]
        for element in elements {
            guard let name = element["name"]?.stringValue, let value = element["value"]?.stringValue else {
                throw exec.error("each env of its exec needs a name and a value, both text")
            }
            environment[name] = value
        }
        return environment
    }

    private func interactiveMode(
        _ exec: KubeconfigEntry, _ apiVersion: String
    ) throws(KubeconfigError) -> ExecPluginConfiguration.InteractiveMode {
        guard let text = try exec.string("interactiveMode") else {
            if apiVersion.hasSuffix("/v1") { throw exec.error("its exec needs an interactiveMode: Never, IfAvailable or Always") }
            return .ifAvailable
        }
        guard let mode = ExecPluginConfiguration.InteractiveMode(rawValue: text) else {
            throw exec.error("the interactiveMode \"\(text)\" of its exec is none of Never, IfAvailable and Always")
        }
        return mode
    }

    /// The `spec.cluster` of an `ExecCredential`.
    private func clusterInfo(_ cluster: KubeconfigEntry?, _ configuration: ClusterConfiguration) -> JSONValue {
        var info: JSONObject = ["server": .string(configuration.server.description)]
        if let name = configuration.tls.serverName { info["tls-server-name"] = .string(name) }
        if configuration.tls.skipsVerification { info["insecure-skip-tls-verify"] = true }
        if let authority = configuration.tls.certificateAuthority {
            info["certificate-authority-data"] = .string(Base64.encode(authority.utf8))
        }
        if let proxy = cluster?.json["proxy-url"] { info["proxy-url"] = proxy }
        if !configuration.allowsCompression { info["disable-compression"] = true }
        let extensions = cluster?.json["extensions"]?.arrayValue ?? []
        if let own = extensions.first(where: { $0["name"]?.stringValue == "client.authentication.k8s.io/exec" }) {
            info["config"] = own["extension"]
        }
        return .object(info)
    }
}
