import Crypto
import Foundation
import KubernetesModel
import SwiftASN1
import Testing
import X509

@testable import SimulatedCluster

@Suite("Signing of requests for certificates")
struct CertificateSignerTests {
    private let authority: CertificateAuthority
    private let cluster: SteppedCluster

    init() throws {
        authority = try CertificateAuthority()
        var scenario = try ScenarioDefinition.builtIn("empty")
        scenario.certificateAuthority = authority
        cluster = SteppedCluster(scenario)
    }

    private func request(
        signer: String, usages: [String], user: String, group: String, names: [GeneralName] = [], seconds: Int? = nil
    ) throws {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let extensions = names.isEmpty ? Certificate.Extensions() : try Certificate.Extensions { SubjectAlternativeNames(names) }
        let csr = try CertificateSigningRequest(
            version: .v1,
            subject: DistinguishedName {
                OrganizationName(group); CommonName(user)
            }, privateKey: key,
            attributes: .init([.init(ExtensionRequest(extensions: extensions))]), signatureAlgorithm: .ecdsaWithSHA256)
        var spec: JSONObject = [
            "request": .string(Base64.encode(try csr.serializeAsPEM().pemString.utf8)), "signerName": .string(signer),
            "usages": .array(usages.map(JSONValue.string)),
        ]
        spec["expirationSeconds"] = seconds.map { JSONValue($0) }
        let json: JSONObject = [
            "apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": ["name": "x"], "spec": .object(spec),
        ]
        try cluster.perform(.create(KubernetesObject(json)))
    }

    private func approve() throws -> JSONValue {
        let conditions: JSONValue = [["type": "Approved", "status": "True", "reason": "Fine"]]
        try cluster.perform(
            .patch(
                Resource.certificateSigningRequests, ObjectKey(name: "x"), ["status": ["conditions": conditions]], subresource: "approval"))
        cluster.run(.seconds(1))
        return try #require(cluster.get(Resource.certificateSigningRequests, "x", namespace: nil)).status
    }

    private func certificate(_ status: JSONValue) throws -> Certificate {
        let pem = Base64.decode(try #require(status["certificate"]?.stringValue)) ?? []
        return try Certificate(pemEncoded: String(decoding: pem, as: UTF8.self))
    }

    @Test("nothing is signed before somebody approves")
    func unapproved() throws {
        try request(signer: "kubernetes.io/kube-apiserver-client", usages: ["client auth"], user: "jane", group: "dev")
        cluster.run(.seconds(60))
        #expect(cluster.get(Resource.certificateSigningRequests, "x", namespace: nil)?.status["certificate"] == nil)
    }

    @Test("an approved request becomes a certificate by which the API knows its user, for as long as was asked")
    func client() throws {
        try request(
            signer: "kubernetes.io/kube-apiserver-client", usages: ["client auth", "digital signature"], user: "jane", group: "dev",
            seconds: 3600)
        let certificate = try certificate(approve())
        #expect(certificate.notValidAfter.timeIntervalSince(certificate.notValidBefore) == 3600)
        #expect(try certificate.extensions.keyUsage == KeyUsage(digitalSignature: true))
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        let user = authority.identify(derEncoded: serializer.serializedBytes)?.user
        #expect(user?.name == "jane")
        #expect(user?.groups == ["dev", "system:authenticated"])
    }

    @Test("a certificate says nothing of usages when none of the basic ones is asked for")
    func withoutBasicUsages() throws {
        try request(signer: "kubernetes.io/kube-apiserver-client", usages: ["client auth"], user: "jane", group: "dev")
        #expect(try certificate(approve()).extensions.keyUsage == nil)
    }

    @Test("a kubelet's serving certificate carries the names it was asked for")
    func kubeletServing() throws {
        try request(
            signer: "kubernetes.io/kubelet-serving", usages: ["digital signature", "server auth"], user: "system:node:n1",
            group: "system:nodes", names: [.dnsName("n1")])
        let names = try certificate(approve()).extensions.subjectAlternativeNames.map { Array($0) }
        #expect(names == [.dnsName("n1")])
    }

    @Test(
        "what a signer won't sign fails, and says why",
        arguments: [
            ("kube-apiserver-client", ["server auth"], "jane", "dev", "invalid usage for client certificate: server auth"),
            ("kube-apiserver-client", ["digital signature"], "jane", "dev", "missing required usage for client certificate: client auth"),
            ("kubelet-serving", ["server auth"], "jane", "dev", "subject organization is not system:nodes"),
            ("kubelet-serving", ["server auth"], "jane", "system:nodes", "DNS or IP subjectAltName is required"),
            (
                "kube-apiserver-client-kubelet", ["client auth"], "system:node:n1", "system:nodes",
                "usages did not match [client auth digital signature key encipherment]"
            ),
            (
                "kube-apiserver-client-kubelet", ["client auth"], "jane", "system:nodes",
                "subject common name does not begin with system:node:"
            ),
        ]
    )
    func refused(signer: String, usages: [String], user: String, group: String, message: String) throws {
        try request(signer: "kubernetes.io/\(signer)", usages: usages, user: user, group: group)
        let status = try approve()
        let failure = status["conditions"]?.arrayValue?.first { $0["type"] == "Failed" }
        #expect(failure?["reason"] == "SignerValidationFailure")
        #expect(failure?["message"]?.stringValue == message)
        #expect(status["certificate"] == nil)
    }
}
