import Foundation
import Glibc
import KubernetesModel
import Testing

/// What the command line says of the cluster, without a kubeconfig that says anything.
@Suite("Options of the cluster", .timeLimit(.minutes(5)))
struct ClusterOptionsTests {
    /// A served cluster's address and the files by which it is reached.
    private struct Reachable {
        let served: ServedCluster
        let server: String
        let authority: String
        let certificate: String
        let key: String
        /// With nothing in it.
        let kubeconfig: String

        init() throws {
            served = try ServedCluster(scenario: "empty")
            let config = try #require(try YAML.parse(try String(contentsOfFile: served.kubeconfig, encoding: .utf8)).first)
            let cluster = try #require(config["clusters"]?.arrayValue?.first?["cluster"])
            let user = try #require(config["users"]?.arrayValue?.first?["user"])
            let folder = served.folder
            func file(_ name: String, _ encoded: JSONValue?) throws -> String {
                let path = folder.appending(path: name)
                try Data(try #require(Base64.decode(encoded?.stringValue ?? ""))).write(to: path)
                return path.path
            }
            server = try #require(cluster["server"]?.stringValue)
            authority = try file("ca.pem", cluster["certificate-authority-data"])
            certificate = try file("client.pem", user["client-certificate-data"])
            key = try file("client.key", user["client-key-data"])
            kubeconfig = folder.appending(path: "nothing.yaml").path
            try Data("apiVersion: v1\nkind: Config\n".utf8).write(to: URL(filePath: kubeconfig))
        }

        func troubleshoot(_ options: String...) throws -> Program.Result {
            try Program.run(Program.fathom, ["troubleshoot", "--kubeconfig", kubeconfig, "--server", server] + options)
        }
    }

    @Test("authority, certificate and key from files are all it takes to reach a cluster, and none of them can be left out")
    func certificates() throws {
        let cluster = try Reachable()
        let all = try cluster.troubleshoot(
            "--certificate-authority", cluster.authority, "--client-certificate", cluster.certificate, "--client-key", cluster.key)
        #expect(all.status == 0, "\(all)")
        let untrusted = try cluster.troubleshoot("--client-certificate", cluster.certificate, "--client-key", cluster.key)
        #expect(untrusted.status == 69 && untrusted.errors.contains("not signed by an authority"), "\(untrusted)")
        let nobody = try cluster.troubleshoot("--certificate-authority", cluster.authority)
        #expect(nobody.status == 69 && nobody.errors.contains("system:anonymous"), "\(nobody)")
        let half = try cluster.troubleshoot("--certificate-authority", cluster.authority, "--client-certificate", cluster.certificate)
        #expect(half.status == 64 && half.errors.contains("the key is missing"), "\(half)")
    }

    @Test("a file that is not there, or not what it should be, is named")
    func files() throws {
        let cluster = try Reachable()
        let none = try cluster.troubleshoot("--certificate-authority", cluster.authority + ".none")
        #expect(
            none.status == 64 && none.errors.contains("the certificate-authority can't be read") && none.errors.contains("ca.pem.none"),
            "\(none)")
        let wrong = try cluster.troubleshoot(
            "--certificate-authority", cluster.authority, "--client-certificate", cluster.key, "--client-key", cluster.key)
        #expect(wrong.status == 69 && wrong.errors.contains("certificate"), "\(wrong)")
        let both = try cluster.troubleshoot("--certificate-authority", cluster.authority, "--insecure-skip-tls-verify")
        #expect(both.status == 64 && both.errors.contains("--certificate-authority doesn't go with it"), "\(both)")
    }

    @Test("a server that stays silent is given up when the time is over that was asked for")
    func silence() throws {
        let cluster = try Reachable()
        let server = try SilentServer()
        let words = ["troubleshoot", "--kubeconfig", cluster.kubeconfig, "--server", "http://127.0.0.1:\(server.port)"]
        let patient = try RunningProgram(Program.fathom, words, terminal: false)
        let hasty = try Program.run(Program.fathom, words + ["--request-timeout", "300ms"])
        #expect(hasty.status == 69 && hasty.errors.contains("127.0.0.1:\(server.port) did not answer in time"), "\(hasty)")
        #expect(patient.isRunning, "half a minute is what is waited otherwise")
    }

    @Test("what is no time is refused", arguments: ["soon", "-1", "1x", "s", "1e9h"])
    func nonsense(text: String) throws {
        let result = try Program.run(Program.fathom, ["troubleshoot", "--request-timeout=\(text)"])
        #expect(result.status == 64 && result.errors.contains("request-timeout"), "\(result)")
    }
}

/// A port that takes connections and never says anything.
private final class SilentServer {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listens = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        try #require(listens)
    }

    deinit {
        close(descriptor)
    }
}
