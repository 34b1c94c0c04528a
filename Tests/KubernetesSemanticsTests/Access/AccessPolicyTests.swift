import KubernetesModel
import KubernetesSemantics
import Testing

@Suite("Access policy")
struct AccessPolicyTests {
    let policy: AccessPolicy

    init() throws {
        func objects(_ text: String) throws -> [KubernetesObject] { try YAML.parse(text).compactMap { KubernetesObject($0) } }
        policy = AccessPolicy(
            roles: try objects(
                """
                kind: ClusterRole
                metadata: {name: reader}
                rules:
                - {apiGroups: [""], resources: [pods, "*/log"], verbs: [get, list]}
                - {nonResourceURLs: [/healthz], verbs: [get]}
                ---
                kind: Role
                metadata: {name: reader, namespace: shop}
                rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"], resourceNames: [cart]}]
                """),
            bindings: try objects(
                """
                kind: ClusterRoleBinding
                metadata: {name: everybody}
                roleRef: {kind: ClusterRole, name: reader}
                subjects: [{kind: Group, name: "system:authenticated"}]
                ---
                kind: RoleBinding
                metadata: {name: builders, namespace: shop}
                roleRef: {kind: Role, name: reader}
                subjects:
                - {kind: ServiceAccount, name: builder, namespace: ci}
                - {kind: User, name: "system:serviceaccount:ci:tester"}
                ---
                kind: RoleBinding
                metadata: {name: dangling, namespace: shop}
                roleRef: {kind: Role, name: gone}
                subjects: [{kind: User, name: fred}]
                """)
        )
    }

    @Test("a subject holds what is bound to it and to the groups that it is in by itself")
    func grants() {
        let builder = AccessSubject(.serviceAccount, namespace: "ci", name: "builder")
        let grants = policy.grants(to: builder)
        #expect(
            grants.map(\.origin) == [
                "ClusterRoleBinding/everybody → ClusterRole/reader", "ClusterRoleBinding/everybody → ClusterRole/reader",
                "RoleBinding/builders → Role/reader",
            ])
        #expect(grants.map(\.namespace) == [nil, nil, "shop"])
        #expect(policy.grants(to: AccessSubject(.group, name: "devs")).isEmpty)
    }

    @Test("a service account is the same by both of its names")
    func accounts() {
        #expect(
            policy.subjects.keys.sorted().map(\.description) == [
                "Group system:authenticated", "ServiceAccount ci/builder", "ServiceAccount ci/tester", "User fred",
            ])
    }

    @Test("who may do something depends on verb, resource, subresource and namespace")
    func whoMay() {
        func who(_ verb: String, _ resource: String, in namespace: String? = nil) -> [String] {
            policy.grants(verb, on: resource, group: "", namespace: namespace).map(\.subject.name)
        }
        #expect(who("get", "pods") == ["system:authenticated"])
        #expect(who("get", "pods/log") == ["system:authenticated"])
        #expect(who("get", "pods/exec") == [])
        #expect(who("delete", "pods", in: "shop") == ["builder", "tester"])
        #expect(who("delete", "pods", in: "bank") == [])
        #expect(who("delete", "pods") == [])
    }
}
