import KubernetesModel
import Testing

@testable import KubernetesClient

@Suite("Kubeconfig")
struct KubeconfigTests {
    /// Files that exist only here.
    private func files(_ contents: [String: String]) -> FileAccess {
        struct Missing: Error, CustomStringConvertible { var description = "no such file" }
        return FileAccess(
            read: { path in
                guard let text = contents[path] else { throw Missing() }
                return text
            },
            exists: { contents[$0] != nil }
        )
    }

    private static let basic = """
        apiVersion: v1
        kind: Config
        current-context: dev
        clusters:
        - name: kind
          cluster: {server: "https://127.0.0.1:6443", certificate-authority: pki/ca.crt}
        users:
        - name: alice
          user: {client-certificate: alice.crt, client-key: /keys/alice.key, token: t0k3n}
        contexts:
        - name: dev
          context: {cluster: kind, user: alice, namespace: shop}
        """

    @Test(
        "a folder in place of the file is told", arguments: [("/", "/ is a directory"), ("/no/such/file", "/no/such/file does not exist")])
    func unreadable(path: String, reason: String) {
        let error = #expect(throws: KubeconfigError.self) { try Kubeconfig.load(path: path) }
        #expect(error?.description == "the kubeconfig can't be read: \(reason)")
    }

    private func resolve(
        _ text: String, _ overrides: KubeconfigOverrides = .init(), files contents: [String: String] = [:]
    ) throws(KubeconfigError) -> ClusterConfiguration {
        try Kubeconfig(text: text, file: "/home/a/.kube/config").configuration(overrides, files: files(contents))
    }

    /// The sentence with which a user entry, or a cluster entry, is refused.
    private func problem(
        user: String = "{}", cluster: String = #"{"server":"https://h"}"#, context: String = #"{"cluster":"c","user":"u"}"#
    ) -> String? {
        let text = #"""
            {"current-context":"x","clusters":[{"name":"c","cluster":\#(cluster)}],"users":[{"name":"u","user":\#(user)}],
            "contexts":[{"name":"x","context":\#(context)}]}
            """#
        do throws(KubeconfigError) {
            _ = try resolve(text)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("a context comes to its cluster, its user and its namespace; paths are relative to the file")
    func resolution() throws {
        let contents = ["/home/a/.kube/pki/ca.crt": "CA", "/home/a/.kube/alice.crt": "CERT", "/keys/alice.key": "KEY"]
        let configuration = try resolve(Self.basic, files: contents)
        #expect(configuration.server.description == "https://127.0.0.1:6443")
        #expect(configuration.tls == .init(certificateAuthority: "CA"))
        #expect(configuration.credentials.clientCertificate == .init(certificate: "CERT", key: Secret("KEY")))
        #expect(configuration.credentials.login == .token(Secret("t0k3n")))
        #expect(configuration.namespace == "shop")
        #expect(configuration.names == .init(context: "dev", cluster: "kind", user: "alice"))
    }

    @Test("a file that can't be read is named with its entry")
    func unreadable() {
        let error = #expect(throws: KubeconfigError.self) { try resolve(Self.basic) }
        #expect(
            error?.description
                == #"/home/a/.kube/config, cluster "kind": certificate-authority can't be read: /home/a/.kube/pki/ca.crt: no such file"#)
    }

    @Test("of several files the first that defines a name wins entirely")
    func merging() throws {
        let contents = [
            "/a/one": #"{"clusters":[{"name":"c","cluster":{"server":"https://one"}}],"users":[{"name":"u","user":{"token":"1"}}]}"#,
            "/b/two": #"""
            {"current-context":"x","clusters":[{"name":"c","cluster":{"server":"https://two","tls-server-name":"two"}}],
            "users":[{"name":"v","user":{"tokenFile":"token"}}],"contexts":[{"name":"x","context":{"cluster":"c","user":"v"}}]}
            """#,
        ]
        let environment = ["KUBECONFIG": "/a/one::/missing:/b/two:/a/one"]
        let kubeconfig = try Kubeconfig.load(environment: environment, files: files(contents))
        #expect(kubeconfig.files == ["/a/one", "/b/two"])
        let configuration = try kubeconfig.configuration()
        #expect(configuration.server.host == "one")
        #expect(configuration.tls.serverName == nil)
        #expect(configuration.credentials.login == .tokenFile(path: "/b/token", fallback: nil))
        #expect(configuration.namespace == "default")
    }

    @Test("a named file must exist; without any, the cluster that this runs in is meant, if it runs in one")
    func places() throws {
        let missing = #expect(throws: KubeconfigError.self) {
            try ClusterConfiguration.load(path: "/x", environment: [:], files: files([:]))
        }
        #expect(missing?.description == "the kubeconfig can't be read: /x: no such file")
        let none = #expect(throws: KubeconfigError.self) {
            try ClusterConfiguration.load(environment: ["HOME": "/home/a"], files: files([:]))
        }
        #expect(none?.description == "no cluster is configured: there is no kubeconfig (looked for /home/a/.kube/config)")
        let account = "/var/run/secrets/kubernetes.io/serviceaccount"
        let configuration = try ClusterConfiguration.load(
            environment: ["HOME": "/", "KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "443"],
            files: files(["\(account)/token": "t", "\(account)/ca.crt": "CA", "\(account)/namespace": "ops\n"])
        )
        #expect(configuration.server.description == "https://[fd00::1]:443")
        #expect(configuration.credentials.login == .tokenFile(path: "\(account)/token", fallback: nil))
        #expect(configuration.namespace == "ops")
    }

    @Test("what the command line says goes before the file")
    func overrides() throws {
        let text = #"""
            {"current-context":"x","clusters":[{"name":"c","cluster":{"server":"https://h","tls-server-name":"n"}},
            {"name":"d","cluster":{"server":"https://d","certificate-authority":"/gone"}}],
            "users":[{"name":"u","user":{"token":"1"}},{"name":"v","user":{"token":"2","as":"bob","as-groups":["g"],"as-user-extra":{"k":["1"]}}}],
            "contexts":[{"name":"x","context":{"cluster":"c","user":"u","namespace":"n"}}]}
            """#
        let other = try resolve(text, .init(cluster: "d", user: "v", namespace: "shop", skipsTLSVerification: true))
        #expect(other.server.host == "d")
        #expect(other.tls == .init(skipsVerification: true))
        #expect(other.namespace == "shop")
        #expect(other.impersonation == .init(user: "bob", groups: ["g"], extra: ["k": ["1"]]))
        let moved = try resolve(text, .init(impersonatedUser: "eve", server: "https://proxy/k8s/c-1/", token: Secret("3")))
        #expect(moved.server == ServerAddress(host: "proxy", port: 443, pathPrefix: "/k8s/c-1"))
        #expect(moved.tls.serverName == nil)
        #expect(moved.credentials.login == .token(Secret("3")))
        #expect(moved.impersonation == .init(user: "eve"))
    }

    @Test("names that are not there are answered with those that are")
    func unknownNames() {
        let unknown = #expect(throws: KubeconfigError.self) { try resolve(Self.basic, .init(context: "prod")) }
        #expect(unknown?.description == #"/home/a/.kube/config: there is no context "prod"; there is dev"#)
        #expect(
            problem(context: #"{"cluster":"gone","user":"u"}"#)
                == #"/home/a/.kube/config, context "x": there is no cluster "gone"; there is c"#)
        #expect(problem(context: #"{"user":"u"}"#) == #"/home/a/.kube/config, context "x": it names no cluster"#)
        let none = #expect(throws: KubeconfigError.self) { try resolve(#"{"contexts":[{"name":"a"},{"name":"b"},{"name":"c"}]}"#) }
        #expect(none?.description == "/home/a/.kube/config: no current-context is set; choose a context; there are a, b and c")
    }

    @Test(
        "a contradictory or incomplete cluster is refused with a sentence",
        arguments: [
            (#"{}"#, "it has no server"),
            (#"{"server":"h:6443"}"#, #"its server "h:6443" is not an address such as https://host:6443"#),
            (#"{"server":5}"#, "server must be text; put it in quotes"),
            (
                #"{"server":"https://h","certificate-authority":"a","certificate-authority-data":"Q0E="}"#,
                "certificate-authority and certificate-authority-data are both set; remove one of them"
            ),
            (
                #"{"server":"https://h","certificate-authority-data":"Q0E=","insecure-skip-tls-verify":true}"#,
                "it has a certificate-authority, and insecure-skip-tls-verify too; remove one of them"
            ),
            (#"{"server":"https://h","insecure-skip-tls-verify":"yes"}"#, "insecure-skip-tls-verify must be true or false"),
            (#"{"server":"https://h","proxy-url":"https://p"}"#, "its proxy-url must begin with http:// or socks5://"),
        ])
    func badClusters(cluster: String, sentence: String) {
        #expect(problem(cluster: cluster) == "/home/a/.kube/config, cluster \"c\": \(sentence)")
    }

    @Test(
        "a contradictory or incomplete user is refused with a sentence",
        arguments: [
            (#"{"token":"t","username":"n"}"#, "it has more than one authentication method: a token and a username; remove one of them"),
            (#"{"token":12}"#, "token must be text; put it in quotes"),
            (#"{"client-certificate-data":"Q0E="}"#, "it has a client-certificate, but no client-key"),
            (#"{"client-key-data":"Q0E="}"#, "it has a client-key, but no client-certificate"),
            (#"{"as-groups":["g"]}"#, "as-groups, as-uid and as-user-extra need as"),
            (
                #"{"auth-provider":{"name":"gcp"}}"#,
                #"Kubernetes no longer has the auth-provider "gcp"; its successor is a program under exec"#
            ),
            (#"{"exec":{"apiVersion":"client.authentication.k8s.io/v1"}}"#, "its exec has no command"),
            (
                #"{"exec":{"command":"aws","apiVersion":"client.authentication.k8s.io/v1alpha1"}}"#,
                "its exec has the apiVersion client.authentication.k8s.io/v1alpha1; known are client.authentication.k8s.io/v1 and …/v1beta1"
            ),
            (
                #"{"exec":{"command":"aws","apiVersion":"client.authentication.k8s.io/v1"}}"#,
                "its exec needs an interactiveMode: Never, IfAvailable or Always"
            ),
            (
                #"{"exec":{"command":"aws","apiVersion":"client.authentication.k8s.io/v1beta1","env":[{"name":"A"}]}}"#,
                "each env of its exec needs a name and a value, both text"
            ),
        ])
    func badUsers(user: String, sentence: String) {
        #expect(problem(user: user) == "/home/a/.kube/config, user \"u\": \(sentence)")
    }

    @Test(
        "text that is no kubeconfig is refused with a sentence",
        arguments: [
            ("[1, 2]", "/f: is not a kubeconfig"),
            ("kind: Pod", "/f: is not a kubeconfig but a Pod"),
            ("clusters: {}", "/f: clusters must be a list"),
            ("users: [{user: {}}]", "/f: element 1 of users has no name, or one that is not text"),
            ("contexts: [{name: a, context: b}]", #"/f, context "a": its context must have members"#),
        ])
    func badFiles(text: String, sentence: String) {
        let error = #expect(throws: KubeconfigError.self) { try Kubeconfig(text: text, file: "/f") }
        #expect(error?.description == sentence)
    }

    @Test("an empty file, as kubectl leaves it, is a kubeconfig without entries")
    func emptyFile() throws {
        #expect(try Kubeconfig(text: "", file: "/f").isEmpty)
        #expect(try Kubeconfig(text: "clusters: null\ncurrent-context: \"\"\n", file: "/f").isEmpty)
    }

    @Test("a plugin that asks for it is told of the cluster; its command is relative only with a slash")
    func execPlugin() throws {
        let text = #"""
            {"current-context":"x","clusters":[{"name":"c","cluster":{"server":"https://h","certificate-authority-data":"Q0E=",
            "extensions":[{"name":"client.authentication.k8s.io/exec","extension":{"audience":"a"}}]}}],
            "users":[{"name":"u","user":{"exec":{"apiVersion":"client.authentication.k8s.io/v1beta1","command":"bin/login","args":["--x"],
            "env":[{"name":"A","value":"B"}],"provideClusterInfo":true}}}],"contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}]}
            """#
        guard case .exec(let plugin) = try resolve(text).credentials.login else {
            Issue.record("no plugin")
            return
        }
        #expect(plugin.command == "/home/a/.kube/bin/login")
        #expect(plugin.arguments == ["--x"])
        #expect(plugin.environment == ["A": "B"])
        #expect(plugin.clusterInfo == ["server": "https://h:443", "certificate-authority-data": "Q0E=", "config": ["audience": "a"]])
    }

    private static let proxyCases: [([String: String], String, String, String?)] = [
        (["HTTPS_PROXY": "proxy:3128"], "socks5://127.0.0.1:1080", "api.corp", "socks5://127.0.0.1:1080"),
        (["HTTPS_PROXY": "proxy:3128"], "", "api.corp", "http://proxy:3128"),
        (["https_proxy": "http://u:p@proxy", "NO_PROXY": "other"], "", "api.corp", "http://proxy:80"),
        (["HTTPS_PROXY": "proxy:3128", "NO_PROXY": "10.0.0.0/8, .corp"], "", "api.corp", nil),
        (["HTTPS_PROXY": "proxy:3128", "no_proxy": "10.0.0.0/8"], "", "10.3.4.5", nil),
        (["HTTPS_PROXY": "proxy:3128", "no_proxy": "api.corp:8443"], "", "api.corp", "http://proxy:3128"),
        (["HTTPS_PROXY": "proxy:3128"], "", "127.0.0.1", nil),
    ]

    @Test("proxies come from the cluster's entry, else from the environment with its exceptions", arguments: proxyCases)
    func proxies(environment: [String: String], url: String, host: String, expected: String?) throws {
        let text = #"""
            {"current-context":"x","clusters":[{"name":"c","cluster":{"server":"https://\#(host)","proxy-url":"\#(url)"}}],
            "contexts":[{"name":"x","context":{"cluster":"c"}}]}
            """#
        let configuration = try Kubeconfig(text: text, file: "/f").configuration(environment: environment, files: files([:]))
        #expect(configuration.proxy?.description == expected)
    }

    @Test(
        "a proxy of the environment that can't be used is refused, and not gone past",
        arguments: ["https://proxy:3128", "http://", "ftp://proxy"])
    func unusableProxy(text: String) throws {
        let kubeconfig = try Kubeconfig(text: Self.one(server: "https://api.corp"), file: "/f")
        let error = #expect(throws: KubeconfigError.self) {
            try kubeconfig.configuration(environment: ["HTTPS_PROXY": text], files: files([:]))
        }
        #expect(error?.description == "the environment's HTTPS_PROXY must begin with http:// or socks5://, and name a host")
        let exempt = try kubeconfig.configuration(environment: ["HTTPS_PROXY": text, "NO_PROXY": "api.corp"], files: files([:]))
        #expect(exempt.proxy == nil)
    }

    private static func one(server: String) -> String {
        #"""
        {"current-context":"x","clusters":[{"name":"c","cluster":{"server":"\#(server)"}}],"contexts":[{"name":"x","context":{"cluster":"c"}}]}
        """#
    }

    private static let addressCases: [(String, String?)] = [
        ("https://h", "https://h:443"), ("http://h:8080/", "http://h:8080"), ("https://[::1]:6443/k8s/", "https://[::1]:6443/k8s"),
        ("HTTPS://h", "https://h:443"), ("h:6443", nil), ("ftp://h", nil), ("https://h:0", nil), ("https://", nil),
        ("https://u@h", nil), ("https://h/?a", nil), ("https://h:99999", nil),
    ]

    @Test("a server's address needs a scheme, and may have a path", arguments: addressCases)
    func addresses(text: String, expected: String?) {
        #expect(ServerAddress(text)?.description == expected)
    }

    @Test("no way of printing a configuration shows its secrets")
    func secrets() throws {
        var configuration = ClusterConfiguration(server: ServerAddress(host: "h", port: 1))
        configuration.credentials = .init(clientCertificate: .init(certificate: "C", key: Secret("hush")), login: .token(Secret("hush")))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("hush"))
    }
}
