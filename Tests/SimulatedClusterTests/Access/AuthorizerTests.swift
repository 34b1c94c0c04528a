import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Role-based access")
struct AuthorizerTests {
    private let cluster = TestCluster()
    private let jane = UserInfo(name: "jane", groups: ["system:authenticated"])

    private func isAllowed(_ user: UserInfo, _ verb: String, _ resource: String, group: String = "", subresource: String = "") -> Bool {
        let attributes = AccessAttributes(
            user: user, verb: verb, group: group, resource: resource, subresource: subresource, namespace: "shop", name: ""
        )
        return cluster.parts.access.authorizer.decide(attributes).isAllowed
    }

    private func bind(_ kind: String, _ role: String, subject: String) {
        cluster.apply(
            """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"b","namespace":"shop"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"\(kind)","name":"\(role)"},"subjects":[\(subject)]}
            """
        )
    }

    @Test("the view role shows objects of its namespace, but no secrets and no shells")
    func view() {
        #expect(!isAllowed(jane, "list", "pods"))
        bind("ClusterRole", "view", subject: #"{"kind":"User","name":"jane"}"#)
        #expect(isAllowed(jane, "list", "pods"))
        #expect(isAllowed(jane, "list", "deployments", group: "apps"))
        #expect(!isAllowed(jane, "get", "secrets"))
        #expect(!isAllowed(jane, "create", "pods", subresource: "exec"))
        let elsewhere = AccessAttributes(user: jane, verb: "list", resource: "pods", namespace: "default")
        #expect(cluster.parts.access.authorizer.decide(elsewhere).isAllowed == false)
    }

    @Test("asking with made-up namespaces costs no memory")
    func namespaces() {
        let catalog = RoleCatalog(cluster.parts.view)
        for index in 0..<100 { _ = catalog.visitGrants(to: jane, namespace: "made-up-\(index)") { _ in true } }
        #expect(catalog.cachedBindings.keys.compactMap(\.self).isEmpty)
    }

    @Test("an allowed access says through what")
    func reason() {
        bind("ClusterRole", "view", subject: #"{"kind":"Group","name":"team"}"#)
        let user = UserInfo(name: "joe", groups: ["team"])
        let attributes = AccessAttributes(user: user, verb: "get", resource: "pods", namespace: "shop")
        #expect(
            cluster.parts.access.authorizer.decide(attributes).reason
                == #"RBAC: allowed by RoleBinding "b/shop" of ClusterRole "view" to Group "team""#
        )
    }

    @Test("a binding to a role that is gone grants nothing and is named")
    func missingRole() {
        bind("Role", "nope", subject: #"{"kind":"User","name":"jane"}"#)
        let attributes = AccessAttributes(user: jane, verb: "get", resource: "pods", namespace: "shop")
        #expect(
            cluster.parts.access.authorizer.decide(attributes)
                == AccessDecision(isAllowed: false, reason: #"RBAC: role.rbac.authorization.k8s.io "nope" not found"#)
        )
    }

    @Test("a changed role counts at once")
    func changes() {
        cluster.apply(
            #"{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"r","namespace":"shop"},"rules":[]}"#
        )
        bind("Role", "r", subject: #"{"kind":"ServiceAccount","name":"default","namespace":"shop"}"#)
        let account = UserInfo(name: "system:serviceaccount:shop:default")
        #expect(!isAllowed(account, "delete", "pods"))
        let patch = #"{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["delete"]}]}"#
        #expect(cluster.refusal(patching: "roles", group: "rbac.authorization.k8s.io", "r", patch) == nil)
        #expect(isAllowed(account, "delete", "pods"))
    }

    @Test(
        "paths match exactly or by their prefix",
        arguments: [("/api", true), ("/apis/apps", true), ("/version", true), ("/metrics", false), ("/apix", false)]
    )
    func paths(path: String, expected: Bool) {
        let attributes = AccessAttributes(user: jane, verb: "get", path: path)
        #expect(cluster.parts.access.authorizer.decide(attributes).isAllowed == expected)
    }

    @Test("nobody grants what they don't have")
    func escalation() {
        bind("ClusterRole", "admin", subject: #"{"kind":"User","name":"jane"}"#)
        let role =
            #"{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"r","namespace":"shop"},"rules":[{"apiGroups":[""],"resources":["nodes"],"verbs":["get","list"]}]}"#
        #expect(
            cluster.refusal(role, as: jane)
                == """
                roles.rbac.authorization.k8s.io "r" is forbidden: user "jane" (groups=["system:authenticated"]) is attempting to grant \
                RBAC permissions not currently held:
                {APIGroups:[""], Resources:["nodes"], Verbs:["get" "list"]}
                """
        )
        #expect(cluster.refusal(role.replacing("nodes", with: "pods"), as: jane) == nil)
    }
}
