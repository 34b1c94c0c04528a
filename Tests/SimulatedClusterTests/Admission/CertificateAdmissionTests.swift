import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Admission of requests for certificates")
struct CertificateAdmissionTests {
    private let cluster = TestCluster()
    private let eve = UserInfo(name: "eve", uid: "7", groups: ["developers"], extra: ["from": ["here"]])

    private static let start =
        "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlI"
    private static let developers =
        start + "Zk1JR0ZBZ0VBTUNNeEV6QVJCZ05WQkFvTUNtUmxkbVZzYjNCbGNuTXhEREFLQmdOVkJBTU1BMlYyWlRCWgpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NN"
        + "NDlBd0VIQTBJQUJMcjhNRjJJVVd3SzRiUXJIYmtFY29JSVNHSnhieS9FCjExNmFnS01ZdUJWQlkxaHZJeGxlMnU1dmt4aG44SzBVVVV2T3l5TTZJ"
        + "T1FGc0NDcmg5S2JIMU9nQURBS0JnZ3EKaGtqT1BRUURBZ05KQURCR0FpRUF0ZGJTb2htOSs5WWhoeUFZQ2RhZi95ZmVuN2xMMXUzKytIVTgxMDJp"
        + "ZUhjQwpJUURsbGUrM21hdEpocmNKVlU3bEVLc0NzZENMcngwS2dCbWxPd2pudis3MHZRPT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0t"
        + "LS0tCg=="
    private static let masters =
        start + "ak1JR0pBZ0VBTUNjeEZ6QVZCZ05WQkFvTURuTjVjM1JsYlRwdFlYTjBaWEp6TVF3d0NnWURWUVFEREFObApkbVV3V1RBVEJnY3Foa2pPUFFJQkJn"
        + "Z3Foa2pPUFFNQkJ3TkNBQVM2L0RCZGlGRnNDdUcwS3gyNUJIS0NDRWhpCmNXOHZ4TmRlbW9DakdMZ1ZRV05ZYnlNWlh0cnViNU1ZWi9DdEZGRkx6"
        + "c3NqT2lEa0JiQWdxNGZTbXg5VG9BQXcKQ2dZSUtvWkl6ajBFQXdJRFNRQXdSZ0loQU1sRUNkL1BvakF4Tjk5NW9pUmZ2S0NXYTY3SU91MEVEZWNk"
        + "MlIzdwpLb0g5QWlFQTJpV205WXlJc1dsYWRyTE1SbEpvSTkyU1NDK3pGRXZiUkY0ZDByV29BRlU9Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVF"
        + "U1QtLS0tLQo="

    private func request(_ request: String = developers) -> String {
        """
        {"apiVersion":"certificates.k8s.io/v1","kind":"CertificateSigningRequest","metadata":{"name":"x"},
         "spec":{"request":"\(request)","usages":["client auth"],"signerName":"kubernetes.io/kube-apiserver-client","username":"root"},
         "status":{"certificate":"eA=="}}
        """
    }

    @Test("a request says who asks, whatever it claims, and is not judged yet")
    func requester() throws {
        let made = try cluster.create(request(), as: eve)
        #expect(made.spec["username"] == "eve")
        #expect(made.spec["uid"] == "7")
        #expect(made.spec["groups"] == ["developers"])
        #expect(made.spec["extra"] == ["from": ["here"]])
        #expect(made.status == [:])
    }

    @Test("nobody becomes a master by a certificate")
    func masters() {
        #expect(
            cluster.refusal(request(Self.masters), as: eve)
                == #"""
                certificatesigningrequests.certificates.k8s.io "x" is forbidden: use of kubernetes.io/kube-apiserver-client signer \#
                with system:masters group is not allowed
                """#
        )
    }

    private func approve(as user: UserInfo) throws(StatusError) -> KubernetesObject {
        let patch = json(#"{"status":{"conditions":[{"type":"Approved","status":"True","reason":"Fine"}]},"spec":{"usages":["any"]}}"#)
        let key = ObjectKey(name: "x")
        let write = Write.patch(
            GroupResource(group: "certificates.k8s.io", resource: "certificatesigningrequests"), key, patch, subresource: "approval")
        return try cluster.parts.pipeline.perform(write, by: Writer(user: user, fieldManager: "test"), at: cluster.parts.timeline.now)
    }

    @Test("who approves must be allowed to for the signer, and the time is noted")
    func approval() throws {
        try #require(cluster.apply(request()) != nil)
        let refusal = #expect(throws: StatusError.self) { try approve(as: eve) }
        #expect(
            refusal?.message == #"certificatesigningrequests.certificates.k8s.io "x" is forbidden: user not permitted to approve requests "#
                + #"with signerName "kubernetes.io/kube-apiserver-client""#
        )
        let approved = try approve(as: UserInfo(name: "admin", groups: ["system:masters"]))
        let time = JSONValue.string(KubernetesTime.seconds(cluster.parts.timeline.now))
        #expect(
            approved.status["conditions"]
                == [["type": "Approved", "status": "True", "reason": "Fine", "lastUpdateTime": time, "lastTransitionTime": time]])
        #expect(approved.spec["usages"] == ["client auth"])
    }
}
