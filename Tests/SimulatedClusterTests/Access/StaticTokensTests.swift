import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Tokens that users bring along")
struct StaticTokensTests {
    @Test("a line names a token, its user, the uid and groups")
    func lines() throws {
        let tokens = try StaticTokens(csv: "abc,ann,7\r\n\n\"d\"\"e\",\"bo, jr\",8,\"dev,ops\",more\n")
        #expect(tokens.user(of: "abc") == UserInfo(name: "ann", uid: "7", groups: ["system:authenticated"]))
        #expect(tokens.user(of: "d\"e") == UserInfo(name: "bo, jr", uid: "8", groups: ["dev", "ops", "system:authenticated"]))
        #expect(tokens.user(of: "") == nil)
    }

    @Test(
        "a wrong line is named, and its token isn't",
        arguments: ["secret,ann", "secret", ",ann,7", "se\"cret,ann,7", "\"secret,ann,7", "\"secret\"x,ann,7", "ok,bo,8\nok,ann,7"]
    )
    func wrongLines(csv: String) throws {
        let error = try #require(throws: StaticTokens.ParseError.self) { try StaticTokens(csv: "first,user,1\n" + csv) }
        #expect(error.description.hasPrefix("line \(csv.contains("\n") ? 3 : 2): "))
        #expect(!error.description.contains("secret"))
    }

    @Test("their user may do what roles allow, is reviewed for the cluster's audience only, and outlives a reset")
    func requests() async throws {
        var scenario = ScenarioDefinition(name: "test")
        scenario.staticTokens = try StaticTokens(csv: "abc,ann,7,system:masters\ndef,bo,8")
        let api = TestAPI(scenario: scenario)
        #expect(await api.get("/api/v1/nodes", token: "abc").status == 200)
        let refusal = await api.get("/api/v1/nodes", token: "def")
        #expect(refusal.status == 403)
        #expect(refusal.json.objectValue?.string("message").contains(#"User "bo" cannot list"#) == true)
        #expect(await api.get("/api/v1/nodes", token: "ghi").status == 401)

        #expect(try await review("abc", audiences: [], api)["user"]?["username"] == "ann")
        #expect(try await review("abc", audiences: ["vault"], api)["authenticated"] == nil)

        #expect(await api.send("POST", "/sim/reset").status == 200)
        #expect(await api.get("/api/v1/nodes", token: "abc").status == 200)
    }

    private func review(_ token: String, audiences: [String], _ api: TestAPI) async throws -> JSONValue {
        let answer = await api.send(
            "POST", "/apis/authentication.k8s.io/v1/tokenreviews",
            [
                "apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview",
                "spec": ["token": .string(token), "audiences": JSONValue(audiences)],
            ]
        )
        return try #require(answer.json["status"])
    }
}

extension TestAPI {
    fileprivate func get(_ path: String, token: String) async -> Answer {
        await send(APIRequest(method: "GET", path: path, headers: [(name: "authorization", value: "Bearer \(token)")]))
    }
}
