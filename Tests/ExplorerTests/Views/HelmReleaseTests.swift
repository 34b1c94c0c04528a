import KubernetesModel
import Testing

@testable import Explorer

@Suite("Helm releases")
struct HelmReleaseTests {
    /// As Helm 3 writes it: gzip in base64, twice.
    private static let payload = """
        SDRzSUFBQUFBQUFDLzEyUDNXckRNQXlGWDZYb09nMUp5c2JtcDloRnQ0c3hHS3F0SktieEQ3YmFNVUxlZlZJWlpReDhJUjBkSDMxYUlXSWdNR0\
        N4TURTM3JtYTBLdFU1WlpHdVZLcFBFY3loQVIvSEJHYUZ5c2lYS2g1SGVVbmY1TVMzWU9YUGUyOWc2SWJIZmZlMDcvcGozNWxPWC92d0xrWkgx\
        UmFmK1JZS3Iza3E2R2huVThnTE1TbEVZdEx3NDR6eFhHRnJ3TTZLSjRzRE1UcGsxUHFYL0l0T2Z5bWhiNGYySUFybS9IWVhuelhsaXN0RmcxY2\
        9ndWt0U3QzTFVRRW5VcFZ4RWl2S1g1bkxuVkJnMjNSN2lxT2YxUEhQZWdJZEI0eCtwQ3A4Y1BiUm1kMUxjaDhSdGgvclNxQzVYQUVBQUE9PQ==
        """

    private func secret(_ payload: String) -> KubernetesObject {
        KubernetesObject(["kind": "Secret", "metadata": ["name": "sh.helm.release.v1.cart.v3"], "data": ["release": .string(payload)]])
    }

    @Test("a release is read out of its Secret")
    func reading() throws {
        let release = try #require(HelmRelease(secret: secret(Self.payload)))
        #expect(
            [release.name, release.namespace, release.status, release.chart, release.appVersion] == [
                "cart", "shop", "deployed", "web-1.2.3", "9",
            ])
        #expect(release.revision == 3)
        #expect(release.manifest == "kind: Pod\n")
        #expect(YAML.write(release.allValues) == "image:\n  repo: r\n  tag: b\nreplicas: 1\n")
    }

    @Test("the newest revision of a release is found by its labels, as a number")
    func newest() {
        func secret(_ name: String, _ version: String) -> KubernetesObject {
            KubernetesObject([
                "kind": "Secret",
                "metadata": [
                    "name": .string("\(name).v\(version)"), "namespace": "shop",
                    "labels": ["name": .string(name), "version": .string(version)],
                ],
            ])
        }
        let secrets = [secret("web", "9"), secret("web", "10"), secret("cart", "1"), secret("web", "2")]
        #expect(HelmRelease.newest(secrets).map(\.name) == ["cart.v1", "web.v10"])
    }

    @Test("what is no release is none", arguments: ["", "!", "YWJj", "SDRzSUFBQUFBQUFBLw=="])
    func broken(payload: String) {
        #expect(HelmRelease(secret: secret(payload)) == nil)
    }
}
