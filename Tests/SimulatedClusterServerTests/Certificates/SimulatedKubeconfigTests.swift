import KubernetesModel
import SimulatedCluster
import Testing

@testable import SimulatedClusterServer

@Suite("Kubeconfigs of simulated clusters")
struct SimulatedKubeconfigTests {
    @Test("two of them, read together, share no name")
    func names() throws {
        let authority = try CertificateAuthority()
        let client = try authority.issueClient(user: SimulatedKubeconfig.administrator, groups: [SimulatedKubeconfig.administrators])
        let names = try ["demo", "large"].map { cluster in
            let text = SimulatedKubeconfig.text(clusterName: cluster, port: 8443, authority: authority, client: client)
            let config = try #require(try YAML.parse(text).first)
            #expect(config[path: ["current-context"]]?.stringValue == cluster)
            #expect(config["contexts"]?[0]?["context"]?["user"] == config["users"]?[0]?["name"])
            #expect(config["contexts"]?[0]?["context"]?["cluster"] == config["clusters"]?[0]?["name"])
            return ["clusters", "users", "contexts"].compactMap { config[$0]?[0]?["name"]?.stringValue }
        }
        #expect(names[0].count == 3 && Set(names[0]).isDisjoint(with: names[1]))
    }
}
