import Crypto
import KubernetesModel
import Testing

import struct Foundation.Data

@testable import SimulatedCluster

@Suite("The issuer of tokens")
struct IssuerMetadataTests {
    private let cluster = TestAPI()

    private func token() async throws -> [String] {
        await cluster.advance(by: .seconds(1))
        let path = "/api/v1/namespaces/default/serviceaccounts/default/token"
        let answer = await cluster.send("POST", path, ["apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": [:]])
        return try #require(answer.json[path: ["status", "token"]]?.stringValue).split(separator: ".").map(String.init)
    }

    private func json(_ part: String) throws -> JSONValue { try JSONParser.parse(try #require(Base64.decodeFromURL(part))) }

    @Test("a token is checked with the key that the cluster publishes, and names it")
    func keys() async throws {
        let token = try await token()
        let head = try json(token[0])
        let answer = await cluster.send("GET", "/openid/v1/jwks")
        #expect(answer.headers["content-type"] == "application/jwk-set+json")
        #expect(answer.headers["cache-control"] == "public, max-age=3600")
        let key = try #require(answer.json["keys"]?.arrayValue?.first { $0["kid"] == head["kid"] })
        #expect(head["alg"] == "ES256")
        #expect(key["alg"] == "ES256")
        #expect(key["crv"] == "P-256")
        let point = try ["x", "y"].flatMap { try #require(key[$0]?.stringValue.flatMap(Base64.decodeFromURL)) }
        let publicKey = try P256.Signing.PublicKey(rawRepresentation: point)
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: try #require(Base64.decodeFromURL(token[2])))
        #expect(publicKey.isValidSignature(signature, for: Data("\(token[0]).\(token[1])".utf8)))
        #expect(!publicKey.isValidSignature(signature, for: Data("\(token[0]).x\(token[1])".utf8)))
    }

    @Test("the configuration leads from a token's issuer to the keys")
    func configuration() async throws {
        let answer = await cluster.send("GET", "/.well-known/openid-configuration")
        #expect(answer.headers["content-type"] == "application/json")
        #expect(answer.json["issuer"] == (try json(try await token()[1]))["iss"])
        #expect(answer.json["jwks_uri"] == "https://172.18.0.2:6443/openid/v1/jwks")
        #expect(answer.json["id_token_signing_alg_values_supported"] == ["ES256"])
        #expect(answer.json["response_types_supported"] == ["id_token"])
        #expect(answer.json["subject_types_supported"] == ["public"])
    }

    @Test("service accounts may read it, others may not")
    func access() async throws {
        let bearer = [(name: "authorization", value: "Bearer \(try await token().joined(separator: "."))")]
        let path = "/openid/v1/jwks/"
        #expect(await cluster.send(APIRequest(method: "GET", path: path, headers: bearer)).status == 200)
        let jane = ClientIdentity(commonName: "jane")
        #expect(await cluster.send(APIRequest(method: "GET", path: path, clientCertificate: jane)).status == 403)
    }

    @Test("who accepts no keys is told what there is")
    func notAcceptable() async {
        let answer = await cluster.send("GET", "/openid/v1/jwks", headers: [("accept", "application/json")])
        #expect(answer.status == 406)
        #expect(answer.json["message"] == "406: Not Acceptable\n\nAvailable representations: application/jwk-set+json")
        #expect(await cluster.send("POST", "/openid/v1/jwks").status == 405)
    }
}
