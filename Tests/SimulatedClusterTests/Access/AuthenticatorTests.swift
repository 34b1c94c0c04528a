import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Who makes a request")
struct AuthenticatorTests {
    private let cluster = TestCluster()
    private let admin = ClientIdentity(commonName: "kubernetes-admin", organizations: ["system:masters"])

    private func user(_ headers: [(name: String, value: String)], certificate: ClientIdentity? = nil) throws(StatusError) -> UserInfo? {
        try cluster.parts.access.authenticator.authenticate(
            APIRequest(method: "GET", path: "/api", headers: headers, clientCertificate: certificate)
        )
    }

    @Test("a certificate names a user and groups; nothing at all is nobody")
    func certificate() throws {
        #expect(try user([], certificate: admin) == UserInfo(name: "kubernetes-admin", groups: ["system:masters", "system:authenticated"]))
        #expect(try user([]) == .anonymous)
    }

    @Test("a refused certificate is nobody's, unless a token says who comes")
    func refusedCertificate() throws {
        #expect(throws: StatusError.unauthorized) { try user([], certificate: .refused) }
        let account = try #require(cluster.get("serviceaccounts", "default"))
        let request = object(#"{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}"#)
        let answer = try cluster.parts.access.reviews.issueToken(request, for: account, at: cluster.parts.timeline.now)
        let token = try #require(answer.status["token"]?.stringValue)
        let headers = [(name: "authorization", value: "Bearer \(token)")]
        #expect(try user(headers, certificate: .refused)?.name == "system:serviceaccount:shop:default")
    }

    @Test("an administrator may act as someone else, others may not")
    func impersonation() throws {
        let headers = [(name: "impersonate-user", value: "jane")]
        #expect(try user(headers, certificate: admin) == UserInfo(name: "jane", groups: ["system:authenticated"]))
        let joe = ClientIdentity(commonName: "joe")
        let error = #expect(throws: StatusError.self) { try user(headers, certificate: joe) }
        #expect(
            error?.message
                == #"users "jane" is forbidden: User "joe" cannot impersonate resource "users" in API group "" at the cluster scope"#
        )
    }

    @Test("groups, uids and extra values are taken on like users: each has to be allowed")
    func otherImpersonation() throws {
        let joe = ClientIdentity(commonName: "joe")
        cluster.apply(
            """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"acts"},
             "rules":[{"apiGroups":[""],"resources":["users"],"verbs":["impersonate"]}]}
            """)
        cluster.apply(
            """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"acts"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"acts"},
             "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"joe"}]}
            """)
        let jane = (name: "impersonate-user", value: "jane")
        #expect(try user([jane], certificate: joe)?.name == "jane")
        func refusal(_ name: String, _ value: String) -> String? {
            #expect(throws: StatusError.self) { try user([jane, (name, value)], certificate: joe) }?.message
        }
        let end = "at the cluster scope"
        #expect(
            refusal("impersonate-group", "devs")
                == #"groups "devs" is forbidden: User "joe" cannot impersonate resource "groups" in API group "" \#(end)"#)
        #expect(
            refusal("impersonate-uid", "u-1")
                == #"uids.authentication.k8s.io "u-1" is forbidden: User "joe" cannot impersonate resource "uids" in API group "authentication.k8s.io" \#(end)"#
        )
        #expect(
            refusal("impersonate-extra-scopes", "all")
                == #"userextras.authentication.k8s.io "all" is forbidden: User "joe" cannot impersonate resource "userextras/scopes" in API group "authentication.k8s.io" \#(end)"#
        )
        let all = [jane, ("impersonate-group", "devs"), ("impersonate-uid", "u-1"), ("impersonate-extra-acme%2fscopes", "all")]
        #expect(
            try user(all, certificate: admin)
                == UserInfo(name: "jane", uid: "u-1", groups: ["devs", "system:authenticated"], extra: ["acme/scopes": ["all"]]))
    }

    @Test("groups, uids and extra values can't be taken on without a user")
    func nobodyImpersonated() throws {
        let headers = [("impersonate-group", "devs"), ("impersonate-uid", "u-1"), ("impersonate-extra-scopes", "all")]
        let error = #expect(throws: StatusError.self) { try user(headers.map { (name: $0, value: $1) }, certificate: admin) }
        #expect(error?.code == 400)
        #expect(
            error?.message
                == "requested [{Group  devs    } {UserExtra  all  authentication.k8s.io/v1  scopes} {UID  u-1  authentication.k8s.io/v1  }] "
                + "without impersonating a user")
    }

    @Test("a service account's token is good until it expires or the account is gone")
    func token() throws {
        let account = try #require(cluster.get("serviceaccounts", "default"))
        let request = object(#"{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":600}}"#)
        let now = cluster.parts.timeline.now
        let answer = try cluster.parts.access.reviews.issueToken(request, for: account, at: now)
        let token = try #require(answer.status["token"]?.stringValue)
        let headers = [(name: "authorization", value: "Bearer \(token)")]
        #expect(try user(headers)?.name == "system:serviceaccount:shop:default")
        #expect(try user(headers)?.groups == ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"])
        cluster.parts.timeline.advance(to: now + .seconds(601))
        #expect(throws: StatusError.unauthorized) { try user(headers) }
    }

    @Test("a forged token is refused")
    func forged() throws {
        #expect(throws: StatusError.unauthorized) { try user([(name: "authorization", value: "Bearer a.b.c")]) }
    }

    @Test("a token for another audience doesn't open the API, and a review says for whom it is")
    func audience() throws {
        let account = try #require(cluster.get("serviceaccounts", "default"))
        let request = object(#"{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":["vault"]}}"#)
        let now = cluster.parts.timeline.now
        let reviews = cluster.parts.access.reviews
        let token = try reviews.issueToken(request, for: account, at: now).status["token"]?.stringValue ?? ""
        #expect(throws: StatusError.unauthorized) { try user([(name: "authorization", value: "Bearer \(token)")]) }
        let review = object(
            #"{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"\#(token)","audiences":["vault"]}}"#
        )
        let status = try reviews.answer(review, namespace: nil, by: .anonymous, at: now)?.status
        #expect(status?["authenticated"] == true)
        #expect(status?["audiences"] == ["vault"])
    }
}
