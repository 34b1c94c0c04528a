import KubernetesSemantics
import Testing

@Suite("Access rules")
struct AccessRuleTests {
    @Test("a rule allows its verbs on its resources, whatever their name unless it says some")
    func resources() {
        let rule = AccessRule(verbs: ["get"], apiGroups: [""], resources: ["pods", "*/scale"], names: ["a"])
        #expect(rule.allows("get", on: "pods", group: ""))
        #expect(rule.allows("get", on: "pods", group: "", name: "a"))
        #expect(!rule.allows("get", on: "pods", group: "", name: "b"))
        #expect(rule.allows("get", on: "deployments/scale", group: "", name: "a"))
        #expect(!rule.allows("get", on: "pods/log", group: ""))
        #expect(!rule.allows("list", on: "pods", group: ""))
        #expect(!rule.allows("get", on: "pods", group: "apps"))
    }

    @Test("a path is allowed as it is, or by how it begins")
    func paths() {
        let rule = AccessRule(verbs: ["*"], paths: ["/healthz", "/openapi/*"])
        #expect(rule.allows("get", path: "/healthz"))
        #expect(rule.allows("get", path: "/openapi/v3"))
        #expect(!rule.allows("get", path: "/healthz/etcd"))
        #expect(!rule.allows("get", on: "pods", group: ""))
    }

    @Test("a rule covers a part when it allows no less")
    func covering() {
        let wide = AccessRule(verbs: ["*"], apiGroups: ["*"], resources: ["pods", "*/log"])
        let narrow = AccessRule(verbs: ["get", "list"], apiGroups: [""], resources: ["pods", "pods/log"], names: ["a"])
        #expect(narrow.parts.count == 4)
        #expect(narrow.parts.allSatisfy(wide.covers))
        #expect(!wide.parts.contains(where: narrow.covers))
    }
}
