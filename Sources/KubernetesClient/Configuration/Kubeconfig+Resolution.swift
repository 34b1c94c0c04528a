import Foundation
import KubernetesModel

extension ClusterConfiguration {
    /// The configuration that a person means: from the kubeconfig, or, where there is none, from the pod this runs in.
    package static func load(
        path: String? = nil, overrides: KubeconfigOverrides = KubeconfigOverrides(),
        environment: [String: String] = ProcessInfo.processInfo.environment, files: FileAccess = .disk
    ) throws(KubeconfigError) -> ClusterConfiguration {
        let kubeconfig = try Kubeconfig.load(path: path, environment: environment, files: files)
        if kubeconfig.isEmpty, overrides.server == nil, path == nil {
            if let configuration = try ClusterConfiguration.inCluster(environment, files, overrides) { return configuration }
            let places = Kubeconfig.paths(environment).joined(separator: ", ")
            throw KubeconfigError("no cluster is configured: there is no kubeconfig (looked for \(places.isEmpty ? "KUBECONFIG" : places))")
        }
        return try kubeconfig.configuration(overrides, environment: environment, files: files)
    }
}

extension Kubeconfig {
    /// What a context comes to, files read.
    package func configuration(
        _ overrides: KubeconfigOverrides = KubeconfigOverrides(), environment: [String: String] = [:], files: FileAccess = .disk
    ) throws(KubeconfigError) -> ClusterConfiguration {
        let context = try context(overrides)
        let cluster = try referenced(.cluster, overrides.cluster, by: context)
        let user = try referenced(.user, overrides.user, by: context)
        var configuration = ClusterConfiguration(server: try server(cluster, overrides))
        configuration.names = .init(context: context?.name ?? "", cluster: cluster?.name ?? "", user: user?.name ?? "")
        configuration.tls = try tls(cluster, overrides, files)
        configuration.allowsCompression = try !(cluster?.bool("disable-compression") ?? false)
        configuration.proxy = try proxy(cluster, to: configuration.server, environment)
        if let user {
            configuration.credentials = try credentials(user, for: cluster, configuration, files)
            configuration.impersonation = try impersonation(user)
        }
        try overrides.apply(to: &configuration, files)
        configuration.namespace = try namespace(context, overrides)
        return configuration
    }

    private func context(_ overrides: KubeconfigOverrides) throws(KubeconfigError) -> KubeconfigEntry? {
        guard let name = overrides.context ?? currentContext else {
            // A cluster named on the command line needs no context.
            if overrides.server != nil || overrides.cluster != nil { return nil }
            throw KubeconfigError(file: files.joined(separator: ", "), "no current-context is set; choose a context\(choice(.context))")
        }
        guard let entry = entry(.context, name) else {
            throw KubeconfigError(file: files.joined(separator: ", "), "there is no context \"\(name)\"\(choice(.context))")
        }
        return entry
    }

    private func referenced(
        _ kind: KubeconfigEntry.Kind, _ override: String?, by context: KubeconfigEntry?
    ) throws(KubeconfigError) -> KubeconfigEntry? {
        var name = override
        if name == nil { name = try context?.string(kind.rawValue) }
        guard let name else {
            guard let context, kind == .cluster else { return nil }
            throw context.error("it names no cluster")
        }
        if let entry = entry(kind, name) { return entry }
        let problem = "there is no \(kind.rawValue) \"\(name)\"\(choice(kind))"
        if override == nil, let context { throw context.error(problem) }
        throw KubeconfigError(file: files.joined(separator: ", "), problem)
    }

    /// `; there are dev and prod`, for messages about a name that is not there.
    private func choice(_ kind: KubeconfigEntry.Kind) -> String {
        let names = names(kind)
        guard let last = names.last else { return "; there is none" }
        return names.count == 1 ? "; there is \(last)" : "; there are \(names.dropLast().joined(separator: ", ")) and \(last)"
    }

    // MARK: Cluster

    private func server(_ cluster: KubeconfigEntry?, _ overrides: KubeconfigOverrides) throws(KubeconfigError) -> ServerAddress {
        if let text = overrides.server {
            guard let address = ServerAddress(text) else {
                throw KubeconfigError("the server \"\(text)\" is not an address such as https://host:6443")
            }
            return address
        }
        guard let cluster else { throw KubeconfigError(file: files.joined(separator: ", "), "no cluster is chosen\(choice(.cluster))") }
        guard let text = try cluster.string("server") else { throw cluster.error("it has no server") }
        guard let address = ServerAddress(text) else {
            throw cluster.error("its server \"\(text)\" is not an address such as https://host:6443")
        }
        return address
    }

    private func tls(
        _ cluster: KubeconfigEntry?, _ overrides: KubeconfigOverrides, _ files: FileAccess
    ) throws(KubeconfigError) -> ClusterConfiguration.TLSSettings {
        let own = try overrides.read(overrides.certificateAuthority, "certificate-authority", files)
        guard let cluster else { return .init(certificateAuthority: own, skipsVerification: overrides.skipsTLSVerification) }
        let skips = try cluster.bool("insecure-skip-tls-verify")
        if overrides.skipsTLSVerification {
            return .init(serverName: try cluster.string("tls-server-name"), skipsVerification: true)
        }
        // The name was for the kubeconfig's own server.
        let name = try overrides.server == nil ? cluster.string("tls-server-name") : nil
        if let own { return .init(certificateAuthority: own, serverName: name) }
        let authority = try cluster.content("certificate-authority", files)
        if skips, authority != nil {
            throw cluster.error("it has a certificate-authority, and insecure-skip-tls-verify too; remove one of them")
        }
        return .init(certificateAuthority: authority, serverName: name, skipsVerification: skips)
    }

    private func proxy(
        _ cluster: KubeconfigEntry?, to server: ServerAddress, _ environment: [String: String]
    ) throws(KubeconfigError) -> ProxyAddress? {
        guard let cluster, let text = try cluster.string("proxy-url") else {
            return try EnvironmentProxy(environment).proxy(for: server)
        }
        if let proxy = ProxyAddress(text) { return proxy }
        throw cluster.error("its proxy-url must begin with http:// or socks5://")
    }

    // MARK: Context

    private func namespace(_ context: KubeconfigEntry?, _ overrides: KubeconfigOverrides) throws(KubeconfigError) -> String {
        if let namespace = overrides.namespace {
            guard Self.isNamespace(namespace) else { throw KubeconfigError("\"\(namespace)\" is not the name of a namespace") }
            return namespace
        }
        guard let context, let namespace = try context.string("namespace") else { return "default" }
        guard Self.isNamespace(namespace) else { throw context.error("its namespace \"\(namespace)\" is not the name of a namespace") }
        return namespace
    }

    /// RFC 1123's label.
    static func isNamespace(_ name: String) -> Bool {
        let isAllowed = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
        return isAllowed && (1...63).contains(name.utf8.count) && !name.hasPrefix("-") && !name.hasSuffix("-")
    }
}

extension KubeconfigOverrides {
    /// The text of a file that the command line names.
    func read(_ path: String?, _ option: String, _ files: FileAccess) throws(KubeconfigError) -> String? {
        guard let path else { return nil }
        do {
            return try files.read(path)
        } catch {
            throw KubeconfigError("the \(option) can't be read: \(FileAccess.reason(error, path: path))")
        }
    }

    /// A certificate and its key, each of which may be the kubeconfig's.
    private func applyClientCertificate(to configuration: inout ClusterConfiguration, _ files: FileAccess) throws(KubeconfigError) {
        guard clientCertificate != nil || clientKey != nil else { return }
        let known = configuration.credentials.clientCertificate
        let certificate = try read(clientCertificate, "client-certificate", files) ?? known?.certificate
        let key = try read(clientKey, "client-key", files).map(Secret.init) ?? known?.key
        guard let certificate, let key else {
            throw KubeconfigError(
                "a client-certificate and a client-key belong together: \(certificate == nil ? "the certificate" : "the key") is missing")
        }
        configuration.credentials.clientCertificate = .init(certificate: certificate, key: key)
        // As kubectl: who comes with a certificate does not ask a program for a token.
        if case .exec = configuration.credentials.login { configuration.credentials.login = .none }
    }

    /// What the command line says of the user.
    func apply(to configuration: inout ClusterConfiguration, _ files: FileAccess) throws(KubeconfigError) {
        if let requestTimeout {
            configuration.requestTimeout = requestTimeout
            configuration.answerTimeout = requestTimeout
        }
        try applyClientCertificate(to: &configuration, files)
        if let token { configuration.credentials.login = .token(token) }
        if let impersonatedUser {
            configuration.impersonation = .init(user: impersonatedUser, groups: impersonatedGroups)
        } else if !impersonatedGroups.isEmpty {
            guard configuration.impersonation != nil else { throw KubeconfigError("a group can only be impersonated together with a user") }
            configuration.impersonation?.groups = impersonatedGroups
        }
    }
}
